"""A new price takes over from the old one."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import Event
from pricing.models import Price
from pricing.services.prices import end_price, set_price
from tests.factories.accounts import DirectorFactory, ManagerFactory
from tests.factories.planning import PriceFactory

pytestmark = pytest.mark.django_db


def change(old: Price, actor: Any, **values: Any) -> Price:
    given = {"amount": Decimal(12), "starts_on": date(2026, 6, 1), **values}
    return set_price(price_list_id=old.price_list_id, product_id=old.product_id, actor=actor, **given)


def test_the_old_price_ends_the_day_before() -> None:
    """There is one price for every day, and the old one can still be read."""
    old, director = PriceFactory.create(amount=10), DirectorFactory.create()
    new = change(old, director)
    old.refresh_from_db()
    assert (old.ends_on, new.starts_on, new.ends_on) == (date(2026, 5, 31), date(2026, 6, 1), None)
    assert Event.objects.get(kind="price.changed").data["before"] == "10.0000"


def test_the_same_day_writes_over_and_a_later_price_is_respected() -> None:
    """A correction of today's price leaves no doubles, and a price announced for later still comes."""
    old, director = PriceFactory.create(amount=10), DirectorFactory.create()
    change(old, director, starts_on=date(2026, 9, 1), amount=Decimal(15))
    change(old, director)
    again = change(old, director, amount=Decimal(13))
    assert (again.amount, again.ends_on) == (13, date(2026, 8, 31))
    assert Price.objects.count() == 3


def test_a_price_cannot_run_into_a_later_one() -> None:
    """Two prices on one day would make the invoice a matter of luck."""
    old, director = PriceFactory.create(amount=10), DirectorFactory.create()
    change(old, director, starts_on=date(2026, 9, 1))
    with pytest.raises(Conflict):
        change(old, director, ends_on=date(2026, 10, 1))


def test_wrong_values_are_told_beside_their_field() -> None:
    """The person at the form must see what to mend."""
    old, director = PriceFactory.create(), DirectorFactory.create()
    with pytest.raises(InvalidInput) as caught:
        change(old, director, amount=Decimal("0.00001"), from_quantity=0, ends_on=date(2020, 1, 1))
    assert [problem.field for problem in caught.value.problems] == ["amount", "from_quantity", "ends_on"]
    with pytest.raises(InvalidInput):
        end_price(price_id=old.pk, ends_on=date(2019, 1, 1), actor=director)


def test_only_leads_change_prices() -> None:
    """Managers must not give their distributors better prices on their own."""
    with pytest.raises(NotAllowed):
        change(PriceFactory.create(), ManagerFactory.create())
