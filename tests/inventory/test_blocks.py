"""Blocked stock: it lies there, and yet nobody is promised it, gets it reserved, or ships it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.errors import Conflict, DomainError, NotAllowed, StaleVersion
from core.models import Event
from inventory.enums import BlockStatus, WarehouseKind
from inventory.models import BackOrder, Reservation, Stock, StockMove
from inventory.selectors.availability import read_supplies
from inventory.services.blocks import block_stock, change_block, unblock_stock
from inventory.services.stock import reserve
from inventory.services.stock_moves import adjust_stock
from tests.factories.accounts import BuyerFactory, ManagerFactory, WarehouseUserFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import StockFactory, WarehouseFactory
from tests.inventory.test_api import client_of
from tests.inventory.test_expected_receipts import wait
from tests.transfers.test_transfers import consistent

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Any:
    CompanyFactory.create()
    return WarehouseUserFactory.create()


def figures(stock: Stock) -> tuple[int, int, int, int]:
    """On hand, reserved for orders, blocked, available."""
    stock.refresh_from_db()
    return stock.on_hand, stock.for_orders, stock.blocked, stock.available


def ask(stock: Stock, pieces: int, source: int) -> bool:
    """Whether an order can have so many pieces."""
    return not reserve(
        warehouse_id=stock.warehouse_id,
        source_type="order",
        source_id=source,
        source_line_ids=[source],
        product_ids=[stock.product_id],
        quantities=[pieces],
        expires_at=None,
    )


def test_blocked_pieces_are_out_of_reach_until_they_are_freed(keeper: Any) -> None:
    """Recalled goods would be promised and shipped, or good ones be lost after the inspection."""
    now = timezone.now()
    stock = StockFactory.create(on_hand=100)
    place: Any = {"warehouse_id": stock.warehouse_id, "product_id": stock.product_id}
    assert ask(stock, 30, 1)
    block = block_stock(**place, pieces=60, reason="recall", until=timezone.localdate(), actor=keeper, now=now)
    assert (block.number, figures(stock)) == ("BS100001", (100, 30, 60, 10))
    assert not ask(stock, 11, 2)
    supply = read_supplies(places=[(stock.warehouse_id, stock.product_id)], today=timezone.localdate())
    assert [one.free_on(timezone.localdate()) for one in supply.values()] == [10]
    with pytest.raises(DomainError):  # a correction does not take them either
        adjust_stock(**place, difference=-11, reason="lost", actor=keeper)
    with pytest.raises(Conflict) as short:
        block_stock(**place, pieces=11, reason="quality", actor=keeper, now=now)
    assert short.value.problems[0].field == "pieces"
    consistent()
    assert block.state(timezone.localdate() + timedelta(days=1)) == BlockStatus.OVERDUE
    block = unblock_stock(block_id=block.pk, pieces=25, actor=keeper, now=now, expected_version=block.version)
    assert (block.open_pieces, block.status, figures(stock)) == (35, "blocked", (100, 30, 35, 35))
    for pieces, wrong in ((0, "pieces"), (36, "pieces")):
        with pytest.raises(DomainError) as refused:
            unblock_stock(block_id=block.pk, pieces=pieces, actor=keeper, now=now)
        assert refused.value.problems[0].field == wrong
    with pytest.raises(StaleVersion):
        unblock_stock(block_id=block.pk, actor=keeper, now=now, expected_version=1)
    block = change_block(block_id=block.pk, reason="quality", note="Lab", until=None, actor=keeper, now=now)
    block = unblock_stock(block_id=block.pk, actor=keeper, now=now)
    assert (block.status, block.open_pieces, figures(stock)) == ("closed", 0, (100, 30, 0, 70))
    with pytest.raises(Conflict):
        unblock_stock(block_id=block.pk, actor=keeper, now=now)
    assert (
        StockMove.objects.exclude(kind="opening").count() == 0
    )  # it has lain there all the time: past days stay right
    kinds = list(Event.objects.filter(subject_type="stock_block").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["stock.blocked", "stock.unblocked", "stock_block.changed", "stock.unblocked"]
    consistent()


def test_what_is_freed_goes_to_those_who_wait(keeper: Any) -> None:
    """Whoever orders at that moment would get what others have been waiting for."""
    stock = StockFactory.create(on_hand=20)
    now = timezone.now()
    block = block_stock(
        warehouse_id=stock.warehouse_id, product_id=stock.product_id, pieces=20, reason="customs", actor=keeper, now=now
    )
    wait(stock, 15, source=7, ships=None)
    unblock_stock(block_id=block.pk, pieces=12, actor=keeper, now=now)
    assert (BackOrder.objects.get().quantity, figures(stock)) == (3, (20, 12, 8, 0))
    unblock_stock(block_id=block.pk, actor=keeper, now=now)
    assert (BackOrder.objects.get().quantity, figures(stock)) == (0, (20, 15, 0, 5))
    assert Reservation.objects.filter(source_type="order").get().quantity == 15
    consistent()


def test_what_cannot_be_blocked(keeper: Any) -> None:
    """Goods on their way would be blocked twice, or by somebody who may not."""
    stock, now = StockFactory.create(on_hand=10), timezone.now()
    right: dict[str, Any] = {
        "warehouse_id": stock.warehouse_id,
        "product_id": stock.product_id,
        "pieces": 1,
        "reason": "damage",
    }
    for change, wrong in (
        ({"pieces": 0}, "pieces"),
        ({"reason": "whim"}, "reason"),
        ({"until": timezone.localdate() - timedelta(days=1)}, "until"),
        ({"warehouse_id": WarehouseFactory.create(kind=WarehouseKind.TRANSIT).pk}, "warehouse"),
        ({"warehouse_id": WarehouseFactory.create(kind=WarehouseKind.BLOCKED).pk}, "warehouse"),
    ):
        with pytest.raises(DomainError) as refused:
            block_stock(**{**right, **change}, actor=keeper, now=now)
        assert refused.value.problems[0].field == wrong
    with pytest.raises(NotAllowed):
        block_stock(**right, actor=ManagerFactory.create(), now=now)


def test_blocked_stock_on_the_pages_and_over_the_api(keeper: Any) -> None:
    """A keeper with no ERP, and an ERP with no keeper, would not get at it; the stock list would hide what is blocked."""
    stock = StockFactory.create(on_hand=40)
    browser = Client()
    browser.force_login(keeper)
    form = {"warehouse": stock.warehouse_id, "product": stock.product.code, "pieces": "41", "reason": "quality"}
    assert "Only 40 pieces are free" in browser.post("/stock/blocked/new/", form).content.decode()
    page = browser.post("/stock/blocked/new/", {**form, "pieces": "15"}, follow=True)
    assert "BS100002" in page.content.decode()
    api = client_of(keeper)
    (row,) = api.get("/api/v1/stock-blocks/").json()["results"]
    assert (row["pieces"], row["status"], row["is_overdue"]) == (15, "blocked", False)
    (shown,) = api.get("/api/v1/stock/?blocked=true").json()["results"]
    assert (shown["on_hand"], shown["reserved"], shown["blocked"], shown["available"]) == (40, 0, 15, 25)
    address = f"/stock/blocked/{row['id']}/"
    assert browser.post(f"{address}release/", {"pieces": "5"}, follow=True).status_code == 200
    answer = api.post(f"/api/v1/stock-blocks/{row['id']}/release/", {"pieces": 4}, format="json")
    assert (answer.status_code, answer.json()["pieces"]) == (200, 6)
    changed = {"reason": "recall", "until": "2030-01-01"}
    assert browser.post(f"{address}change/", changed, follow=True).status_code == 200
    assert figures(stock) == (40, 0, 6, 34)
    assert ">6<" in browser.get(f"/products/{stock.product.code}/").content.decode().replace("\n", "")
    new = {"warehouse": stock.warehouse.code, "product": stock.product.code, "pieces": 3, "reason": "damage"}
    assert api.post("/api/v1/stock-blocks/", new, format="json").status_code == 201
    assert client_of(BuyerFactory.create()).get("/api/v1/stock-blocks/").json()["results"] == []
    consistent()
