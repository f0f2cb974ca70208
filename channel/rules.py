"""What is agreed, as plain values, and what follows from it: pro rata amounts, due days, days of grace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accounts.enums import ChannelKind
from core.money import round_money

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class SubjectTerms:
    """A brand, a category, or a category of one brand; `is_exclusive` where nobody else may sell it there."""

    brand_id: int | None = None
    category_id: int | None = None
    is_exclusive: bool = False


@dataclass(frozen=True, kw_only=True)
class CarveOutTerms:
    """Where the agreement meets that of another distributor; what is None or empty means all of it."""

    other_id: int
    effect: str
    brand_id: int | None = None
    territory_id: int | None = None
    channel_kind: str = ""


@dataclass(frozen=True, kw_only=True)
class MinimumTerms:
    """What is to be bought in a year, in the agreement's currency; `brand_id` None for all that the agreement is about."""

    amount_a_year: Decimal
    basis: str
    brand_id: int | None = None
    with_tax: bool = False
    net_of_returns: bool = True
    gifts_count: bool = False


@dataclass(frozen=True, kw_only=True)
class InstalmentTerms:
    """A share of what is due (0.3 is 30 %), so many days after the day from which payment counts."""

    share: Decimal
    days: int


@dataclass(frozen=True, kw_only=True)
class ControlTerms:
    subject: str
    mode: str
    price_rule: str = ""


@dataclass(frozen=True, kw_only=True)
class DataTerms:
    kind: str
    frequency: str
    days_after: int = 0


@dataclass(frozen=True, kw_only=True)
class KindTerms:
    """What is agreed for one channel kind alone, each in the fields that KIND_FIELDS names for it."""

    kind: str
    commission_rate: Decimal | None = None
    commission_basis: str = ""
    head_office: str = ""
    sites: int | None = None
    billing: str = ""
    programme: str = ""
    incoterm: str = ""
    incoterm_place: str = ""
    export_papers: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class ShopTerms:
    """A shop on a platform where the distributor may sell."""

    platform: str
    name: str
    url: str = ""


CHAIN_KINDS = frozenset({ChannelKind.CHAIN.value, ChannelKind.FRANCHISE.value})
_CHAIN_FIELDS = ("head_office", "sites", "billing")
KIND_FIELDS: Mapping[str, Sequence[str]] = {
    ChannelKind.AGENT: ("commission_rate", "commission_basis"),
    ChannelKind.CHAIN: _CHAIN_FIELDS,
    ChannelKind.FRANCHISE: _CHAIN_FIELDS,
    ChannelKind.DIRECT_MARKETING: ("programme",),
    ChannelKind.INTERNATIONAL: ("incoterm", "incoterm_place", "export_papers"),
}
NEEDED_OF_KIND: Mapping[str, Sequence[str]] = {
    **KIND_FIELDS,
    **dict.fromkeys(CHAIN_KINDS, ("head_office", "billing")),
    ChannelKind.INTERNATIONAL: ("incoterm", "incoterm_place"),
}


def months_of_term(starts_on: date, ends_on: date) -> int:
    """The calendar months that a term touches."""
    return (ends_on.year - starts_on.year) * MONTHS + ends_on.month - starts_on.month + 1


def minimum_of_term(amount_a_year: Decimal, *, starts_on: date, ends_on: date, currency: str) -> Decimal:
    """The minimum purchase of a term, pro rata by the calendar months that it touches. Rounded once."""
    months = months_of_term(starts_on, ends_on)
    return round_money(amount_a_year * months / MONTHS, currency=currency)


def end_of_month(day: date) -> date:
    first_of_next = date(day.year + day.month // MONTHS, day.month % MONTHS + 1, 1)
    return first_of_next - timedelta(days=1)


def end_of_term(first: date, *, months: int) -> date:
    """The last day of a term of so many months: a year from 2026-03-15 ends on 2027-03-14."""
    month = first.month - 1 + months
    year, month = first.year + month // MONTHS, month % MONTHS + 1
    day = min(first.day, end_of_month(date(year, month, 1)).day)
    return date(year, month, day) - timedelta(days=1)


def due_on(base: date, *, days: int, cut_day: int | None = None, from_month_end: bool = False) -> date:
    """The day on which what happened on `base` is to be paid.

    With a cut day, what comes after it counts as of the next month; from the end of the month the days begin at the last
    day of the month that counts.
    """
    counted = base
    if cut_day is not None and base.day > cut_day:
        counted = end_of_month(base) + timedelta(days=1)
    if from_month_end:
        counted = end_of_month(counted)
    return counted + timedelta(days=days)


def shares_add_up(instalments: Sequence[InstalmentTerms]) -> bool:
    return not instalments or sum((one.share for one in instalments), Decimal(0)) == 1
