"""Placing an order: what a distributor gets, and what it is told when it cannot be."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import DistributorStatus
from catalogue.enums import ProductStatus
from core.errors import NotAllowed, NotVisible, StaleVersion
from core.models import Event, OutboxMessage
from inventory.models import Reservation, Stock, SupplyRoute
from orders.models import Order, OrderLine
from orders.ordering.enums import ORDER, OrderSource, OrderStatus
from orders.ordering.errors import FixKind, LineProblem, OrderRefused
from orders.ordering.services.limits import RESERVATION_LIFE
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput
from tests.factories.accounts import BuyerFactory, DistributorFactory, DutyFactory, KeeperFactory, ResponsibilityFactory
from tests.factories.inventory import ProductFactory, StockFactory, SupplyRouteFactory
from tests.factories.orders import OrderFactory, shop
from tests.factories.planning import PriceFactory
from tests.orders.clock import NOW
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db


def test_everything_of_an_order_is_there_at_once() -> None:
    """A distributor would find an order without its stock, its promise, its manager or its history."""
    place = shop(products=3, lead_days=4)
    buyer = BuyerFactory.create(distributor=place.distributor)
    ResponsibilityFactory.create(distributor=place.distributor, duty=DutyFactory.create(position=2))
    sales = ResponsibilityFactory.create(distributor=place.distributor, duty=DutyFactory.create(position=1))

    placed = place_order(
        distributor_id=place.distributor.pk,
        actor=buyer,
        lines=place.wishes(5),
        now=NOW,
        purchase_order_number="PO-1",
        note="By the back door",
        source=OrderSource.API,
    )

    order = Order.objects.get(pk=placed.id)
    assert (order.number, order.status, order.source) == (placed.number, OrderStatus.SUBMITTED, OrderSource.API)
    assert order.number.startswith("SO")
    assert order.net_amount == placed.net_amount == Decimal("150.00")
    assert (order.line_count, order.unit_count, order.note) == (3, 15, "By the back door")
    assert order.manager_id == sales.user_id
    assert order.warehouse_id == place.warehouse.pk
    assert order.promised_on == timezone.localdate(NOW) + timedelta(days=4)
    assert order.cost_amount_company == Decimal("90.00")
    lines = list(OrderLine.objects.filter(order=order).order_by("position"))
    assert [(line.pk, line.product_id, line.ordered) for line in lines] == [
        (line.id, line.product_id, 5) for line in placed.lines
    ]
    assert {line.price_id for line in lines} == set(place.price_list.prices.values_list("pk", flat=True))
    held = Reservation.objects.filter(source_type=ORDER, source_id=order.pk)
    assert {(row.source_line_id, row.quantity, row.expires_at) for row in held} == {
        (line.pk, 5, NOW + RESERVATION_LIFE) for line in lines
    }
    assert [place.stock_of(product).reserved for product in place.products] == [5, 5, 5]
    event = Event.objects.get(subject_type="order", subject_id=order.pk)
    assert (event.kind, event.actor_id, event.data["number"]) == ("order.submitted", buyer.pk, order.number)
    message = OutboxMessage.objects.get(topic="order.submitted")
    assert message.event == event


def test_every_problem_comes_at_once_with_its_line_and_its_fix() -> None:
    """A buyer would correct one line, send again, and only then hear of the next."""
    place = shop(products=8, on_hand=20)
    few, step, off, short, unpriced, twice, fine, _other = place.products
    buyer = BuyerFactory.create(distributor=place.distributor)
    type(few).objects.filter(pk=few.pk).update(minimum_quantity=6, order_multiple=4)
    type(few).objects.filter(pk=step.pk).update(order_multiple=6)
    type(few).objects.filter(pk=off.pk).update(status=ProductStatus.PAUSED)
    type(few).objects.filter(pk=short.pk).update(order_multiple=3)
    unpriced.prices.all().delete()
    foreign = ProductFactory.create()

    with refused(OrderRefused) as refusal:
        place_order(
            distributor_id=place.distributor.pk,
            actor=buyer,
            now=NOW,
            lines=[
                LineInput("no-such-code", 1),
                LineInput(few.pk, 5),
                LineInput(step.code, 8),
                LineInput(off.pk, 1),
                LineInput(short.pk, 21),
                LineInput(unpriced.pk, 1),
                LineInput(foreign.pk, 1),
                LineInput(twice.pk, 1),
                LineInput(twice.code, 2),
                LineInput(fine.pk, 0),
            ],
        )

    problems = [problem for problem in refusal.value.problems if isinstance(problem, LineProblem)]
    found = {problem.line: (problem.code, problem.field, problem.fix and problem.fix.quantity) for problem in problems}
    assert found == {
        0: ("unknown_product", "lines.0.product", None),
        1: ("below_minimum", "lines.1.quantity", 8),
        2: ("not_a_multiple", "lines.2.quantity", 12),
        3: ("off_sale", "lines.3.product", None),
        4: ("short_stock", "lines.4.quantity", 18),
        5: ("no_price", "lines.5.product", None),
        6: ("not_authorised", "lines.6.product", None),
        8: ("duplicate_product", "lines.8.product", None),
        9: ("quantity_out_of_range", "lines.9.quantity", 1),
    }
    assert problems[0].fix is not None
    assert problems[0].fix.kind == FixKind.REMOVE
    assert "20" in str(next(problem.message for problem in problems if problem.code == "short_stock"))
    assert not Order.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("quantity", [9, 10])
def test_the_price_is_that_of_the_quantity(quantity: int) -> None:
    """A distributor would pay the price of one piece for a pallet."""
    place = shop(products=1)
    PriceFactory.create(price_list=place.price_list, product=place.products[0], from_quantity=10, amount=Decimal("9.5"))

    placed = place_order(
        distributor_id=place.distributor.pk,
        actor=BuyerFactory.create(distributor=place.distributor),
        lines=place.wishes(quantity),
        now=NOW,
    )

    assert placed.net_amount == {9: Decimal(90), 10: Decimal(95)}[quantity]


def test_lines_that_name_one_product_alike_are_added_up() -> None:
    """A pasted list that names a product twice would be refused, or ordered once only."""
    place = shop(products=1)
    product = place.products[0]

    placed = place_order(
        distributor_id=place.distributor.pk,
        actor=BuyerFactory.create(distributor=place.distributor),
        lines=[LineInput(product.code, 2), LineInput("", 0), LineInput(product.code, 3)],
        now=NOW,
    )

    assert [(line.position, line.quantity) for line in placed.lines] == [(1, 5)]


def test_a_suspended_distributor_without_a_route_hears_both() -> None:
    """A suspended distributor would go on ordering, or be told half of it."""
    place = shop()
    place.distributor.status = DistributorStatus.SUSPENDED
    place.distributor.save()
    place.distributor.supply_routes.all().delete()

    with refused(OrderRefused) as refusal:
        place_order(
            distributor_id=place.distributor.pk,
            actor=BuyerFactory.create(distributor=place.distributor),
            lines=[],
            now=NOW,
        )

    assert {problem.code for problem in refusal.value.problems} == {"distributor_suspended", "no_route", "required"}


@pytest.mark.parametrize("again", ["PO-7", "po-7", "ＰＯ－７", "PO -7\u200b"])
def test_a_purchase_order_number_is_used_once(again: str) -> None:
    """A distributor that sends its order twice by mail and by page would get the goods twice."""
    place = shop()
    buyer = BuyerFactory.create(distributor=place.distributor)
    first = place_order(
        distributor_id=place.distributor.pk, actor=buyer, lines=place.wishes(), now=NOW, purchase_order_number="PO-7"
    )

    with refused(OrderRefused, match=first.number):
        place_order(
            distributor_id=place.distributor.pk,
            actor=buyer,
            lines=place.wishes(),
            now=NOW,
            purchase_order_number=again,
        )

    Order.objects.filter(pk=first.id).update(status=OrderStatus.CANCELLED)
    place_order(
        distributor_id=place.distributor.pk, actor=buyer, lines=place.wishes(), now=NOW, purchase_order_number="PO-7"
    )


def test_the_database_knows_one_purchase_order_number_in_any_spelling() -> None:
    """Two clicks at once would pass the check both: the constraint has to see that they are twins."""
    place = shop()
    first = OrderFactory.create(distributor=place.distributor, purchase_order_number="PO-7")
    with pytest.raises(IntegrityError, match="order_purchase_order_number_once"), transaction.atomic():
        OrderFactory.create(distributor=place.distributor, purchase_order_number="po-7")
    Order.objects.filter(pk=first.pk).update(status=OrderStatus.CANCELLED)
    OrderFactory.create(distributor=place.distributor, purchase_order_number="po-7")


def test_only_those_who_order_may_order_and_only_for_their_branch() -> None:
    """A keeper, or a stranger, would order at a distributor's cost."""
    place = shop()
    below = shop(distributor=DistributorFactory.create(parent=place.distributor))

    with refused(NotAllowed):
        place_order(
            distributor_id=place.distributor.pk,
            actor=KeeperFactory.create(distributor=place.distributor),
            lines=place.wishes(),
            now=NOW,
        )
    with refused(NotVisible):
        place_order(
            distributor_id=place.distributor.pk,
            actor=BuyerFactory.create(distributor=below.distributor),
            lines=place.wishes(),
            now=NOW,
        )
    buyer = BuyerFactory.create(distributor=place.distributor)
    assert place_order(distributor_id=below.distributor.pk, actor=buyer, lines=below.wishes(), now=NOW).number


def test_a_draft_becomes_the_order_and_gets_its_number() -> None:
    """What was put together on the telephone would be ordered beside the draft, and the draft again later."""
    place = shop()
    buyer = BuyerFactory.create(distributor=place.distributor)
    draft = OrderFactory.create(distributor=place.distributor, status=OrderStatus.DRAFT, version=3)

    with refused(StaleVersion):
        place_order(
            distributor_id=place.distributor.pk,
            actor=buyer,
            lines=place.wishes(),
            now=NOW,
            order_id=draft.pk,
            expected_version=2,
        )
    placed = place_order(
        distributor_id=place.distributor.pk,
        actor=buyer,
        lines=place.wishes(),
        now=NOW,
        order_id=draft.pk,
        expected_version=3,
    )

    assert (draft.number, placed.id, placed.number, placed.version) == (None, draft.pk, "SO100001", 4)
    assert Order.objects.get(pk=draft.pk).status == OrderStatus.SUBMITTED
    assert [line.quantity for line in placed.lines] == [5, 5]


def test_an_order_is_supplied_by_the_first_route_of_its_day() -> None:
    """While a warehouse is closed nobody could order what lies in the next one."""
    place = shop(products=1)
    other = SupplyRouteFactory.create(distributor=place.distributor, priority=2, lead_days=2)
    StockFactory.create(warehouse=other.warehouse, product=place.products[0], on_hand=50)
    SupplyRoute.objects.filter(warehouse=place.warehouse).update(ends_on=NOW.date() - timedelta(days=1))
    placed = place_order(
        distributor_id=place.distributor.pk,
        actor=BuyerFactory.create(distributor=place.distributor),
        lines=place.wishes(5),
        now=NOW,
    )
    assert Order.objects.get(pk=placed.id).warehouse == other.warehouse
    assert placed.promised_on == NOW.date() + timedelta(days=2)
    assert Stock.objects.get(warehouse=other.warehouse).reserved == 5
