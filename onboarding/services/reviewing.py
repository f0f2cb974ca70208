"""What the brand's people do with an application before it is decided, and its refusal."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible, Problem
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from onboarding.enums import (
    NEEDED_FILES,
    OPEN_STATUSES,
    ApplicationEvent,
    ApplicationStatus,
    FileKind,
    FileState,
    RefusalReason,
)
from onboarding.models import Application, ApplicationFile
from onboarding.permissions import APPLICATION_STATES, can_check_applications, can_decide_application
from onboarding.services.applying import record
from onboarding.services.letters import send_letter
from onboarding.services.links import DRAFT_DAYS, READ_DAYS, address_of_link, new_secret


def check_file(*, file_id: int, state: str, note: str, actor: Actor) -> ApplicationFile:
    """Say of one document whether it is valid; an invalid one with a reason. Records one event.

    Raises NotVisible, NotAllowed, Conflict once the documents are checked, InvalidInput at `state` or `note`.
    """
    with explained(), transaction.atomic():
        known = ApplicationFile.objects.visible_to(actor).filter(pk=file_id).values_list("application_id", flat=True)
        application = lock_application(known.first(), actor, None, can_check_applications)
        if application.status != ApplicationStatus.RECEIVED:
            raise Conflict(_("The documents are checked already."), code="wrong_state")
        if state not in {FileState.VALID, FileState.INVALID}:
            raise InvalidInput(_("Choose whether it is valid."), code="required", field="state")
        if state == FileState.INVALID and not note.strip():
            raise InvalidInput(_("Give the reason."), code="required", field="note")
        row: ApplicationFile = lock_row(ApplicationFile.objects.visible_to(actor), file_id)
        row.state, row.note = state, note.strip()
        row.checked_by_id, row.checked_at = actor.pk, timezone.now()
        row.save(update_fields=["state", "note", "checked_by", "checked_at"])
        record(application, ApplicationEvent.FILE_CHECKED, actor, file=row.name, state=state, note=row.note)
    return row


def finish_check(*, application_id: int, actor: Actor, expected_version: int | None) -> Application:
    """The documents are in order: each has been looked at, and those that are needed are valid. Records one event.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict by the state table, InvalidInput naming what is missing.
    """
    with explained(), transaction.atomic():
        application = lock_application(application_id, actor, expected_version, can_check_applications)
        APPLICATION_STATES.advance(application, "check")
        files = list(application.files.all())
        problems = [
            Problem(message=_("Check this document first: %(name)s.") % {"name": row.name}, code="unchecked")
            for row in files
            if row.state == FileState.UNCHECKED
        ]
        valid = {row.kind for row in files if row.state == FileState.VALID}
        problems += [
            Problem(
                message=_("A valid document is missing: %(kind)s.") % {"kind": FileKind(kind).label}, code="missing"
            )
            for kind in NEEDED_FILES
            if kind not in valid
        ]
        if problems:
            raise InvalidInput(problems=problems)
        application.save(update_fields=["status"])
        record(application, ApplicationEvent.CHECKED, actor)
    return fresh(application)


def return_application(
    *, application_id: int, question: str, actor: Actor, expected_version: int | None
) -> Application:
    """Ask the applicant for more: it is a draft again, and a new link is sent with the question. Records one event.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict by the state table, InvalidInput at `question`.
    """
    with explained(), transaction.atomic():
        application = lock_application(application_id, actor, expected_version, can_check_applications)
        APPLICATION_STATES.advance(application, "return")
        if not question.strip():
            raise InvalidInput(_("Say what is needed."), code="required", field="question")
        application.question = question.strip()
        secret, application.secret_hash = new_secret()
        application.link_expires_at = timezone.now() + DRAFT_DAYS
        application.save(update_fields=["status", "question", "secret_hash", "link_expires_at"])
        record(application, ApplicationEvent.RETURNED, actor, reason=application.question)
        send_letter(application, address=address_of_link(secret))
    return fresh(application)


def refuse_application(
    *, application_id: int, reason: str, text: str, actor: Actor, expected_version: int | None
) -> Application:
    """Refuse it with a reason and words for the applicant, who gets them as a letter. Records one event.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict by the state table, InvalidInput at `reason` or `text`.
    """
    with explained(), transaction.atomic():
        application = lock_application(application_id, actor, expected_version, can_decide_application)
        APPLICATION_STATES.advance(application, "refuse")
        if reason not in RefusalReason.values:
            raise InvalidInput(_("Choose a reason."), code="required", field="reason")
        if not text.strip():
            raise InvalidInput(_("Say it in words: the applicant reads it."), code="required", field="text")
        application.refusal_reason, application.refusal_text = reason, text.strip()
        application.decided_by_id, application.decided_at = actor.pk, timezone.now()
        application.link_expires_at = timezone.now() + READ_DAYS
        application.save(
            update_fields=["status", "refusal_reason", "refusal_text", "decided_by", "decided_at", "link_expires_at"]
        )
        record(application, ApplicationEvent.REFUSED, actor, reason=application.refusal_text)
        send_letter(application)
    return fresh(application)


def lock_application(
    application_id: int | None, actor: Actor, expected_version: int | None, allowed: Callable[..., bool]
) -> Application:
    """Locked and allowed. Before: inside a transaction. Raises NotVisible, NotAllowed, StaleVersion."""
    if application_id is None:
        raise NotVisible
    application: Application = lock_row(Application.objects.visible_to(actor), application_id)
    require(allowed(actor, application))
    check_version(application, expected_version)
    return application


def is_waiting(application: Application) -> bool:
    return application.status in OPEN_STATUSES


def fresh(application: Application) -> Application:
    application.refresh_from_db()
    return application
