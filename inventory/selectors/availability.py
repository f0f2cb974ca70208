"""What warehouses can promise, read without a lock: for pages, quotes and the API. A fixed number of statements."""

import json
from collections.abc import Collection, Iterable
from datetime import date, time
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from company.working_days import working_days_from
from inventory.models import BackOrder, Stock
from inventory.promise import Dated, Schedule, Supply
from inventory.querysets import READ_RECEIPTS, routes_as_json, supply_routes_sql

Place = tuple[int, int]
"""A warehouse and a product."""


class Route(NamedTuple):
    """How a distributor is supplied: from where, and when what is ordered at a moment ships and arrives.

    `seller_id` is the distributor that sells, None where the company does.
    """

    warehouse_id: int
    schedule: Schedule
    calendar_id: int | None
    cut_off: time | None
    seller_id: int | None = None


def routes_from(text: str | None) -> dict[int, Route]:
    """The routes that `routes_as_json` answers, by their warehouse, in the order of their priority."""
    found: dict[int, Route] = {}
    for warehouse, seller, lead_days, cut_off_text, calendar, working_days in json.loads(text or "[]"):
        cut_off = time.fromisoformat(cut_off_text) if cut_off_text else None
        schedule = Schedule(lead_days=lead_days, cut_off=cut_off, calendar=working_days_from(working_days))
        found.setdefault(warehouse, Route(warehouse, schedule, calendar, cut_off, seller))
    return found


def routes_of(*, distributor_id: int, day: date) -> dict[int, Route]:
    """By which routes a distributor is supplied on a day, by their warehouse. One query."""
    routes = routes_as_json(supply_routes_sql("%(distributor)s", "%(day)s::date"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {routes}", {"distributor": distributor_id, "day": day})
        return routes_from(cursor.fetchone()[0])


def read_supplies(*, places: Iterable[Place], today: date) -> dict[Place, Supply]:
    """What lies in warehouses, what is expected there and who waits, by warehouse and product. Three queries."""
    wanted = set(places)
    if not wanted:
        return {}
    warehouses, products = sorted({one[0] for one in wanted}), sorted({one[1] for one in wanted})
    receipts: dict[Place, list[Dated]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            READ_RECEIPTS,
            {"warehouses": [one[0] for one in wanted], "products": [one[1] for one in wanted], "today": today},
        )
        for warehouse, product, day, pieces in cursor.fetchall():
            receipts.setdefault((warehouse, product), []).append(Dated(day, pieces))
    waiting: dict[Place, list[Dated]] = {}
    rows = BackOrder.objects.filter(warehouse__in=warehouses, product__in=products, quantity__gt=0)
    for warehouse, product, day, pieces in rows.values_list("warehouse_id", "product_id", "ship_on", "quantity"):
        waiting.setdefault((warehouse, product), []).append(Dated(day, pieces))
    stock = Stock.objects.filter(warehouse__in=warehouses, product__in=products)
    there = {
        (warehouse, product): (on_hand, reserved)
        for warehouse, product, on_hand, reserved in stock.values_list(
            "warehouse_id", "product_id", "on_hand", "reserved"
        )
    }
    return {
        place: Supply(
            on_hand=there.get(place, (0, 0))[0],
            reserved=there.get(place, (0, 0))[1],
            receipts=receipts.get(place, []),
            commitments=waiting.get(place, []),
        ).merged()
        for place in wanted
    }


class Waiting(NamedTuple):
    """Pieces of a line that wait, and the day on which they arrive; None where nobody knows."""

    pieces: int
    promised_on: date | None
    first_promised_on: date | None


def waiting_by_line(
    *, source_type: str, source_ids: Collection[int], with_filled: bool = False
) -> dict[int, list[Waiting]]:
    """What waits of the lines of documents, by line; `with_filled` also what was promised and came. One query."""
    found: dict[int, list[Waiting]] = {}
    counted = Q(quantity__gt=0) | Q(filled_at__isnull=False) if with_filled else Q(quantity__gt=0)
    rows = BackOrder.objects.filter(counted, source_type=source_type, source_id__in=source_ids)
    for line, *days in rows.values_list("source_line_id", "quantity", "promised_on", "first_promised_on"):
        found.setdefault(line, []).append(Waiting(*days))
    return found
