"""Templates of assignment: written, and applied to a distributor."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Distributor, Duty, Responsibility, User
from accounts.permissions import can_be_responsible
from accounts.services.responsibilities.assignments import DutyOf, assign_selection, lock_distributors
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, NotVisible, Problem
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from responsibility.enums import ResponsibilityEvent
from responsibility.models import AssignmentTemplate, AssignmentTemplateLine
from responsibility.permissions import can_apply_templates, can_change_templates
from responsibility.selectors.templates import candidates_by_role, template_for

FIELDS = ("name", "name_zh", "territory_id", "channel_kind", "is_active")


@dataclass(frozen=True, kw_only=True)
class LineInput:
    """Who is given one duty: a person, or whoever of a role has the least to do."""

    duty_id: int
    person_id: int | None = None
    role: str = ""
    stand_in_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class AppliedTemplate:
    """What a template did: `assigned` are new, `left` are duties in use for which nobody answers still."""

    template: AssignmentTemplate | None
    assigned: Sequence[Responsibility]
    left: Sequence[Duty]


def create_template(*, actor: Actor, code: str, lines: Sequence[LineInput], **values: Any) -> AssignmentTemplate:
    """Make a template. Records one event. Raises NotAllowed, InvalidInput (code, people, lines)."""
    with explained(), transaction.atomic():
        require(can_change_templates(actor))
        _check_lines(lines)
        template = AssignmentTemplate(code=code, **{name: values[name] for name in FIELDS if name in values})
        template.save(force_insert=True)
        _write_lines(template, lines)
        _record(ResponsibilityEvent.TEMPLATE_CREATED, template, actor, lines)
    return template


def change_template(
    *,
    actor: Actor,
    template_id: int,
    lines: Sequence[LineInput],
    expected_version: int | None = None,
    **values: Any,
) -> AssignmentTemplate:
    """Change a template; who was assigned by it stays. Records one event. Raises as `create_template`, StaleVersion."""
    with explained(), transaction.atomic():
        template: AssignmentTemplate = lock_row(AssignmentTemplate.objects.visible_to(actor), template_id)
        require(can_change_templates(actor, template))
        check_version(template, expected_version)
        _check_lines(lines)
        for name in FIELDS:
            if name in values:
                setattr(template, name, values[name])
        template.save(update_fields=[name.removesuffix("_id") for name in FIELDS])
        template.lines.all().delete()
        _write_lines(template, lines)
        _record(ResponsibilityEvent.TEMPLATE_CHANGED, template, actor, lines)
    return template


def apply_assignment_template(
    *,
    distributor_id: int,
    actor: Actor,
    on: date | None = None,
    template_id: int | None = None,
    now: datetime | None = None,
) -> AppliedTemplate:
    """From `on` (today), give each duty of the template that nobody answers for to its person, or to one of its role.

    Without `template_id` that of the distributor's territory and kind of channel. Whoever cannot answer (inactive, about to
    leave before, no longer of the brand owner) is passed over: the duty is among those `left`. Without a template, nothing
    is assigned and every open duty is left. One transaction; records an event a duty and one for the template.

    Raises NotVisible, NotAllowed.
    """
    at = now or timezone.now()
    day = on or timezone.localdate(at)
    with transaction.atomic():
        require(can_apply_templates(actor))
        lock_distributors(actor, {distributor_id})
        distributor = Distributor.objects.get(pk=distributor_id)
        template = _template(actor, distributor, template_id)
        open_duties = _open_duties(distributor_id, day)
        groups = _people(template, distributor, open_duties, day) if template else {}
        assigned: list[Responsibility] = []
        for (user_id, stand_in_id), duty_ids in sorted(groups.items(), key=lambda one: one[1]):
            assigned += assign_selection(
                actor=actor,
                selection=[DutyOf(distributor_id=distributor_id, duty_id=pk) for pk in duty_ids],
                user_id=user_id,
                stand_in_id=stand_in_id,
                starts_on=day,
                now=at,
            )
        done = {row.duty_id for row in assigned}
        left = [duty for duty in open_duties if duty.pk not in done]
        if template is not None:
            _record_applied(template, distributor, actor, assigned, left, at)
    return AppliedTemplate(template=template, assigned=assigned, left=left)


def apply_templates(
    *, distributor_ids: Sequence[int], actor: Actor, on: date | None = None, template_id: int | None = None
) -> list[AppliedTemplate]:
    """The same for several distributors, all or nothing. They are locked together first, in their order."""
    with transaction.atomic():
        require(can_apply_templates(actor))
        lock_distributors(actor, set(distributor_ids))
        return [
            apply_assignment_template(distributor_id=pk, actor=actor, on=on, template_id=template_id)
            for pk in sorted(distributor_ids)
        ]


def _template(actor: Actor, distributor: Distributor, template_id: int | None) -> AssignmentTemplate | None:
    if template_id is None:
        return template_for(distributor)
    template: AssignmentTemplate | None = AssignmentTemplate.objects.visible_to(actor).filter(pk=template_id).first()
    if template is None:
        raise NotVisible
    return template


def _open_duties(distributor_id: int, day: date) -> list[Duty]:
    """Duties in use for which nobody answers from the day on."""
    taken = Responsibility.objects.from_day(day).filter(distributor=distributor_id).order_by().values("duty")
    return list(Duty.objects.filter(is_active=True).exclude(pk__in=taken))


def _people(
    template: AssignmentTemplate, distributor: Distributor, duties: Sequence[Duty], day: date
) -> dict[tuple[int, int | None], list[int]]:
    """The duties of each person and stand-in. The same role of several duties is one person."""
    wanted = {duty.pk for duty in duties}
    lines = [line for line in template.lines.order_by("duty__position", "duty__code") if line.duty_id in wanted]
    by_role = candidates_by_role({line.role for line in lines if line.role}, distributor, day)
    able = _able({pk for line in lines for pk in (line.person_id, line.stand_in_id) if pk}, day)
    groups: dict[tuple[int, int | None], list[int]] = defaultdict(list)
    for line in lines:
        person = line.person_id if line.person_id in able else by_role.get(line.role)
        stand_in = line.stand_in_id if line.stand_in_id in able and line.stand_in_id != person else None
        if person is not None:
            groups[person, stand_in].append(line.duty_id)
    return groups


def _able(ids: set[int], day: date) -> set[int]:
    people = User.objects.with_memberships().filter(pk__in=ids)
    return {
        person.pk
        for person in people
        if can_be_responsible(person) and (person.leaves_on is None or person.leaves_on >= day)
    }


def _check_lines(lines: Sequence[LineInput]) -> None:
    duties = set(Duty.objects.filter(is_active=True).values_list("pk", flat=True))
    people = _able({pk for line in lines for pk in (line.person_id, line.stand_in_id) if pk}, timezone.localdate())
    problems = []
    for line in lines:
        named = {"person": line.person_id, "stand_in": line.stand_in_id}
        problems += [
            Problem(
                message=_("Choose an active person of the brand owner."),
                code="cannot_answer",
                field=f"{name}_{line.duty_id}",
            )
            for name, pk in named.items()
            if pk is not None and pk not in people
        ]
        if line.person_id is not None and line.person_id == line.stand_in_id:
            problems.append(
                Problem(message=_("The stand-in must be somebody else."), code="same", field=f"stand_in_{line.duty_id}")
            )
    if not lines or {line.duty_id for line in lines} - duties:
        problems.append(Problem(message=_("Say of at least one duty who is given it."), code="no_lines", field=""))
    if problems:
        raise InvalidInput(problems=problems)


def _write_lines(template: AssignmentTemplate, lines: Sequence[LineInput]) -> None:
    AssignmentTemplateLine.objects.bulk_create(
        AssignmentTemplateLine(
            template=template,
            duty_id=line.duty_id,
            person_id=line.person_id,
            role=line.role,
            stand_in_id=line.stand_in_id,
        )
        for line in lines
    )


def _record(kind: ResponsibilityEvent, template: AssignmentTemplate, actor: Actor, lines: Sequence[LineInput]) -> None:
    data = {
        "code": template.code,
        "lines": [
            {"duty": one.duty_id, "person": one.person_id, "role": one.role, "stand_in": one.stand_in_id}
            for one in lines
        ],
    }
    record_event(kind=kind, subject_type="assignment_template", subject_id=template.pk, actor_id=actor.pk, data=data)


def _record_applied(
    template: AssignmentTemplate,
    distributor: Distributor,
    actor: Actor,
    assigned: Sequence[Responsibility],
    left: Sequence[Duty],
    at: datetime,
) -> None:
    record_event(
        kind=ResponsibilityEvent.TEMPLATE_APPLIED,
        subject_type="distributor",
        subject_id=distributor.pk,
        distributor_id=distributor.pk,
        actor_id=actor.pk,
        data={"template": template.code, "duties": len(assigned), "left": [duty.pk for duty in left]},
        at=at,
    )
