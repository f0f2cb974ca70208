"""Who is behind plan comes first, and every column of the list can be sorted by; page, API and export alike."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Distributor
from planning.enums import PlanLevel
from planning.selectors.attainment_order import ATTAINMENT_SORTS, with_attainment
from planning.selectors.progress import read_progress_rows
from tests.factories.accounts import DirectorFactory, DistributorFactory
from tests.factories.landing import LandingFactory, LandingForecastFactory
from tests.factories.planning import SalesActualFactory, SalesPlanFactory, calendar_year

pytestmark = pytest.mark.django_db


def sold(distributor: Any, month: date, net: int, **more: Any) -> None:
    SalesActualFactory.create(distributor=distributor, month=month, net_amount=net, gross_amount=net, **more)


@pytest.fixture
def year() -> Any:
    """Behind by most: C; then A; ahead: B; D without a plan; E without anything, sold to in another currency only."""
    today = timezone.localdate()
    calendar_year(today.year - 1)
    year = calendar_year(today.year)
    first, last = date(today.year, 1, 1), date(today.year - 1, 1, 1)
    people = {code: DistributorFactory.create(code=code, name=code) for code in "ABCDE"}
    for code, plan, now, before in (
        ("A", 1200, 100, 50),
        ("B", 1200, 5000, 6000),
        ("C", 120_000, 4000, 10),
        ("D", 0, 7, 0),
    ):
        sold(people[code], first, now)
        if before:
            sold(people[code], last, before)
        if plan:
            SalesPlanFactory.create(distributor=people[code], year=year, amount=Decimal(plan))
    sold(people["E"], first, 999_999, currency="EUR")
    forecast = LandingForecastFactory.create(year=year, made_on=today, currency="USD")
    for code, expected in (("A", 30), ("B", 20), ("C", 10)):
        LandingFactory.create(
            forecast=forecast,
            distributor=people[code],
            sold_amount=Decimal(1),
            expected_amount=Decimal(expected * 1000),
        )
    return year


def test_the_figures_sorted_by_are_those_shown(year: Any) -> None:
    """A row would stand where its figure does not belong."""
    today = timezone.localdate()
    rows = {row.pk: row for row in with_attainment(Distributor.objects.all(), year=year, today=today, growth=True)}
    shown = read_progress_rows(PlanLevel.DISTRIBUTOR, list(rows), year=year, today=today)
    assert len(shown) == 5
    for one in shown:
        row: Any = rows[one.pk]
        progress = one.progress
        assert row.sold_net == progress.actual
        assert row.plan_amount == progress.plan
        assert _near(row.gap_to_date, progress.difference_to_date)
        assert _near(row.attainment_share, progress.attainment_to_date)
        assert _near(row.growth_share, None if progress.growth is None else progress.growth + 1)
        assert row.landing_amount == progress.landing


def _near(sorted_by: Decimal | None, figure: Decimal | None) -> bool:
    if sorted_by is None or figure is None:
        return sorted_by is figure
    return abs(sorted_by - figure) < Decimal("0.0001")


def codes_on_page(client: Client, query: str = "") -> list[str]:
    answer = client.get(reverse("planning:attainment") + query)
    assert answer.status_code == 200
    return [row.record.code for row in answer.context["table"].rows]


def codes_of_api(client: Client, query: str = "") -> list[str]:
    answer = client.get(reverse("api:attainment-list") + query)
    assert answer.status_code == 200, answer.content
    return [row["distributor"] for row in answer.json()["results"]]


def test_the_biggest_gap_to_plan_comes_first(year: Any, client: Client) -> None:
    """A manager would look for who is behind in fifty rows sorted by name."""
    client.force_login(DirectorFactory.create())
    assert codes_on_page(client)[:3] == codes_of_api(client)[:3] == ["C", "A", "B"]
    assert set(codes_on_page(client)[3:]) == {"D", "E"}  # no plan, no gap
    exported: Any = client.get(reverse("planning:attainment") + "?export=csv")
    lines = b"".join(exported.streaming_content).decode("utf-8-sig").splitlines()
    assert [line[0] for line in lines[1:4]] == ["C", "A", "B"]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("actual", "E"),
        ("-actual", "B"),
        ("-growth", "D"),
        ("growth", "B"),
        ("attainment_to_date", "C"),
        ("landing", "C"),
    ],
)
def test_the_list_is_sorted_by_its_columns(year: Any, client: Client, sort: str, first: str) -> None:
    """What the list is about could not be asked of it."""
    client.force_login(DirectorFactory.create())
    codes = codes_on_page(client, f"?sort={sort}")
    assert codes_of_api(client, f"?order={sort}") == codes
    if not sort.startswith("-g"):  # falling, those without a figure come first
        assert codes[0] == first


@pytest.mark.parametrize("sort", [sign + name for name in ATTAINMENT_SORTS for sign in ("", "-")])
def test_pages_follow_each_other_without_gap(year: Any, client: Client, sort: str) -> None:
    """A distributor between two pages would be missing in both."""
    client.force_login(DirectorFactory.create())
    codes, address = [], reverse("api:attainment-list") + f"?order={sort}&limit=2"
    while address:
        page = client.get(address).json()
        codes += [row["distributor"] for row in page["results"]]
        address = page["next"]
    assert sorted(codes) == ["A", "B", "C", "D", "E"]
    assert codes == codes_of_api(client, f"?order={sort}")


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_statements_does_not_grow(client: Client, count: int) -> None:
    year = calendar_year(timezone.localdate().year)
    for number in range(count):
        distributor = DistributorFactory.create(code=f"N{number}")
        sold(distributor, year.starts_on, number)
    client.force_login(DirectorFactory.create())
    codes_of_api(client)
    with CaptureQueriesContext(connection) as queries:
        assert len(codes_of_api(client)) == count
    assert len(queries) <= 16, [query["sql"][:100] for query in queries]
