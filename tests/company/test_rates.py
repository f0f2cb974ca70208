"""What a currency is worth: on the right day, either way round, and unknown where nobody said."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from company.models import ExchangeRate
from company.selectors import rate_on
from company.services.rates import DayRate, set_rates
from core.errors import InvalidInput, NotAllowed
from tests.factories.accounts import AdministratorFactory, FinanceFactory
from tests.factories.company import ExchangeRateFactory

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("pair", "on", "rate"),
    [
        (("EUR", "USD"), date(2025, 12, 31), None),
        (("EUR", "USD"), JANUARY, Decimal("1.10")),
        (("EUR", "USD"), date(2026, 1, 31), Decimal("1.10")),
        (("EUR", "USD"), MARCH, Decimal("1.25")),
        (("USD", "EUR"), MARCH, Decimal("0.8")),
        (("USD", "USD"), date(1990, 1, 1), Decimal(1)),
        (("EUR", "CNY"), MARCH, None),
    ],
)
def test_the_rate_is_the_latest_one_of_the_day(pair: tuple[str, str], on: date, rate: Decimal | None) -> None:
    """An order would be valued at a rate of another day, or at 1 where nobody knows any."""
    ExchangeRateFactory.create(valid_on=JANUARY, rate=Decimal("1.10"))
    ExchangeRateFactory.create(valid_on=FEBRUARY, rate=Decimal("1.25"))
    assert rate_on(from_currency=pair[0], to_currency=pair[1], on=on) == rate


def test_a_later_rate_of_the_other_way_round_counts() -> None:
    """A company that stores some rates one way and some the other would value at a stale one."""
    ExchangeRateFactory.create(valid_on=JANUARY, rate=Decimal("1.10"))
    ExchangeRateFactory.create(from_currency="USD", to_currency="EUR", valid_on=FEBRUARY, rate=Decimal("0.5"))
    assert rate_on(from_currency="EUR", to_currency="USD", on=FEBRUARY) == 2
    ExchangeRateFactory.create(valid_on=FEBRUARY, rate=Decimal("1.9"))
    assert rate_on(from_currency="EUR", to_currency="USD", on=FEBRUARY) == Decimal("1.9")


def test_a_rate_of_a_day_is_replaced_with_its_event() -> None:
    """A corrected rate would stand beside the wrong one."""
    who = AdministratorFactory.create()
    for value in ("7.1", "7.2"):
        rate = DayRate(from_currency="USD", to_currency="CNY", valid_on=JANUARY, rate=Decimal(value))
        set_rates(actor=who, rates=[rate])
    assert [row.rate for row in ExchangeRate.objects.all()] == [Decimal("7.2")]


def test_only_administrators_set_rates() -> None:
    """Whoever may set a rate may change the company's margin."""
    rate = DayRate(from_currency="USD", to_currency="CNY", valid_on=JANUARY, rate=Decimal(7))
    with pytest.raises(NotAllowed):
        set_rates(actor=FinanceFactory.create(), rates=[rate])


@pytest.mark.parametrize(("to", "rate"), [("USD", "1"), ("CNY", "0"), ("cny", "7")])
def test_a_rate_that_cannot_be_is_refused(to: str, rate: str) -> None:
    """A rate of zero would make everything sold worth nothing."""
    wrong = DayRate(from_currency="USD", to_currency=to, valid_on=JANUARY, rate=Decimal(rate))
    with pytest.raises(InvalidInput):
        set_rates(actor=AdministratorFactory.create(), rates=[wrong])
    with pytest.raises(IntegrityError), transaction.atomic():
        ExchangeRateFactory.create(from_currency="USD", to_currency=to, rate=Decimal(rate))
