"""The minimum purchases that agreements state, each with its term and goods; what was bought is compared by an app above."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from channel.models import Agreement, AgreementSubject, MinimumPurchase
from channel.rules import MONTHS, minimum_of_term
from core.periods import add_months, month_end, month_start


@dataclass(frozen=True, kw_only=True)
class StatedMinimum:
    """One minimum of an agreement for the term that `day` lies in; `amount` is what is to be bought in that term.

    `goods` are pairs of brand and category, None for any.
    """

    row: MinimumPurchase
    agreement: Agreement
    starts_on: date
    ends_on: date
    amount: Decimal
    goods: Sequence[tuple[int | None, int | None]]


def stated_minimums(ids: Collection[int], *, day: date) -> list[StatedMinimum]:
    """These minimums as they are on a day, in the order of `ids`. Two queries. Before: `ids` are of what the reader sees."""
    subjects = Prefetch("agreement__subjects", AgreementSubject.objects.order_by("pk"))
    rows = (
        MinimumPurchase.objects.filter(pk__in=ids)
        .select_related("agreement__distributor", "brand")
        .prefetch_related(subjects)
        .in_bulk()
    )
    return [_stated(rows[pk], day) for pk in ids if pk in rows]


def _stated(row: MinimumPurchase, day: date) -> StatedMinimum:
    agreement = row.agreement
    starts_on, ends_on = _term(agreement, day)
    goods = [(one.brand_id, one.category_id) for one in agreement.subjects.all()]
    if row.brand_id is not None:
        narrowed = [(row.brand_id, category) for brand, category in goods if brand in {None, row.brand_id}]
        goods = narrowed or [(row.brand_id, None)]
    return StatedMinimum(
        row=row,
        agreement=agreement,
        starts_on=starts_on,
        ends_on=ends_on,
        amount=minimum_of_term(row.amount_a_year, starts_on=starts_on, ends_on=ends_on, currency=agreement.currency),
        goods=goods,
    )


def _term(agreement: Agreement, day: date) -> tuple[date, date]:
    """The term of an agreement; of one that is open, the year of it that `day` lies in, whole months from its first."""
    ends = [one for one in (agreement.last_on, agreement.ends_on) if one is not None]
    if ends:
        return agreement.starts_on, min(ends)
    years = max(_months_between(agreement.starts_on, day) // MONTHS, 0)
    first = add_months(month_start(agreement.starts_on), years * MONTHS)
    return max(first, agreement.starts_on), month_end(add_months(first, MONTHS - 1))


def _months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * MONTHS + later.month - earlier.month
