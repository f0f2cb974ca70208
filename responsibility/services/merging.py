"""Two distributors that turn out to be one: documents stay where they are, the later number leads to the other one."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import AccountsEvent, DistributorStatus
from accounts.errors import StillOpen
from accounts.models import Distributor
from accounts.permissions import can_change_distributor
from accounts.services.distributors import set_merged
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, Problem
from core.events import ExtraSubject, record_event
from core.locks import lock_row
from core.models import Event
from core.open_items import open_items_of
from core.permissions import require
from core.state import check_version

_OWN = (AccountsEvent.DISTRIBUTOR_MERGED, AccountsEvent.MERGE_UNDONE)


def merge_distributor(
    *, distributor_id: int, into_id: int, actor: Actor, confirm_open: bool = False, expected_version: int | None = None
) -> Distributor:
    """End a distributor that is the same company as another one. Locks both in the order of their keys; one event of both.

    Its orders, people and responsible people stay as they are. Raises NotVisible, NotAllowed, StaleVersion, InvalidInput
    at `into` (itself, or merged already), Conflict (merged already, or others were merged into it), StillOpen with all
    that is open unless `confirm_open`.
    """
    if distributor_id == into_id:
        raise InvalidInput(_("Select another distributor."), code="itself", field="into")
    with explained(), transaction.atomic():
        merged, survivor = _lock(distributor_id, into_id, actor)
        check_version(merged, expected_version)
        if merged.merged_into_id is not None:
            raise Conflict(_("This distributor was merged already."), code="merged_already")
        if Distributor.objects.filter(merged_into=merged).exists():
            raise Conflict(_("Others were merged into this distributor. Merge the other way round."), code="has_merged")
        if survivor.merged_into_id is not None:
            raise InvalidInput(merged_text(survivor), code="merged", field="into")
        items = [] if confirm_open else open_items_of(merged.pk)
        if items:
            raise StillOpen(problems=[Problem(message=item, code=StillOpen.code, field="into") for item in items])
        before = merged.status
        set_merged(merged, survivor, DistributorStatus.TERMINATED)
        _record(AccountsEvent.DISTRIBUTOR_MERGED, merged, survivor, actor, before=before)
        merged.refresh_from_db()
    return merged


def undo_merge(*, distributor_id: int, actor: Actor, expected_version: int | None = None) -> Distributor:
    """Both are distributors of their own again, with the status of before, as long as nothing happened at the merged one.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict.
    """
    with explained(), transaction.atomic():
        into_id = Distributor.objects.visible_to(actor).filter(pk=distributor_id).values_list("merged_into", flat=True)
        if not into_id or into_id[0] is None:
            raise Conflict(_("This distributor is not merged."), code="not_merged")
        merged, survivor = _lock(distributor_id, into_id[0], actor)
        check_version(merged, expected_version)
        events = Event.objects.filter(distributor_id=merged.pk)
        done = events.filter(kind=AccountsEvent.DISTRIBUTOR_MERGED).order_by("-pk").first()
        if done is None or events.filter(pk__gt=done.pk).exclude(kind__in=_OWN).exists():
            text = _("Something has happened at the merged distributor since: it stays merged.")
            raise Conflict(text, code="posted_since")
        set_merged(merged, None, done.data["before"])
        _record(AccountsEvent.MERGE_UNDONE, merged, survivor, actor)
        merged.refresh_from_db()
    return merged


def merged_text(distributor: Distributor) -> str:
    """What to do with a number that was merged: take the other one."""
    if distributor.merged_into is None:
        return ""
    named = {"code": distributor.code, "survivor": distributor.merged_into.code}
    return _("%(code)s was merged into %(survivor)s. Use %(survivor)s.") % named


def _lock(distributor_id: int, into_id: int, actor: Actor) -> tuple[Distributor, Distributor]:
    found = {pk: lock_row(Distributor.objects.visible_to(actor), pk) for pk in sorted((distributor_id, into_id))}
    require(can_change_distributor(actor))
    return found[distributor_id], found[into_id]


def _record(kind: AccountsEvent, merged: Distributor, survivor: Distributor, actor: Actor, **data: Any) -> None:
    record_event(
        kind=kind,
        subject_type="distributor",
        subject_id=merged.pk,
        distributor_id=merged.pk,
        extra_subjects=[ExtraSubject(type="distributor", id=survivor.pk, relation="survivor")],
        actor_id=actor.pk,
        data={"code": merged.code, "into": survivor.code, **data},
    )
