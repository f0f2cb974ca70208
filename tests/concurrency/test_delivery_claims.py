"""Two people at one claim, and a receipt beside a receipt."""

import pytest
from django.db import IntegrityError

from core.errors import Conflict
from orders.fulfilment.claims.enums import ClaimOutcome
from orders.fulfilment.claims.selectors.invariants import INVARIANTS as CLAIM_INVARIANTS
from orders.fulfilment.claims.services.deciding import Decision, decide_claim
from orders.models import ClaimDecision, DeliveryClaim, DeliveryClaimLine
from orders.pages.selectors.invariants import INVARIANTS
from tests.concurrency.together import Unlocked, failed, succeeded, together
from tests.factories.accounts import DirectorFactory
from tests.orders.claims import Receipt, shipped
from tests.orders.clock import NOW
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db(transaction=True)


def _both_decide(receipt: Receipt, unlocked: Unlocked | None = None) -> list[object]:
    line, director = receipt.claim_line("damaged"), DirectorFactory.create()

    def decide(outcome: ClaimOutcome, actor: object) -> str:
        decisions = [Decision(line_id=line.pk, outcome=outcome)]
        return decide_claim(claim_id=line.claim_id, decisions=decisions, actor=actor, now=NOW).status

    return together(
        lambda: decide(ClaimOutcome.CREDIT, receipt.manager),
        lambda: decide(ClaimOutcome.CREDIT, director),
        previous_period=unlocked,
    )


def test_two_people_decide_one_claim() -> None:
    """Three pieces would be credited twice."""
    (receipt,) = shipped(pieces=100)
    receipt.receive(good=97, damaged=3)
    done = _both_decide(receipt)
    assert len(succeeded(done)) == 1
    assert isinstance(failed(done)[0], Conflict)
    assert ClaimDecision.objects.get().pieces == 3
    assert offending_rows((*INVARIANTS, *CLAIM_INVARIANTS)) == {}


def test_without_the_lock_only_the_database_stands_between_them() -> None:
    """The twin: whoever was slower is not told that it is decided, and only the trigger keeps the piece from ending twice."""
    (receipt,) = shipped(pieces=100)
    receipt.receive(good=97, damaged=3)
    done = _both_decide(receipt, Unlocked(DeliveryClaimLine))
    (error,) = failed(done)
    assert isinstance(error, IntegrityError)
    assert "claim_decision_adds_up" in str(error)


def test_a_shipment_is_received_once() -> None:
    """Two phones in one warehouse would open two claims and book the goods twice."""
    (receipt,) = shipped(pieces=10)
    done = together(lambda: receipt.receive(good=9), lambda: receipt.receive(good=8))
    assert len(succeeded(done)) == 1
    assert DeliveryClaim.objects.count() == 1
    assert offending_rows((*INVARIANTS, *CLAIM_INVARIANTS)) == {}
