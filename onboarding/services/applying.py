"""What an applicant does, who has no account: starts, saves as typed, attaches, submits, withdraws. The link says who it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.services.phones import normal_phone
from catalogue.models import Brand
from channel.services.scans import removed_on_failure
from company.enums import DocumentKind
from company.models import Company
from company.services.number_series import next_number
from core import events
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible, Problem
from core.pinyin import pinyin_initials
from messaging.services.files import MOST_FILES, Attachment, stored
from onboarding.enums import NEEDED_FILES, ApplicationEvent, ApplicationStatus, FileKind
from onboarding.models import Application, ApplicationFile
from onboarding.permissions import APPLICATION_STATES
from onboarding.selectors.applications import people_of_territory
from onboarding.services.letters import send_letter
from onboarding.services.links import DRAFT_DAYS, READ_DAYS, limit_saves, limit_starts, new_secret, open_link, send_link

FIELDS = (
    "company_name", "country", "city", "address", "tax_number", "contact_name", "phone", "email", "territory_id",
    "channel_kind", "categories", "sales_staff", "warehouse_area", "years_in_business", "present_brands", "message",
)  # fmt: skip
NEEDED = ("company_name", "country", "tax_number", "contact_name", "territory_id", "channel_kind")


def start_application(
    *,
    company_name: str,
    contact_name: str,
    phone: str = "",
    email: str = "",
    language: str,
    address: str,
    now: datetime,
) -> tuple[Application, str]:
    """Begin a draft for somebody at a network address, and send the link that continues it; returns it with the secret.

    Says nothing of what is known already. Records one event. Raises TooMany, InvalidInput at `phone` without any contact.
    """
    limit_starts(address)
    secret, secret_hash = new_secret()
    with explained(), transaction.atomic():
        application = Application(
            secret_hash=secret_hash,
            link_expires_at=now + DRAFT_DAYS,
            created_at=now,
            language=language,
            company_name=company_name.strip(),
            pinyin=pinyin_initials(company_name),
            contact_name=contact_name.strip(),
        )
        _set_contact(application, phone, email)
        application.save(force_insert=True)
        record(application, ApplicationEvent.STARTED, None)
        send_link(application, secret)
    return application, secret


def save_application(*, secret: str, values: Mapping[str, Any], now: datetime) -> Application:
    """Keep what was typed so far, whole or not; names as in FIELDS, and `brand_ids`.

    Raises TooMany, NotVisible, Conflict once it was submitted, InvalidInput.
    """
    limit_saves(secret)
    unknown = set(values) - {*FIELDS, "brand_ids"}
    if unknown:
        raise InvalidInput(_("Unknown field."), field=min(unknown))
    with explained(), transaction.atomic():
        application = _draft(secret, now)
        for name in FIELDS:
            if name in values and name not in {"phone", "email"}:
                setattr(application, name, values[name])
        if {"phone", "email"} & values.keys():
            _set_contact(application, values.get("phone", application.phone), values.get("email", application.email))
        application.pinyin = pinyin_initials(application.company_name)
        application.save(update_fields=[*FIELDS, "pinyin"])
        if "brand_ids" in values:
            application.brands.set(Brand.objects.filter(pk__in=values["brand_ids"]))
    return application


def attach_document(*, secret: str, kind: str, attachment: Attachment, now: datetime) -> ApplicationFile:
    """Add a file, at most ten. Raises TooMany, NotVisible, Conflict, InvalidInput at `file` or `kind`."""
    limit_saves(secret)
    with explained(), removed_on_failure() as written, transaction.atomic():
        application = _draft(secret, now)
        if kind not in FileKind.values:
            raise InvalidInput(_("Choose what the file is."), code="required", field="kind")
        if application.files.count() >= MOST_FILES:
            raise InvalidInput(_("At most ten files."), code="too_many", field="file")
        row = ApplicationFile(application=application, kind=kind, **stored(attachment, field="file"))
        row.save(force_insert=True)
        written.append(row.file)
    return row


def remove_document(*, secret: str, file_id: int, now: datetime) -> None:
    """Take a file of the draft away again. Raises NotVisible, Conflict."""
    with explained(), transaction.atomic():
        row = _draft(secret, now).files.filter(pk=file_id).first()
        if row is None:
            raise NotVisible
        file = row.file
        row.delete()
        transaction.on_commit(lambda: file.storage.delete(file.name))


def submit_application(*, secret: str, now: datetime) -> Application:
    """Hand it in; it gets its number, and the applicant a receipt. Records one event.

    Raises TooMany, NotVisible, Conflict by the state table, InvalidInput with every field and document that is missing.
    """
    limit_saves(secret)
    with explained(), transaction.atomic():
        application = open_link(secret, now=now, lock=True)
        APPLICATION_STATES.advance(application, "submit")
        _require_whole(application)
        seller = Company.objects.filter(is_default=True).first()
        if seller is None:
            raise Conflict(_("Applications cannot be taken yet."), code="no_company")
        if application.number is None:
            application.number = next_number(
                kind=DocumentKind.APPLICATION, company_id=seller.pk, on=timezone.localdate(now)
            )
        application.submitted_at, application.link_expires_at = now, now + READ_DAYS
        application.question = ""
        application.save(update_fields=["status", "number", "submitted_at", "link_expires_at", "question"])
        record(
            application,
            ApplicationEvent.RECEIVED,
            None,
            people=people_of_territory(application, timezone.localdate(now)),
        )
        send_letter(application)
    return application


def withdraw_application(*, secret: str, now: datetime) -> Application:
    """The applicant takes it back. Records one event. Raises NotVisible, Conflict by the state table."""
    with explained(), transaction.atomic():
        application = open_link(secret, now=now, lock=True)
        APPLICATION_STATES.advance(application, "withdraw")
        application.save(update_fields=["status"])
        record(application, ApplicationEvent.WITHDRAWN, None)
    return application


def forget_drafts(*, now: datetime) -> int:
    """Delete drafts whose link has run out, with their files; returns how many."""
    rows = Application.objects.filter(
        status__in=[ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN], submitted_at=None, link_expires_at__lte=now
    )
    files = [row.file for row in ApplicationFile.objects.filter(application__in=rows.values("pk"))]
    with transaction.atomic():
        count = rows.count()
        rows.delete()
        transaction.on_commit(lambda: [file.storage.delete(file.name) for file in files] and None)
    return count


def record(application: Application, kind: ApplicationEvent, actor: Actor | None, **data: object) -> None:
    events.record_event(
        kind=kind,
        subject_type="application",
        subject_id=application.pk,
        distributor_id=application.distributor_id,
        actor_id=actor.pk if actor else None,
        data={"number": application.number or "", "company": application.company_name, **data},
    )


def _draft(secret: str, now: datetime) -> Application:
    application = open_link(secret, now=now, lock=True)
    if application.status != ApplicationStatus.DRAFT:
        raise Conflict(_("This application was submitted already."), code="wrong_state")
    return application


def _set_contact(application: Application, phone: str, email: str) -> None:
    application.phone = normal_phone(phone) or phone.strip()
    application.email = email.strip().lower()
    if not application.phone and not application.email:
        raise InvalidInput(_("Enter a mobile number or an e-mail address."), code="required", field="phone")


def _require_whole(application: Application) -> None:
    problems = [
        Problem(message=_("This field is required."), code="required", field=name.removesuffix("_id"))
        for name in NEEDED
        if not getattr(application, name)
    ]
    there = set(application.files.values_list("kind", flat=True))
    problems += [
        Problem(message=_("Attach this document: %(kind)s.") % {"kind": kind.label}, code="required", field="file")
        for kind in NEEDED_FILES
        if kind not in there
    ]
    if problems:
        raise InvalidInput(problems=problems)
