"""If keyset pages lost or repeated a row, somebody would miss an order."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.test.utils import CaptureQueriesContext

from accounts.models import Distributor
from core.errors import InvalidInput
from core.keyset import take_slice
from tests.factories.accounts import DistributorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("distributors")]
CITIES = ["Berlin", "Athens", "Berlin", "", "Cairo", "Athens", "Berlin"]


@pytest.fixture
def distributors() -> list[Distributor]:
    return [
        DistributorFactory.create(city=city, started_on=None if city == "Berlin" else date(2024, 1, 1 + len(city)))
        for city in CITIES
    ]


@pytest.mark.parametrize(
    "order",
    [
        ("code",),
        ("-code",),
        ("city",),
        ("-city", "code"),
        ("started_on",),
        ("-started_on",),
        ("started_on", "-city"),
        ("tier__rank",),
    ],
)
def test_walking_forward_and_back_shows_every_row_once(order: tuple[str, ...]) -> None:
    queryset = Distributor.objects.select_related("tier")
    expected = list(queryset.order_by(*order, "-pk" if order[0].startswith("-") else "pk"))
    seen, pages, cursor = [], [], ""
    while True:
        page = take_slice(queryset, order=order, cursor=cursor, limit=3)
        seen += page.rows
        pages.append(page)
        if not page.following:
            break
        cursor = page.following
    assert seen == expected
    assert [len(page.rows) for page in pages] == [3, 3, 1]
    back = take_slice(queryset, order=order, cursor=pages[2].previous, limit=3)
    assert back.rows == pages[1].rows
    first = take_slice(queryset, order=order, cursor=back.previous, limit=3)
    assert first.rows == pages[0].rows
    assert first.previous == ""
    assert take_slice(queryset, order=order, cursor=first.following, limit=3).rows == pages[1].rows


def test_an_annotation_and_rows_of_values_can_be_walked() -> None:
    queryset = Distributor.objects.annotate(place=Coalesce("city", Value(""))).values("code", "place", "id")
    first = take_slice(queryset, order=("-place",), limit=4)
    second = take_slice(queryset, order=("-place",), limit=4, cursor=first.following)
    assert [row["code"] for row in first.rows + second.rows] == [
        row["code"] for row in queryset.order_by("-place", "-id")
    ]


def test_a_page_is_one_statement_without_count_or_offset() -> None:
    first = take_slice(Distributor.objects.all(), order=("code",), limit=3)
    with CaptureQueriesContext(connection) as queries:
        take_slice(Distributor.objects.all(), order=("code",), limit=3, cursor=first.following)
    assert len(queries) == 1
    statement = queries[0]["sql"]
    assert "OFFSET" not in statement
    assert "COUNT" not in statement
    assert "ROW(" in statement


def test_a_cursor_that_was_tampered_with_or_belongs_to_another_order_is_refused() -> None:
    cursor = take_slice(Distributor.objects.all(), order=("code",), limit=3).following
    for order, bad in ((("code",), cursor + "x"), (("code",), "nonsense"), (("-code",), cursor)):
        with pytest.raises(InvalidInput) as refused:
            take_slice(Distributor.objects.all(), order=order, cursor=bad)
        assert refused.value.problems[0].code == "invalid_cursor"
