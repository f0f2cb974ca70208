"""Certificates of a distributor's people: recorded, warned of before they run out, and noted when they have."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Distributor
from channel.rules import end_of_term
from channel.services.scans import keep_file, removed_on_failure
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput
from core.events import EventInput, record_events
from core.locks import lock_row
from core.permissions import require
from messaging.services.files import Attachment
from onboarding.enums import WARNING_DAYS, CertificateEvent
from onboarding.models import Certificate, OnboardingStep
from onboarding.permissions import can_work_on_onboarding
from onboarding.services.onboarding import do_step


def record_certificate(
    *,
    distributor_id: int,
    course: str,
    holder: str,
    issued_on: date,
    actor: Actor,
    valid_until: date | None = None,
    step_id: int | None = None,
    file: Attachment | None = None,
) -> Certificate:
    """Keep what somebody of the distributor was trained in. Of a training step it is the proof, and the step is done.

    Without an end it gets that of the step's months. Records one event, two with a step. Raises NotVisible, NotAllowed,
    InvalidInput at `course`, `holder`, `issued_on`, `valid_until`, `file`, `step`.
    """
    with explained(), removed_on_failure() as written, transaction.atomic():
        distributor: Distributor = lock_row(Distributor.objects.visible_to(actor), distributor_id)
        require(can_work_on_onboarding(actor, distributor))
        step = _step(step_id, distributor, actor)
        if issued_on > timezone.localdate():
            raise InvalidInput(_("It cannot be issued in the future."), code="future", field="issued_on")
        if not holder.strip():
            raise InvalidInput(_("Say who was trained."), code="required", field="holder")
        if step is not None and valid_until is None and step.valid_months:
            valid_until = end_of_term(issued_on, months=step.valid_months)
        if valid_until is not None and valid_until < issued_on:
            raise InvalidInput(
                _("A certificate is valid from the day it is issued on."), code="dates", field="valid_until"
            )
        row = Certificate(
            distributor=distributor,
            step=step,
            course=course.strip() or (step.name if step else ""),
            holder=holder.strip(),
            issued_on=issued_on,
            valid_until=valid_until,
            recorded_by_id=actor.pk,
            recorded_at=timezone.now(),
        )
        if not row.course:
            raise InvalidInput(_("Say in what."), code="required", field="course")
        if file is not None:
            written.append(keep_file(row, "file", file, field="file"))
        row.save(force_insert=True)
        record_events([_event(CertificateEvent.RECORDED, row)], actor_id=actor.pk)
        if step is not None and step.done_at is None:
            do_step(step_id=step.pk, actor=actor)
    return row


def warn_of_certificates(*, today: date, now: datetime) -> int:
    """Warn 60, 30 and 14 days before a certificate runs out, once each, and note that it has; returns how many events.

    One of the same training and person that lasts longer takes the place of the one before, which is not warned of. After a
    standstill the nearest warning only. A fixed number of statements.
    """
    with transaction.atomic():
        rows = list(
            Certificate.objects.select_for_update(of=("self",))
            .filter(valid_until__lte=today + timedelta(days=WARNING_DAYS[-1]), lapsed_at__isnull=True)
            .order_by("pk")
        )
        renewed = _renewed(rows)
        lapsed, warned = [], []
        for row in rows:
            left = (row.valid_until - today).days if row.valid_until else 0
            ahead = next(days for days in WARNING_DAYS if left <= days)
            if left < 0:
                row.lapsed_at = now
                lapsed.append(row)
            elif row.warned_days is None or ahead < row.warned_days:
                row.warned_days = ahead
                warned.append(row)
        Certificate.objects.bulk_update([*lapsed, *warned], ["lapsed_at", "warned_days"])
        events = [
            _event(kind, row)
            for kind, found in ((CertificateEvent.LAPSED, lapsed), (CertificateEvent.EXPIRING, warned))
            for row in found
            if row.pk not in renewed
        ]
        record_events(events, actor_id=None, at=now)
    return len(events)


def _renewed(rows: list[Certificate]) -> set[int]:
    """Those in whose place a later one of the same training and person stands."""
    others = Certificate.objects.filter(distributor__in={row.distributor_id for row in rows})
    latest: dict[tuple[int, str, str], date] = {}
    for row in others:
        key = (row.distributor_id, row.course, row.holder)
        latest[key] = max(latest.get(key, date.min), row.valid_until or date.max)
    return {
        row.pk for row in rows if latest[row.distributor_id, row.course, row.holder] > (row.valid_until or date.max)
    }


def _step(step_id: int | None, distributor: Distributor, actor: Actor) -> OnboardingStep | None:
    if step_id is None:
        return None
    rows = OnboardingStep.objects.visible_to(actor).filter(onboarding__distributor=distributor)
    step: OnboardingStep | None = rows.filter(pk=step_id).first()
    if step is None or not step.is_training:
        raise InvalidInput(_("Choose a training of this distributor."), code="unknown", field="step")
    return step


def _event(kind: CertificateEvent, row: Certificate) -> EventInput:
    return EventInput(
        kind=kind,
        subject_type="distributor",
        subject_id=row.distributor_id,
        distributor_id=row.distributor_id,
        data={
            "certificate": row.pk,
            "course": row.course,
            "holder": row.holder,
            "valid_until": row.valid_until.isoformat() if row.valid_until else "",
            "note": f"{row.course}: {row.holder}",
        },
    )
