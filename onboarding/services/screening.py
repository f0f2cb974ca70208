"""The screening: marks with what they rest on, the end of the assessment, and the revisions of its weights."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from channel.services.scans import keep_file, removed_on_failure
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput
from core.events import record_event
from core.idempotency import lock_number
from core.permissions import require
from messaging.services.files import Attachment
from onboarding.enums import ApplicationEvent, ApplicationStatus, Criterion
from onboarding.models import Application, ApplicationMark, ScreeningPolicy
from onboarding.permissions import APPLICATION_STATES, can_check_applications, can_manage_templates
from onboarding.rules import DEFAULT_WEIGHTS, HUNDRED
from onboarding.selectors.applications import score_of_application
from onboarding.services.applying import record
from onboarding.services.reviewing import fresh, lock_application


def current_policy() -> ScreeningPolicy:
    """The newest weights; the first revision is made when it is first needed. Before: inside a transaction."""
    found = ScreeningPolicy.objects.order_by("-revision").first()
    if found is None:
        found, _is_new = ScreeningPolicy.objects.get_or_create(
            revision=1, defaults={**DEFAULT_WEIGHTS, "set_at": timezone.now()}
        )
    return found


def set_policy(*, weights: Mapping[str, int], needs_second_person: bool, actor: Actor) -> ScreeningPolicy:
    """Write the next revision of the weights, in percent. Assessments that began keep theirs. Records one event.

    Raises NotAllowed, InvalidInput where they do not add up to a hundred.
    """
    require(can_manage_templates(actor))
    if set(weights) != set(Criterion.values) or sum(weights.values()) != HUNDRED or min(weights.values()) < 0:
        raise InvalidInput(_("The weights must add up to 100."), code="weights")
    with explained(), transaction.atomic():
        _one_at_a_time()
        newest = ScreeningPolicy.objects.aggregate(newest=Max("revision"))["newest"] or 0
        policy = ScreeningPolicy.objects.create(
            revision=newest + 1,
            **weights,
            needs_second_person=needs_second_person,
            set_by_id=actor.pk,
            set_at=timezone.now(),
        )
        record_event(
            kind=ApplicationEvent.POLICY_SET,
            subject_type="screening_policy",
            subject_id=policy.pk,
            actor_id=actor.pk,
            data={"revision": policy.revision, "weights": dict(weights), "second_person": needs_second_person},
        )
    return policy


def set_mark(
    *,
    application_id: int,
    criterion: str,
    mark: Decimal,
    evidence_text: str,
    actor: Actor,
    evidence: Attachment | None = None,
) -> ApplicationMark:
    """Mark one criterion from 0 to 100 with what it rests on, in place of the mark before. Records one event.

    The first mark takes the weights of the day. Raises NotVisible, NotAllowed, Conflict unless the documents are checked
    and the assessment is not finished, InvalidInput at `criterion`, `mark`, `evidence_text`, `evidence`.
    """
    with explained(), removed_on_failure() as written, transaction.atomic():
        application = lock_application(application_id, actor, None, can_check_applications)
        if application.status != ApplicationStatus.CHECKED:
            raise Conflict(_("Marks are given once the documents are checked."), code="wrong_state")
        if criterion not in Criterion.values:
            raise InvalidInput(_("Choose a criterion."), code="required", field="criterion")
        if not 0 <= mark <= HUNDRED:
            raise InvalidInput(_("A mark is from 0 to 100."), code="range", field="mark")
        if not evidence_text.strip():
            raise InvalidInput(_("Say what the mark rests on."), code="required", field="evidence_text")
        _take_policy(application)
        row = application.marks.filter(criterion=criterion).first()
        before = None if row is None else str(row.mark)
        row = row or ApplicationMark(application=application, criterion=criterion)
        row.mark, row.evidence_text = mark, evidence_text.strip()
        row.marked_by_id, row.marked_at = actor.pk, timezone.now()
        if evidence is not None:
            written.append(keep_file(row, "evidence", evidence, field="evidence"))
        row.save()
        record(application, ApplicationEvent.MARKED, actor, criterion=criterion, before=before, mark=str(mark))
    return row


def finish_assessment(*, application_id: int, actor: Actor, expected_version: int | None) -> Application:
    """The marks are given; what is not measured stays open and the score provisional. Records one event with the score.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict by the state table, InvalidInput without any mark.
    """
    with explained(), transaction.atomic():
        application = lock_application(application_id, actor, expected_version, can_check_applications)
        APPLICATION_STATES.advance(application, "assess")
        _take_policy(application)
        score = score_of_application(application)
        if score.value is None:
            raise InvalidInput(_("Give at least one mark."), code="no_marks")
        application.assessed_by_id = actor.pk
        application.save(update_fields=["status", "assessed_by"])
        record(application, ApplicationEvent.ASSESSED, actor, score=str(score.value), measured=score.measured)
    return fresh(application)


def reopen_assessment(*, application_id: int, actor: Actor, expected_version: int | None) -> Application:
    """Marks can be given again. Records one event. Raises NotVisible, NotAllowed, StaleVersion, Conflict."""
    with explained(), transaction.atomic():
        application = lock_application(application_id, actor, expected_version, can_check_applications)
        APPLICATION_STATES.advance(application, "reopen")
        application.assessed_by = None
        application.save(update_fields=["status", "assessed_by"])
        record(application, ApplicationEvent.REOPENED, actor)
    return fresh(application)


def _take_policy(application: Application) -> None:
    if application.policy_id is None:
        application.policy = current_policy()
        application.save(update_fields=["policy"])


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number("screening-policy")])
