"""Duties: what somebody answers for, how often it must happen, and which events show that it did."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import AccountsEvent
from accounts.models import Duty
from accounts.permissions import can_change_duties
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from core.registry import registry

FIELDS = (
    "name", "name_zh", "covers", "covers_zh", "cadence", "cadence_unit", "done_by", "position", "is_active",
)  # fmt: skip


def create_duty(*, actor: Actor, code: str, **values: Any) -> Duty:
    """A new duty: every ordering distributor has a gap in it until somebody answers. Records one event.

    `values` are of `FIELDS`. Raises NotAllowed, InvalidInput (code in use, cadence without unit, an event that is not
    declared).
    """
    with explained(), transaction.atomic():
        require(can_change_duties(actor))
        _check(values)
        duty = Duty(code=code, **values)
        duty.save(force_insert=True)
        _record(AccountsEvent.DUTY_CREATED, duty, actor, values)
    return duty


def change_duty(*, actor: Actor, duty_id: int, **values: Any) -> Duty:
    """Change what is said of a duty, or take it out of use. Records one event with what changed. Raises likewise."""
    with explained(), transaction.atomic():
        duty: Duty = lock_row(Duty.objects.visible_to(actor), duty_id)
        require(can_change_duties(actor, duty))
        _check(values)
        changed = {name: value for name, value in values.items() if getattr(duty, name) != value}
        for name, value in changed.items():
            setattr(duty, name, value)
        if changed:
            duty.save(update_fields=list(changed))
            _record(AccountsEvent.DUTY_CHANGED, duty, actor, changed)
    return duty


def _check(values: dict[str, Any]) -> None:
    kinds: Collection[str] = values.get("done_by", ())
    unknown = sorted(set(kinds) - set(registry.event_kinds.keys()))
    if unknown:
        message = _("There is no such event: %(kinds)s.") % {"kinds": ", ".join(unknown)}
        raise InvalidInput(message, code="unknown_event", field="done_by")
    if "cadence" in values and (values["cadence"] is None) != (not values.get("cadence_unit")):
        raise InvalidInput(_("Say how often and in which unit of time, or neither."), code="cadence", field="cadence")


def _record(kind: AccountsEvent, duty: Duty, actor: Actor, values: dict[str, Any]) -> None:
    record_event(
        kind=kind,
        subject_type="duty",
        subject_id=duty.pk,
        actor_id=actor.pk,
        data={"code": duty.code, **values},
        publish=False,
    )
