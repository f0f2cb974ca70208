"""The steps of an agreement between seller and distributor: sent, accepted or declined, put in force, ended."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.services.buying_rights import Grant, RightsSource, grant_rights, take_back_rights
from channel.enums import AgreementEvent, AgreementStatus
from channel.errors import ExclusivityOverlap
from channel.models import Agreement, AgreementSubject
from channel.permissions import AGREEMENT_STATES, can_accept_agreement, can_change_agreements, can_decide_agreement
from channel.selectors.clauses import text_of
from channel.selectors.overlaps import describe_overlap, find_overlap, flaws_of
from channel.services.agreements import record
from channel.services.coverage import end_coverage, write_coverage
from channel.services.scans import keep_file, removed_on_failure
from company.enums import DocumentKind
from company.services.number_series import next_number
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from messaging.services.files import Attachment

Predicate = Callable[[Actor, Agreement], bool]


def send_agreement(*, agreement_id: int, actor: Actor, expected_version: int | None) -> Agreement:
    """Show the draft to the distributor for acceptance; it gets its number now.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict by the state table, InvalidInput where it covers nothing, where
    two of its subjects cover the same, or where its last day of grace is over.
    """
    with explained(), transaction.atomic():
        agreement = _lock(agreement_id, actor, expected_version, can_change_agreements)
        _check_whole(agreement)
        kind = _advance(agreement, "send")
        agreement.sent_at = timezone.now()
        if agreement.number is None:
            agreement.number = next_number(
                kind=DocumentKind.AGREEMENT, company_id=agreement.company_id, on=timezone.localdate()
            )
        agreement.save(update_fields=["status", "sent_at", "number"])
        record(agreement, kind, actor)
    return _fresh(agreement)


def accept_agreement(*, agreement_id: int, name: str, actor: Actor, expected_version: int | None) -> Agreement:
    """The distributor's owner accepts: the name as typed, the time, and the text as it was shown are kept.

    The version that was read is needed: nobody accepts what was changed after they read it. Raises NotVisible, NotAllowed,
    Conflict without a version or by the state table, StaleVersion (what was shown has changed), InvalidInput at `name`.
    """
    with explained(), transaction.atomic():
        agreement = _lock(agreement_id, actor, expected_version, can_accept_agreement)
        if expected_version is None:
            raise Conflict(
                _("Read the agreement and send its version along: what is accepted is what was read."),
                code="version_required",
            )
        if not name.strip():
            raise InvalidInput(_("Enter your name."), code="required", field="name")
        kind = _advance(agreement, "accept")
        agreement.accepted_at = timezone.now()
        agreement.accepted_by_id = actor.pk
        agreement.accepted_name = name.strip()
        agreement.accepted_text = text_of(agreement)
        agreement.save(update_fields=["status", "accepted_at", "accepted_by", "accepted_name", "accepted_text"])
        record(agreement, kind, actor, name=agreement.accepted_name)
    return _fresh(agreement)


def decline_agreement(*, agreement_id: int, reason: str, actor: Actor, expected_version: int | None) -> Agreement:
    """The distributor's owner declines, with a reason: it is a draft again. Raises as `accept_agreement`."""
    return _back_to_draft(agreement_id, "decline", reason, actor, expected_version, can_accept_agreement)


def withdraw_agreement(*, agreement_id: int, reason: str, actor: Actor, expected_version: int | None) -> Agreement:
    """Take back what was sent, also what was accepted but is not in force yet. Raises as `send_agreement`."""
    return _back_to_draft(agreement_id, "withdraw", reason, actor, expected_version, can_change_agreements)


def put_in_force(
    *,
    agreement_id: int,
    actor: Actor,
    expected_version: int | None,
    scan: Attachment | None = None,
    signature_reference: str = "",
) -> Agreement:
    """Put an accepted agreement in force: it covers its territories, grants its buying rights, supersedes its predecessor.

    Needs the stamped scan or a reference to a signature. Raises NotVisible, NotAllowed, StaleVersion, Conflict by the
    state table, InvalidInput without a signature or for a file that is not one, ExclusivityOverlap naming the overlap. The
    scan's file stays only with the row that names it.
    """
    with explained(), removed_on_failure() as written, transaction.atomic():
        agreement = _lock(agreement_id, actor, expected_version, can_decide_agreement)
        kind = _advance(agreement, "put_in_force")
        if scan is None and not signature_reference.strip():
            raise InvalidInput(_("Add the stamped scan or a signature reference."), code="not_signed", field="scan")
        _check_whole(agreement)
        if agreement.previous_id:
            _supersede(agreement, agreement.previous_id, actor)
        overlap = find_overlap(agreement.pk)
        if overlap is not None:
            raise ExclusivityOverlap(describe_overlap(overlap))
        agreement.in_force_at = timezone.now()
        agreement.signature_reference = signature_reference.strip()
        if scan is not None:
            written.append(keep_file(agreement, "scan", scan, field="scan"))
        agreement.save(
            update_fields=[
                "status", "in_force_at", "signature_reference", "scan", "scan_name", "scan_type", "scan_hash",
            ]
        )  # fmt: skip
        write_coverage([agreement.pk])
        grant_agreement_rights([agreement])
        record(agreement, kind, actor, starts_on=agreement.starts_on.isoformat())
    return _fresh(agreement)


def end_agreement(
    *, agreement_id: int, last_on: date, reason: str, actor: Actor, expected_version: int | None
) -> Agreement:
    """End an agreement before its time, without grace: its rights go after `last_on`, yesterday at the earliest.

    It stays in force until that day is over. Raises NotVisible, NotAllowed, StaleVersion, Conflict by the state table,
    InvalidInput at `last_on` or `reason`.
    """
    with explained(), transaction.atomic():
        agreement = _lock(agreement_id, actor, expected_version, can_decide_agreement)
        today = timezone.localdate()
        if not reason.strip():
            raise InvalidInput(_("Give the reason."), code="required", field="reason")
        if last_on < today - timedelta(days=1):
            raise InvalidInput(_("The last day cannot be in the past."), code="too_early", field="last_on")
        before = agreement.status
        kind = _advance(agreement, "end")
        if last_on >= today:
            agreement.status, kind = before, AgreementEvent.ENDING
        last = _end(agreement, last_on, reason.strip())
        record(agreement, kind, actor, last_on=last.isoformat(), reason=agreement.end_reason)
    return _fresh(agreement)


def grant_agreement_rights(agreements: Iterable[Agreement]) -> int:
    """Write the buying rights that agreements grant, also for products that are new; returns how many are.

    Before: in the transaction of the change. Two statements, whatever their number.
    """
    by_key = {agreement.pk: agreement for agreement in agreements}
    subjects = AgreementSubject.objects.filter(agreement__in=by_key)
    return grant_rights(
        [
            Grant(
                source=_source(by_key[key]),
                distributor_id=by_key[key].distributor_id,
                brand_id=brand,
                category_id=category,
                starts_on=by_key[key].starts_on,
                ends_on=by_key[key].orders_until,
            )
            for key, brand, category in subjects.values_list("agreement_id", "brand_id", "category_id")
        ]
    )


def _source(agreement: Agreement) -> RightsSource:
    return RightsSource(type="agreement", id=agreement.pk)


def _lock(agreement_id: int, actor: Actor, expected_version: int | None, allowed: Predicate) -> Agreement:
    agreement: Agreement = lock_row(Agreement.objects.visible_to(actor), agreement_id)
    require(allowed(actor, agreement))
    check_version(agreement, expected_version)
    return agreement


def _fresh(agreement: Agreement) -> Agreement:
    agreement.refresh_from_db()
    return agreement


def _advance(agreement: Agreement, action: str) -> AgreementEvent:
    before, _after = AGREEMENT_STATES.advance(agreement, action)
    move = next(move for move in AGREEMENT_STATES.actions_from(before) if move.action == action)
    return AgreementEvent(move.event)


def _check_whole(agreement: Agreement) -> None:
    if agreement.orders_until is not None and agreement.orders_until < timezone.localdate():
        raise InvalidInput(_("The term of this agreement is over."), code="over", field="ends_on")
    problem = flaws_of([agreement.pk])[agreement.pk].problem()
    if problem is not None:
        raise InvalidInput(problems=[problem])


def _back_to_draft(
    agreement_id: int, action: str, reason: str, actor: Actor, expected_version: int | None, allowed: Predicate
) -> Agreement:
    with explained(), transaction.atomic():
        agreement = _lock(agreement_id, actor, expected_version, allowed)
        if not reason.strip():
            raise InvalidInput(_("Give the reason."), code="required", field="reason")
        kind = _advance(agreement, action)
        agreement.accepted_at = agreement.accepted_by = agreement.sent_at = None
        agreement.accepted_name = agreement.accepted_text = ""
        agreement.save(
            update_fields=["status", "sent_at", "accepted_at", "accepted_by", "accepted_name", "accepted_text"]
        )
        record(agreement, kind, actor, reason=reason.strip())
    return agreement


def _supersede(agreement: Agreement, previous_id: int, actor: Actor) -> None:
    """The revision before ends on the day before the new one begins; where that is over already, at once."""
    before: Agreement = lock_row(Agreement.objects.all(), previous_id)
    if before.status == AgreementStatus.ENDED:
        return
    last_on = agreement.starts_on - timedelta(days=1)
    kind = AgreementEvent.ENDING
    if last_on < timezone.localdate():
        kind = _advance(before, "expire")
    last = _end(before, last_on, "")
    record(before, kind, actor, last_on=last.isoformat(), superseded_by=agreement.revision)


def _end(agreement: Agreement, last_on: date, reason: str) -> date:
    """Write the last day, which is never later than it was, and take back what was granted after it."""
    last = min(last_on, agreement.orders_until or last_on)
    agreement.last_on, agreement.end_reason = last, reason
    agreement.save(update_fields=["status", "last_on", "end_reason"])
    end_coverage(agreement.pk, last_on=last)
    take_back_rights(_source(agreement), last_on=last)
    return last
