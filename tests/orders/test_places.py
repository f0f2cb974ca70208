"""The places of a warehouse: seen in the order of the walk, set, changed, taken back, imported."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from inventory.models import Stock
from tests.factories.accounts import ManagerFactory, WarehouseUserFactory
from tests.factories.inventory import DistributorWarehouseFactory, StockFactory

pytestmark = pytest.mark.django_db


def client_of(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def places() -> list[tuple[str, str]]:
    return list(Stock.objects.order_by("pk").values_list("zone", "place"))


def test_the_list_follows_the_walk_and_finds_what_has_no_place() -> None:
    """Nobody would see which goods lie nowhere before the pickers look for them."""
    first = StockFactory.create(on_hand=3, zone="B", place="B-01")
    second = StockFactory.create(on_hand=3, warehouse=first.warehouse, zone="A", place="A-09")
    third = StockFactory.create(on_hand=3, warehouse=first.warehouse)
    client = client_of(WarehouseUserFactory.create())
    page = client.get(reverse("orders:places")).content.decode()
    assert page.index(second.product.code) < page.index(first.product.code)
    page = client.get(reverse("orders:places"), {"has_place": "false"}).content.decode()
    assert (third.product.code in page, first.product.code in page) == (True, False)
    page = client_of(ManagerFactory.create()).get(reverse("orders:places")).content.decode()
    assert reverse("orders:place", args=[first.pk]) not in page


def test_places_are_set_changed_and_taken_back() -> None:
    """Every move of a shelf would need the ERP."""
    stock = StockFactory.create(on_hand=3)
    other = StockFactory.create(on_hand=3, warehouse=stock.warehouse)
    client = client_of(WarehouseUserFactory.create())
    lines = f"{stock.product.code}\tA\tA-01\n\n{other.product.code}， B， B-02"
    sent = {"warehouse": stock.warehouse_id, "lines": lines}
    assert client.post(reverse("orders:places-set"), sent).status_code == 302
    assert places() == [("A", "A-01"), ("B", "B-02")]
    assert client.post(reverse("orders:place", args=[stock.pk]), {"zone": "C", "place": ""}).status_code == 302
    assert places() == [("C", ""), ("B", "B-02")]
    assert client.post(reverse("orders:places-retire"), {"ids": [stock.pk, other.pk]}).status_code == 302
    assert places() == [("", ""), ("", "")]


def test_wrong_lines_are_named_and_nothing_is_written() -> None:
    """Half a list would be set, and nobody would know which half."""
    stock = StockFactory.create(on_hand=3)
    client = client_of(WarehouseUserFactory.create())
    sent = {"warehouse": stock.warehouse_id, "lines": f"{stock.product.code},A\nNONE,B"}
    answer = client.post(reverse("orders:places-set"), sent)
    page = answer.content.decode()
    assert (answer.status_code, "Line 2" in page, "NONE" in page) == (400, True, True)
    theirs = StockFactory.create(warehouse=DistributorWarehouseFactory.create(), on_hand=1)
    assert client.get(reverse("orders:place", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("orders:places-retire"), {"ids": [theirs.pk]}).status_code == 302
    assert places() == [("", ""), ("", "")]
