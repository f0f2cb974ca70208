"""Claims of what a distributor sells, of a sub-network beside the own company, and what the pages cost."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.errors import NotAllowed, NotVisible
from orders.fulfilment.claims.enums import ClaimOutcome
from orders.fulfilment.claims.services.deciding import Decision, decide_claim
from orders.fulfilment.claims.services.surplus import dispose_damaged
from orders.fulfilment.services.receiving import ReceivedLine, receive_shipment
from orders.fulfilment.services.shipping import ship_order
from orders.models import DeliveryClaim, Order
from orders.ordering.services.approval import approve_order
from tests.factories.accounts import DirectorFactory, DistributorFactory, KeeperFactory, OwnerFactory
from tests.orders.claims import shipped, warehouse_of
from tests.orders.clock import NOW
from tests.orders.people import stage
from tests.orders.refusals import refused
from tests.orders.test_delivery_claims import verified
from tests.orders.test_seller_steps import bought, sold_by_parent

pytestmark = pytest.mark.django_db
PASSWORD = "sign_in.backends.PasswordBackend"


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend=PASSWORD)
    return client


def claim_of_sub_distributor() -> tuple[DeliveryClaim, Any]:
    """What a distributor sold to one below it came short; and the owner of the seller."""
    place, owner = sold_by_parent()
    order = bought(place)
    approve_order(order_id=order.pk, actor=owner, now=NOW)
    shipment = ship_order(order_id=order.pk, actor=owner, now=NOW)
    keeper = KeeperFactory.create(distributor=place.distributor)
    short = {shipment.lines.get().pk: ReceivedLine(quantity=3, kind="short")}
    receive_shipment(shipment_id=shipment.pk, actor=keeper, now=NOW, lines=short)
    return DeliveryClaim.objects.get(shipment=shipment), owner


def test_a_distributor_decides_what_it_sold() -> None:
    """The brand would decide about goods of others, or the sub-distributor wait for ever."""
    claim, owner = claim_of_sub_distributor()
    sent = [Decision(line_id=claim.lines.get().pk, outcome=ClaimOutcome.RESHIP, cause="mispick")]
    with refused(NotVisible):
        decide_claim(claim_id=claim.pk, decisions=sent, actor=DirectorFactory.create(), now=NOW)
    keeper = KeeperFactory.create(distributor=claim.distributor)
    with refused(NotAllowed):
        decide_claim(claim_id=claim.pk, decisions=sent, actor=keeper, now=NOW)
    client = signed_in(owner)
    assert str(claim) in client.get("/").content.decode()
    assert client.get(reverse("orders:claim-decide", args=[claim.number])).status_code == 200
    decide_claim(claim_id=claim.pk, decisions=sent, actor=owner, now=NOW)
    replacement = Order.objects.get(type__code="replacement")
    assert (replacement.seller_distributor_id, replacement.status) == (owner.distributor_id, "approved")
    verified()


def test_a_head_office_sees_its_branches_apart_and_receives_none_of_theirs() -> None:
    """Goods would be received by somebody who never saw them."""
    branch = stage()
    head = DistributorFactory.create()
    branch.shop.distributor.parent = head
    branch.shop.distributor.save()
    (receipt,) = shipped(pieces=10, people=branch)
    owner = OwnerFactory.create(distributor=head)
    with refused(NotAllowed):
        receive_shipment(shipment_id=receipt.shipment.pk, actor=owner, now=NOW)
    receipt.receive(good=9)
    client, address = signed_in(owner), reverse("orders:claims")
    number = str(receipt.claim)
    assert number in client.get(f"{address}?is_sub_network=true").content.decode()
    assert number not in client.get(f"{address}?is_sub_network=false").content.decode()
    assert client.get(reverse("orders:claim-surplus", args=[number])).status_code == 403


def test_pages_and_api_cost_as_much_for_many_claims_as_for_one() -> None:
    """The list would become slower with every truck that comes short."""
    people = stage()
    director = signed_in(DirectorFactory.create())
    costs: list[list[int]] = []
    for many in (1, 8):
        for receipt in shipped(pieces=2 * many, people=people, parts=many):
            receipt.receive(good=1, damaged=1)
        addresses = (
            reverse("orders:claims"),
            reverse("orders:claim", args=[str(receipt.claim)]),
            "/api/v1/delivery-claims/",
            "/",
        )
        costs.append([cost(director, address) for address in addresses])
    assert costs[0] == costs[1]
    assert max(costs[1][:3]) <= 25


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_a_receipt_of_many_lines_costs_as_much_as_of_a_few() -> None:
    """A truck with two hundred lines, all of them short, would block the ramp."""
    found = []
    for products in (2, 12):
        people = stage(products=products)
        warehouse_of(people)
        order = approve_order(order_id=people.placed(2).id, actor=people.manager, now=NOW)
        shipment = ship_order(order_id=order.pk, actor=people.warehouse, now=NOW)
        lines = {line.pk: ReceivedLine(quantity=0, damaged=1, kind="short") for line in shipment.lines.all()}
        with CaptureQueriesContext(connection) as queries:
            receive_shipment(shipment_id=shipment.pk, actor=people.keeper, now=NOW, lines=lines)
        claim = DeliveryClaim.objects.get(shipment=shipment)
        sent = [
            Decision(line_id=line.pk, outcome=ClaimOutcome.RESHIP, cause="mispick" if line.kind == "missing" else "")
            for line in claim.lines.all()
        ]
        with CaptureQueriesContext(connection) as decided:
            decide_claim(claim_id=claim.pk, decisions=sent, actor=people.manager, now=NOW)
        with CaptureQueriesContext(connection) as disposed:
            dispose_damaged(claim_id=claim.pk, actor=people.keeper, now=NOW)
        found.append((len(queries), len(decided), len(disposed)))
        verified()
    assert found[0] == found[1]
