"""The same order, entered on the page, sent over the API, imported from a file: the same rows, but for what is listed here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import TokenScope
from channel.models import Address, Contact
from inventory.models import Reservation, Stock
from orders.models import Order, OrderLine, OrderType
from orders.ordering.enums import OrderStatus
from orders.ordering.services.approval import approve_order
from orders.ordering.services.order_types import default_order_type
from planning.models import SalesActual
from tests.factories.accounts import ApiTokenFactory
from tests.factories.channel import AddressFactory, ContactFactory
from tests.factories.inventory import ProductUnitFactory
from tests.factories.planning import PriceFactory, calendar_year
from tests.integration.conftest import Run
from tests.orders.people import Stage, stage

pytestmark = pytest.mark.django_db

CASE = "16901234567899"
Snapshot = dict[str, list[dict[str, Any]]]

DIFFERENT = {
    "orders_order": {
        "number": "a file brings its own number",
        "source": "it says who entered the order",
        "created_by_id": "nobody of this system entered an imported order",
        "ordered_at": "a file names the minute, a click happens in a second",
        "approved_at": "a file does not say when it was approved: taken is the moment of the order",
        "bill_to": "where an order of a file went to is not in the file",
        "ship_to": "likewise",
        "version": "how often the row changed on its way: a draft was saved first, an import added the totals",
    },
    "orders_orderline": {"price_id": "an imported amount is the one of the file, whatever the price list says"},
    "inventory_reservation": {"expires_at": "for history nobody has to approve in time"},
}
"""Columns that may differ, each with its reason. Keys and references to them differ anyhow."""

PROFILE = """
[profile]
name = "equivalence"
currency = "{currency}"
[files.orders]
path = "orders.csv"
[[import]]
entity = "order"
file = "orders"
group = true
[import.fields]
number = "Number"
distributor = "Distributor"
ordered_at = "Ordered"
promised_on = "Promised"
manager = "Manager"
warehouse = "Warehouse"
purchase_order_number = "PO"
note = "Note"
printed_note = "Printed"
wanted_on = "Wanted"
type = "Type"
delivery_address = "Address"
contact = "Contact"
status = "Status"
[[import]]
entity = "order_line"
file = "orders"
[import.fields]
order = "Number"
product = "Product"
ordered = "Quantity"
unit = "Unit"
unit_price = "Price"
discount_amount = "Discount"
cost_amount_company = "Cost"
"""


@pytest.fixture
def people() -> Stage:
    """A buyer with a default delivery address, another one, and a contact."""
    calendar_year(timezone.localdate().year)
    default_order_type()
    scene = stage(products=3)
    case = ProductUnitFactory.create(product=scene.shop.products[2], barcode=CASE)
    PriceFactory.create(price_list=scene.shop.price_list, product=case.product, unit=case, amount="99.9900")
    AddressFactory.create(distributor=scene.shop.distributor, is_default=True)
    AddressFactory.create(distributor=scene.shop.distributor, name="Second store")
    ContactFactory.create(distributor=scene.shop.distributor, name="Li Wei")
    scene.manager.external_code = "M-1"
    scene.manager.save()
    return scene


@contextmanager
def undone() -> Iterator[None]:
    """Each way begins with the same database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def chosen(code: str) -> dict[str, Any]:
    """What is chosen beside the lines, each with its id."""
    return {
        "type": OrderType.objects.get(code=code),
        "delivery_address": Address.objects.get(name="Second store"),
        "contact": Contact.objects.get(name="Li Wei"),
    }


def wanted_on() -> str:
    return (timezone.localdate() + timedelta(days=30)).isoformat()


def by_page(people: Stage, code: str) -> None:
    client = Client()
    client.force_login(people.buyer)
    for product in (*(product.code for product in people.shop.products[:2]), CASE):
        client.post(reverse("orders:entry-add"), {"q": product, "quantity": "5"})
    details = {"purchase_order_number": "PO-7", "note": "To the back entrance", "printed_note": "Fragile"}
    ids = {name: row.pk for name, row in chosen(code).items()}
    client.post(reverse("orders:entry-details"), {**details, **ids, "wanted_on": wanted_on()})
    draft = Order.objects.get()
    sent = {"draft": draft.reference, "version": draft.version, "key": "one"}
    client.post(reverse("orders:entry-place"), sent)


def by_api(people: Stage, code: str) -> None:
    token = ApiTokenFactory.create(user=people.buyer, scope=TokenScope.ALL).secret
    reply = Client(headers={"Authorization": f"Token {token}", "Idempotency-Key": "one"}).post(
        "/api/v1/orders/",
        data={
            "lines": [
                {"product": product.code, "quantity": 5, "unit": unit}
                for product, unit in zip(people.shop.products, ("", "", "case"), strict=True)
            ],
            "purchase_order_number": "PO-7",
            "note": "To the back entrance",
            "printed_note": "Fragile",
            "wanted_on": wanted_on(),
            **{name: row.code if name == "type" else row.pk for name, row in chosen(code).items()},
            "submit": True,
        },
        content_type="application/json",
    )
    assert reply.status_code == 201, reply.content


def approve(people: Stage) -> None:
    approve_order(order_id=Order.objects.get().pk, actor=people.manager, now=timezone.now())


def file_of(people: Stage, like: Snapshot, status: str, code: str) -> str:
    """The order as somebody's ERP would write it: what it is to say comes from the order that was placed."""
    (head,) = like["orders_order"]
    heads = (
        "Number,Distributor,Ordered,Promised,Manager,Warehouse,PO,Note,Printed,Wanted,Type,Address,Contact,Status,"
        "Product,Quantity,Unit,Price,Discount,Cost"
    )
    rows = [heads]
    codes = {product.pk: product.code for product in people.shop.products}
    rows += [
        f"ERP-1,{people.shop.distributor.code},{head['ordered_on']} 10:00,{head['promised_on']},M-1,"
        f"{people.shop.warehouse.code},PO-7,To the back entrance,Fragile,{wanted_on()},{code},Second store,Li Wei,{status},"
        f"{codes[line['product_id']]},5,{line['unit']},{line['unit_price']},{line['discount_amount']},"
        f"{line['cost_amount_company']}"
        for line in like["orders_orderline"]
    ]
    return "\n".join(rows)


def snapshot() -> Snapshot:
    """Every row that makes the order, in every table of its app that belongs to it, and what it holds and counts."""
    owned = [Order, *_below(Order), *_below(OrderLine)]
    return {model._meta.db_table: _rows(model) for model in [*owned, Reservation, Stock, SalesActual]}


def _below(model: type[models.Model]) -> list[type[models.Model]]:
    return [
        relation.related_model
        for relation in model._meta.related_objects
        if relation.related_model._meta.app_label == "orders"
    ]


def _rows(model: type[models.Model]) -> list[dict[str, Any]]:
    keys = {"id", "order_id", "order_line_id", "shipment_id", "source_id", "source_line_id", "line_id", "gift_of_id"}
    rows = [{name: row[name] for name in row if name not in keys} for row in model._default_manager.values()]
    return sorted(rows, key=str)


def _without_listed(taken: Snapshot) -> Snapshot:
    return {
        table: [{name: row[name] for name in row if name not in DIFFERENT.get(table, {})} for row in rows]
        for table, rows in taken.items()
    }


@pytest.mark.parametrize(("status", "code"), [(OrderStatus.SUBMITTED, "sample"), (OrderStatus.APPROVED, "normal")])
def test_an_order_is_the_same_whichever_way_it_came(people: Stage, run: Run, status: OrderStatus, code: str) -> None:
    """A column that only one way fills is a figure that is wrong for everybody who orders another way.

    Types, adjustments, the chosen address and contact, the wanted day and the notes among them.
    """
    taken: dict[str, Snapshot] = {}
    ways: dict[str, Callable[[Stage, str], None]] = {"page": by_page, "api": by_api}
    for name, way in ways.items():
        with undone():
            way(people, code)
            if status == OrderStatus.APPROVED:
                approve(people)
            taken[name] = snapshot()
    with undone():
        currency = taken["page"]["orders_order"][0]["currency"]
        outcome = run(
            PROFILE.format(currency=currency), {"orders.csv": file_of(people, taken["page"], status.value, code)}
        )
        assert outcome.written, outcome.wrong
        taken["import"] = snapshot()
    page, api, imported = (_without_listed(taken[name]) for name in ("page", "api", "import"))
    assert [row["status"] for row in page["orders_order"]] == [status]
    assert page["orders_order"][0]["delivery_address_id"] == chosen(code)["delivery_address"].pk
    assert len(page["orders_lineadjustment"]) == (3 if code == "sample" else 0)
    assert len(page["orders_orderline"]) == len(page["inventory_reservation"]) == 3
    assert bool(page["planning_salesactual"]) is (status == OrderStatus.APPROVED)
    assert api == page
    assert imported == page


def test_what_is_listed_as_different_is_there() -> None:
    """A list of exceptions that name nothing hides the next one."""
    columns = {
        model._meta.db_table: {entry.column for entry in model._meta.concrete_fields}
        for model in (Order, OrderLine, Reservation)
    }
    assert {
        f"{table}.{name}" for table, names in DIFFERENT.items() for name in names if name not in columns[table]
    } == set()
