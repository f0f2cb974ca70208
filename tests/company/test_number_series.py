"""Numbers of documents: never twice, of the right year, without gaps where the law says so."""

import threading
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from company.enums import DocumentKind
from company.errors import NoNumberSeries
from company.models import NumberSeries
from company.services.number_series import next_number
from tests.factories.company import CompanyFactory, NumberSeriesFactory

DAY = date(2055, 6, 1)


def draw(company_id: int, kind: DocumentKind = DocumentKind.ORDER, on: date = DAY) -> str:
    return next_number(kind=kind, company_id=company_id, on=on)


@pytest.mark.django_db
def test_a_company_begins_with_a_series_for_each_kind() -> None:
    """The first order of a new installation could not be placed."""
    company = CompanyFactory.create()
    assert [draw(company.pk, kind) for kind in DocumentKind] == [
        "SO100001", "OG100001", "SH100001", "DA100001", "AP100001", "DI100001", "OU100001",
        "TR100001", "SC100001", "SD100001", "BS100001", "DC100001", "RT100001", "WB100001", "WV100001",
    ]  # fmt: skip
    assert draw(company.pk) == "SO100002"


@pytest.mark.django_db
def test_the_series_of_a_year_comes_before_that_of_every_year() -> None:
    """Orders of the new year would go on in the numbers of the old one."""
    company = CompanyFactory.create()
    NumberSeriesFactory.create(year=2055, prefix="55-", width=4, next_number=9999)
    assert [draw(company.pk), draw(company.pk), draw(company.pk, on=date(2056, 1, 1))] == [
        "55-9999",
        "55-10000",
        "SO100001",
    ]


@pytest.mark.django_db
def test_a_kind_without_a_series_says_so() -> None:
    """Somebody would see an error page instead of what to set up."""
    company = CompanyFactory.create()
    NumberSeries.objects.all().delete()
    with pytest.raises(NoNumberSeries):
        draw(company.pk)


@pytest.mark.django_db
def test_a_gapless_series_gives_back_what_was_not_used() -> None:
    """A tax inspector asks for the invoice whose number is missing."""
    series = NumberSeriesFactory.create(year=2055, prefix="I", width=3, gapless=True)
    for _attempt in range(2):
        with transaction.atomic():
            assert draw(series.company_id) == "I001"
            transaction.set_rollback(True)
    assert [draw(series.company_id) for _time in range(3)] == ["I001", "I002", "I003"]


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"next_number": 1}, {"gapless": False}, {"kind": DocumentKind.SHIPMENT}])
def test_a_series_never_counts_back_and_stays_what_it_is(change: dict[str, object]) -> None:
    """Two invoices would carry one number."""
    series = NumberSeriesFactory.create(year=2055, gapless=True, next_number=7)
    with pytest.raises(DatabaseError, match="number_series_never_back"), transaction.atomic():
        NumberSeries.objects.filter(pk=series.pk).update(**change)


@pytest.mark.django_db
def test_a_series_takes_its_sequence_with_it() -> None:
    """A sequence that nobody knows any more would give the next series a number in the middle."""
    series = NumberSeriesFactory.create(year=2055)
    series.delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"company_number_{series.pk}"])
        assert cursor.fetchone() == (None,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("gapless", [True, False])
def test_many_at_once_get_numbers_of_their_own(*, gapless: bool) -> None:
    """Two documents posted in one moment would carry one number."""
    series = NumberSeriesFactory.create(year=2055, prefix="N", width=1, gapless=gapless)
    drawn: list[str] = []

    def work() -> None:
        for _time in range(10):
            with transaction.atomic():
                drawn.append(draw(series.company_id))
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(drawn, key=lambda number: int(number[1:])) == [f"N{number}" for number in range(1, 41)]
