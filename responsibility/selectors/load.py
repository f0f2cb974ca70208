"""How much each person carries against the median of all: distributors, duties, open work, revenue."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Responsibility, User
from accounts.selectors.open_work import open_work_by_person
from core.actors import Actor
from core.errors import Message
from core.registry import Slot

OVERLOAD = Decimal("1.5")
"""From how many times the median on somebody counts as overloaded."""

Revenue = Callable[[date], tuple[str, Mapping[int, Decimal]]]
REVENUE: Slot[str, Revenue] = Slot("revenue of people")
"""Said by the app that keeps sales: the currency, and what each person's distributors bought in the year before the day."""


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What one person carries."""

    person: User
    distributors: int
    duties: int
    open_work: int
    revenue: Decimal | None
    currency: str
    share: Decimal | None
    alone: int

    @property
    def hand_over_label(self) -> Message:
        return _("Hand over")

    @property
    def is_over(self) -> bool:
        return self.share is not None and self.share >= OVERLOAD


def _in_force(day: date) -> Q:
    return Q(responsibilities__starts_on__lte=day, responsibilities__duty__is_active=True) & (
        Q(responsibilities__ends_on__isnull=True) | Q(responsibilities__ends_on__gte=day)
    )


def people_with_duties(actor: Actor, *, on: date) -> Any:
    """Everybody whom the person sees and who answers for a distributor on the day, with how many."""
    rows = User.objects.visible_to(actor).annotate(
        distributor_count=Count("responsibilities__distributor", filter=_in_force(on), distinct=True),
        duty_count=Count("responsibilities", filter=_in_force(on)),
    )
    return rows.filter(duty_count__gt=0)


def overloaded_ids(*, on: date) -> list[int]:
    """Who has at least `OVERLOAD` times the median of distributors, open work or revenue. Fixed number of queries."""
    figures = _figures(on)
    return [pk for pk in figures.distributors if (share := figures.share(pk)) is not None and share >= OVERLOAD]


def carried_by(people: Sequence[Any], *, on: date) -> list[Carried]:
    """What each of a page of people carries. Fixed number of queries, one a kind of open work among them."""
    figures = _figures(on)
    alone = _alone([person.pk for person in people], on)
    return [
        Carried(
            person=person,
            distributors=person.distributor_count,
            duties=person.duty_count,
            open_work=figures.work.get(person.pk, 0),
            revenue=figures.revenue.get(person.pk, Decimal(0)) if figures.currency else None,
            currency=figures.currency,
            share=figures.share(person.pk),
            alone=alone.get(person.pk, 0),
        )
        for person in people
    ]


@dataclass(frozen=True, kw_only=True)
class _Figures:
    distributors: Mapping[int, int]
    work: Mapping[int, int]
    revenue: Mapping[int, Decimal]
    currency: str

    def share(self, person_id: int) -> Decimal | None:
        """The highest of the person's figures against the median of all who answer for anything."""
        kinds: list[Mapping[int, Any]] = [self.distributors, self.work, self.revenue]
        shares = [
            Decimal(kind.get(person_id, 0)) / Decimal(middle)
            for kind in kinds
            if (middle := median(kind.get(pk, 0) for pk in self.distributors) if self.distributors else 0)
        ]
        return max(shares, default=None)


def _figures(on: date) -> _Figures:
    rows = Responsibility.objects.on(on).filter(duty__is_active=True).order_by().values("user")
    distributors = dict(rows.annotate(n=Count("distributor", distinct=True)).values_list("user", "n"))
    sources = list(REVENUE)
    currency, revenue = sources[0](on) if sources else ("", {})
    return _Figures(
        distributors=distributors, work=open_work_by_person(list(distributors)), revenue=revenue, currency=currency
    )


def _alone(person_ids: Collection[int], on: date) -> Mapping[int, int]:
    """For how many duties nobody would act if the person left."""
    rows = Responsibility.objects.on(on).filter(user__in=person_ids, duty__is_active=True).with_replacement(on)
    lost = rows.filter(replacement_id__isnull=True).order_by().values("user")
    return dict(lost.annotate(n=Count("pk")).values_list("user", "n"))


def add_replacements(rows: Sequence[Any]) -> None:
    """Put to each of these responsibilities, which have `replacement_id`, its `replacement`. One query."""
    people = User.objects.in_bulk({row.replacement_id for row in rows if row.replacement_id})
    for row in rows:
        row.replacement = people.get(row.replacement_id)
