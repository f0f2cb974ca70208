"""A person decides about a return that a rule does not pass; and returns that are given up or done with."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput
from core.permissions import require
from orders.returns.enums import ReturnEvent
from orders.returns.models import Return
from orders.returns.permissions import RETURN_STATES, can_cancel_return, can_close_return, can_decide_return
from orders.returns.services.locking import lock_return, record_return_event, save_return


def authorise_return(
    *, return_id: int, actor: Actor, now: datetime, note: str = "", expected_version: int | None = None
) -> Return:
    """Authorise a return whatever rule it breaks; where it breaks one the note says why.

    Its part of the return rate is reserved in the agreement year of today. Raises NotVisible, NotAllowed (not theirs, or
    above the limit of a grant), StaleVersion, Conflict, InvalidInput at `note`.
    """
    with explained(), transaction.atomic():
        document = lock_return(return_id=return_id, actor=actor, expected_version=expected_version)
        require(can_decide_return(actor, document))
        before, _after = RETURN_STATES.advance(document, "authorise")
        if document.broken_rules and not note.strip():
            raise InvalidInput(_("Enter a reason: a rule is not met."), code="required", field="note")
        document.decided_at, document.decided_by_id = now, actor.pk
        document.decision_note, document.counts_on = note.strip(), timezone.localdate(now)
        save_return(document, "status", "decided_at", "decided_by", "decision_note", "counts_on")
        record_return_event(document, ReturnEvent.AUTHORISED, actor=actor, now=now, before=before, reason=note.strip())
    return document


def refuse_return(
    *, return_id: int, actor: Actor, now: datetime, note: str, expected_version: int | None = None
) -> Return:
    """Refuse it, with a reason that the distributor reads. Its pieces can be asked for again.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict, InvalidInput at `note`.
    """
    with explained(), transaction.atomic():
        document = lock_return(return_id=return_id, actor=actor, expected_version=expected_version)
        require(can_decide_return(actor, document))
        before, _after = RETURN_STATES.advance(document, "refuse")
        if not note.strip():
            raise InvalidInput(_("Enter a reason."), code="required", field="note")
        document.decided_at, document.decided_by_id, document.decision_note = now, actor.pk, note.strip()
        save_return(document, "status", "decided_at", "decided_by", "decision_note")
        _give_up(document)
        record_return_event(document, ReturnEvent.REFUSED, actor=actor, now=now, before=before, reason=note.strip())
    return document


def cancel_return(
    *, return_id: int, actor: Actor, now: datetime, note: str = "", expected_version: int | None = None
) -> Return:
    """Give up a return whose goods have not left; its room and its pieces are free again.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict.
    """
    with explained(), transaction.atomic():
        document = lock_return(return_id=return_id, actor=actor, expected_version=expected_version)
        require(can_cancel_return(actor, document))
        before, _after = RETURN_STATES.advance(document, "cancel")
        document.closed_at = now
        save_return(document, "status", "closed_at")
        _give_up(document)
        record_return_event(document, ReturnEvent.CANCELLED, actor=actor, now=now, before=before, reason=note.strip())
    return document


def close_return(*, return_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Return:
    """Nothing is left to do. Raises NotVisible, NotAllowed, StaleVersion, Conflict."""
    with explained(), transaction.atomic():
        document = lock_return(return_id=return_id, actor=actor, expected_version=expected_version)
        require(can_close_return(actor, document))
        before, _after = RETURN_STATES.advance(document, "close")
        document.closed_at = now
        save_return(document, "status", "closed_at")
        record_return_event(document, ReturnEvent.CLOSED, actor=actor, now=now, before=before)
    return document


def _give_up(document: Return) -> None:
    document.lines.update(returned=0)
