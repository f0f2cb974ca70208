"""A buyer whom no warehouse supplies yet: every page opens and says what to do."""

import pytest
from django.test import Client
from django.urls import reverse

from inventory.models import SupplyRoute
from tests.orders.people import stage

pytestmark = pytest.mark.django_db


def test_every_page_opens_and_says_whom_to_ask() -> None:
    """A new distributor would meet an error, or prepare an order and learn at its end that it cannot be placed."""
    scene = stage()
    client = Client()
    client.force_login(scene.buyer, backend="sign_in.backends.PasswordBackend")
    names = ("orders:entry", "orders:entry-catalogue", "orders:entry-again", "orders:entry-upload")
    asks = "Until the channel manager sets one up"
    assert all(asks not in client.get(reverse(name)).content.decode() for name in names)
    SupplyRoute.objects.all().delete()
    client.post(reverse("orders:entry-add"), {"q": scene.shop.products[0].code, "quantity": "4"})
    for name in names:
        shown = client.get(reverse(name))
        assert (shown.status_code, asks in shown.content.decode()) == (200, True), name
    for address in ("/", scene.shop.products[0].get_absolute_url()):
        assert client.get(address).status_code == 200
