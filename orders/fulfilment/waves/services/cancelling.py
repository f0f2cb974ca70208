"""A wave is called off, or one order of it: its lots are anybody's again."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from core.actors import Actor
from core.constraints import explained
from core.errors import NotVisible
from core.models import Event
from inventory.services.lot_binding import unbind_lots
from orders.fulfilment.waves.enums import WaveEvent, WaveStatus
from orders.fulfilment.waves.models import Pick, Wave, WaveLine
from orders.fulfilment.waves.permissions import WAVE_STATES
from orders.fulfilment.waves.services.recording import lock_wave, record_wave_event
from orders.ordering.enums import ORDER, OrderEvent
from orders.ordering.services.locking import lock_orders

TOPICS = (OrderEvent.CANCELLED, OrderEvent.REST_CANCELLED)


def cancel_wave(*, wave_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Wave:
    """Give up a wave that is not shipped: its orders stay as they are, bound to no lot.

    Records one event. Raises NotVisible, NotAllowed, StaleVersion, Conflict.
    """
    with explained(), transaction.atomic():
        wave = lock_wave(wave_id=wave_id, actor=actor, expected_version=expected_version)
        WAVE_STATES.advance(wave, "cancel")
        order_ids = _unbind(list(WaveLine.objects.filter(wave=wave).select_related("order_line__product")))
        WaveLine.objects.filter(wave=wave).update(is_open=False)
        wave.save(update_fields=["status"])
        record_wave_event(wave, WaveEvent.CANCELLED, actor=actor, now=now, order_ids=sorted(order_ids))
    wave.refresh_from_db()
    return wave


def take_out(
    *,
    wave_id: int,
    order_id: int,
    actor: Actor | None,
    now: datetime,
    expected_version: int | None = None,
) -> Wave:
    """Take an order out of a wave that is not shipped; without orders the wave is cancelled.

    Records one event. Raises NotVisible (also where the order is not in it), NotAllowed, StaleVersion, Conflict.
    """
    with explained(), transaction.atomic():
        wave = lock_wave(wave_id=wave_id, actor=actor, expected_version=expected_version)
        lines = list(WaveLine.objects.filter(wave=wave).select_related("order_line__product"))
        mine = [line for line in lines if line.order_line.order_id == order_id]
        if not mine:
            raise NotVisible
        _unbind(mine)
        if len(mine) == len(lines):
            WAVE_STATES.advance(wave, "cancel")
            WaveLine.objects.filter(wave=wave).update(is_open=False)
        else:
            WaveLine.objects.filter(pk__in=[line.pk for line in mine]).delete()
            is_ready = not Pick.objects.filter(line__wave=wave, picked=None).exists()
            WAVE_STATES.advance(wave, "pick" if is_ready else "pick_partly")
            wave.picked_at = (wave.picked_at or now) if is_ready else None
        wave.save(update_fields=["status", "picked_at"])
        order = mine[0].order_line.order
        kind = WaveEvent.CANCELLED if wave.status == WaveStatus.CANCELLED else WaveEvent.TAKEN_OUT
        record_wave_event(wave, kind, actor=actor, now=now, order_ids=[order_id], order=order.reference)
    wave.refresh_from_db()
    return wave


def take_out_called_off(event: Event) -> None:
    """Outbox consumer: an order, or what was left of it, was called off. Running it again changes nothing."""
    open_lines = WaveLine.objects.filter(order_line__order=event.subject_id, is_open=True)
    for wave in sorted(set(open_lines.values_list("wave", flat=True))):
        take_out(wave_id=wave, order_id=event.subject_id, actor=None, now=event.at)


def _unbind(lines: Collection[WaveLine]) -> set[int]:
    order_ids = {line.order_line.order_id for line in lines}
    lock_orders(order_ids=order_ids, actor=None)
    tracked = [line.order_line for line in lines if line.order_line.product.tracks_lots]
    unbind_lots(source_type=ORDER, source_lines=[(line.order_id, line.pk) for line in tracked])
    return order_ids
