"""Goods that go from one warehouse to another: on their way they are nobody's stock, and yet they can be promised."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from core.errors import Conflict, DomainError, InvalidInput, NotAllowed, StaleVersion
from core.models import Event
from inventory.enums import WarehouseKind
from inventory.models import BackOrder, ExpectedReceipt, Stock, StockMove
from inventory.selectors.availability import read_supplies
from inventory.selectors.document_lines import DocumentLine, WrittenLine, find_lines
from inventory.selectors.invariants import INVARIANTS
from inventory.services.expected_receipts import Expected, cancel_expected, receive_expected, save_expected_receipts
from inventory.services.stock import adjust_stock, receive_stock
from tests.factories.accounts import AdministratorFactory, BuyerFactory, ManagerFactory, WarehouseUserFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import (
    ExpectedReceiptFactory,
    ProductFactory,
    ProductUnitFactory,
    StockFactory,
    WarehouseFactory,
)
from tests.inventory.test_api import client_of
from tests.inventory.test_expected_receipts import wait
from tests.sql import offending_rows
from transfers.enums import TransferStatus
from transfers.models import Transfer
from transfers.selectors.invariants import INVARIANTS as OF_TRANSFERS
from transfers.services.transfer_receipts import receive_transfer
from transfers.services.transfers import cancel_transfer, reschedule_transfer, save_transfer, send_transfer

pytestmark = pytest.mark.django_db


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


def consistent() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert offending_rows([*INVARIANTS, *OF_TRANSFERS]) == {}


def prepare(stock: Stock, keeper: Any, pieces: int, *, to: Any = None, days: int = 3) -> Transfer:
    return save_transfer(
        source_id=stock.warehouse_id,
        destination_id=(to or WarehouseFactory.create()).pk,
        expected_on=in_days(days),
        lines=[DocumentLine(product_id=stock.product_id, quantity=pieces)],
        actor=keeper,
        now=timezone.now(),
    )


def in_stock(transfer: Transfer) -> tuple[int, int, int]:
    """At the source, on the way, at the destination."""
    places = (transfer.source_id, transfer.transit_id, transfer.destination_id)
    found = dict(Stock.objects.values_list("warehouse_id", "on_hand"))
    return found.get(places[0], 0), found.get(places[1] or 0, 0), found.get(places[2], 0)


@pytest.fixture
def keeper() -> Any:
    CompanyFactory.create()
    return WarehouseUserFactory.create()


def test_goods_are_in_transit_until_they_are_received(keeper: Any) -> None:
    """They would lie in two warehouses or in none, or be lost without a word of it."""
    now = timezone.now()
    stock = StockFactory.create(on_hand=100)
    transfer = prepare(stock, keeper, 60)
    assert (transfer.number, transfer.status, in_stock(transfer)) == (None, TransferStatus.DRAFT, (100, 0, 0))
    transfer = send_transfer(transfer_id=transfer.pk, actor=keeper, now=now, expected_version=transfer.version)
    assert (transfer.number, in_stock(transfer)) == ("TR100001", (40, 60, 0))
    assert transfer.transit is not None
    assert transfer.transit.kind == WarehouseKind.TRANSIT
    (receipt,) = ExpectedReceipt.objects.all()
    assert (receipt.warehouse_id, receipt.outstanding, receipt.expected_on) == (transfer.destination_id, 60, in_days(3))
    consistent()
    with pytest.raises(Conflict):  # sent twice
        send_transfer(transfer_id=transfer.pk, actor=keeper, now=now)
    with pytest.raises(Conflict):
        cancel_transfer(transfer_id=transfer.pk, actor=keeper, now=now)
    (line,) = transfer.lines.all()

    def receive(pieces: int | None, **options: Any) -> Transfer:
        given = None if pieces is None else {line.pk: pieces}
        return receive_transfer(transfer_id=transfer.pk, pieces=given, actor=keeper, now=now, **options)

    transfer = receive(25, is_complete=False, expected_version=transfer.version)
    assert (transfer.status, in_stock(transfer)) == (TransferStatus.PARTLY_RECEIVED, (40, 35, 25))
    consistent()
    for pieces, options, wrong in (
        (30, {}, "reason"),  # five are missing
        (36, {"is_complete": False}, "reason"),  # one too many
        (0, {"is_complete": False}, "lines"),
        (-1, {"reason": "?"}, f"lines.{line.pk}.pieces"),
        (1, {"expected_version": 1}, ""),
    ):
        with pytest.raises((InvalidInput, StaleVersion)) as refused:
            receive(pieces, **options)
        assert refused.value.problems[0].field == wrong
    transfer = receive(30, reason="Five bottles broke")
    line.refresh_from_db()
    assert (transfer.status, in_stock(transfer), line.lost) == (TransferStatus.RECEIVED, (40, 0, 55), 5)
    loss = StockMove.objects.get(kind="difference")
    assert (loss.warehouse_id, loss.quantity, loss.note) == (transfer.transit_id, -5, "Five bottles broke")
    assert {move.reference for move in StockMove.objects.exclude(kind="opening")} == {"TR100001"}
    with pytest.raises(Conflict):
        receive(None)
    consistent()
    more = prepare(stock, keeper, 10)
    send_transfer(transfer_id=more.pk, actor=keeper, now=now)
    (line,) = more.lines.all()
    more = receive_transfer(
        transfer_id=more.pk, pieces={line.pk: 12}, reason="Two more in the box", actor=keeper, now=now
    )
    assert in_stock(more) == (30, 0, 12)
    consistent()
    kinds = list(Event.objects.filter(subject_type="transfer", subject_id=more.pk).values_list("kind", flat=True))
    assert sorted(kinds) == ["transfer.prepared", "transfer.received", "transfer.sent"]


def test_what_cannot_be_sent_stays(keeper: Any) -> None:
    """Goods that are reserved for orders would leave, or go where nobody receives them."""
    now = timezone.now()
    stock = StockFactory.create(on_hand=100)
    Stock.objects.filter(pk=stock.pk).update(reserved=50)
    for pieces, options, wrong in (
        (60, {}, "lines.0.quantity"),
        (10, {"days": -1}, "expected_on"),
        (10, {"to": stock.warehouse}, "destination"),
        (10, {"to": WarehouseFactory.create(kind=WarehouseKind.TRANSIT)}, "destination"),
        (10, {"to": WarehouseFactory.create(is_active=False)}, "destination"),
    ):
        with pytest.raises(DomainError) as refused:
            send_transfer(transfer_id=prepare(stock, keeper, pieces, **options).pk, actor=keeper, now=now)
        assert refused.value.problems[0].field == wrong
    assert StockMove.objects.exclude(kind="opening").count() == 0
    with pytest.raises(NotAllowed):
        prepare(stock, ManagerFactory.create(), 1)
    transfer = cancel_transfer(transfer_id=prepare(stock, keeper, 1).pk, actor=keeper, now=now)
    assert transfer.status == TransferStatus.CANCELLED
    on_the_way = WarehouseFactory.create(kind=WarehouseKind.TRANSIT)
    with pytest.raises(InvalidInput):  # what is in transit comes and goes with its transfer only
        adjust_stock(
            warehouse_id=on_the_way.pk, product_id=stock.product_id, difference=1, reason="found", actor=keeper
        )
    with pytest.raises(InvalidInput):
        receive_stock(
            warehouse_id=on_the_way.pk, product_ids=[stock.product_id], quantities=[1], reference="R", actor=keeper
        )


def test_what_is_on_its_way_is_promised_at_the_destination(keeper: Any) -> None:
    """A short line would have no date although the goods are on a lorry; or get them before those who waited."""
    now, today = timezone.now(), timezone.localdate()
    source = StockFactory.create(on_hand=100)
    there = StockFactory.create(product=source.product, on_hand=0)
    wait(there, 40, source=1, ships=None)
    transfer = prepare(source, keeper, 60, to=there.warehouse)
    send_transfer(transfer_id=transfer.pk, actor=keeper, now=now)
    row = BackOrder.objects.get()
    assert (row.ship_on, row.quantity) == (in_days(4), 40)

    def free(days: int) -> int:
        place = (there.warehouse_id, there.product_id)
        return int(read_supplies(places=[place], today=today)[place].free_on(in_days(days)))

    assert (free(3), free(4)) == (0, 20)
    reschedule_transfer(transfer_id=transfer.pk, expected_on=in_days(8), actor=keeper, now=now)
    row.refresh_from_db()
    assert (row.ship_on, free(4), free(9)) == (in_days(9), 0, 20)
    (receipt,) = ExpectedReceipt.objects.all()
    for refused in (
        lambda: receive_expected(receipt_id=receipt.pk, actor=keeper, now=now),
        lambda: cancel_expected(receipt_id=receipt.pk, actor=keeper, now=now, reason="?"),
    ):
        with pytest.raises(Conflict):
            refused()
    sent = Expected(
        external_id=receipt.external_id,
        warehouse_id=receipt.warehouse_id,
        product_id=receipt.product_id,
        quantity=1,
        expected_on=today,
    )
    assert save_expected_receipts(rows=[sent], actor=keeper, now=now) == {receipt.external_id: "closed"}
    consistent()
    (line,) = transfer.lines.all()
    receive_transfer(transfer_id=transfer.pk, pieces={line.pk: 30}, is_complete=False, actor=keeper, now=now)
    row.refresh_from_db()
    assert (row.quantity, row.ship_on) == (10, in_days(9))
    consistent()
    receive_transfer(transfer_id=transfer.pk, pieces={}, reason="The rest was never loaded", actor=keeper, now=now)
    row.refresh_from_db()
    assert (row.quantity, row.ship_on) == (10, None), "nothing comes any more"
    consistent()


def test_what_is_expected_names_its_transfer(keeper: Any) -> None:
    """A receipt would lead nowhere, stay expected for good, or be changed behind the back of its transfer."""
    stock = StockFactory.create(on_hand=100)
    transfer = prepare(stock, keeper, 60)
    send_transfer(transfer_id=transfer.pk, actor=keeper, now=timezone.now())
    (receipt,) = ExpectedReceipt.objects.of_document("transfer", transfer.pk)
    assert receipt.source_line_id == transfer.lines.get().pk
    assert receipt.get_absolute_url() == transfer.get_absolute_url()
    consistent()
    harms: list[dict[str, Any]] = [
        {"source_type": ""},
        {"source_line_id": None},
        {"source_type": "", "source_id": None},
    ]
    for harm in harms:
        with pytest.raises(IntegrityError, match="expected_receipt_source_whole"), transaction.atomic():
            ExpectedReceipt.objects.filter(pk=receipt.pk).update(**harm)
    again = {name: getattr(receipt, name) for name in ("source_type", "source_id", "source_line_id")}
    with pytest.raises(IntegrityError, match="expected_receipt_once_a_line"), transaction.atomic():
        ExpectedReceiptFactory.create(**again)
    for harm in ({"source_line_id": receipt.source_line_id + 1}, {"source_id": transfer.pk + 1}, {"quantity": 61}):
        with transaction.atomic():
            ExpectedReceipt.objects.filter(pk=receipt.pk).update(**harm)
            assert list(offending_rows(OF_TRANSFERS)) == ["transfers.transit_is_expected"]
            transaction.set_rollback(True)
    consistent()


def test_lines_are_written_in_units(keeper: Any) -> None:
    """Three cases would be sent as three pieces."""
    product = ProductFactory.create(code="P-1")
    ProductUnitFactory.create(product=product, code="case", pieces=24, barcode="4006381333931")
    cases = [
        ("P-1", 3, "", (3, "", 3)),
        ("p-1", 3, "case", (3, "case", 72)),
        ("P-1", 3, "箱", (3, "case", 72)),
        ("P-1", 3, "cases", (3, "case", 72)),
        ("4006381333931", 2, "", (2, "case", 48)),
    ]
    admin = AdministratorFactory.create()
    for code, quantity, unit, expected in cases:
        (line,), problems = find_lines([WrittenLine(code=code, quantity=quantity, unit=unit)], actor=admin)
        assert (line.quantity, line.unit, line.pieces) == expected, (code, unit, problems)
    wrong = [WrittenLine(code="P-1", quantity=1, unit="pallet"), WrittenLine(code="nothing", quantity=1)]
    _found, problems = find_lines(wrong, actor=admin)
    assert [problem.field for problem in problems] == ["lines.0.unit", "lines.1.product"]


def test_a_keeper_moves_goods_on_the_pages_and_a_system_by_the_api(keeper: Any, client: Client) -> None:
    """The pages would say one thing and the API another."""
    stock = StockFactory.create(on_hand=100, product__code="P-1")
    ProductUnitFactory.create(product=stock.product, code="case", pieces=24)
    there = WarehouseFactory.create()
    client.force_login(keeper)
    form = {
        "source": stock.warehouse_id,
        "destination": there.pk,
        "expected_on": in_days(2).isoformat(),
        "lines": "P-1 2 case\nP-1 3",
    }
    refused = client.post("/stock/transfers/new/", {**form, "lines": "P-1 2 pallet\nunknown 4"})
    assert refused.status_code == 400
    assert "Line 2: Unknown product unknown." in refused.content.decode()
    page = client.post("/stock/transfers/new/", form, follow=True)
    transfer = Transfer.objects.get()
    assert [line.pieces for line in transfer.lines.order_by("pk")] == [48, 3]
    assert "P-1 2 case" in client.get(f"{transfer.get_absolute_url()}change/").content.decode()
    client.post(f"{transfer.get_absolute_url()}change/", {**form, "lines": "P-1 2 case", "version": transfer.version})
    transfer.refresh_from_db()
    page = client.post(f"{transfer.get_absolute_url()}send/", {"version": transfer.version}, follow=True)
    assert "TR100001" in page.content.decode()
    line = transfer.lines.get()
    body = {f"line-{line.pk}": 47, "is_complete": "on", "reason": ""}
    receive = f"{transfer.get_absolute_url()}receive/"
    assert "Enter a reason for the difference." in client.post(receive, body).content.decode()
    client.post(receive, body | {"reason": "One broke"})
    transfer.refresh_from_db()
    assert in_stock(transfer) == (52, 0, 47)
    listed = client.get("/stock/transfers/?q=TR100001")
    assert f'href="{transfer.get_absolute_url()}">TR100001</a>' in listed.content.decode()
    exported = client.get("/stock/transfers/?export=lines")
    assert "One broke" in exported.getvalue().decode("utf-8-sig")

    api = client_of(keeper)
    sent = {
        "source": stock.warehouse.code,
        "destination": there.code,
        "expected_on": in_days(2).isoformat(),
        "lines": [{"product": "P-1", "quantity": 1, "unit": "case"}],
    }
    made = api.post("/api/v1/transfers/", sent, format="json").json()
    address = f"/api/v1/transfers/{made['id']}/"
    assert api.post(f"{address}send/", headers={"If-Match": "7"}).status_code == 412
    assert api.post(f"{address}send/").json()["status"] == "sent"
    assert api.post(f"{address}send/").status_code == 409
    assert api.post(f"{address}reschedule/", {"expected_on": in_days(5).isoformat()}, format="json").status_code == 200
    lines = [{"line": made["lines"][0]["id"], "pieces": 24}]
    done = api.post(f"{address}receive/", {"lines": lines}, format="json").json()
    assert (done["status"], done["lines"][0]["in_transit"]) == ("received", 0)
    assert client_of(BuyerFactory.create()).get(address).status_code == 404
    consistent()
