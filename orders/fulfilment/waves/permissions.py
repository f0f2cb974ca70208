"""The steps of a wave, and who may take them: whoever picks and ships for the owner of its warehouse."""

from typing import Any

from django.utils.translation import pgettext_lazy

from core.actors import Actor
from core.state import StateTable, Transition
from orders.fulfilment.waves.enums import OPEN_WAVES, WaveEvent, WaveStatus
from orders.permissions import can_handle, sells


def can_work_on(actor: Actor, wave: Any = None) -> bool:
    """Whoever picks and ships the orders of the warehouse's owner; without a wave, whether there can be any."""
    return can_handle(actor, wave) if wave is not None else can_handle(actor) or sells(actor)


WAVE_STATES = StateTable(
    field="status",
    states=WaveStatus,
    transitions=[
        Transition(
            action="pick",
            event=WaveEvent.PICKED,
            sources=OPEN_WAVES,
            target=WaveStatus.PICKED,
            label=pgettext_lazy("wave", "All picked as listed"),
            permission=can_work_on,
        ),
        Transition(
            action="pick_partly",
            event=WaveEvent.PICKED,
            sources=OPEN_WAVES,
            target=WaveStatus.OPEN,
            label=pgettext_lazy("wave", "Record picks"),
        ),
        Transition(
            action="ship",
            event=WaveEvent.SHIPPED,
            sources=frozenset({WaveStatus.PICKED}),
            target=WaveStatus.SHIPPED,
            label=pgettext_lazy("wave", "Ship all"),
            permission=can_work_on,
        ),
        Transition(
            action="cancel",
            event=WaveEvent.CANCELLED,
            sources=OPEN_WAVES,
            target=WaveStatus.CANCELLED,
            label=pgettext_lazy("wave", "Cancel wave"),
            permission=can_work_on,
            dangerous=True,
        ),
    ],
)
