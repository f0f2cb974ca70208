"""Thousands of products, prices, rows of stock and expected receipts in one call of an ERP."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.models import Product
from core.models import Event
from inventory.models import ExpectedReceipt, Stock, StockMove
from inventory.selectors.invariants import INVARIANTS
from pricing.models import Price
from tests.factories.accounts import AdministratorFactory, BuyerFactory
from tests.factories.inventory import (
    BrandFactory,
    CategoryFactory,
    ProductFactory,
    ProductUnitFactory,
    StockFactory,
    WarehouseFactory,
)
from tests.factories.planning import PriceFactory, PriceListFactory
from tests.inventory.test_api import client_of
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db
Rows = list[dict[str, Any]]


def send(client: Any, path: str, rows: Rows, status: int = 200, **more: Any) -> Any:
    answer = client.post(f"/api/v1/{path}/bulk/", {"rows": rows, **more}, format="json")
    assert answer.status_code == status, answer.json()
    return answer.json()


def results(answer: Any) -> list[str]:
    return [row["result"] for row in answer]


def fields(answer: Any) -> dict[int, list[str]]:
    """The fields at fault of each row that was refused."""
    return {row["row"]: [error["field"] for error in row["errors"]] for row in answer if row["errors"]}


def test_products_flow_in_by_the_thousand() -> None:
    """An ERP would lose a whole catalogue for one wrong barcode, or blank what it does not keep itself."""
    client, brand, category = client_of(AdministratorFactory.create()), BrandFactory.create(), CategoryFactory.create()
    known = ProductFactory.create(code="T-1", name="Tea", pack_size=6, unit_cost=3, successor=ProductFactory.create())
    new = {"name": "Tea", "brand": brand.code, "category": category.code}
    rows: Rows = [
        {"code": "t-1", "pack_size": 12},
        {**new, "code": "T-2", "name_zh": "茶叶", "successor": "T-3"},
        {**new, "code": "T-3", "barcode": "6901234567892"},
        {**new, "code": "T-4", "barcode": "6901234567891"},
        {**new, "code": "T-5", "brand": "nothing"},
        {"code": "T-6", "name": "Only a name"},
        {**new, "code": "T-7", "minimum_quantity": 5, "order_multiple": 3},
        {**new, "code": "T-8", "pack_size": 0, "status": "gone"},
        {**new, "code": "T-9", "successor": "T-4"},
        {**new, "code": "T-2"},
        {**new, "code": "T-10", "barcode": "6901234567892"},
    ]
    wrong = {3: ["barcode"], 4: ["brand"], 5: ["brand"], 6: ["minimum_quantity"], 7: ["status", "pack_size"],
             8: ["successor"], 9: ["code"], 10: ["barcode"]}  # fmt: skip
    answer = send(client, "products", rows)
    assert results(answer)[:3] == ["changed", "created", "created"]
    assert {place: sorted(set(found)) for place, found in fields(answer).items()} == {
        place: sorted(found) if place != 5 else ["brand", "category"] for place, found in wrong.items()
    }
    assert [row["key"] for row in answer[:2]] == ["t-1", "T-2"]
    known.refresh_from_db()
    assert (known.code, known.pack_size, known.name, known.unit_cost) == ("T-1", 12, "Tea", 3)
    assert known.successor is not None
    made = Product.objects.get(code="T-2")
    assert (made.pinyin, made.successor and made.successor.code) == ("cy", "T-3")
    assert sorted(Product.objects.filter(code__startswith="T-").values_list("code", flat=True)) == ["T-1", "T-2", "T-3"]
    events = Event.objects.filter(kind="product.changed").order_by("pk")
    assert [(row.data["code"], row.data["changes"]) for row in events] == [
        ("T-1", {"pack_size": ["6", "12"]}), ("T-2", {}), ("T-3", {}),
    ]  # fmt: skip
    assert results(send(client, "products", rows))[:3] == ["unchanged"] * 3
    assert Event.objects.filter(kind="product.changed").count() == 3


def test_all_or_nothing_writes_nothing_and_names_every_row() -> None:
    """A system that books a file as a whole would have half of it."""
    client, product = client_of(AdministratorFactory.create()), ProductFactory.create(code="T-1", pack_size=6)
    rows: Rows = [{"code": "T-1", "pack_size": 12}, {"code": "T-2"}, {"code": "T-3", "pack_size": -1}]
    errors = send(client, "products", rows, 400, all_or_nothing=True)["errors"]
    assert {error["attr"] for error in errors} >= {"rows.1.name", "rows.2.pack_size"}
    product.refresh_from_db()
    assert (product.pack_size, Product.objects.count()) == (6, 1)
    assert results(send(client, "products", rows[:1], all_or_nothing=True)) == ["changed"]
    nobody = client_of(BuyerFactory.create())
    for path in ("products", "prices", "stock", "expected-receipts"):
        send(nobody, path, [{"code": "X"}], 403)


def test_prices_end_those_before_them() -> None:
    """A new price list of an ERP would run beside the old prices, or price a case like a piece."""
    client, listed = client_of(AdministratorFactory.create()), PriceListFactory.create()
    product = ProductFactory.create()
    case = ProductUnitFactory.create(product=product, code="case", pieces=12, barcode="6901234567892")
    old = PriceFactory.create(
        price_list=listed, product=product, amount=10, starts_on=date(2026, 1, 1), ends_on=None, from_quantity=1
    )
    row = {"price_list": listed.code, "product": product.code, "amount": "12.5"}
    rows: Rows = [
        {**row, "starts_on": "2027-01-01"},
        {**row, "starts_on": "2026-07-01", "amount": "11"},
        {**row, "starts_on": "2026-07-01", "unit": "Case", "amount": "120"},
        {**row, "starts_on": "2026-08-01", "product": case.barcode, "amount": "125"},
        {**row, "starts_on": "2026-07-01", "unit": "sack"},
        {**row, "starts_on": "2026-07-01", "price_list": "nowhere"},
        {**row, "starts_on": "2026-07-01", "amount": "-1"},
        {**row, "starts_on": "2026-03-01", "ends_on": "2026-02-01", "from_quantity": 10},
    ]
    answer = send(client, "prices", rows)
    assert results(answer) == ["created"] * 4 + ["refused"] * 4
    assert fields(answer) == {4: ["unit"], 5: ["price_list"], 6: ["amount"], 7: ["ends_on"]}
    pieces = Price.objects.filter(unit=None).order_by("starts_on")
    assert [(price.starts_on.month, price.amount, price.ends_on) for price in pieces] == [
        (1, 10, date(2026, 6, 30)), (7, 11, date(2026, 12, 31)), (1, Decimal("12.5"), None),
    ]  # fmt: skip
    cases = Price.objects.filter(unit=case).order_by("starts_on")
    assert [(price.amount, price.ends_on) for price in cases] == [(120, date(2026, 7, 31)), (125, None)]
    told = Event.objects.filter(kind="price.changed", data__unit="", data__starts_on="2026-07-01").get()
    assert (Decimal(told.data["before"]), told.data["after"], told.data["ends_on"]) == (10, "11.0000", "2026-12-31")
    assert results(send(client, "prices", rows))[:4] == ["unchanged"] * 4
    rows[1]["amount"] = "11.5"
    assert results(send(client, "prices", rows))[:4] == ["unchanged", "changed", "unchanged", "unchanged"]
    assert Event.objects.filter(kind="price.changed").count() == 5
    old.refresh_from_db()
    assert old.amount == 10


def test_stock_is_set_with_a_move_that_says_who_sent_it() -> None:
    """Stock would change without anybody to ask, or below what is reserved."""
    admin, stock = AdministratorFactory.create(), StockFactory.create(on_hand=20, reserved=0)
    other = ProductFactory.create()
    place = {"warehouse": stock.warehouse.code, "product": stock.product.code}
    rows: Rows = [
        {**place, "on_hand": 25}, {**place, "product": other.code, "on_hand": 7}, {**place, "on_hand": -1},
        {**place, "product": "nothing", "on_hand": 1},
    ]  # fmt: skip
    client = client_of(admin)
    assert results(send(client, "stock", rows)) == ["changed", "created", "refused", "refused"]
    moves = StockMove.objects.filter(reference="IMPORT")
    assert set(moves.values_list("quantity", "actor_id")) == {(5, admin.pk), (7, admin.pk)}
    assert results(send(client, "stock", rows))[:2] == ["unchanged", "unchanged"]
    assert (moves.count(), Stock.objects.get(product=other).on_hand) == (2, 7)
    assert offending_rows(INVARIANTS) == {}


def test_statements_do_not_depend_on_the_number_of_rows() -> None:
    """A night's export of ten thousand rows would take the morning with it."""
    client, warehouse = client_of(AdministratorFactory.create()), WarehouseFactory.create()
    brand, category, listed = BrandFactory.create(), CategoryFactory.create(), PriceListFactory.create()

    def products(lot: int, count: int) -> Rows:
        return [
            {"code": f"P{lot}-{n}", "name": "Tea", "brand": brand.code if n % 3 else "none", "category": category.code,
             "barcode": "123" if n % 3 == 1 else None}
            for n in range(count)
        ]  # fmt: skip

    def of(lot: int, count: int, values: dict[str, Any]) -> Rows:
        return [{"product": f"P{lot}-{n}", **values} for n in range(count)]

    def receipts(lot: int, count: int) -> Rows:
        values = {"warehouse": warehouse.code, "quantity": 3, "expected_on": "2027-01-01"}
        return [{**row, "external_id": f"{lot}/{n}"} for n, row in enumerate(of(lot, count, values))]

    def prices(lot: int, count: int) -> Rows:
        return of(lot, count, {"price_list": listed.code, "amount": "1", "starts_on": "2027-01-01"})

    def stock(lot: int, count: int) -> Rows:
        return of(lot, count, {"warehouse": warehouse.code, "on_hand": 5})

    ways = {"products": products, "prices": prices, "stock": stock, "expected-receipts": receipts}
    for path, rows in ways.items():
        taken = []
        for lot, count in ((0, 6), (1, 6), (2, 300)):  # what is asked once a process is asked first
            with CaptureQueriesContext(
                connection,
            ) as queries:
                send(client, path, rows(lot, count))
            taken.append(len(queries))
        assert taken[1] == taken[2], path
        assert taken[0] <= 70, (path, taken)
    assert ExpectedReceipt.objects.count() == Price.objects.count() == Stock.objects.count()


def test_a_text_that_cannot_be_stored_refuses_its_row_only() -> None:
    """One broken character out of an old system would send five thousand rows back, again and again."""
    client = client_of(AdministratorFactory.create())
    place, price_list = WarehouseFactory.create(), PriceListFactory.create()
    brand, category, known = BrandFactory.create(), CategoryFactory.create(), ProductFactory.create()
    calls: dict[str, tuple[str, dict[str, Any]]] = {
        "products": ("name", {"code": "N-1", "name": "Tea", "brand": brand.code, "category": category.code}),
        "prices": (
            "unit",
            {"price_list": price_list.code, "product": known.code, "amount": "3.00", "starts_on": "2026-11-26"},
        ),
        "stock": ("warehouse", {"warehouse": place.code, "product": known.code, "on_hand": 4}),
        "expected-receipts": (
            "note",
            {"external_id": "E-1", "warehouse": place.code, "product": known.code, "quantity": 5,
             "expected_on": "2026-12-01"},
        ),
    }  # fmt: skip
    for path, (field, row) in calls.items():
        for broken in ("a\x00", "\ud800"):
            answer = client.post(
                f"/api/v1/{path}/bulk/",
                json.dumps({"rows": [{**row, field: broken}, row, {**row, "\ud800": 1}]}),
                content_type="application/json",
            )
            assert answer.status_code == 200, (path, answer.json())
            refused, written, nameless = answer.json()
            assert (refused["result"], refused["errors"][0]["field"]) == ("refused", field)
            assert written["result"] in {"created", "unchanged"}, (path, written)
            assert (nameless["result"], nameless["errors"][0]["field"]) == ("refused", "")
        whole = client.post(
            f"/api/v1/{path}/bulk/",
            json.dumps({"rows": [{**row, field: "\ud800"}, row], "all_or_nothing": True}),
            content_type="application/json",
        )
        assert (whole.status_code, whole.json()["errors"][0]["attr"]) == (400, f"rows.0.{field}")
    odd = client.post("/api/v1/products/bulk/", '{"rows": [], "all\\u0000": 1}', content_type="application/json")
    assert odd.status_code == 400
