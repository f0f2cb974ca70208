"""When goods on their way are likely to arrive, from what shipments of the same lane took before."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import Shipment

LEAST = 5
"""Fewer shipments than that say nothing."""
HISTORY = timedelta(days=180)

_LANES = """
SELECT given.id, count(*) AS shipments,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY earlier.days) AS median,
    percentile_cont(0.9) WITHIN GROUP (ORDER BY earlier.days) AS most
FROM unnest(%(ids)s::bigint[]) AS given (id)
JOIN orders_shipment AS shipment ON shipment.id = given.id
JOIN orders_order AS bought ON bought.id = shipment.order_id
JOIN LATERAL (
    SELECT (past.delivered_at AT TIME ZONE %(zone)s)::date - (past.shipped_at AT TIME ZONE %(zone)s)::date AS days
    FROM orders_order AS before
    JOIN orders_shipment AS past ON past.order_id = before.id
    WHERE before.distributor_id = bought.distributor_id AND before.ordered_at > %(since)s - interval '90 days'
      AND past.shipped_at > %(since)s AND past.delivered_at >= past.shipped_at
      AND past.warehouse_id IS NOT DISTINCT FROM shipment.warehouse_id
      AND past.carrier_id IS NOT DISTINCT FROM shipment.carrier_id
) AS earlier ON true
GROUP BY given.id
HAVING count(*) >= %(least)s
"""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Half of the earlier shipments were there by `median_on`, nine of ten by `most_on`; it rests on `shipments`."""

    median_on: date
    most_on: date
    shipments: int


def estimated_arrivals(shipments: Sequence[Shipment], *, now: datetime) -> dict[int, Arrival]:
    """Of shipments on their way, by id: from the lane of warehouse, distributor and carrier in the last half year.

    Nothing where fewer than five shipments of the lane arrived. Days are whole ones, rounded up. At most one query.
    """
    open_ones = {one.pk: one for one in shipments if one.status == ShipmentStatus.SHIPPED}
    if not open_ones:
        return {}
    values: dict[str, Any] = {
        "ids": list(open_ones),
        "zone": settings.TIME_ZONE,
        "since": now - HISTORY,
        "least": LEAST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LANES, values)
        found = cursor.fetchall()
    return {pk: _arrival(open_ones[pk], count, median, most) for pk, count, median, most in found}


def _arrival(shipment: Shipment, count: int, median: float, most: float) -> Arrival:
    left = timezone.localdate(shipment.shipped_at)
    return Arrival(
        median_on=left + timedelta(days=math.ceil(median)),
        most_on=left + timedelta(days=math.ceil(most)),
        shipments=count,
    )
