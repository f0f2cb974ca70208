"""What a distributor sells its own people hold, reject, ship and approve, on pages as by API."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from orders.models import Order
from orders.ordering.services.approval import approve_order
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput
from tests.factories.accounts import BuyerFactory, DistributorFactory, OwnerFactory
from tests.factories.orders import Shop, shop
from tests.orders.clock import NOW
from tests.orders.test_order_groups import from_parent

pytestmark = pytest.mark.django_db


def sold_by_parent() -> tuple[Shop, Any]:
    """A shop whose last product the distributor above it sells, and the owner of that one."""
    parent = DistributorFactory.create()
    place = shop(products=2, distributor=DistributorFactory.create(parent=parent))
    from_parent(place, parent)
    return place, OwnerFactory.create(distributor=parent)


def bought(place: Shop) -> Order:
    buyer = BuyerFactory.create(distributor=place.distributor)
    placed = place_order(
        distributor_id=place.distributor.pk, actor=buyer, lines=[LineInput(place.products[-1].pk, 4)], now=NOW
    )
    return Order.objects.get(pk=placed.id)


def test_pages_buttons_and_actions_ask_the_seller(client: Client) -> None:
    """The seller would see a button that leads to "not permitted", and could sell by the API only."""
    place, owner = sold_by_parent()
    order, other = bought(place), bought(place)
    of_brand = Order.objects.get(
        pk=place_order(
            distributor_id=place.distributor.pk, actor=owner, lines=[LineInput(place.products[0].pk, 1)], now=NOW
        ).id
    )
    client.force_login(owner)

    def page(name: str, of: Order = order) -> str:
        return reverse(f"orders:{name}", args=[of.number])

    shown = client.get(order.get_absolute_url()).content.decode()
    for name in ("hold", "reject"):
        assert page(name) in shown
        assert client.get(page(name)).status_code == 200
        assert client.get(page(name, of_brand)).status_code == 403, "it is the brand's order"
    assert client.post(page("hold"), {"reason": "No lorry"}).status_code == 302
    assert client.post(page("reject", other), {"reason": "Sold out"}).status_code == 302
    order.refresh_from_db()
    other.refresh_from_db()
    assert (order.is_on_hold, other.status) == (True, "cancelled")
    assert client.get(page("release")).status_code == 200
    third, fourth = bought(place), bought(place)
    assert client.post(reverse("orders:approve-ticked"), {"ids": [third.pk], "confirmed": "1"}).status_code == 302
    approve_order(order_id=fourth.pk, actor=owner, now=NOW)
    third.refresh_from_db()
    assert third.status == "approved"
    assert client.get(page("ship", third)).status_code == 200
    line = third.lines.get()
    assert client.post(page("ship", third), {f"quantity-{line.pk}": "4"}).status_code == 302
    assert third.shipments.count() == 1
    client.force_login(OwnerFactory.create())
    assert client.get(page("ship", fourth)).status_code == 404
