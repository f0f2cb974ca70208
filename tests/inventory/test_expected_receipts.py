"""Goods that are expected, and what becomes of those who wait for them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import Event
from inventory.enums import InventoryEvent, ReceiptStatus
from inventory.models import BackOrder, ExpectedReceipt, Reservation, Stock, StockMove
from inventory.promise import Dated, ScheduleLine, Supply
from inventory.selectors.invariants import INVARIANTS
from inventory.services.back_orders import Terms, WaitingLine, lock_supplies, place_back_orders, renew_promises
from inventory.services.expected_receipts import (
    Expected,
    cancel_expected,
    change_expected,
    receive_expected,
    save_expected_receipts,
)
from inventory.services.stock import adjust_stock, release, reserve
from orders.ordering.enums import ORDER
from tests.factories.accounts import AdministratorFactory, BuyerFactory, DistributorFactory
from tests.factories.inventory import ExpectedReceiptFactory, ProductFactory, StockFactory, WarehouseFactory
from tests.inventory.test_api import client_of
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def wait(stock: Stock, pieces: int, *, source: int, ships: int | None) -> None:
    """A line of a document that waits for pieces, promised to ship in so many days and to arrive a day later."""
    part = ScheduleLine(
        pieces=pieces,
        ship_on=None if ships is None else in_days(ships),
        arrives_on=None if ships is None else in_days(ships + 1),
    )
    with transaction.atomic():
        lock_supplies(places=[(stock.warehouse_id, stock.product_id)], short=[], today=timezone.localdate())
        place_back_orders(
            warehouse_id=stock.warehouse_id,
            distributor_id=DistributorFactory.create().pk,
            source_type=ORDER,
            source_id=source,
            reference=f"SO-{source}",
            lines=[
                WaitingLine(
                    source_line_id=source * 10, product_id=stock.product_id, part=part, wanted_on=part.arrives_on
                )
            ],
            terms=Terms(lead_days=1, cut_off=None, calendar_id=None),
            keep_days=3,
            now=timezone.now(),
        )


def left() -> dict[int, int]:
    return dict(BackOrder.objects.order_by("source_id").values_list("source_id", "quantity"))


def expected_in(stock: Stock, days: int, pieces: int) -> ExpectedReceipt:
    return ExpectedReceiptFactory.create(
        warehouse=stock.warehouse, product=stock.product, quantity=pieces, expected_on=in_days(days)
    )


def consistent() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert offending_rows(INVARIANTS) == {}


def test_goods_go_to_those_who_wait_in_the_order_in_which_they_ship() -> None:
    """Whoever orders now would get what was promised to others, or somebody who ordered later would come first."""
    admin = AdministratorFactory.create()
    stock = StockFactory.create(on_hand=20, reserved=0)
    receipt = expected_in(stock, 3, 100)
    wait(stock, 70, source=1, ships=6)
    wait(stock, 40, source=2, ships=4)
    wait(stock, 30, source=3, ships=None)
    stock.refresh_from_db()
    assert left() == {1: 70, 2: 20, 3: 30}, "no receipt brings all of it: what is there goes to who ships first"
    assert (stock.reserved, stock.waiting) == (20, 120)
    consistent()
    receive_expected(receipt_id=receipt.pk, actor=admin, now=timezone.now(), quantity=60, is_complete=False)
    assert left() == {1: 30, 2: 0, 3: 30}
    receive_expected(receipt_id=receipt.pk, actor=admin, now=timezone.now(), quantity=55, is_complete=True)
    assert left() == {1: 0, 2: 0, 3: 5}
    stock.refresh_from_db()
    receipt.refresh_from_db()
    assert (stock.on_hand, stock.reserved, stock.waiting, receipt.status) == (135, 135, 5, "received")
    assert {row.source_id: row.quantity for row in Reservation.objects.all()} == {1: 70, 2: 40, 3: 25}
    assert all(row.expires_at is not None for row in Reservation.objects.all())
    filled = Event.objects.filter(kind=InventoryEvent.BACK_ORDER_FILLED)
    assert sorted((row.subject_id, row.data["pieces"], row.data["left"]) for row in filled) == [
        (1, 30, 0), (1, 40, 30), (2, 10, 20), (2, 20, 0), (3, 25, 5),
    ]  # fmt: skip
    assert StockMove.objects.filter(reference=receipt.external_id).count() == 2
    with pytest.raises(Conflict):
        receive_expected(receipt_id=receipt.pk, actor=admin, now=timezone.now())
    consistent()


def test_a_receipt_moved_overdue_or_called_off_promises_anew() -> None:
    """The distributor would wait for a day that everybody but it knows to be gone."""
    admin = AdministratorFactory.create()
    stock = StockFactory.create(on_hand=60)
    receipt = expected_in(stock, 3, 100)
    wait(stock, 100, source=1, ships=4)
    assert left() == {1: 100}
    first = BackOrder.objects.get()

    def free() -> int:
        return Stock.objects.get(pk=stock.pk).available

    assert free() == 60
    change_expected(receipt_id=receipt.pk, actor=admin, now=timezone.now(), quantity=100, expected_on=in_days(8))
    row = BackOrder.objects.get()
    assert (row.ship_on, row.promised_on, row.first_promised_on) == (in_days(9), in_days(10), first.promised_on)
    assert (left(), free()) == ({1: 100}, 60)
    change_expected(receipt_id=receipt.pk, actor=admin, now=timezone.now(), quantity=70, expected_on=in_days(8))
    assert (left(), free()) == ({1: 70}, 30), "30 of them come no more: they are taken from what is there"
    renew_promises(now=timezone.now() + timedelta(days=9))  # the receipt is overdue by then
    row = BackOrder.objects.get()
    assert (row.quantity, row.ship_on, free()) == (40, None, 0)
    moved = Event.objects.filter(kind=InventoryEvent.BACK_ORDER_PROMISED).order_by("pk").first()
    assert moved is not None
    assert moved.data["promised_before"] == first.promised_on.isoformat() if first.promised_on else None
    assert moved.data["promised_on"] == in_days(10).isoformat()
    cancel_expected(receipt_id=receipt.pk, actor=admin, now=timezone.now(), reason="The supplier has none.")
    assert left() == {1: 40}
    adjust_stock(
        warehouse_id=stock.warehouse_id, product_id=stock.product_id, difference=15, reason="found", actor=admin
    )
    assert left() == {1: 25}
    consistent()


def test_what_one_gives_up_goes_to_the_next() -> None:
    """A cancelled order's pieces would be free for whoever comes by, while another has waited for them for a week."""
    stock = StockFactory.create(on_hand=10)
    place: dict[str, Any] = {"warehouse_id": stock.warehouse_id, "source_type": ORDER, "expires_at": None}
    line: dict[str, Any] = {"product_ids": [stock.product_id], "source_line_ids": [90]}
    with transaction.atomic():
        assert reserve(source_id=9, quantities=[10], **line, **place) == []
    wait(stock, 4, source=1, ships=None)
    wait(stock, 5, source=2, ships=None)
    release(source_type=ORDER, source_id=1)  # it gives up waiting
    stock.refresh_from_db()
    assert (stock.waiting, left()) == (5, {1: 0, 2: 5})
    assert release(source_type=ORDER, source_id=9) == {90: 10}
    stock.refresh_from_db()
    assert (stock.reserved, stock.waiting, left()) == (5, 0, {1: 0, 2: 0})
    consistent()


def test_the_database_refuses_whoever_overtakes() -> None:
    """A statement that nobody thought of would give away what others have been promised."""
    stock = StockFactory.create(on_hand=0)
    wait(stock, 5, source=1, ships=None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="stock_back_orders_first"), transaction.atomic():
        Stock.objects.filter(pk=stock.pk).update(on_hand=5)


def test_the_same_rows_again_change_nothing() -> None:
    """An ERP that sends its supply orders every night would double them, or lose all for one wrong row."""
    admin, warehouse = AdministratorFactory.create(), WarehouseFactory.create()
    product = ProductFactory.create()
    client = client_of(admin)
    good = {"external_id": "PO-1/10", "warehouse": warehouse.code, "product": product.code.lower(), "quantity": 24}
    rows: list[dict[str, Any]] = [
        {**good, "expected_on": str(in_days(2))},
        {**good, "external_id": "PO-1/20", "product": "nothing", "expected_on": str(in_days(2))},
        {**good, "external_id": "PO-1/30", "warehouse": "nowhere", "expected_on": str(in_days(2))},
    ]

    def send() -> list[str]:
        answer = client.post("/api/v1/expected-receipts/bulk/", {"rows": rows}, format="json")
        assert answer.status_code == 200, answer.json()
        return [row["result"] for row in answer.json()]

    assert send() == ["created", "refused", "refused"]
    assert send() == ["unchanged", "refused", "refused"]
    rows[0]["quantity"] = 30
    assert send() == ["changed", "refused", "refused"]
    (listed,) = client.get("/api/v1/expected-receipts/", {"status": "open"}).json()["results"]
    assert (listed["quantity"], listed["outstanding"], listed["is_overdue"]) == (30, 30, False)
    address = f"/api/v1/expected-receipts/{listed['id']}"
    assert client.post(f"{address}/receive/", {"quantity": 10, "is_complete": False}, format="json").status_code == 200
    rows[0]["quantity"] = 10
    assert send()[0] == "refused"
    assert client.post(f"{address}/cancel/", {"reason": "none left"}, format="json").json()["status"] == "cancelled"
    rows[0]["quantity"] = 31
    assert send()[0] == "refused"
    assert ExpectedReceipt.objects.get().status == ReceiptStatus.CANCELLED
    assert Stock.objects.get().on_hand == 10
    with pytest.raises(NotAllowed):
        save_expected_receipts(rows=[], actor=BuyerFactory.create(), now=timezone.now())
    with pytest.raises(InvalidInput):
        save_expected_receipts(
            rows=[
                Expected(
                    external_id="X", warehouse_id=warehouse.pk, product_id=product.pk, quantity=0, expected_on=TODAY
                )
            ],
            actor=admin,
            now=timezone.now(),
        )


def test_statements_do_not_depend_on_how_many_wait(django_assert_max_num_queries: Any) -> None:
    """A truck of goods for two hundred orders would take minutes, with the stock locked."""
    admin = AdministratorFactory.create()
    stock = StockFactory.create(on_hand=0)
    receipt = expected_in(stock, 3, 500)
    for number in range(1, 31):
        wait(stock, 10, source=number, ships=4)
    with django_assert_max_num_queries(24):
        receive_expected(receipt_id=receipt.pk, actor=admin, now=timezone.now())
    assert set(left().values()) == {0}
    assert Supply(on_hand=5, commitments=[Dated(None, 9)]).owed() == 5
    consistent()
