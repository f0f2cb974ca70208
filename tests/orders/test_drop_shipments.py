"""Drop shipment: a distributor orders and is billed, the goods go to a sub-distributor of its branch or to its outlet."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import DistributorStatus
from core.errors import Conflict
from orders.models import Order
from orders.ordering.errors import OrderRefused
from orders.ordering.services.approval import approve_order
from outlets.enums import OutletStatus
from tests.factories.accounts import DistributorFactory
from tests.factories.channel import AddressFactory
from tests.factories.outlets import OutletFactory, OutletLinkFactory
from tests.orders.clock import NOW
from tests.orders.dropping import DropStage, drop_stage
from tests.orders.refusals import refused
from tests.orders.test_api_orders import body_of, caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> DropStage:
    return drop_stage()


def test_goods_go_to_the_address_of_the_sub_distributor_and_the_bill_to_the_buyer(scene: DropStage) -> None:
    """The truck would drive to the distributor, or the sub-distributor would be billed."""
    AddressFactory.create(distributor=scene.buyer, is_default=True, city="Rome")
    order = scene.placed_below()
    assert (order.distributor, order.consignee, order.goods_receiver_id) == (scene.buyer, scene.below, scene.below.pk)
    assert (order.ship_to["city"], order.ship_to["contact"], order.ship_to["phone"]) == ("Bonn", "Bea", "22")
    assert order.bill_to["name"] == scene.buyer.name
    assert order.delivery_address is not None
    assert order.delivery_address.distributor == scene.below
    other = AddressFactory.create(distributor=scene.below, city="Essen")
    chosen = scene.placed(consignee_distributor_id=scene.below.pk, delivery_address_id=other.pk)
    assert chosen.ship_to["city"] == "Essen"


def test_goods_go_to_the_outlet_as_it_is_when_the_order_is_placed(scene: DropStage) -> None:
    """The shop would wait for goods that were sent to its distributor."""
    order = scene.placed_for_outlet()
    assert (order.consignee, order.goods_receiver_id, order.delivery_address_id) == (scene.outlet, None, None)
    assert order.ship_to["address"] == "Market 3"
    assert (order.ship_to["name"], order.ship_to["city"], order.ship_to["phone"]) == ("Corner", "Ulm", "33")


def _foreign(_scene: DropStage) -> dict[str, int]:
    return {"consignee_distributor_id": DistributorFactory.create().pk}


def _upper(scene: DropStage) -> dict[str, int]:
    upper = DistributorFactory.create()
    type(scene.buyer).objects.filter(pk=scene.buyer.pk).update(parent=upper)
    return {"consignee_distributor_id": upper.pk}


def _suspended(scene: DropStage) -> dict[str, int]:
    below = DistributorFactory.create(parent=scene.buyer, status=DistributorStatus.SUSPENDED)
    return {"consignee_distributor_id": below.pk}


def _itself(scene: DropStage) -> dict[str, int]:
    return {"consignee_distributor_id": scene.buyer.pk}


def _ended(scene: DropStage) -> dict[str, int]:
    shop = OutletFactory.create()
    yesterday = timezone.localdate(NOW) - timedelta(days=1)
    OutletLinkFactory.create(outlet=shop, distributor=scene.buyer, ends_on=yesterday)
    return {"consignee_outlet_id": shop.pk}


def _not_open(scene: DropStage) -> dict[str, int]:
    shop = OutletFactory.create(status=OutletStatus.PLANNED)
    OutletLinkFactory.create(outlet=shop, distributor=scene.buyer)
    return {"consignee_outlet_id": shop.pk}


def _of_somebody_else(_scene: DropStage) -> dict[str, int]:
    return {"consignee_outlet_id": OutletLinkFactory.create().outlet_id}


def _nobody(_scene: DropStage) -> dict[str, int]:
    return {"consignee_outlet_id": 2**62}


@pytest.mark.parametrize("made", [_foreign, _upper, _suspended, _itself, _ended, _not_open, _of_somebody_else, _nobody])
def test_goods_go_to_nobody_whom_the_buyer_does_not_supply(
    scene: DropStage, made: Callable[[DropStage], dict[str, int]]
) -> None:
    """Goods would end at a stranger, and the buyer would pay for them."""
    with refused(OrderRefused) as refusal:
        scene.placed(**made(scene))
    assert [problem.code for problem in refusal.value.problems] == ["unknown_consignee"]
    assert not Order.objects.exists()


def test_an_address_is_the_receivers_and_no_order_has_two_receivers(scene: DropStage) -> None:
    """Goods for the sub-distributor would be sent to the buyer's own store under another name."""
    own = AddressFactory.create(distributor=scene.buyer)
    for named in ({"consignee_distributor_id": scene.below.pk}, {"consignee_outlet_id": scene.outlet.pk}):
        with refused(OrderRefused) as refusal:
            scene.placed(delivery_address_id=own.pk, **named)
        assert [problem.code for problem in refusal.value.problems] == ["unknown_delivery_address"]
    with refused(OrderRefused) as refusal:
        scene.placed(consignee_distributor_id=scene.below.pk, consignee_outlet_id=scene.outlet.pk)
    assert "two_consignees" in [problem.code for problem in refusal.value.problems]
    order = scene.placed_below()
    for values in ({"consignee_outlet": scene.outlet}, {"consignee_distributor": scene.buyer}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.filter(pk=order.pk).update(**values)


def test_a_consignee_that_was_lost_meanwhile_stops_the_approval(scene: DropStage) -> None:
    """Goods would be released to a shop that has left the distributor."""
    order, other = scene.placed_for_outlet(), scene.placed_below()
    scene.outlet.links.update(ends_on=timezone.localdate(NOW) - timedelta(days=1))
    with refused(Conflict) as refusal:
        approve_order(order_id=order.pk, actor=scene.people.manager, now=NOW)
    assert [problem.code for problem in refusal.value.problems] == ["consignee_lost"]
    approve_order(order_id=other.pk, actor=scene.people.manager, now=NOW)


def test_a_drop_shipment_is_placed_with_as_many_statements_as_any_order(scene: DropStage) -> None:
    """Placing, the hottest path of all, would become slower."""
    counts = []
    for named in ({}, {"consignee_distributor_id": scene.below.pk}, {"consignee_outlet_id": scene.outlet.pk}):
        with CaptureQueriesContext(connection) as queries:
            scene.placed(**named)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_the_api_takes_the_codes_with_a_draft_and_with_an_order(scene: DropStage) -> None:
    """An ERP could not say who gets the goods."""
    call = caller(scene.people.buyer)
    body = body_of(scene.people.shop, submit=False, consignee_distributor=scene.below.code)
    draft = call("post", "orders/", body).json()
    assert draft["consignee_distributor"] == scene.below.code
    placed = call("post", f"orders/{draft['reference']}/submit/", {})
    assert placed.status_code in {200, 201}, placed.content
    order = call("get", f"orders/{placed.json()['number']}/").json()
    assert (order["consignee_distributor"], order["consignee_outlet"]) == (scene.below.code, None)
    assert order["ship_to"]["city"] == "Bonn"
    placed = call("post", "orders/", body_of(scene.people.shop, consignee_outlet=scene.outlet.code))
    assert placed.status_code == 201, placed.content
    found = call("get", "orders/?is_drop_shipment=true").json()["results"]
    assert {one["consignee_outlet"] for one in found} == {None, scene.outlet.code}
    assert call("get", "orders/?is_drop_shipment=false").json()["results"] == []


@pytest.mark.parametrize("field", ["consignee_distributor", "consignee_outlet"])
def test_the_api_says_which_consignee_it_does_not_know(scene: DropStage, field: str) -> None:
    """An ERP would not know what to correct, or learn that a stranger exists."""
    strange = DistributorFactory.create() if field == "consignee_distributor" else OutletLinkFactory.create().outlet
    reply = caller(scene.people.buyer)("post", "orders/", body_of(scene.people.shop, **{field: strange.code}))
    assert (reply.status_code, reply.json()["errors"][0]["attr"]) == (400, field)
    assert not Order.objects.exists()


def _entry(scene: DropStage, client: Client) -> None:
    client.force_login(scene.people.buyer)
    client.post(reverse("orders:entry-add"), {"q": scene.people.shop.products[0].code, "quantity": "2"})


def test_the_entry_page_offers_the_consignees_with_their_addresses(scene: DropStage, client: Client) -> None:
    """A buyer could order for a sub-distributor by API only."""
    own = AddressFactory.create(distributor=scene.buyer, name="Own store", is_default=True)
    strange = DistributorFactory.create(name="Strange trader")
    _entry(scene, client)
    page = client.get(reverse("orders:entry")).content.decode()
    assert "Low Street" in page
    assert "Corner" in page
    assert strange.code not in page
    details: dict[str, Any] = {"consignee": scene.below.code.lower(), "delivery_address": str(own.pk)}
    client.post(reverse("orders:entry-details"), details)
    order = Order.objects.get()
    assert (order.consignee, order.delivery_address_id) == (scene.below, None)
    page = client.get(reverse("orders:entry")).content.decode()
    assert "Low store" in page
    assert "Own store" not in page
    client.post(reverse("orders:entry-details"), {"consignee": f"{scene.outlet.code} – Corner"})
    order.refresh_from_db()
    assert order.consignee == scene.outlet
    client.post(reverse("orders:entry-details"), {"consignee": "", "note": "n"})
    order.refresh_from_db()
    assert (order.consignee, order.note) == (None, "n")


def test_what_nobody_knows_is_refused_beside_the_field_and_stays_as_typed(scene: DropStage, client: Client) -> None:
    """A slip of the pen would send the goods to the buyer without a word."""
    _entry(scene, client)
    reply = client.post(
        reverse("orders:entry-details"), {"consignee": "XYZ"}, headers={"HX-Request": "true", "HX-Target": "summary"}
    )
    page = reply.content.decode()
    assert "XYZ" in page
    assert "id_consignee_error" in page
    assert Order.objects.get().consignee is None


def test_page_and_list_say_who_gets_the_goods(scene: DropStage, client: Client) -> None:
    """The channel manager would not see that the truck goes elsewhere."""
    order = scene.placed_below()
    usual = scene.placed()
    client.force_login(scene.people.manager)
    assert "Low Street" in client.get(order.get_absolute_url()).content.decode()
    page = client.get(reverse("orders:list"), {"is_drop_shipment": "true"}).content.decode()
    assert str(order) in page
    assert "Low Street" in page
    assert str(usual) not in page


def test_the_sub_distributor_does_not_see_the_order(scene: DropStage, client: Client) -> None:
    """It would read what its supplier pays."""
    order = scene.placed_below()
    client.force_login(scene.below_keeper)
    assert client.get(order.get_absolute_url()).status_code == 404
    assert caller(scene.below_keeper)("get", f"orders/{order.number}/").status_code == 404
