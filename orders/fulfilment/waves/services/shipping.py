"""A wave is shipped: what was picked of its orders leaves, all at once."""

from collections import defaultdict
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput
from orders.fulfilment.models import Shipment
from orders.fulfilment.services.serials import Serials
from orders.fulfilment.services.shipping import ChosenPieces, OrderToShip, lock_to_fulfil, ship_locked
from orders.fulfilment.waves.enums import WaveEvent
from orders.fulfilment.waves.permissions import WAVE_STATES
from orders.fulfilment.waves.services.picking import picks_of
from orders.fulfilment.waves.services.recording import lock_wave, record_wave_event

_CLOSE = """
UPDATE orders_waveline AS part SET is_open = FALSE, shipment_id = (
    SELECT sent.shipment_id FROM orders_shipmentline AS sent
    WHERE sent.order_line_id = part.order_line_id AND sent.shipment_id = ANY(%(shipments)s)
)
WHERE part.wave_id = %(wave)s
"""


def ship_wave(
    *,
    wave_id: int,
    actor: Actor,
    now: datetime,
    carrier_id: int | None = None,
    serials: Serials | None = None,
    expected_version: int | None = None,
) -> list[Shipment]:
    """Ship all that was picked of a wave: one shipment an order, all or none, in the lots that were picked.

    Each gets the carrier; `serials` are those of products that have them, by line of its order. What was short stays open on
    its order. Records one event of the wave, and one of each order. The number of statements
    does not depend on how many orders there are. Raises NotVisible, NotAllowed, StaleVersion, Conflict (not all picks are
    recorded, nothing was picked, or what `ship_order` raises, a problem an order), ShipmentRefused, InvalidInput
    at `serials.<line>`.
    """
    with explained(), transaction.atomic():
        wave = lock_wave(wave_id=wave_id, actor=actor, expected_version=expected_version)
        WAVE_STATES.advance(wave, "ship")
        quantities: dict[int, dict[int, int]] = defaultdict(dict)
        lots: dict[int, dict[int, dict[int, int]]] = defaultdict(dict)
        for pick in picks_of(wave):
            if pick.picked:
                order, line = pick.line.order_line.order_id, pick.line.order_line_id
                quantities[order][line] = quantities[order].get(line, 0) + pick.picked
                if pick.lot_id is not None:
                    lots[order].setdefault(line, {})[pick.lot_id] = pick.picked
        if not quantities:
            raise Conflict(_("Nothing was picked: cancel the wave instead."), code="nothing_picked")
        given = serials or {}
        known = {line for some in quantities.values() for line in some}
        if foreign := [line for line in given if line not in known]:
            message = _("This line is not in the wave, or nothing of it was picked.")
            raise InvalidInput(message, code="unknown", field=f"serials.{foreign[0]}")
        shipments = ship_locked(
            lock_to_fulfil(order_ids=quantities, actor=actor),
            [
                OrderToShip(
                    order_id=pk,
                    quantities=some,
                    chosen=ChosenPieces(lots=lots[pk], serials={line: given[line] for line in some if line in given}),
                )
                for pk, some in quantities.items()
            ],
            actor=actor,
            now=now,
            carrier_id=carrier_id,
            wave_id=wave.pk,
        )
        with connection.cursor() as cursor:
            cursor.execute(_CLOSE, {"wave": wave.pk, "shipments": [shipment.pk for shipment in shipments]})
        wave.shipped_at, wave.shipped_by_id = now, actor.pk
        wave.save(update_fields=["status", "shipped_at", "shipped_by"])
        record_wave_event(
            wave, WaveEvent.SHIPPED, actor=actor, now=now, order_ids=sorted(quantities), shipments=len(shipments),
            units=sum(sum(some.values()) for some in quantities.values()),
        )  # fmt: skip
    return shipments
