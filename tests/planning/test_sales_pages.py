"""Who was kept, lost and won, what managers sold, and the sales on the distributor's page: the right sums, to the right eyes."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.periods import add_months, month_start
from planning.enums import SalesBasis
from planning.selectors.distributor_sales import read_distributor_sales
from tests.factories.accounts import DirectorFactory, DistributorFactory, ManagerFactory, OwnerFactory
from tests.factories.company import CompanyFactory
from tests.factories.inventory import CategoryFactory
from tests.factories.orders import OrderFactory
from tests.factories.planning import SalesActualFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def company() -> None:
    """Sales in the company's currency have a margin."""
    CompanyFactory.create(currency="USD", is_default=True)


def month(before: int) -> date:
    return add_months(month_start(timezone.localdate()), -before)


def sold(distributor: Any, before: int, net: int, **fields: Any) -> None:
    SalesActualFactory.create(
        distributor=distributor,
        month=month(before),
        currency=distributor.currency,
        gross_amount=net,
        net_amount=net,
        **{"cost_amount_company": 0, **fields},
    )


def page(user: Any, name: str, **query: str) -> Any:
    client = Client()
    client.force_login(user, backend="sign_in.backends.PasswordBackend")
    return client.get(reverse(name), query)


def test_distributors_are_kept_lost_or_new() -> None:
    """Who left quietly would be noticed when the year is over."""
    kept, lost, new, foreign = DistributorFactory.create_batch(4)
    for distributor, recent, earlier in ((kept, 30, 100), (lost, 0, 50), (new, 70, 0)):
        for before, net in ((11, recent), (12, earlier)):
            if net:
                sold(distributor, before, net, cost_amount_company=net - 10)
    sold(kept, 1, 1000, basis=SalesBasis.SHIPPED)  # another basis is never added
    sold(foreign, 30, 5)  # neither year
    OrderFactory.create(distributor=kept, ordered_on=date(2025, 3, 1))
    OrderFactory.create(distributor=kept, ordered_on=date(2026, 4, 2))
    rows = page(DirectorFactory.create(), "planning:distributor-sales").context["table"].data
    figures = {row.pk: (row.retention, row.recent_net, row.earlier_net, row.change_net) for row in rows}
    assert figures == {
        kept.pk: ("kept", Decimal(30), Decimal(100), Decimal(-70)),
        lost.pk: ("lost", Decimal(0), Decimal(50), Decimal(-50)),
        new.pk: ("new", Decimal(70), Decimal(0), Decimal(70)),
    }
    assert [row.pk for row in rows] == [kept.pk, lost.pk, new.pk], "the largest loss first"
    first = next(row for row in rows if row.pk == kept.pk)
    assert (first.first_order, first.last_order) == (date(2025, 3, 1), date(2026, 4, 2))
    only = page(DirectorFactory.create(), "planning:distributor-sales", retention="lost").context["table"].data
    assert [row.pk for row in only] == [lost.pk]


def test_sales_by_manager_count_what_each_sold() -> None:
    """Whoever took over a distributor would be praised for the sales of the one before."""
    anna, ben = ManagerFactory.create(), ManagerFactory.create()
    shop = DistributorFactory.create(currency="USD")
    sold(shop, 1, 40, manager=anna, cost_amount_company=30)
    sold(shop, 13, 10, manager=anna)
    sold(shop, 2, 7, manager=ben)
    rows = page(DirectorFactory.create(), "planning:manager-sales").context["table"].data
    assert [(row.pk, row.recent_net, row.earlier_net, row.margin) for row in rows] == [
        (anna.pk, Decimal(40), Decimal(10), Decimal(10)),
        (ben.pk, Decimal(7), Decimal(0), Decimal(7)),
    ]


def test_the_lists_are_exported_and_cost_the_same_for_one_and_for_thirty() -> None:
    costs = []
    director = DirectorFactory.create()
    for size in (1, 29):
        for _number in range(size):
            sold(DistributorFactory.create(), 1, 40, manager=ManagerFactory.create())
        for name in ("planning:distributor-sales", "planning:manager-sales"):
            page(director, name)
            with CaptureQueriesContext(connection) as queries:
                assert page(director, name).status_code == 200
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
    exported = page(director, "planning:distributor-sales", export="csv")
    assert len(b"".join(exported.streaming_content).splitlines()) == 31


def test_months_and_categories_of_one_distributor_add_up() -> None:
    """A table whose parts are not its total is not believed again."""
    shop, tea, pots = (
        DistributorFactory.create(currency="USD"),
        CategoryFactory.create(name="Tea"),
        CategoryFactory.create(name="Pots"),
    )
    sold(shop, 0, 100, category=tea, cost_amount_company=60)
    sold(shop, 3, 50, category=pots, cost_amount_company=20)
    sold(shop, 12, 80, category=tea)
    found = read_distributor_sales(DirectorFactory.create(), shop, today=timezone.localdate())
    assert [row.net for row in found.months] == [100, 0, 0, 50, *[0] * 8]
    assert [(row.label, row.net, row.before) for row in found.categories] == [("Tea", 100, 80), ("Pots", 50, 0)]
    assert (found.total.net, found.total.before, found.total.cost, found.total.margin) == (150, 80, 80, 70)
    assert sum(row.net for row in found.categories) == found.total.net


def test_a_distributor_never_sees_cost_or_margin() -> None:
    """It would see what its supplier earns."""
    shop = DistributorFactory.create()
    sold(shop, 0, 100, cost_amount_company=64)
    address = reverse("accounts:distributor", args=[shop.code])
    for user, sees in ((OwnerFactory.create(distributor=shop), False), (DirectorFactory.create(), True)):
        client = Client()
        client.force_login(user, backend="sign_in.backends.PasswordBackend")
        text = client.get(address, {"tab": "sales"}).content.decode()
        assert "Sales by month" in text
        assert ("Margin" in text) is sees
