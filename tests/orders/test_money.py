"""The money of an order: in two currencies that never meet, and always the sum of its lines."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import Distributor
from catalogue.rules.pasted_lines import MAX_QUANTITY
from catalogue.selectors import orderable_quantity
from orders.entry.lines import save_draft
from orders.models import LineAdjustment, Order, OrderLine
from orders.ordering.models.sums import BULK, SETTING
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput
from orders.pages.selectors.invariants import INVARIANTS
from planning.models import SalesActual
from tests.factories.accounts import DistributorFactory
from tests.factories.company import CompanyFactory, ExchangeRateFactory, NumberSeriesFactory, TaxCodeFactory
from tests.factories.inventory import CategoryFactory
from tests.factories.orders import LineAdjustmentFactory, OrderFactory, OrderLineFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage
from tests.orders.test_api_orders import caller
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


def order_in(currency: str) -> Order:
    """An order of two products that cost 3 dollars each, priced at 10 of a currency."""
    people = stage()
    Distributor.objects.filter(pk=people.shop.distributor.pk).update(currency=currency)
    people.shop.price_list.currency = currency
    people.shop.price_list.save()
    for product in people.shop.products:
        product.unit_cost = Decimal("3.0049")
        product.save()
    return Order.objects.get(pk=people.placed(5).id)


def test_cost_stays_in_the_companys_currency_and_the_margin_is_converted() -> None:
    """A yen order would show a cost of dollars as if it were yen, and a margin of nothing."""
    CompanyFactory.create()
    ExchangeRateFactory.create(from_currency="JPY", to_currency="USD", valid_on=date(2020, 1, 1), rate=Decimal("0.5"))

    order = order_in("JPY")

    assert (order.net_amount, order.currency, order.exchange_rate) == (100, "JPY", Decimal("0.5"))
    assert order.cost_amount_company == Decimal("30.04")  # twice 15.0245, rounded to cents and not to yen
    assert order.margin_amount_company == Decimal("19.96")


def test_without_a_rate_the_margin_is_unknown_and_not_wrong() -> None:
    """A rate of one would turn every foreign order into the best, or the worst, of the year."""
    order = order_in("JPY")
    assert (order.exchange_rate, order.margin_amount_company) == (None, None)
    assert order.cost_amount_company == Decimal("30.04")


def test_the_rate_of_an_order_is_that_of_its_day() -> None:
    """A rate entered afterwards would change the margin of orders that are done."""
    order = order_in("USD")
    assert order.exchange_rate == 1
    ExchangeRateFactory.create(from_currency="USD", to_currency="EUR", valid_on=date(2020, 1, 1))
    order.refresh_from_db()
    assert order.exchange_rate == 1


def test_a_placed_order_copies_where_to_and_what() -> None:
    """An invoice of last year would change its address when the distributor moves."""
    people = stage()
    Distributor.objects.filter(pk=people.shop.distributor.pk).update(legal_name="Acme Ltd.", address="1 Old Street")
    placed = place_order(
        distributor_id=people.shop.distributor.pk,
        actor=people.buyer,
        lines=[LineInput(people.shop.products[0].pk, 5, NOW.date() + timedelta(days=8))],
        now=NOW,
        wanted_on=NOW.date() + timedelta(days=9),
    )
    Distributor.objects.filter(pk=people.shop.distributor.pk).update(address="2 New Street")

    order, line = Order.objects.get(pk=placed.id), OrderLine.objects.get(order=placed.id)
    assert (order.bill_to["name"], order.bill_to["address"], order.ship_to) == (
        "Acme Ltd.",
        "1 Old Street",
        order.bill_to,
    )
    assert (order.seller_company, order.seller_distributor, order.company) == (order.company, None, order.company)
    assert (order.wanted_on - NOW.date(), line.wanted_on - NOW.date()) == (timedelta(days=9), timedelta(days=8))
    product = people.shop.products[0]
    assert (line.category_id, line.unit, line.units, line.pieces_per_unit, line.warehouse_id) == (
        product.category_id,
        product.unit,
        5,
        1,
        people.shop.warehouse.pk,
    )


def test_a_sale_is_taken_back_under_the_category_it_was_posted_under() -> None:
    """A product that moves to another category would leave sales behind that nobody made."""
    people = stage(products=1)
    order_id = people.placed(5).id
    approve_order(order_id=order_id, actor=people.manager, now=NOW)
    product = people.shop.products[0]
    product.category = CategoryFactory.create()
    product.save()
    cancel_order(order_id=order_id, actor=people.manager, now=NOW, reason="No")
    assert list(SalesActual.objects.values_list("net_amount", "units")) == [(0, 0)]
    assert offending_rows(INVARIANTS) == {}


def test_drafts_take_no_numbers() -> None:
    """Every draft that was thrown away would leave a hole in the numbers of the orders."""
    people = stage()
    arguments: dict[str, Any] = {"distributor_id": people.shop.distributor.pk, "actor": people.buyer, "now": NOW}
    draft = save_draft(**arguments, lines=people.shop.wishes(1))
    thrown = save_draft(**arguments, lines=people.shop.wishes(1))
    cancel_order(order_id=thrown.pk, actor=people.buyer, now=NOW)
    assert (draft.number, draft.reference, str(draft)) == (None, f"draft-{draft.pk}", f"Draft {draft.pk}")
    assert people.placed().number == "SO100001"


def test_orders_of_a_year_have_their_own_numbers() -> None:
    """The new year's orders would go on with the old year's numbers."""
    people = stage()
    NumberSeriesFactory.create(year=NOW.year, prefix=f"{NOW.year}-", width=4)
    assert people.placed().number == f"{NOW.year}-0001"


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"seller_company": None}, "order_one_seller"),
        ({"number": None}, "order_number_when_placed"),
        ({"number": ""}, "order_number_not_empty"),
        ({"status": "draft"}, "order_number_when_placed"),
        ({"total_amount": 5}, "order_total_is_net_and_tax"),
        ({"net_amount": 5, "total_amount": 5}, "order_net_is_gross_less_discount"),
        ({"currency": "usd"}, "order_currency_iso"),
    ],
)
def test_an_order_that_cannot_be_is_refused(changes: dict[str, Any], constraint: str) -> None:
    """An order without a seller, or with a total that is not what it says, would be billed."""
    order = OrderFactory.create()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(**changes)


def test_an_order_has_one_seller_only() -> None:
    """Both would ship it."""
    order = OrderFactory.create()
    with pytest.raises(IntegrityError, match="order_one_seller"), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(seller_distributor=DistributorFactory.create())
    Order.objects.filter(pk=order.pk).update(seller_company=None, seller_distributor=DistributorFactory.create())


def at_the_end() -> None:
    """As at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def one_more_line(order: Order) -> None:
    OrderLine.objects.create(
        order=order, position=99_999, product=order.lines.get().product, category=order.lines.get().category,
        ordered=1, units=1, unit_price=1, gross_amount=1, net_amount=1,
    )  # fmt: skip


BREAKS = {
    "a line is added": one_more_line,
    "a line goes": lambda order: order.lines.all().delete(),
    "a line changes": lambda order: order.lines.update(gross_amount=7, net_amount=7),
    "pieces change": lambda order: order.lines.update(ordered=7, units=7),
    "the tax changes": lambda order: order.lines.update(tax_amount=1, tax_code=TaxCodeFactory.create()),
    "the head changes": lambda order: Order.objects.filter(pk=order.pk).update(
        gross_amount=1, net_amount=1, total_amount=1
    ),
    "an adjustment is added": lambda order: LineAdjustment.objects.create(
        line=order.lines.get(), kind="manual", amount=-1
    ),
    "a discount has no adjustment": lambda order: (
        order.lines.update(discount_amount=1, net_amount=99),
        Order.objects.filter(pk=order.pk).update(discount_amount=1, net_amount=99, total_amount=99),
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_an_order_is_the_sum_of_its_lines_whoever_writes(name: str) -> None:
    """A total that is not what the lines say is found by the auditor, years later."""
    order = OrderLineFactory.create().order
    at_the_end()
    with pytest.raises(DatabaseError, match="order_adds_up"), transaction.atomic():  # noqa: PT012 - refused at its end
        BREAKS[name](order)
        at_the_end()


@pytest.mark.parametrize("name", BREAKS)
def test_without_the_trigger_each_break_would_pass(name: str) -> None:
    """The twin: what refuses above is the trigger, and `verify` finds what got past it."""
    order = OrderLineFactory.create(order=OrderFactory.create(source="import")).order
    at_the_end()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, BULK])
    BREAKS[name](order)
    at_the_end()
    assert "orders.total_is_sum_of_lines" in offending_rows(INVARIANTS)


def test_an_adjustment_changes_line_and_order_together() -> None:
    """The waterfall from list price to net would not end at the net."""
    adjusted = LineAdjustmentFactory.create(amount=Decimal("-2.50"))
    order = adjusted.line.order
    at_the_end()
    assert (order.gross_amount, order.discount_amount, order.net_amount, order.total_amount) == (
        100,
        Decimal("2.5"),
        Decimal("97.5"),
        Decimal("97.5"),
    )


@pytest.mark.parametrize(
    ("at_least", "minimum", "multiple", "expected"),
    [(1, 1, 1, 1), (1, 5, 4, 8), (9, 5, 4, 12), (12, 5, 4, 12), (0, 0, 0, 1)],
)
def test_one_rule_for_what_can_be_ordered(at_least: int, minimum: int, multiple: int, expected: int) -> None:
    """The catalogue would offer a quantity that placing refuses."""
    assert orderable_quantity(at_least, minimum=minimum, multiple=multiple) == expected


@pytest.mark.parametrize(("quantity", "taken"), [(MAX_QUANTITY, True), (MAX_QUANTITY + 1, False)])
def test_page_and_api_take_the_same_quantities(client: Any, quantity: int, *, taken: bool) -> None:
    """An ERP would order what nobody can order on the page."""
    people: Stage = stage()
    code = people.shop.products[0].code
    call, body = caller(people.buyer), {"lines": [{"product": code, "quantity": quantity}], "submit": False}
    assert (call("post", "orders/", body).status_code == 201) == taken
    Order.objects.all().delete()
    client.force_login(people.buyer, backend="sign_in.backends.PasswordBackend")
    client.post(reverse("orders:entry-add"), {"q": code, "quantity": str(quantity)})
    assert OrderLine.objects.filter(ordered=quantity).exists() == taken
