"""Minimum purchases of agreements against what was bought, each on the basis that it says, by months."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from catalogue.models import Category, Product
from channel.models import Agreement, MinimumPurchase
from channel.rules import months_of_term
from channel.selectors.minimums import StatedMinimum, stated_minimums
from core.money import round_money
from core.periods import month_start
from planning.enums import MinimumState
from planning.models import SalesActual

ZERO = Decimal(0)
Goods = Sequence[tuple[int | None, int | None]]
Place = tuple[int, str, str]
"""A distributor, a basis and a currency: what sales are added up within."""


@dataclass(frozen=True, kw_only=True)
class MinimumProgress:
    """A minimum purchase and what was bought towards it by `today`, in the agreement's currency.

    `not_measured` says why it cannot be told from the sales that are kept; `bought` is None then.
    """

    stated: StatedMinimum
    bought: Decimal | None
    not_measured: str
    today: date

    @property
    def pk(self) -> int:
        return self.stated.row.pk

    @property
    def amount(self) -> Decimal:
        return self.stated.amount

    @property
    def currency(self) -> str:
        return self.stated.agreement.currency

    @property
    def what(self) -> str:
        """The brand, or all that the agreement is about."""
        brand = self.stated.row.brand
        return brand.display_name if brand else _("All that the agreement is about")

    @property
    def share(self) -> Decimal | None:
        return None if self.bought is None else self.bought / self.amount

    @property
    def missing(self) -> Decimal | None:
        return None if self.bought is None else max(self.amount - self.bought, ZERO)

    @cached_property
    def due_by_now(self) -> Decimal:
        """The part of the minimum for the months of the term that are over."""
        first, last = self.stated.starts_on, self.stated.ends_on
        passed = months_of_term(first, min(month_start(self.today), last)) - (self.today <= last)
        months = months_of_term(first, last)
        return round_money(self.amount * min(max(passed, 0), months) / months, currency=self.currency)

    @property
    def state(self) -> MinimumState:
        if self.bought is None:
            return MinimumState.NOT_MEASURED
        if self.bought >= self.amount:
            return MinimumState.REACHED
        if self.today > self.stated.ends_on:
            return MinimumState.MISSED
        return MinimumState.BEHIND if self.bought < self.due_by_now else MinimumState.ON_TRACK


def of_current_agreements(rows: Any, *, day: date) -> Any:
    """Those of some minimums whose agreements are what orders are taken under on a day."""
    return rows.filter(agreement__in=Agreement.objects.on(day).values("pk"))


def minimums_in_state(rows: Any, states: Collection[str], *, today: date) -> Any:
    """Those of some minimums that stand as one of `states` says. Five queries, whatever their number."""
    found = read_minimums(list(rows.order_by().values_list("pk", flat=True)), today=today)
    return rows.filter(pk__in=[one.pk for one in found if one.state in states])


def read_minimums(ids: Collection[int], *, today: date) -> list[MinimumProgress]:
    """These minimums with what was bought towards them, in the order of `ids`. Five queries, whatever their number."""
    stated = stated_minimums(ids, day=today)
    if not stated:
        return []
    sales, attribution = _sales(stated), _Attribution()
    return [_progress(one, sales, attribution, today) for one in stated]


def _progress(
    stated: StatedMinimum,
    sales: Mapping[Place, Sequence[tuple[int, date, Decimal]]],
    attribution: "_Attribution",
    today: date,
) -> MinimumProgress:
    row = stated.row
    reason = _other_rules(row)
    first, last = month_start(stated.starts_on), stated.ends_on
    place = (stated.agreement.distributor_id, row.basis, stated.agreement.currency)
    bought = ZERO
    for category, month, amount in sales.get(place, ()):
        if reason or not first <= month <= last:
            continue
        counts = attribution.counts(stated.goods, category)
        if counts is None:
            reason = _("Sales are kept by category, and some of these hold several brands.")
        elif counts:
            bought += amount
    return MinimumProgress(stated=stated, bought=None if reason else bought, not_measured=reason, today=today)


def _other_rules(row: MinimumPurchase) -> str:
    """Why a minimum cannot be told from the posted sales: these are net of tax, returns and gifts."""
    if row.with_tax:
        return _("Sales are kept without tax.")
    if not row.net_of_returns:
        return _("Sales are kept net of returns.")
    return _("Sales are kept without gifts.") if row.gifts_count else ""


def _sales(stated: Iterable[StatedMinimum]) -> Mapping[Place, list[tuple[int, date, Decimal]]]:
    """What the distributors bought, by category and month. One query."""
    wanted = list(stated)
    rows = (
        SalesActual.objects.filter(
            distributor__in={one.agreement.distributor_id for one in wanted},
            basis__in={one.row.basis for one in wanted},
            month__gte=month_start(min(one.starts_on for one in wanted)),
            month__lte=max(one.ends_on for one in wanted),
        )
        .order_by()
        .values_list("distributor_id", "basis", "currency", "category_id", "month")
        .annotate(Sum("net_amount"))
    )
    found: dict[Place, list[tuple[int, date, Decimal]]] = {}
    for distributor, basis, currency, category, month, amount in rows:
        found.setdefault((distributor, basis, currency), []).append((category, month, amount))
    return found


class _Attribution:
    """Whether the sales of a category count for a brand: they are posted by category, and a category may hold several."""

    def __init__(self) -> None:
        self.above = dict(Category.objects.without_tree_fields().order_by().values_list("pk", "parent_id"))
        self.brands: dict[int, set[int]] = {}
        for category, brand in Product.objects.order_by().values_list("category_id", "brand_id").distinct():
            self.brands.setdefault(category, set()).add(brand)

    def counts(self, goods: Goods, category: int) -> bool | None:
        """None where some of it does and some does not."""
        line = set(self._line(category))
        wanted = {brand for brand, named in goods if named is None or named in line}
        if None in wanted:
            return True
        held = self.brands.get(category, set())
        if not wanted or (held and held.isdisjoint(wanted)):
            return False
        return True if held and held <= wanted else None

    def _line(self, category: int) -> Iterable[int]:
        """A category and those above it."""
        here: int | None = category
        while here is not None:
            yield here
            here = self.above.get(here)
