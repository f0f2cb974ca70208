"""A wave is locked before its orders, which are locked before their stock."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F

from core.actors import Actor
from core.events import ExtraSubject, record_event
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from orders.fulfilment.waves.enums import WAVE, WaveEvent
from orders.fulfilment.waves.models import Wave
from orders.fulfilment.waves.permissions import can_work_on


def lock_wave(*, wave_id: int, actor: Actor | None, expected_version: int | None) -> Wave:
    """The wave under FOR UPDATE. Raises NotVisible, NotAllowed, StaleVersion. `actor` None is the program itself."""
    rows = Wave.objects.all() if actor is None else Wave.objects.visible_to(actor)
    wave: Wave = lock_row(rows.select_related("warehouse"), wave_id)
    if actor is not None:
        require(can_work_on(actor, wave))
    check_version(wave, expected_version)
    return wave


def record_wave_event(
    wave: Wave,
    kind: WaveEvent,
    *,
    actor: Actor | None,
    now: datetime,
    order_ids: Sequence[int] = (),
    **data: Any,
) -> None:
    """One event of a wave, which stands in the history of `order_ids`, too; it is another version then.

    Before: the wave is locked or new.
    """
    Wave.objects.filter(pk=wave.pk).update(status=F("status"))  # whoever saw it before sees it anew
    record_event(
        kind=kind.value,
        subject_type=WAVE,
        subject_id=wave.pk,
        actor_id=actor.pk if actor else None,
        extra_subjects=[ExtraSubject("order", order, "order") for order in order_ids],
        data={"number": wave.number, "warehouse": wave.warehouse.code, **data},
        at=now,
    )
