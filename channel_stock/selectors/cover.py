"""How long the stock of distributors lasts: of one, of each, and of those who have too much or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.actors import Actor
from core.models import localised
from core.ui.numbers import quantity
from inventory.enums import Cover
from inventory.models import Stock, Warehouse
from inventory.rules import COVER_CONDITIONS, cover_of, days_of_cover


@dataclass(frozen=True, kw_only=True)
class CoverRow:
    """The stock of one distributor in pieces of all products together.

    Pieces are added whatever the product: good enough to see too much and too little, the products say of what.
    """

    distributor_id: int
    code: str
    name: str
    on_hand: int
    sold_in: int
    counted_at: datetime | None

    @property
    def days(self) -> float | None:
        return days_of_cover(on_hand=self.on_hand, sold_in=self.sold_in)

    @property
    def state(self) -> Cover:
        return cover_of(on_hand=self.on_hand, sold_in=self.sold_in)


def stocked_distributors(distributor_ids: Sequence[int] | None = None) -> list[int]:
    """The distributors that keep their stock here, of those given or of all. One query."""
    places = Warehouse.objects.filter(distributor__isnull=False)
    if distributor_ids is not None:
        places = places.filter(distributor_id__in=distributor_ids)
    return list(places.order_by("distributor_id").values_list("distributor_id", flat=True).distinct())


def read_cover(actor: Actor, distributor_id: int) -> CoverRow | None:
    """One distributor's cover, or None where its stock is not known or not the person's to see. One query."""
    return next((_row(row) for row in _sums(actor).filter(distributor_id=distributor_id)), None)


def covers_in(actor: Actor, states: Sequence[Cover]) -> dict[Cover, list[CoverRow]]:
    """The distributors the person sees whose stock as a whole is in one of the states, by it, the largest buyers first.

    Two queries; of one who sees the channel, every distributor in these states is read.
    """
    wanted = Q()
    for state in states:
        wanted |= COVER_CONDITIONS[state]
    rows = _sums(actor, narrowed=True).filter(wanted).order_by("-sold_in", "distributor_id")
    found: dict[Cover, list[CoverRow]] = {state: [] for state in states}
    for row in map(_row, rows):
        found[row.state].append(row)
    return found


def cover_lines(actor: Actor, distributor_id: int, *, limit: int) -> list[Stock]:
    """The products of one distributor, those it buys most first. One query."""
    stock = Stock.objects.visible_to(actor).filter(warehouse__distributor_id=distributor_id)
    return list(stock.select_related("product").order_by(F("sold_in").desc(nulls_last=True), "product_id")[:limit])


def products_by_state(actor: Actor, distributor_id: int) -> dict[Cover, int]:
    """How many products of one distributor are in each state. One query."""
    stock = Stock.objects.visible_to(actor).filter(warehouse__distributor_id=distributor_id)
    counts = {state.value: Count("pk", filter=condition) for state, condition in COVER_CONDITIONS.items()}
    return {Cover(name): number for name, number in stock.aggregate(**counts).items() if number}


def days_text(days: float | None) -> str:
    """The number of days, or that it is unknown."""
    if days is None:
        return _("no data")
    return ngettext("%(n)s day", "%(n)s days", round(days)) % {"n": quantity(round(days))}


def _sums(actor: Actor, *, narrowed: bool = False) -> QuerySet[Any]:
    places: Any = Warehouse.objects.visible_to(actor).filter(distributor__isnull=False)
    places = places.narrowed_for(actor) if narrowed else places
    facts = ("distributor_id", "distributor__code", "distributor__name", "distributor__name_zh")
    counted = {"counted": Max("counted_at")}
    sums = {**counted, "on_hand": Coalesce(Sum("stock__on_hand"), 0), "sold_in": Coalesce(Sum("stock__sold_in"), 0)}
    summed: QuerySet[Any] = places.values(*facts).annotate(**sums)
    return summed


def _row(row: dict[str, Any]) -> CoverRow:
    return CoverRow(
        distributor_id=row["distributor_id"],
        code=row["distributor__code"],
        name=localised(row["distributor__name"], row["distributor__name_zh"]),
        on_hand=int(row["on_hand"]),
        sold_in=int(row["sold_in"]),
        counted_at=row["counted"],
    )
