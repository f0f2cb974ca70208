"""The first page of every role: what waits, of one's own distributors only, in a fixed number of queries."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Role
from messaging.enums import Work
from messaging.selectors.work_list import WorkGroup, WorkLine, WorkList
from orders.ordering.enums import Lateness, OrderStatus
from tests.factories.accounts import (
    USER_FACTORIES,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
    RolelessFactory,
)
from tests.factories.inventory import DistributorWarehouseFactory, StockFactory
from tests.factories.orders import OrderFactory
from tests.factories.planning import SalesActualFactory, SalesPlanFactory, calendar_year

pytestmark = pytest.mark.django_db


def home(user: Any) -> Any:
    client = Client()
    client.force_login(user, backend="sign_in.backends.PasswordBackend")
    return client.get("/")


def shown(response: Any) -> list[tuple[Any, Any]]:
    return [(line.work, line.what) for line in response.context["work"].lines]


@pytest.fixture
def manager() -> Any:
    """Answers for one distributor, all of its duties."""
    user = ManagerFactory.create()
    ResponsibilityFactory.create(user=user, distributor=DistributorFactory.create(), duty=DutyFactory.create())
    return user


def distributor_of(manager: Any) -> Any:
    return manager.responsibilities.get().distributor


@pytest.mark.parametrize("role", Role.values)
def test_every_role_has_a_first_page(role: str) -> None:
    """Somebody would sign in to an error."""
    response = home(USER_FACTORIES[role].create())
    assert response.status_code == 200
    assert "work" in response.context


def test_somebody_without_a_role_is_told() -> None:
    """An empty page would look broken."""
    assert "You have no role yet." in home(RolelessFactory.create()).content.decode()


def test_who_has_too_much_and_who_has_nothing_waits_for_the_manager(manager: Any) -> None:
    """A distributor without goods would be noticed when its customers have gone elsewhere."""
    mine = distributor_of(manager)
    empty = StockFactory.create(warehouse=DistributorWarehouseFactory.create(distributor=mine), on_hand=0, sold_in=91)
    full = DistributorFactory.create()
    ResponsibilityFactory.create(user=manager, distributor=full)
    StockFactory.create(warehouse=DistributorWarehouseFactory.create(distributor=full), on_hand=400, sold_in=91)
    StockFactory.create(warehouse=DistributorWarehouseFactory.create(), on_hand=0, sold_in=91)
    lines = [line for line in home(manager).context["work"].lines if line.work in {Work.EMPTY, Work.OVERSTOCKED}]
    assert [(line.work, line.who, line.what) for line in lines] == [
        (Work.EMPTY, mine.display_name, "Out of stock, 91 purchased in 91 days"),
        (Work.OVERSTOCKED, full.display_name, "400 days of cover, 400 on hand"),
    ]
    assert lines[0].button_url == f"/distributors/{empty.warehouse.distributor.code}/?tab=stock"


@pytest.mark.parametrize(("role", "may_report"), [(Role.OWNER, True), (Role.KEEPER, True), (Role.BUYER, False)])
def test_a_distributor_sees_how_long_its_stock_lasts(role: str, *, may_report: bool) -> None:
    """It would order too late, or too much."""
    user: Any = USER_FACTORIES[role].create()
    text = home(user).content.decode()
    assert "You have not reported your stock yet." in text
    assert ("/channel-inventory/report/" in text) is may_report
    place = DistributorWarehouseFactory.create(distributor=user.distributor)
    StockFactory.create(warehouse=place, on_hand=33, sold_in=91)
    assert "33 days" in home(user).content.decode()


def test_what_presses_most_stands_first(manager: Any) -> None:
    """A late order would hide below fifty that only wait."""
    mine = distributor_of(manager)
    waiting = OrderFactory.create(distributor=mine)
    held = OrderFactory.create(distributor=mine, is_on_hold=True)
    late = OrderFactory.create(distributor=mine, status=OrderStatus.PICKING, lateness=Lateness.LATE)
    response = home(manager)
    assert shown(response) == [
        (Work.LATE, late.number),
        (Work.ON_HOLD, held.number),
        (Work.TO_APPROVE, waiting.number),
    ]
    assert "1 order is late, 2 are waiting for you." in response.content.decode()


def test_another_managers_orders_do_not_show(manager: Any) -> None:
    """Two managers would decide the same order, and see what is not theirs."""
    OrderFactory.create(is_on_hold=True)
    assert shown(home(manager)) == []


def test_an_order_that_is_late_and_waits_stands_once(manager: Any) -> None:
    """The sentence would count one thing twice."""
    OrderFactory.create(distributor=distributor_of(manager), status=OrderStatus.SUBMITTED, lateness=Lateness.LATE)
    response = home(manager)
    assert [work for work, _what in shown(response)] == [Work.LATE]
    assert "1 order is late." in response.content.decode()


def test_what_arrived_late_is_not_work_any_more(manager: Any) -> None:
    """The list would never become empty."""
    OrderFactory.create(distributor=distributor_of(manager), status=OrderStatus.RECEIVED, lateness=Lateness.LATE)
    assert shown(home(manager)) == []


def test_a_duty_without_an_owner_shows(manager: Any) -> None:
    """A gap would stay unseen until something is lost in it."""
    DutyFactory.create()
    assert shown(home(manager)) == [(Work.GAP, "1 unassigned duty")]


def test_a_responsibility_about_to_end_shows_until_somebody_follows(manager: Any) -> None:
    """A person would leave and nobody would have noticed, or the warning would never go away."""
    today = timezone.localdate()
    held = manager.responsibilities.get()
    held.ends_on = today + timedelta(days=5)
    held.save()
    assert [work for work, _what in shown(home(manager))] == [Work.ENDING]
    ResponsibilityFactory.create(
        user=ManagerFactory.create(), distributor=held.distributor, duty=held.duty, starts_on=today + timedelta(days=6)
    )
    assert shown(home(manager)) == []


def test_the_month_stands_against_its_plan(manager: Any) -> None:
    """The bar would show another month's sales, or another's distributors."""
    today = timezone.localdate()
    mine = distributor_of(manager)
    plan: Any = SalesPlanFactory.create(distributor=mine, year=calendar_year(today.year), amount=Decimal(12000))
    period = plan.year.periods.get(starts_on__lte=today, ends_on__gte=today)
    SalesActualFactory.create(distributor=mine, month=period.starts_on, period=period, net_amount=Decimal(250))
    SalesActualFactory.create(month=period.starts_on, period=period, net_amount=Decimal(999))
    month = home(manager).context["month"]
    assert (month.actual, month.plan, month.currency) == (Decimal(250), Decimal(1000), "USD")


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.WAREHOUSE, Role.OWNER])
def test_the_page_costs_the_same_for_one_order_and_for_thirty(role: str) -> None:
    """The first page of the day would become slow as the company grows."""
    user: Any = USER_FACTORIES[role].create()
    mine = user.distributor or DistributorFactory.create()
    costs = []
    for number in (1, 29):
        for _index in range(number):
            OrderFactory.create(distributor=mine, status=OrderStatus.SHIPPED)
            OrderFactory.create(distributor=mine, status=OrderStatus.APPROVED)
            OrderFactory.create(distributor=mine, is_on_hold=True)
        home(user)
        with CaptureQueriesContext(connection) as counted:
            home(user)
        costs.append(len(counted))
    assert costs[0] == costs[1]


def test_a_distributor_follows_its_orders(manager: Any) -> None:
    """A buyer would call to ask where an order is."""
    owner: Any = OwnerFactory.create()
    order = OrderFactory.create(distributor=owner.distributor, status=OrderStatus.APPROVED)
    OrderFactory.create()
    response = home(owner)
    assert [item.order.number for item in response.context["on_their_way"]] == [order.number]


def test_a_long_list_keeps_room_for_every_kind() -> None:
    """Twenty late orders would push out the one duty that nobody answers for."""
    late = [WorkLine(work=Work.LATE, what=str(number), url="/") for number in range(20)]
    gap = [WorkLine(work=Work.GAP, what="gap", url="/")]
    work = WorkList(
        groups=[WorkGroup(work=Work.GAP, number=1, lines=gap), WorkGroup(work=Work.LATE, number=20, lines=late)],
        longest=5,
    )
    assert [line.what for line in work.lines] == ["0", "1", "2", "3", "gap"]
