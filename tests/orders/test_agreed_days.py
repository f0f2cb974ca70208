"""The days of an agreement: until a delivery claim is decided, until a shipment counts as received whole."""

from datetime import timedelta

import pytest
from django.utils import timezone

from channel.models import Agreement
from company.models import Company
from orders.fulfilment.services.delivering import deliver_shipment
from orders.fulfilment.services.receiving_by_itself import receive_by_itself
from orders.models import Order
from tests.factories.accounts import TerritoryFactory
from tests.factories.channel import agreement_in_force, terms
from tests.orders.claims import Receipt, shipped
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db


def agreed(people: Stage, **days: int) -> Agreement:
    territory = TerritoryFactory.create()
    return agreement_in_force(people.shop.distributor, terms(brand=people.shop.brand, territory=territory, **days))


def due_in(receipt: Receipt) -> int:
    receipt.receive(good=95)
    return int((receipt.claim.due_on - timezone.localdate(NOW)).days)


def test_a_claim_is_due_as_the_agreement_says() -> None:
    """A customer with three days in its contract would be answered within seven."""
    people = stage()
    agreed(people, claim_days=3)
    assert due_in(shipped(people=people)[0]) == 3


def test_without_it_as_the_company_has_set() -> None:
    """An agreement that says nothing would leave a claim without its clock."""
    people = stage()
    agreed(people, report_days=2)
    Company.objects.update(claim_days=9)
    assert due_in(shipped(people=people)[0]) == 9


@pytest.mark.parametrize(
    ("own", "company", "days", "is_received"), [(3, 7, 3, True), (10, 7, 8, False), (3, None, 3, True)]
)
def test_what_nobody_reports_in_time_is_received(
    own: int, company: int | None, days: int, *, is_received: bool
) -> None:
    """Goods would count as received whole while the contract leaves time to count them, or stay open past it."""
    people = stage()
    agreed(people, report_days=own)
    Company.objects.update(receipt_days=company)
    (receipt,) = shipped(pieces=10, people=people)
    at = NOW - timedelta(days=days)
    deliver_shipment(shipment_id=receipt.shipment.pk, actor=people.warehouse, now=at)
    assert receive_by_itself(now=NOW) == int(is_received)
    assert (Order.objects.get(pk=receipt.order.pk).status == "received") is is_received
