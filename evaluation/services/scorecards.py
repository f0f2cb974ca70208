"""Scorecards: saved, copied, put into use."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import InvalidInput, Problem
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from evaluation.enums import EvaluationEvent, Metric, ScorecardStatus
from evaluation.models import Criterion, Scorecard
from evaluation.models.scorecard import MINIMUM_COVERAGE
from evaluation.permissions import SCORECARD_STATES, can_edit_scorecards

HIGHEST = Decimal(100)
LONGEST_GRADE = 8


@dataclass(frozen=True, kw_only=True)
class CriterionInput:
    """A measure with its weight (positive; only the proportions count) and its band in units of the measure."""

    metric: str
    weight: Decimal
    floor: Decimal
    target: Decimal


@dataclass(frozen=True, kw_only=True)
class GradeInput:
    """A grade and the least score that earns it (0..100)."""

    name: str
    least: Decimal


@transaction.atomic
def save_scorecard(
    *,
    code: str,
    name: str,
    name_zh: str,
    criteria: Sequence[CriterionInput],
    grades: Sequence[GradeInput],
    actor: Actor,
    minimum_coverage: Decimal = MINIMUM_COVERAGE,
) -> Scorecard:
    """Write the draft of scorecard `code`: an existing draft is replaced, otherwise a new version is created.

    A version in force or retired is never changed. `minimum_coverage` is the share of the weight, in per cent (0..100),
    that must be measured for a grade and a rank. Returns the draft. Raises NotAllowed, and InvalidInput with one
    problem per fault (`criteria.2.weight`, `grades.0.name`).
    """
    require(can_edit_scorecards(actor))
    problems = [
        *_plain_problems(code, name),
        *_criteria_problems(criteria),
        *_grade_problems(grades),
        *_coverage_problems(minimum_coverage),
    ]
    if problems:
        raise InvalidInput(problems=problems)
    versions = Scorecard.objects.select_for_update().filter(code=code)
    draft = versions.filter(status=ScorecardStatus.DRAFT).first() or Scorecard(code=code, version=_next_version(code))
    draft.name, draft.name_zh, draft.minimum_coverage = name, name_zh, minimum_coverage
    draft.grades = [[grade.name, float(grade.least)] for grade in sorted(grades, key=lambda grade: -grade.least)]
    draft.save()
    _write_criteria(draft, criteria)
    record_event(
        kind=EvaluationEvent.SCORECARD_SAVED,
        subject_type="scorecard",
        subject_id=draft.pk,
        actor_id=actor.pk,
        data={"code": code, "version": draft.version},
    )
    return draft


@transaction.atomic
def activate_scorecard(*, scorecard_id: int, actor: Actor) -> Scorecard:
    """Put a draft in force; the version in force until now is retired. Raises NotAllowed, NotVisible, Conflict."""
    require(can_edit_scorecards(actor))
    code = Scorecard.objects.visible_to(actor).filter(pk=scorecard_id).values_list("code", flat=True).first()
    list(Scorecard.objects.select_for_update().filter(code=code).order_by("pk"))
    scorecard: Scorecard = lock_row(Scorecard.objects.visible_to(actor), scorecard_id)
    SCORECARD_STATES.advance(scorecard, "activate")
    for old in Scorecard.objects.filter(code=code, status=ScorecardStatus.ACTIVE):
        SCORECARD_STATES.advance(old, "retire")
        old.save(update_fields=["status"])
    scorecard.save(update_fields=["status"])
    record_event(
        kind=EvaluationEvent.SCORECARD_ACTIVATED,
        subject_type="scorecard",
        subject_id=scorecard.pk,
        actor_id=actor.pk,
        data={"code": scorecard.code, "version": scorecard.version},
    )
    return scorecard


def _write_criteria(draft: Scorecard, criteria: Sequence[CriterionInput]) -> None:
    Criterion.objects.filter(scorecard=draft).delete()
    Criterion.objects.bulk_create(
        Criterion(
            scorecard=draft,
            metric=criterion.metric,
            weight=criterion.weight,
            floor=criterion.floor,
            target=criterion.target,
            position=position,
        )
        for position, criterion in enumerate(criteria)
    )


def _next_version(code: str) -> int:
    found = Scorecard.objects.filter(code=code).aggregate(last=Max("version"))
    return int(found["last"] or 0) + 1


def _plain_problems(code: str, name: str) -> list[Problem]:
    return [
        Problem(field=field, code="required", message=_("This field is required."))
        for field, value in (("code", code), ("name", name))
        if not value.strip()
    ]


def _criteria_problems(criteria: Sequence[CriterionInput]) -> list[Problem]:
    if not criteria:
        return [Problem(field="criteria", code="required", message=_("A scorecard needs at least one measure."))]
    problems = []
    seen: set[str] = set()
    for index, criterion in enumerate(criteria):
        if criterion.metric not in Metric.values:
            problems.append(Problem(field=f"criteria.{index}.metric", message=_("Unknown measure.")))
        if criterion.metric in seen:
            problems.append(Problem(field=f"criteria.{index}.metric", message=_("This measure is already included.")))
        if criterion.weight <= 0:
            problems.append(Problem(field=f"criteria.{index}.weight", message=_("The weight must be more than zero.")))
        if criterion.floor == criterion.target:
            problems.append(
                Problem(field=f"criteria.{index}.target", message=_("The values at 0 and at 100 points must differ."))
            )
        seen.add(criterion.metric)
    return problems


def _coverage_problems(minimum_coverage: Decimal) -> list[Problem]:
    if 0 <= minimum_coverage <= HIGHEST:
        return []
    return [Problem(field="minimum_coverage", message=_("A share of the weight must be between 0 and 100."))]


def _grade_problems(grades: Sequence[GradeInput]) -> list[Problem]:
    if not grades:
        return [Problem(field="grades", code="required", message=_("A scorecard needs at least one grade."))]
    problems = []
    for index, grade in enumerate(grades):
        if not grade.name.strip() or len(grade.name) > LONGEST_GRADE:
            problems.append(Problem(field=f"grades.{index}.name", message=_("A grade name has 1 to 8 characters.")))
        if not 0 <= grade.least <= HIGHEST:
            problems.append(Problem(field=f"grades.{index}.least", message=_("A score must be between 0 and 100.")))
    if len({grade.name for grade in grades}) < len(grades) or len({grade.least for grade in grades}) < len(grades):
        problems.append(Problem(field="grades", message=_("Each grade needs its own name and minimum score.")))
    if min(grade.least for grade in grades) != 0:
        problems.append(Problem(field="grades", message=_("The lowest grade must start at 0.")))
    return problems
