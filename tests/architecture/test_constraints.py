"""What the database refuses by itself, so that no later service, import or hand in a console can break it."""

import importlib
import inspect
import pkgutil
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import factory
import pytest
from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import F

import tests.factories
from tests.architecture.test_models import MODELS
from tests.factories.accounts import ResponsibilityFactory
from tests.factories.core import BusinessPeriodFactory, EventFactory
from tests.factories.inventory import StockFactory, StockMoveFactory
from tests.factories.orders import OrderFactory, OrderLineFactory, TrackingEventFactory
from tests.factories.planning import PriceFactory


@pytest.mark.django_db
@pytest.mark.parametrize("ledger", [EventFactory, StockMoveFactory, TrackingEventFactory])
def test_a_ledger_is_only_added_to(ledger: Any) -> None:
    """A figure could be explained afterwards by a move, an event or a parcel's day that never was."""
    row: models.Model = ledger.create()
    model = type(row)
    for harm in (lambda: model._base_manager.filter(pk=row.pk).update(at=F("at")), row.delete):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            harm()
    assert model._base_manager.filter(pk=row.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("made_by", "changes", "constraint"),
    [
        (OrderLineFactory, {"shipped": 11, "ordered": 10}, "order_line_quantities"),
        (OrderLineFactory, {"shipped": 3, "received": 4}, "order_line_quantities"),
        (OrderLineFactory, {"cancelled": 4, "shipped": 7, "ordered": 10}, "order_line_quantities"),
        (OrderFactory, {"status": "lost"}, "order_status_legal"),
        (StockFactory, {"on_hand": 5, "reserved": 6}, "stock_reserved_within_on_hand"),
        (StockFactory, {"reserved": -1}, "stock_blocked_within_reserved"),
        (StockFactory, {"reserved": 3, "blocked": 4}, "stock_blocked_within_reserved"),
        (StockMoveFactory, {"quantity": 0}, "stock_move_not_zero"),
        (PriceFactory, {"amount": -1}, "price_not_negative"),
    ],
)
def test_a_row_that_cannot_be_is_refused(made_by: Any, changes: Mapping[str, Any], constraint: str) -> None:
    """More shipped than ordered, more promised than there is: whoever wrote it, nobody would find out."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        made_by.create(**changes)


def _again(made_by: Any, row: Any, *same: str) -> None:
    """The same once more, from the last day of the first one on."""
    made_by.create(**{name: getattr(row, name) for name in same}, starts_on=row.ends_on, ends_on=None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("made_by", "same", "constraint"),
    [
        (ResponsibilityFactory, ("distributor", "duty"), "one_accountable_person"),
        (PriceFactory, ("price_list", "product", "from_quantity"), "one_price_per_day"),
    ],
)
def test_two_of_one_day_are_refused(made_by: Any, same: tuple[str, ...], constraint: str) -> None:
    """Two people would answer for one duty, or two prices would hold, on the day one ends and the other begins."""
    first = made_by.create()
    first.ends_on = first.starts_on + timedelta(days=30)
    first.save()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        _again(made_by, first, *same)


@pytest.mark.django_db
def test_two_periods_of_one_day_are_refused() -> None:
    """What was sold on that day would count twice, or in either."""
    first = BusinessPeriodFactory.create()
    with pytest.raises(IntegrityError, match="business_periods_apart"), transaction.atomic():
        BusinessPeriodFactory.create(year=first.year, number=2, starts_on=first.ends_on, ends_on=first.ends_on)


def test_every_model_has_a_factory() -> None:
    """A table that no test can fill is a table that no test looks at."""
    made = {
        maker._meta.model
        for found in pkgutil.iter_modules(tests.factories.__path__)
        for _name, maker in inspect.getmembers(
            importlib.import_module(f"tests.factories.{found.name}"), inspect.isclass
        )
        if issubclass(maker, factory.django.DjangoModelFactory)
    }
    assert [model._meta.label for model in MODELS if model not in made] == []
