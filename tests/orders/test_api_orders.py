"""Orders over the API: what an ERP can rely on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework import serializers

from accounts.enums import TokenScope
from accounts.models import User
from orders.models import Order, OrderLine
from orders.ordering.enums import OrderStatus
from orders.ordering.serializers import AgreedLineInput, OrderInput
from tests.factories.accounts import AdministratorFactory, ApiTokenFactory, BuyerFactory, DirectorFactory
from tests.factories.orders import OrderFactory, Shop
from tests.orders.clock import NOW
from tests.orders.people import stage

pytestmark = pytest.mark.django_db

Call = Callable[..., Any]


def caller(user: User, scope: str = TokenScope.ALL) -> Call:
    """`call("post", "orders/", {...}, key="k")` with a token of `user`."""
    secret = ApiTokenFactory.create(user=user, scope=scope).secret
    client = Client(headers={"Authorization": f"Token {secret}"})

    def call(method: str, path: str, body: Any = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(client, method)(f"/api/v1/{path}", data=body, content_type="application/json", headers=named)

    return call


def body_of(place: Shop, quantity: int = 5, **more: Any) -> dict[str, Any]:
    lines = [{"product": product.code, "quantity": quantity} for product in place.products]
    return {"lines": lines, "submit": True, **more}


@pytest.mark.parametrize("lines", [1, 30])
def test_an_order_costs_the_same_statements_whatever_its_length(lines: int) -> None:
    """An order of thirty lines would take thirty times as long as one of a single line."""
    people = stage(products=lines)
    call = caller(people.buyer)

    with CaptureQueriesContext(connection) as queries:
        reply = call("post", "orders/", body_of(people.shop), Idempotency_Key="once")

    assert reply.status_code == 201, reply.content
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) == 5, statements  # the test's own transaction stands for BEGIN and COMMIT


def test_a_body_is_read_as_its_serializer_reads_it() -> None:
    """What a body leaves out would be another thing than the documentation of the API says, or a fault would pass."""
    line = {"product": "A-1", "quantity": 2}
    bodies = [
        {"lines": [line]},
        {"lines": [{**line, "unit": "case", "wanted_on": "2026-12-01", "agreed_unit_price": "1.50", "more": 1}], "submit": True},
        {"lines": [line], "distributor": "D-1", "type": "", "contact": None, "agreed_total": "12.5"},
        {"lines": []},
        {},
        None,
        [],
        {"lines": [line, {"product": "A-2"}], "contact": 0},
        {"lines": [{"product": "x" * 65, "quantity": "many", "when_short": "never"}, 5], "note": ["no text"]},
        {"lines": {"0": line}, "submit": "perhaps"},
    ]  # fmt: skip
    for body in bodies:
        assert _outcome(OrderInput.read, body) == _outcome(_by_every_field, body), body


def _by_every_field(body: Any) -> Any:
    class Line(AgreedLineInput):
        run_validation = serializers.Serializer.run_validation

    class Whole(OrderInput):
        lines = serializers.ListField(child=Line(), max_length=1000)
        run_validation = serializers.Serializer.run_validation

    whole = Whole(data=body)
    whole.is_valid(raise_exception=True)
    return whole.validated_data


def _outcome(read: Callable[[Any], Any], body: Any) -> Any:
    try:
        return dict(read(body))
    except serializers.ValidationError as refused:
        return refused.detail


def test_the_same_request_again_gets_the_same_answer_and_no_second_order() -> None:
    """A timeout at the ERP's end would order everything twice."""
    people = stage()
    call = caller(people.buyer)

    first = call("post", "orders/", body_of(people.shop), Idempotency_Key="k-1")
    again = call("post", "orders/", body_of(people.shop), Idempotency_Key="k-1")
    other = call("post", "orders/", body_of(people.shop, 6), Idempotency_Key="k-1")

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.json() == again.json()
    assert (again.headers["Idempotent-Replay"], Order.objects.count()) == ("true", 1)
    assert first.headers["ETag"] == '"1"'


def test_an_answer_names_what_was_ordered() -> None:
    """The ERP would have to ask again for its prices and the promised day."""
    people = stage(products=1)
    reply = caller(people.buyer)("post", "orders/", body_of(people.shop, 3, purchase_order_number="PO-9")).json()

    order = Order.objects.get()
    line = order.lines.get()
    assert reply == {
        "number": order.number,
        "status": "submitted",
        "version": 1,
        "currency": "USD",
        "net_amount": "30.0000",
        "ordered_at": order.ordered_at.isoformat().replace("+00:00", "Z"),
        "promised_on": str(order.promised_on),
        "purchase_order_number": "PO-9",
        "is_on_hold": False,
        "group": "",
        "others": [],
        "warnings": [],
        "lines": [
            {
                "id": line.pk, "position": 1, "product": people.shop.products[0].code,
                "name": people.shop.products[0].name, "unit": line.unit, "units": 3, "ordered": 3,
                "unit_price": "10.0000", "net_amount": "30.0000", "promised_on": str(order.promised_on), "waiting": 0,
            }
        ],
    }  # fmt: skip


def test_a_refusal_names_every_line_and_keeps_the_key_free() -> None:
    """One wrong code would cost the ERP a new key for every try."""
    people = stage(on_hand=4)
    call = caller(people.buyer)

    refused = call("post", "orders/", body_of(people.shop), Idempotency_Key="k-2")
    taken = call("post", "orders/", body_of(people.shop, 2), Idempotency_Key="k-2")

    assert (refused.status_code, taken.status_code) == (400, 201)
    errors = refused.json()
    assert errors["type"] == "validation_error"
    assert [(error["attr"], error["code"]) for error in errors["errors"]] == [
        ("lines.0.quantity", "short_stock"), ("lines.1.quantity", "short_stock"),
    ]  # fmt: skip


def test_a_quote_tells_prices_and_fixes_without_ordering() -> None:
    """The ERP would have to place an order to learn what it costs."""
    people = stage(on_hand=4)
    reply = caller(people.buyer)(
        "post", "orders/quote/", body_of(people.shop) | {"distributor": people.shop.distributor.code}
    )

    assert reply.status_code == 200, reply.content
    quote = reply.json()
    assert (quote["currency"], quote["net_amount"], quote["problems"]) == ("USD", "100.0000", [])
    assert quote["lines"][0]["problems"][0]["fix"] == {
        "kind": "set_quantity",
        "quantity": 4,
        "day": None,
        "product": None,
        "label": "",
    }
    assert not Order.objects.exists()


def test_a_quote_warns_of_what_the_order_entry_asks_about() -> None:
    """An ERP would order ten times too much, the same order twice, or at a price that nobody looked at."""
    people = stage(products=2, on_hand=100_000)
    first, second = people.shop.products
    for _day in range(5):
        people.placed(24)
    Order.objects.update(ordered_on=NOW.date() - timedelta(days=30), ordered_at=NOW - timedelta(days=30))
    number = people.placed(240).number
    lines = [
        {"product": first.code, "quantity": 240, "agreed_unit_price": "9.50", "wanted_on": NOW.date().isoformat()},
        {"product": second.code, "quantity": 240},
    ]
    quote = caller(people.buyer)("post", "orders/quote/", {"lines": lines, "agreed_total": "1.00"}).json()
    warnings = [(one["code"], one["attr"], one["fix"] and one["fix"]["quantity"]) for one in quote["warnings"]]
    assert warnings == [
        ("unusual_quantity", "lines.1.quantity", 24),
        ("probable_duplicate", "lines", None),
        ("price_changed", "lines.0.agreed_unit_price", None),
        ("price_changed", "agreed_total", None),
    ]
    assert number in quote["warnings"][1]["detail"]
    assert [one["code"] for one in quote["lines"][0]["problems"]] == ["wanted_too_early"]


def test_a_draft_is_saved_replaced_and_submitted() -> None:
    """An ERP could not prepare an order for a person to look at."""
    people = stage()
    call = caller(people.buyer)
    draft = call("post", "orders/", body_of(people.shop) | {"submit": False}).json()
    path = f"orders/{draft['reference']}/"

    stale = call("put", path, {"lines": []}, If_Match='"7"')
    saved = call("put", path, {"lines": body_of(people.shop, 7)["lines"], "note": "Ring"}, If_Match='"1"')
    placed = call("post", f"{path}submit/")

    assert (draft["number"], placed.json()["number"][:2]) == (None, "SO")
    assert (draft["status"], stale.status_code, saved.status_code) == ("draft", 412, 200)
    assert (saved.json()["note"], saved.json()["version"]) == ("Ring", 2)
    assert (placed.status_code, placed.json()["status"], placed.headers["ETag"]) == (200, "submitted", '"3"')


def test_the_whole_way_by_api() -> None:
    """A warehouse system could not ship, or an ERP not confirm what came."""
    people = stage()
    number = people.placed().number
    manager, warehouse, keeper = caller(people.manager), caller(people.warehouse), caller(people.keeper)
    path = f"orders/{number}/"

    seen = manager("get", path)
    assert [step["verb"] for step in seen.json()["actions"]] == [
        "change",
        "approve",
        "approve_changed",
        "reject",
        "hold",
        "cancel",
    ]
    assert manager("get", path, If_None_Match=seen.headers["ETag"]).status_code == 304
    assert manager("post", f"{path}hold/", {"reason": "Invariant"}).json()["hold_reason"] == "Invariant"
    assert manager("post", f"{path}release/").json()["status"] == "submitted"
    assert manager("post", f"{path}approve/", If_Match='"3"').json()["status"] == "approved"
    assert warehouse("post", f"{path}pick/").json()["status"] == "picking"
    line = OrderLine.objects.filter(order__number=number).first()
    assert line is not None
    part = warehouse("post", f"{path}ship/", {"lines": [{"line": line.pk, "quantity": 2}], "tracking_number": "T1"})
    assert part.json()["status"] == "partly_shipped", part.content
    shipped = warehouse("post", f"{path}ship/").json()
    assert shipped["status"] == "shipped"
    first, second = (shipment["number"] for shipment in shipped["shipments"])
    event = {"external_id": "1", "code": "in_transit", "at": "2026-11-23T10:00:00Z"}
    assert warehouse("post", f"shipments/{first}/tracking/", event).json() == {"recorded": 1}
    assert warehouse("post", f"shipments/{first}/deliver/").json()["status"] == "delivered"
    missing = shipped["shipments"][0]["lines"][0]["id"]
    wrong = keeper("post", f"shipments/{first}/receive/", {"lines": [{"line": missing, "quantity": 1}]})
    assert (wrong.status_code, wrong.json()["errors"][0]["attr"]) == (400, f"lines.{missing}")
    assert keeper("post", f"shipments/{first}/receive/").json()["status"] == "received"
    assert keeper("post", f"{path}receive/").json()["status"] == "received"
    assert keeper("get", f"shipments/{second}/").json()["received_at"]
    assert len(keeper("get", f"{path}events/").json()) == 10
    assert keeper("get", f"tracking-events/?shipment={first}").json()["results"][0]["code"] == "in_transit"
    assert manager("get", "carriers/").json()["results"] == []
    assert keeper("get", "returns/").json()["results"] == []


def test_the_rest_of_an_order_is_cancelled_over_the_api() -> None:
    """What the page can do, the ERP could not."""
    people = stage()
    path = f"orders/{people.placed().number}/"
    manager, warehouse = caller(people.manager), caller(people.warehouse)
    manager("post", f"{path}approve/")
    line = manager("get", path).json()["lines"][0]["id"]
    warehouse("post", f"{path}ship/", {"lines": [{"line": line, "quantity": 2}]})

    verbs = [step["verb"] for step in manager("get", path).json()["actions"]]
    assert verbs == ["request_change", "cancel_rest"]
    assert manager("post", f"{path}cancel_rest/").json()["errors"][0]["attr"] == "reason"
    done = manager("post", f"{path}cancel_rest/", {"reason": "No longer made"}).json()
    assert (done["status"], done["lines"][0]["cancelled"]) == ("shipped", 3)


def test_lists_are_scoped_filtered_and_paged() -> None:
    """A distributor would read a rival's orders, or a long list would come in one piece."""
    people = stage()
    mine = [people.placed().number for _round in range(3)]
    OrderFactory.create()
    OrderFactory.create(distributor=people.shop.distributor, status=OrderStatus.DRAFT)
    call = caller(people.buyer)

    page = call("get", "orders/?limit=2").json()
    rest = call("get", page["next"].split("/api/v1/")[1]).json()
    numbers = [row["number"] for row in page["results"] + rest["results"]]

    assert (set(numbers), len(numbers), rest["next"]) == ({*mine, None}, 4, None)
    assert len(caller(people.manager)("get", "orders/").json()["results"]) == 3
    assert len(caller(DirectorFactory.create())("get", "orders/").json()["results"]) == 4
    assert len(call("get", "orders/?status=draft").json()["results"]) == 1
    assert "cost_amount" not in str(page)


@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_costs_the_same_queries_at_any_length(rows: int) -> None:
    """The list would slow down with every order."""
    people = stage()
    OrderFactory.create_batch(rows, distributor=people.shop.distributor)
    call = caller(people.manager)

    with CaptureQueriesContext(connection) as queries:
        assert len(call("get", "orders/").json()["results"]) == rows

    assert len(queries) == 3


def test_somebody_else_s_order_is_not_found_by_any_step() -> None:
    """A rival would learn that the order exists, or change it."""
    people = stage()
    number = people.placed().number
    stranger = caller(BuyerFactory.create())

    for step in (
        "submit",
        "copy",
        "approve",
        "hold",
        "release",
        "cancel",
        "cancel_rest",
        "pick",
        "ship",
        "deliver",
        "receive",
    ):
        reply = stranger("post", f"orders/{number}/{step}/", {"reason": "x"})
        assert reply.status_code == 404, step
    assert stranger("get", f"orders/{number}/").status_code == 404
    assert stranger("get", f"orders/{number}/events/").status_code == 404
    assert Order.objects.get(number=number).version == 1


def test_a_token_does_no_more_than_its_scope() -> None:
    """A key made for reading would order."""
    people = stage()
    body = body_of(people.shop)

    assert caller(people.buyer, TokenScope.READ)("post", "orders/", body).status_code == 403
    assert caller(people.buyer, TokenScope.ORDER)("post", "orders/", body).status_code == 201
    assert caller(AdministratorFactory.create())("post", "orders/", body).status_code == 400


def test_every_filter_narrows_the_list() -> None:
    """A filter would be accepted and change nothing."""
    people = stage()
    people.placed(purchase_order_number="ABC-1")
    old = OrderFactory.create(distributor=people.shop.distributor, ordered_at=NOW - timedelta(days=40))
    call = caller(people.buyer)

    def numbers(query: str) -> int:
        return len(call("get", f"orders/?{query}").json()["results"])

    assert numbers(f"ordered_on_before={(NOW - timedelta(days=30)).date()}") == 1
    assert numbers(f"ordered_on_after={(NOW - timedelta(days=30)).date()}") == 1
    assert numbers(f"q={old.reference[:4].lower()}") == 1
    assert numbers("q=abc") == 1
    assert numbers("purchase_order_number=ABC-1") == 1
    assert numbers("purchase_order_number=abc-1") == 1
    assert numbers("purchase_order_number=ABC-2") == 0
    assert numbers("q=ＡＢＣ－") == 1
    assert numbers("lateness=late") == 0
