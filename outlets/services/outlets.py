"""Outlets: created, changed, opened, closed and reopened one by one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Distributor, Territory
from company.enums import DocumentKind
from company.models import Company
from company.services.number_series import next_number
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible
from core.events import ExtraSubject, record_event
from core.idempotency import lock_number
from core.locks import lock_row
from core.permissions import require
from core.pinyin import pinyin_initials
from core.state import check_version
from outlets.enums import OutletEvent, OutletStatus
from outlets.models import Outlet, OutletLink
from outlets.permissions import OUTLET_STATES, can_add_outlets, can_change_outlets, can_propose_outlets

FIELDS = (
    "name", "name_zh", "kind", "head_office_id", "contact", "phone", "address", "postal_code", "city", "country",
    "territory_id",
)  # fmt: skip


def create_outlet(
    *,
    actor: Actor,
    code: str = "",
    distributor_id: int | None = None,
    brand_id: int | None = None,
    starts_on: date | None = None,
    **values: Any,
) -> Outlet:
    """Make a planned outlet from `values` (names as in FIELDS), linked to a distributor from `starts_on` or today.

    Without a code it gets one of the company's series. A distributor's people propose for their own company where they
    name none. Locks the distributor. Records one event, with a link two. Raises NotAllowed, NotVisible, InvalidInput,
    Conflict (the code is taken).
    """
    require(can_add_outlets(actor))
    _require_known(values)
    with explained(), transaction.atomic():
        _lock_chains(values)
        if distributor_id is None and can_propose_outlets(actor):
            distributor_id = actor.distributor_id
        distributor = None
        if distributor_id is not None:
            distributor = lock_row(Distributor.objects.visible_to(actor), distributor_id)
        outlet = Outlet(code=code.strip() or _number(), **values)
        outlet.pinyin = pinyin_initials(outlet.name_zh or outlet.name)
        _check(outlet, actor)
        outlet.save(force_insert=True)
        record(outlet, OutletEvent.CREATED, actor, code=outlet.code, name=outlet.name)
        if distributor is not None:
            link = OutletLink(
                outlet=outlet, distributor=distributor, brand_id=brand_id, starts_on=starts_on or timezone.localdate()
            )
            save_link(link, actor)
    return outlet


def change_outlet(*, outlet_id: int, actor: Actor, expected_version: int | None = None, **changes: Any) -> Outlet:
    """Change the named fields. Records one event with each before and after, none when nothing changes.

    A distributor's people keep the details of outlets that buy from nobody but their own branch. Raises NotVisible,
    NotAllowed, StaleVersion, InvalidInput.
    """
    _require_known(changes)
    with explained(), transaction.atomic():
        _lock_chains(changes)
        outlet = lock_outlet(outlet_id, actor)
        require(can_keep_outlet(actor, outlet))
        check_version(outlet, expected_version)
        before = {name: getattr(outlet, name) for name, value in changes.items() if getattr(outlet, name) != value}
        if not before:
            return outlet
        for name in before:
            setattr(outlet, name, changes[name])
        _check(outlet, actor)
        outlet.pinyin = pinyin_initials(outlet.name_zh or outlet.name)
        outlet.save(update_fields=[*before, "pinyin"])
        outlet.refresh_from_db()
        record(outlet, OutletEvent.CHANGED, actor, changes={name: [old, changes[name]] for name, old in before.items()})
    return outlet


def can_keep_outlet(actor: Actor, outlet: Outlet) -> bool:
    """Whether its details are this person's to change. Two queries for a distributor's people, none for the brand's."""
    if can_change_outlets(actor):
        return True
    if not can_propose_outlets(actor):
        return False
    links = OutletLink.objects.filter(outlet=outlet).from_day(timezone.localdate())
    return not links.exclude(distributor__in=Distributor.objects.visible_to(actor).values("pk")).exists()


def open_outlet(*, outlet_id: int, actor: Actor, expected_version: int | None = None) -> Outlet:
    """A planned outlet sells. Raises NotVisible, NotAllowed, StaleVersion, Conflict."""
    return _step(outlet_id, "open", actor, expected_version)


def reopen_outlet(*, outlet_id: int, actor: Actor, expected_version: int | None = None) -> Outlet:
    """A closed outlet sells again; its links are made anew. Raises as `open_outlet` does."""
    return _step(outlet_id, "reopen", actor, expected_version, closed_on=None, close_reason="")


def close_outlet(
    *, outlet_id: int, closed_on: date, reason: str, actor: Actor, expected_version: int | None = None
) -> Outlet:
    """Close it after the day `closed_on`, which is today or earlier: its links end then.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict, InvalidInput at `closed_on` and `reason`.
    """
    if closed_on > timezone.localdate():
        raise InvalidInput(_("Give a day until today."), code="wrong_day", field="closed_on")
    if not reason.strip():
        raise InvalidInput(_("Say why it closed."), code="required", field="reason")
    return _step(outlet_id, "close", actor, expected_version, closed_on=closed_on, close_reason=reason.strip())


def lock_outlet(outlet_id: int, actor: Actor) -> Outlet:
    outlet: Outlet = lock_row(Outlet.objects.visible_to(actor), outlet_id)
    return outlet


def save_link(link: OutletLink, actor: Actor) -> None:
    """Write a new link of a locked outlet and record it. The database refuses a second one of the same days."""
    link.save(force_insert=True)
    record_link(link, OutletEvent.LINKED, actor, since=link.starts_on.isoformat())


def record(outlet: Outlet, kind: OutletEvent, actor: Actor, **data: Any) -> None:
    record_event(kind=kind, subject_type="outlet", subject_id=outlet.pk, actor_id=actor.pk, data=data)


def record_link(link: OutletLink, kind: OutletEvent, actor: Actor, **data: Any) -> None:
    """An event of the outlet that is the distributor's too."""
    record_event(
        kind=kind,
        subject_type="outlet",
        subject_id=link.outlet_id,
        distributor_id=link.distributor_id,
        extra_subjects=[ExtraSubject(type="distributor", id=link.distributor_id, relation="seller")],
        actor_id=actor.pk,
        data={"link": link.pk, "brand": link.brand_id, **data},
    )


def _step(outlet_id: int, action: str, actor: Actor, expected_version: int | None, **columns: Any) -> Outlet:
    with explained(), transaction.atomic():
        outlet = lock_outlet(outlet_id, actor)
        require(can_change_outlets(actor, outlet))
        check_version(outlet, expected_version)
        OUTLET_STATES.advance(outlet, action)
        for name, value in columns.items():
            setattr(outlet, name, value)
        outlet.save(update_fields=["status", *columns])
        if outlet.closed_on is not None:
            _end_links(outlet, outlet.closed_on)
        outlet.refresh_from_db()
        move = next(move for move in OUTLET_STATES.transitions if move.action == action)
        data = {"reason": outlet.close_reason, "until": outlet.closed_on.isoformat()} if outlet.closed_on else {}
        record(outlet, OutletEvent(move.event), actor, **data)
    return outlet


def _end_links(outlet: Outlet, day: date) -> None:
    """Whatever runs ends with the outlet. Raises Conflict for a link that would begin only later."""
    links = OutletLink.objects.filter(outlet=outlet)
    later = links.filter(starts_on__gt=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    if later.exists():
        raise Conflict(
            _("A link to a distributor begins after that day. Give a later one."), code="link_later", field="closed_on"
        )
    links.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day)).update(ends_on=day)


def _lock_chains(values: Mapping[str, Any]) -> None:
    """Head offices are named one at a time: two at once could make each other a site of the other."""
    if values.get("head_office_id") is not None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number("outlet chains")])


def _number() -> str:
    company = Company.objects.filter(is_default=True).first()
    if company is None:
        raise InvalidInput(_("Type a code: there is no company whose series could give one."), field="code")
    return next_number(kind=DocumentKind.OUTLET, company_id=company.pk, on=timezone.localdate())


def _require_known(values: Mapping[str, Any]) -> None:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise InvalidInput(_("Unknown field."), field=min(unknown))


def _check(outlet: Outlet, actor: Actor) -> None:
    """It lies at a leaf of the territories, and its head office is one: seen by the person, and no site itself."""
    if outlet.territory_id is not None and Territory.objects.filter(parent=outlet.territory_id).exists():
        raise InvalidInput(_("Select a territory that is not divided further."), code="not_a_leaf", field="territory")
    if outlet.head_office_id is None:
        return
    head = Outlet.objects.visible_to(actor).filter(pk=outlet.head_office_id).first()
    if head is None:
        raise NotVisible
    if head.head_office_id is not None or head.status == OutletStatus.CLOSED:
        raise InvalidInput(
            _("Select an outlet that is open or planned, and no site itself."),
            code="no_head_office",
            field="head_office",
        )
    if outlet.pk is not None and Outlet.objects.filter(head_office=outlet.pk).exists():
        raise InvalidInput(_("This outlet is a head office itself."), code="has_sites", field="head_office")
