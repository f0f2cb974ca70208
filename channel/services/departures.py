"""What was not kept of an agreement's control modes: recorded with evidence, closed with an outcome. No order waits for it."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from channel.enums import BINDING_STATUSES, AgreementEvent, ControlMode, DepartureStatus
from channel.models import Agreement, ControlDeparture
from channel.permissions import can_record_departures
from channel.services.agreements import record
from channel.services.scans import keep_file, removed_on_failure
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from messaging.services.files import Attachment


def record_departure(
    *,
    agreement_id: int,
    subject: str,
    noticed_on: date,
    text: str,
    actor: Actor,
    evidence: Attachment | None = None,
) -> ControlDeparture:
    """Write down what was seen, on what day, with a file where there is one.

    Raises NotVisible, NotAllowed, InvalidInput at `subject` where the agreement leaves it to the distributor or says nothing
    of it, at `noticed_on` for a day before the agreement or in the future, at `text`, and at `evidence`.
    """
    with explained(), removed_on_failure() as written, transaction.atomic():
        agreement: Agreement = lock_row(Agreement.objects.visible_to(actor), agreement_id)
        require(can_record_departures(actor))
        _check(agreement, subject, noticed_on, text)
        departure = ControlDeparture(
            agreement=agreement,
            subject=subject,
            noticed_on=noticed_on,
            text=text.strip(),
            recorded_by_id=actor.pk,
            recorded_at=timezone.now(),
        )
        if evidence is not None:
            written.append(keep_file(departure, "evidence", evidence, field="evidence"))
        departure.save()
        record(agreement, AgreementEvent.DEPARTURE_RECORDED, actor, departure=departure.pk, subject=subject)
    return departure


def close_departure(
    *, departure_id: int, status: str, outcome: str, actor: Actor, expected_version: int | None
) -> ControlDeparture:
    """Say how it ended: remedied or dismissed, in words. Raises NotVisible, NotAllowed, StaleVersion, Conflict, InvalidInput."""
    with explained(), transaction.atomic():
        departure: ControlDeparture = lock_row(ControlDeparture.objects.visible_to(actor), departure_id)
        require(can_record_departures(actor))
        check_version(departure, expected_version)
        if departure.status != DepartureStatus.OPEN:
            raise Conflict(_("This departure is closed already."), code="wrong_state")
        if status not in {DepartureStatus.REMEDIED, DepartureStatus.DISMISSED}:
            raise InvalidInput(_("Choose how it ended."), code="required", field="status")
        if not outcome.strip():
            raise InvalidInput(_("Say how it ended."), code="required", field="outcome")
        departure.status, departure.outcome = status, outcome.strip()
        departure.closed_by_id, departure.closed_at = actor.pk, timezone.now()
        departure.save(update_fields=["status", "outcome", "closed_by", "closed_at"])
        record(
            departure.agreement,
            AgreementEvent.DEPARTURE_CLOSED,
            actor,
            departure=departure.pk,
            subject=departure.subject,
            status=status,
        )
        departure.refresh_from_db()
    return departure


def _check(agreement: Agreement, subject: str, noticed_on: date, text: str) -> None:
    if agreement.status not in BINDING_STATUSES:
        raise Conflict(_("This agreement has not been in force."), code="wrong_state")
    rules = agreement.control_rules.exclude(mode=ControlMode.FREE).filter(subject=subject)
    if not rules.exists():
        raise InvalidInput(_("The agreement leaves this to the distributor."), code="left_free", field="subject")
    if not agreement.starts_on <= noticed_on <= timezone.localdate():
        raise InvalidInput(
            _("Give a day from the first of the agreement until today."), code="wrong_day", field="noticed_on"
        )
    if not text.strip():
        raise InvalidInput(_("Say what was seen."), code="required", field="text")
