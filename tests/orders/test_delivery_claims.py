"""Receipts that differ, and what becomes of each piece: figures B4 and their neighbours."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from inventory.models import StockMove
from inventory.selectors.invariants import INVARIANTS as STOCK_INVARIANTS
from orders.bulk.services.claims import credit_missing
from orders.fulfilment.claims.enums import ClaimOutcome
from orders.fulfilment.claims.selectors.invariants import CLAIM_INVARIANTS
from orders.fulfilment.claims.services.called_off import decide_again
from orders.fulfilment.claims.services.deciding import Decision, decide_claim
from orders.fulfilment.claims.services.surplus import dispose_damaged, settle_surplus
from orders.models import ClaimDecision, DeliveryClaim, DeliveryClaimLine, Order, OrderLine, Shipment
from orders.ordering.enums import OrderStatus
from orders.ordering.services.cancelling import cancel_order
from orders.pages.selectors.invariants import INVARIANTS
from tests.factories.accounts import DirectorFactory, KeeperFactory, ManagerFactory
from tests.factories.orders import shop
from tests.orders.claims import Receipt, lies_at, replacement_of, ship_replacement, shipped
from tests.orders.clock import NOW
from tests.orders.refusals import refused
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


def verified() -> None:
    assert offending_rows((*INVARIANTS, *CLAIM_INVARIANTS, *STOCK_INVARIANTS)) == {}


def decide(receipt: Receipt, kind: str, outcome: ClaimOutcome, pieces: int | None = None, **said: str) -> DeliveryClaim:
    line = receipt.claim_line(kind)
    cause = {"cause": "carrier"} if kind == "missing" and outcome != ClaimOutcome.REFUSE else {}
    return decide_claim(
        claim_id=line.claim_id,
        decisions=[Decision(line_id=line.pk, outcome=outcome, pieces=pieces, **{**cause, **said})],
        actor=receipt.manager,
        now=NOW,
    )


def test_a_receipt_with_differences_ends_piece_by_piece() -> None:
    """Figures B4: a damaged piece would be paid for, a missing one lost, or one made good twice."""
    (receipt,) = shipped()
    receipt.receive(good=96, damaged=3, surplus=5)

    order, claim = Order.objects.get(pk=receipt.order.pk), receipt.claim
    assert order.total_amount == Decimal("1130.00")
    assert (order.status, order.lines.get().received) == (OrderStatus.RECEIVED, 96)
    assert lies_at(receipt.people, receipt.product) == (99, 3)
    assert lies_at(receipt.people, receipt.other) == (0, 0)  # the surplus is the seller's
    assert (claim.status, claim.due_on) == ("open", NOW.date() + timedelta(days=7))
    assert (claim.net_amount, claim.tax_amount, claim.total_amount) == (
        Decimal("40.00"), Decimal("5.20"), Decimal("45.20"),
    )  # fmt: skip
    verified()

    decide(receipt, "damaged", ClaimOutcome.CREDIT)
    credit = receipt.decision("credit")
    assert (credit.pieces, credit.net_amount, credit.tax_amount) == (3, Decimal("30.00"), Decimal("3.90"))
    assert order.total_amount - credit.net_amount - credit.tax_amount == Decimal("1096.10")
    decide(receipt, "missing", ClaimOutcome.RESHIP)
    replacement = replacement_of(receipt)
    assert (replacement.status, replacement.total_amount, replacement.counts_as_sale) == ("approved", 0, False)
    assert receipt.people.shop.stock_of(receipt.product).reserved == 1
    settle_surplus(
        claim_id=claim.pk,
        decisions=[Decision(line_id=receipt.claim_line("surplus").pk, outcome=ClaimOutcome.SEND_BACK)],
        actor=receipt.keeper,
        now=NOW,
    )
    assert receipt.claim.status == "reshipping"
    verified()

    ship_replacement(receipt).receive(good=1)
    assert (receipt.claim.status, receipt.claim.closed_at) == ("closed", NOW)
    lines = OrderLine.objects.filter(order__in=[order.pk, replacement.pk])
    assert sum(line.received for line in lines) == 97
    assert lies_at(receipt.people, receipt.product) == (100, 3)
    for kind in ("damaged", "missing"):
        with refused(Conflict):
            decide(receipt, kind, ClaimOutcome.CREDIT)
    verified()


def test_the_database_refuses_a_piece_that_ends_twice() -> None:
    """A piece would be credited and sent once more, and nobody would notice."""
    (receipt,) = shipped()
    receipt.receive(good=97, damaged=3)
    decide(receipt, "damaged", ClaimOutcome.CREDIT, pieces=2)
    line = receipt.claim_line("damaged")
    with pytest.raises(IntegrityError, match="delivery_claim_line_decided_once"), transaction.atomic():
        DeliveryClaimLine.objects.filter(pk=line.pk).update(reshipped=2)
    decision = receipt.decision("credit")
    with pytest.raises(IntegrityError, match="claim_decision_adds_up"), transaction.atomic():
        _decide_behind_its_back(line)
    with pytest.raises(IntegrityError, match="claim_decision_only_reship_has_order"), transaction.atomic():
        ClaimDecision.objects.filter(pk=decision.pk).update(replacement_line=receipt.order.lines.get())


def _decide_behind_its_back(line: DeliveryClaimLine) -> None:
    ClaimDecision.objects.create(line=line, outcome="credit", pieces=1, decided_at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_receipt_in_three_parts_credits_no_cent_too_much() -> None:
    """Three credits of a third of ten each would add up to another amount than the line."""
    gross = {"unit_price": "2.95", "gross_amount": "8.85", "net_amount": "8.85", "tax_amount": "1.15"}
    parts = shipped(pieces=3, parts=3, **gross)
    for receipt in parts:
        receipt.receive(good=0)
        decide(receipt, "missing", ClaimOutcome.CREDIT)
    credits_ = [receipt.decision("credit") for receipt in parts]
    assert [one.net_amount for one in credits_] == [Decimal("2.95")] * 3
    assert [one.tax_amount for one in credits_] == [Decimal("0.38"), Decimal("0.39"), Decimal("0.38")]
    assert [receipt.claim.status for receipt in parts] == ["closed"] * 3
    verified()


def test_a_refused_claim_leaves_the_damaged_pieces_with_the_buyer() -> None:
    """Pieces would stay blocked for ever, or a refusal be given without saying why."""
    (receipt,) = shipped(pieces=10)
    receipt.receive(good=8, damaged=2)
    with refused(InvalidInput) as found:
        decide(receipt, "damaged", ClaimOutcome.REFUSE)
    assert found.value.problems[0].field == "lines.0.reason"
    decide(receipt, "damaged", ClaimOutcome.REFUSE, reason="Packed well, damaged in the shop")
    assert receipt.claim.status == "closed"
    assert lies_at(receipt.people, receipt.product) == (10, 0)
    verified()


def test_a_re_shipment_that_is_short_again_is_claimed_at_the_price_paid() -> None:
    """The second claim would be worth nothing, as the re-shipment itself has no price."""
    (receipt,) = shipped(pieces=10)
    receipt.receive(good=6)
    decide(receipt, "missing", ClaimOutcome.RESHIP)
    again = ship_replacement(receipt)
    again.receive(good=3)
    assert receipt.claim.status == "closed"
    assert again.claim.total_amount == Decimal("11.30")
    decide(again, "missing", ClaimOutcome.CREDIT)
    assert again.decision("credit").net_amount == Decimal("10.00")
    assert again.claim.status == "closed"
    verified()


def test_the_whole_line_may_be_missing_and_found_again_in_the_warehouse() -> None:
    """What never left would be gone from the books for good."""
    (receipt,) = shipped(pieces=10)
    before = receipt.people.shop.stock_of(receipt.product).on_hand
    receipt.receive(good=0)
    with refused(InvalidInput) as found:
        decide(receipt, "missing", ClaimOutcome.RESHIP, cause="")
    assert found.value.problems[0].field == "lines.0.cause"
    decide(receipt, "missing", ClaimOutcome.RESHIP, cause="mispick")
    stock = receipt.people.shop.stock_of(receipt.product)
    assert (stock.on_hand, stock.reserved) == (before + 10, 10)
    assert StockMove.objects.filter(kind="difference", quantity=10, reference=receipt.claim.number).count() == 1
    verified()


def test_a_cancelled_re_shipment_is_to_be_decided_again() -> None:
    """The claim would wait for goods that nobody sends."""
    (receipt,) = shipped(pieces=10)
    receipt.receive(good=6)
    before = receipt.people.shop.stock_of(receipt.product).on_hand
    decide(receipt, "missing", ClaimOutcome.RESHIP, cause="mispick")
    assert receipt.claim.status == "reshipping"
    order = replacement_of(receipt)
    cancel_order(order_id=order.pk, actor=receipt.manager, now=NOW, reason="Out of production")
    assert (decide_again(order_id=order.pk, now=NOW), decide_again(order_id=order.pk, now=NOW)) == (4, 0)
    assert (receipt.claim.status, receipt.claim_line("missing").open_pieces) == ("open", 4)
    assert receipt.people.shop.stock_of(receipt.product).on_hand == before
    decide(receipt, "missing", ClaimOutcome.CREDIT)
    assert receipt.claim.status == "closed"
    verified()


def test_surplus_is_accepted_into_the_buyers_stock() -> None:
    """Goods would lie at the buyer and in the seller's books at once."""
    (receipt,) = shipped(pieces=10)
    receipt.receive(good=10, surplus=5)
    assert (receipt.claim.status, receipt.claim.total_amount) == ("open", 0)
    before = receipt.people.shop.stock_of(receipt.other).on_hand
    line = receipt.claim_line("surplus")
    with refused(InvalidInput):
        decide(receipt, "surplus", ClaimOutcome.CREDIT)
    for outcome, pieces in ((ClaimOutcome.ACCEPT, 3), (ClaimOutcome.SEND_BACK, None)):
        settle_surplus(
            claim_id=line.claim_id,
            decisions=[Decision(line_id=line.pk, outcome=outcome, pieces=pieces)],
            actor=receipt.keeper,
            now=NOW,
        )
    assert receipt.people.shop.stock_of(receipt.other).on_hand == before - 3
    assert lies_at(receipt.people, receipt.other) == (3, 0)
    assert receipt.claim.status == "closed"
    verified()


def test_damaged_goods_that_were_made_good_leave_the_buyers_stock() -> None:
    """The buyer would count broken goods for ever, or throw away what is still to be looked at."""
    (receipt,) = shipped(pieces=10)
    receipt.receive(good=7, damaged=3)
    with refused(Conflict):
        dispose_damaged(claim_id=receipt.claim.pk, actor=receipt.keeper, now=NOW)
    decide(receipt, "damaged", ClaimOutcome.CREDIT, pieces=2)
    dispose_damaged(claim_id=receipt.claim.pk, actor=receipt.keeper, now=NOW)
    assert lies_at(receipt.people, receipt.product) == (8, 1)
    decide(receipt, "damaged", ClaimOutcome.REFUSE, reason="Not ours")
    assert lies_at(receipt.people, receipt.product) == (8, 0)
    verified()


def test_nobody_else_decides_a_claim() -> None:
    """The buyer would credit itself, or a neighbour read what went wrong."""
    (receipt,) = shipped(pieces=10)
    receipt.receive(good=8, damaged=1, surplus=1)
    line, claim = receipt.claim_line("damaged"), receipt.claim
    credit = [Decision(line_id=line.pk, outcome=ClaimOutcome.CREDIT)]
    stranger = KeeperFactory.create(distributor=shop().distributor)
    for actor, error in (
        (receipt.keeper, NotAllowed), (receipt.people.warehouse, NotAllowed), (stranger, NotVisible),
        (ManagerFactory.create(), NotVisible),
    ):  # fmt: skip
        with refused(error):
            decide_claim(claim_id=claim.pk, decisions=credit, actor=actor, now=NOW)
    back = [Decision(line_id=receipt.claim_line("surplus").pk, outcome=ClaimOutcome.SEND_BACK)]
    with refused(NotAllowed):
        settle_surplus(claim_id=claim.pk, decisions=back, actor=receipt.manager, now=NOW)
    for pieces in (0, -1, 2):
        with refused(InvalidInput):
            decide(receipt, "damaged", ClaimOutcome.CREDIT, pieces=pieces)
    other = shipped(pieces=10)[0]
    other.receive(good=9, damaged=1)
    wrong = [Decision(line_id=other.claim_line("damaged").pk, outcome=ClaimOutcome.CREDIT)]
    with refused(InvalidInput):
        decide_claim(claim_id=claim.pk, decisions=wrong, actor=receipt.manager, now=NOW)
    assert not ClaimDecision.objects.exists()
    decide_claim(claim_id=claim.pk, decisions=credit, actor=DirectorFactory.create(), now=NOW)


def test_a_history_that_was_entered_here_brings_its_claims() -> None:
    """The demo company would have pieces that are nowhere."""
    (receipt,) = shipped(pieces=10)
    Shipment.objects.filter(pk=receipt.shipment.pk).update(status="received", received_at=NOW, delivered_at=NOW)
    receipt.shipment.lines.update(received=9, missing=1)
    receipt.order.lines.update(received=9)
    Order.objects.filter(pk=receipt.order.pk).update(status="received", received_at=NOW)
    assert "orders.differences_are_on_claims" in offending_rows(CLAIM_INVARIANTS)
    credit_missing(orders="SELECT id FROM orders_order")
    assert (receipt.claim.status, receipt.claim.total_amount) == ("closed", Decimal("11.30"))
    assert receipt.decision("credit").net_amount == Decimal("10.00")
    verified()
