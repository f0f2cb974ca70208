"""Duties: what somebody answers for, how often it must happen, and which events show that it did."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.enums import AccountsEvent
from accounts.models import Duty
from accounts.permissions import can_change_duties
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput
from core.events import record_event
from core.importing import Counts, Stage
from core.importing.counts import RowsRefused
from core.importing.staging import rows, run
from core.importing.upsert import upsert
from core.locks import lock_row
from core.permissions import require
from core.registry import registry
from core.sentences import listed

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


def write_duties(stage: Stage) -> Mapping[str, Counts]:
    """Duties by their code. The events that count as doing one are codes or names of events, with semicolons between."""
    if stage.is_mapped("done_by"):
        known = _events_by_name()
        given = rows(f"SELECT _n, done_by FROM {stage.relation}")  # noqa: S608 - the name of the staging relation
        kinds = [(place, [known.get(name.casefold(), "") for name in _names(cell)]) for place, cell in given]
        faults = [
            (place, "done_by", _("There is no such event: %(kinds)s.") % {"kinds": listed(_strangers(cell, known))})
            for place, cell in given
            if _strangers(cell, known)
        ]
        if faults:
            raise RowsRefused(sorted(faults))
        run(f"ALTER TABLE {stage.relation} ADD COLUMN event_kinds varchar[] NOT NULL DEFAULT '{{}}'")
        run(
            f"UPDATE {stage.relation} AS s SET event_kinds = string_to_array(given.kinds, ';') "  # noqa: S608 - the name of the staging relation
            "FROM unnest(%s::integer[], %s::text[]) AS given (place, kinds) WHERE s._n = given.place AND given.kinds <> ''",
            [[place for place, _kinds in kinds], [";".join(found) for _place, found in kinds]],
        )
        stage.expressions["done_by"] = stage.extra["done_by"] = "s.event_kinds"
    return {"duty": upsert(stage)}


def _names(cell: str | None) -> Sequence[str]:
    return [name.strip() for name in re.split(r"[;；\n]", cell or "") if name.strip()]


def _strangers(cell: str | None, known: Mapping[str, str]) -> Sequence[str]:
    return [name for name in _names(cell) if name.casefold() not in known]


def _events_by_name() -> dict[str, str]:
    """Kinds of events by their code and by what they are called in each language."""
    kinds = registry.event_kinds.keys()
    found = {kind: kind for kind in kinds}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(registry.event_kinds[kind]).casefold(): kind for kind in kinds}
    return found


def _check(values: dict[str, Any]) -> None:
    kinds: Collection[str] = values.get("done_by", ())
    unknown = sorted(set(kinds) - set(registry.event_kinds.keys()))
    if unknown:
        message = _("There is no such event: %(kinds)s.") % {"kinds": listed(unknown)}
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
