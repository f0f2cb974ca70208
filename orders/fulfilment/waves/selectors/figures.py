"""What the lists of the warehouse say beside their rows. A fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from core.models.base import localised
from core.sentences import listed
from inventory.models import Reservation, Warehouse
from orders.fulfilment.waves.models import Pick, Wave, WaveLine
from orders.ordering.enums import ORDER
from orders.ordering.models import Order


def give_figures(waves: Sequence[Wave]) -> Sequence[Wave]:
    """Each wave with its `orders`, and the pieces `listed`, `picked` and `short`. Two queries."""
    ids = [wave.pk for wave in waves]
    orders = WaveLine.objects.filter(wave__in=ids).order_by().values("wave")
    counts = dict(orders.annotate(count=Count("order_line__order", distinct=True)).values_list("wave", "count"))
    sums = (
        Pick.objects.filter(line__wave__in=ids)
        .order_by()
        .values("line__wave")
        .annotate(
            listed=Sum("quantity"),
            taken=Coalesce(Sum("picked"), 0),
            short=Coalesce(Sum(F("quantity") - F("picked"), filter=Q(picked__isnull=False)), 0),
        )
    )
    of_wave = {row["line__wave"]: row for row in sums}
    for wave in waves:
        row = of_wave.get(wave.pk, {})
        figures: Any = wave
        figures.orders = counts.get(wave.pk, 0)
        figures.listed, figures.picked, figures.short = row.get("listed", 0), row.get("taken", 0), row.get("short", 0)
    return waves


def give_pieces(orders: Sequence[Order], warehouse_id: int | None = None) -> Sequence[Order]:
    """Each order with the pieces that are `there`, in how many lines, and in which warehouses. Two queries."""
    rows = Reservation.objects.filter(source_type=ORDER, source_id__in=[order.pk for order in orders], quantity__gt=0)
    if warehouse_id is not None:
        rows = rows.filter(warehouse=warehouse_id)
    there: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for order, warehouse, pieces in rows.values_list("source_id", "warehouse_id", "quantity"):
        there[order].append((warehouse, pieces))
    known = Warehouse.objects.in_bulk({warehouse for some in there.values() for warehouse, _pieces in some})
    for order in orders:
        found = there[order.pk]
        row: Any = order
        row.there, row.lines_there = sum(pieces for _warehouse, pieces in found), len(found)
        row.warehouses = listed(known[pk].display_name for pk in dict.fromkeys(pk for pk, _pieces in found))
    return orders


def next_places(wave: Wave, most: int) -> list[dict[str, Any]]:
    """Where to go next, in the order of the walk: the open picks of a product and lot together. One query."""
    product = "line__order_line__product"
    rows = Pick.objects.filter(line__wave=wave, picked=None).order_by("zone", "place", f"{product}__code", "lot__code")
    sums = rows.values("zone", "place", "lot__code", f"{product}__code", f"{product}__name", f"{product}__name_zh")
    return [
        {
            "zone": row["zone"],
            "place": row["place"],
            "lot": row["lot__code"] or "",
            "code": row[f"{product}__code"],
            "name": localised(row[f"{product}__name"], row[f"{product}__name_zh"]),
            "pieces": row["pieces"],
        }
        for row in sums.annotate(pieces=Sum("quantity"))[:most]
    ]
