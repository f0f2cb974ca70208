"""Where an order goes: one of the buyer's own addresses, copied onto the order."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from channel.enums import AddressKind
from channel.services.records import ADDRESS, change_record
from orders.models import Order
from orders.ordering.errors import OrderRefused
from orders.ordering.services.placing import place_order
from tests.factories.accounts import OwnerFactory
from tests.factories.channel import AddressFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.orders.refusals import refused
from tests.orders.test_api_orders import body_of, caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Stage:
    return stage()


def _placed(scene: Stage, **more: Any) -> Order:
    placed = place_order(
        distributor_id=scene.shop.distributor.pk, actor=scene.buyer, lines=scene.shop.wishes(), now=NOW, **more
    )
    return Order.objects.get(pk=placed.id)


def test_without_addresses_an_order_goes_where_the_distributor_is(scene: Stage) -> None:
    """Who has one store only would have to set up addresses before the first order."""
    order = _placed(scene)
    assert (order.delivery_address_id, order.ship_to["city"]) == (None, "Springfield")
    assert order.ship_to == order.bill_to


def test_an_order_goes_to_the_chosen_address_else_to_the_default_and_keeps_its_text(scene: Stage) -> None:
    """Goods of yesterday's order would follow an address that is changed today."""
    buyer = scene.shop.distributor
    default = AddressFactory.create(distributor=buyer, is_default=True, city="Rome", contact="Ada", phone="1")
    other = AddressFactory.create(distributor=buyer, city="Bonn", recipient="Bonn Ltd")
    AddressFactory.create(distributor=buyer, kind=AddressKind.INVOICE, is_default=True, city="Paris")
    first, second = _placed(scene), _placed(scene, delivery_address_id=other.pk)
    assert (first.delivery_address_id, second.delivery_address_id) == (default.pk, other.pk)
    assert (first.ship_to["city"], first.ship_to["contact"], first.bill_to["city"]) == ("Rome", "Ada", "Paris")
    assert (second.ship_to["name"], second.ship_to["label"]) == ("Bonn Ltd", other.name)
    owner = OwnerFactory.create(distributor=buyer)
    change_record(record_type=ADDRESS, record_id=default.pk, actor=owner, city="Oslo")
    first.refresh_from_db()
    assert first.ship_to["city"] == "Rome"


@pytest.mark.parametrize("why", ["another's", "ended", "not yet", "no delivery address", "nobody's"])
def test_an_address_that_is_not_ones_own_or_not_in_force_is_refused(scene: Stage, why: str) -> None:
    """Somebody could have goods sent to a stranger's store, or learn its address."""
    buyer, today = scene.shop.distributor, timezone.localdate(NOW)
    made = {
        "another's": lambda: AddressFactory.create().pk,
        "ended": lambda: AddressFactory.create(distributor=buyer, ends_on=today - timedelta(days=1)).pk,
        "not yet": lambda: AddressFactory.create(distributor=buyer, starts_on=today + timedelta(days=1)).pk,
        "no delivery address": lambda: AddressFactory.create(distributor=buyer, kind=AddressKind.OFFICE).pk,
        "nobody's": lambda: 2**62,
    }
    address_id = made[why]()
    with refused(OrderRefused) as refusal:
        _placed(scene, delivery_address_id=address_id)
    assert [problem.code for problem in refusal.value.problems] == ["unknown_delivery_address"]
    call = caller(scene.buyer)
    for submit in (True, False):
        reply = call("post", "orders/", body_of(scene.shop, submit=submit, delivery_address=address_id))
        assert (reply.status_code, "Harbour" in reply.content.decode()) == (400, False), reply.content
    quote = call("post", "orders/quote/", {"lines": [], "delivery_address": address_id}).json()
    assert "unknown_delivery_address" in [problem["code"] for problem in quote["problems"]]


def test_the_api_takes_the_address_with_a_draft_and_with_an_order(scene: Stage) -> None:
    """An ERP could not say where the goods go."""
    address = AddressFactory.create(distributor=scene.shop.distributor, city="Bonn")
    call = caller(scene.buyer)
    draft = call("post", "orders/", body_of(scene.shop, submit=False, delivery_address=address.pk)).json()
    assert draft["delivery_address"] == address.pk
    placed = call("post", f"orders/{draft['reference']}/submit/", {})
    assert placed.status_code in {200, 201}, placed.content
    order = call("get", f"orders/{placed.json()['number']}/").json()
    assert (order["delivery_address"], order["ship_to"]["city"]) == (address.pk, "Bonn")


def test_the_entry_page_offers_the_own_addresses_and_presets_the_default(scene: Stage, client: Client) -> None:
    """A buyer of three stores would get everything at the first one."""
    buyer, (product, *_rest) = scene.shop.distributor, scene.shop.products
    AddressFactory.create(distributor=buyer, name="Aachen")
    default = AddressFactory.create(distributor=buyer, name="Zwolle", is_default=True)
    chosen = AddressFactory.create(distributor=buyer, name="Basel <b>")
    strange = AddressFactory.create(name="Strange")
    client.force_login(scene.buyer)
    client.post(reverse("orders:entry-add"), {"q": product.code, "quantity": "2"})
    page = client.get(reverse("orders:entry")).content.decode()
    assert page.index("Zwolle") < page.index("Aachen")
    assert "Strange" not in page
    assert "<b>" not in page
    refused_reply = client.post(
        reverse("orders:entry-details"), {"delivery_address": str(strange.pk)}, follow=True
    ).content.decode()
    assert "Strange" not in refused_reply
    order = Order.objects.get()
    assert order.delivery_address_id is None
    client.post(reverse("orders:entry-details"), {"delivery_address": str(chosen.pk), "note": "n"})
    client.post(reverse("orders:entry-add"), {"q": product.code, "quantity": "1"})
    order.refresh_from_db()
    assert (order.delivery_address_id, order.note) == (chosen.pk, "n")
    assert default.pk != chosen.pk
