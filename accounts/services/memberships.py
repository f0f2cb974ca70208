"""What people are in organisations: granted, ended, replaced. The one writer of roles."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import BRAND_ROLES, DISTRIBUTOR_ROLES, AccountsEvent
from accounts.models import Distributor, Membership, User
from accounts.permissions import can_end_membership, can_give_role, can_manage_people
from accounts.services.open_duties import require_nothing_to_answer_for, stays_of_the_brand
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible
from core.events import record_event
from core.locks import lock_row
from core.permissions import require

SESSION_KEY = "membership"
"""Under which a session keeps the membership in use, where a person has several."""


def grant_membership(
    *,
    actor: Actor,
    person_id: int,
    role: str,
    starts_on: date,
    distributor_id: int | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Give a person another role in an organisation. Records one event.

    Nobody grants themselves anything. Raises NotVisible (person, distributor), NotAllowed, InvalidInput (role without
    its distributor, dates), Conflict (the same one in that time).
    """
    with explained(), transaction.atomic():
        person: User = lock_row(User.objects.visible_to(actor), person_id)
        require(can_manage_people(actor) and can_give_role(actor, role))
        require(person.pk != actor.pk, _("You cannot change your own role."))
        require_fitting(actor, role, distributor_id)
        if ends_on is not None and ends_on < starts_on:
            raise InvalidInput(_("The end date must not be before the start date."), field="ends_on")
        membership = Membership(
            person=person, role=role, distributor_id=distributor_id, starts_on=starts_on, ends_on=ends_on
        )
        membership.save(force_insert=True)
        _record(AccountsEvent.MEMBERSHIP_GRANTED, membership, actor)
    return membership


@transaction.atomic
def end_membership(*, actor: Actor, membership_id: int, ends_on: date) -> Membership:
    """End it after the day `ends_on`; tokens that use it are refused from then on. Records one event.

    Raises NotVisible, NotAllowed (also one's own), InvalidInput (before the beginning), Conflict (it ended earlier).
    """
    known = Membership.objects.visible_to(actor).filter(pk=membership_id).values_list("person_id", flat=True)
    lock_row(User.objects.visible_to(actor), next(iter(known), 0))
    membership: Membership = lock_row(Membership.objects.visible_to(actor), membership_id)
    require(membership.person_id != actor.pk, _("You cannot change your own role."))
    require(can_end_membership(actor, membership))
    if ends_on < membership.starts_on:
        raise InvalidInput(_("The end date must not be before the start date."), field="ends_on")
    if membership.ends_on is not None and membership.ends_on < ends_on:
        raise Conflict(_("This already ended on %(day)s.") % {"day": membership.ends_on}, code="ended", field="ends_on")
    if membership.role in BRAND_ROLES and not stays_of_the_brand(membership.person, but=membership.pk, on=ends_on):
        require_nothing_to_answer_for(membership.person, since=ends_on + timedelta(days=1), field="ends_on")
    membership.ends_on = ends_on
    membership.save(update_fields=["ends_on"])
    _record(AccountsEvent.MEMBERSHIP_ENDED, membership, actor)
    return membership


def replace_membership(person: User, *, role: str, distributor_id: int | None, on: date) -> None:
    """From the day `on` the person is this, instead of the membership in use. Before: the person is locked.

    One that began on that day is changed, so that no day has both. Where the person is that already, in another
    membership, that one stays and the one in use ends.
    """
    in_force = Membership.objects.on(on).filter(person=person)
    current = in_force.filter(pk=person.membership_id or 0).first()
    same = next((row for row in in_force if (row.role, row.distributor_id) == (role, distributor_id)), None)
    if current is not None and same == current:
        return
    if current is not None and current.starts_on >= on:
        if same is not None:
            current.delete()
            return
        current.role, current.distributor_id = role, distributor_id
        current.save(update_fields=["role", "distributor"])
        return
    if current is not None:
        current.ends_on = on - timedelta(days=1)
        current.save(update_fields=["ends_on"])
    if same is None:
        Membership.objects.create(person=person, role=role, distributor_id=distributor_id, starts_on=on)


def require_fitting(actor: Actor, role: str, distributor_id: int | None) -> None:
    """A role of a distributor needs one that the actor sees, any other role has none."""
    if (role in DISTRIBUTOR_ROLES) != (distributor_id is not None):
        message = _("Distributor roles need a distributor; other roles must not have one.")
        raise InvalidInput(message, code="distributor_with_role", field="distributor")
    if distributor_id is not None and not Distributor.objects.visible_to(actor).filter(pk=distributor_id).exists():
        raise NotVisible


def _record(kind: AccountsEvent, membership: Membership, actor: Actor) -> None:
    record_event(
        kind=kind,
        subject_type="user",
        subject_id=membership.person_id,
        distributor_id=membership.distributor_id,
        actor_id=actor.pk,
        data={
            "membership": membership.pk,
            "role": membership.role,
            "since": membership.starts_on.isoformat(),
            "until": membership.ends_on.isoformat() if membership.ends_on else None,
        },
    )
