"""Goods that are reserved and not there: who ordered last waits again, for what comes in next.

A count or a block may find fewer pieces than are reserved. Then the newest reservations become back orders of the same
lines, placed when their documents were: they are filled before whoever orders later. What a block reserves stays.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from catalogue.models import Product
from core.events import EventInput, record_events
from core.subjects import subject_type
from inventory.enums import InventoryEvent
from inventory.models import Reservation
from inventory.rules import BLOCKED
from inventory.selectors.availability import Place
from inventory.services.back_orders import Terms
from inventory.services.supply_sql import DISPLACE


@dataclass(frozen=True, kw_only=True)
class WaitingSource:
    """What a line of a document needs to wait: whose it is, and how its goods travel."""

    distributor_id: int
    reference: str
    placed_at: datetime
    wanted_on: date | None
    terms: Terms


Describe = Callable[[Collection[int], date], Mapping[int, WaitingSource]]
_sources: dict[str, Describe] = {}


def register_waiting_source(source_type: str, describe: Describe) -> None:
    """Say how lines of a kind of document wait, by their ids. Called from AppConfig.ready of the app above."""
    _sources[source_type] = describe


@dataclass(frozen=True, kw_only=True)
class Displaced:
    """So many pieces of a reservation that are not there."""

    reservation_id: int
    warehouse_id: int
    product_id: int
    source_type: str
    source_id: int
    source_line_id: int
    pieces: int


def plan_displacing(short: Mapping[Place, int]) -> list[Displaced]:
    """Which reservations give up pieces that are short, by warehouse and product: the newest first. One query.

    Fewer pieces than asked for come back where the rest is blocked.
    """
    left = {place: pieces for place, pieces in short.items() if pieces > 0}
    if not left:
        return []
    rows = Reservation.objects.filter(
        warehouse__in={place[0] for place in left},
        product__in={place[1] for place in left},
        source_type__in=_sources.keys() - {BLOCKED},
        quantity__gt=0,
    )
    return list(_taken(rows.order_by("-pk"), left))


def short_documents(plan: Sequence[Displaced]) -> list[tuple[str, int]]:
    """The numbers of the documents that become short, and by how many pieces. One query a kind of document."""
    pieces: dict[tuple[str, int], int] = {}
    for one in plan:
        key = (one.source_type, one.source_id)
        pieces[key] = pieces.get(key, 0) + one.pieces
    found = []
    for kind in {one.source_type for one in plan}:
        rows = subject_type(kind).model._base_manager.in_bulk([pk for name, pk in pieces if name == kind])
        found += [(str(row), pieces[kind, pk]) for pk, row in rows.items()]
    return sorted(found)


def _taken(rows: Iterable[Reservation], left: dict[Place, int]) -> Iterator[Displaced]:
    for row in rows:
        place = (row.warehouse_id, row.product_id)
        pieces = min(row.quantity, left.get(place, 0))
        if pieces:
            left[place] -= pieces
            yield Displaced(
                reservation_id=row.pk,
                warehouse_id=row.warehouse_id,
                product_id=row.product_id,
                source_type=row.source_type,
                source_id=row.source_id,
                source_line_id=row.source_line_id,
                pieces=pieces,
            )


def displace(plan: Sequence[Displaced], *, actor_id: int | None, now: datetime) -> list[int]:
    """Turn what was planned into back orders, with an event of each document. Returns the stock that is waited for.

    Before: the stock is locked. The caller takes the pieces out of it, and settles its back orders then.
    """
    if not plan:
        return []
    today = timezone.localdate(now)
    described = {
        kind: _sources[kind]({one.source_line_id for one in plan if one.source_type == kind}, today)
        for kind in {one.source_type for one in plan}
    }
    sources = [described[one.source_type][one.source_line_id] for one in plan]
    with connection.cursor() as cursor:
        cursor.execute(
            DISPLACE,
            {
                "reservations": [one.reservation_id for one in plan],
                "pieces": [one.pieces for one in plan],
                "distributors": [one.distributor_id for one in sources],
                "references": [one.reference for one in sources],
                "placed": [one.placed_at for one in sources],
                "wanted": [one.wanted_on for one in sources],
                "leads": [one.terms.lead_days for one in sources],
                "cut_offs": [one.terms.cut_off for one in sources],
                "calendars": [one.terms.calendar_id for one in sources],
                "now": now,
            },
        )
        stock = [row[0] for row in cursor.fetchall()]
    _record(plan, sources, actor_id, now)
    return stock


def _record(plan: Sequence[Displaced], sources: Sequence[WaitingSource], actor_id: int | None, now: datetime) -> None:
    codes = dict(Product.objects.filter(pk__in={one.product_id for one in plan}).values_list("pk", "code"))
    record_events(
        [
            EventInput(
                kind=InventoryEvent.RESERVATION_DISPLACED,
                subject_type=one.source_type,
                subject_id=one.source_id,
                distributor_id=source.distributor_id,
                data={"number": source.reference, "product": codes[one.product_id], "pieces": one.pieces},
            )
            for one, source in zip(plan, sources, strict=True)
        ],
        actor_id=actor_id,
        at=now,
    )
