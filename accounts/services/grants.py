"""What roles and people may do otherwise than declared: granted, denied, ended."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import AccountsEvent, Role
from accounts.models import Grant, User
from accounts.permissions import ORDERING, can_limit_orders, can_manage_grants
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible
from core.events import record_event
from core.locks import lock_row
from core.permissions import declared_permissions, require


def create_grant(
    *,
    actor: Actor,
    permission: str,
    starts_on: date,
    role: str = "",
    person_id: int | None = None,
    is_allowed: bool = True,
    amount_limit: Decimal | None = None,
    ends_on: date | None = None,
) -> Grant:
    """Allow or deny a permission to a role or to one person, up to an amount of the company's currency. Records one event.

    Nobody grants anything to themselves. Raises NotAllowed, NotVisible (person), InvalidInput (permission, limit, dates,
    not exactly one of role and person), Conflict (the same one in that time).
    """
    with explained(), transaction.atomic():
        require(can_manage_grants(actor))
        require(person_id is None or person_id != actor.pk, _("You cannot change your own permissions."))
        _check(permission, role, person_id, is_allowed=is_allowed, amount_limit=amount_limit)
        if ends_on is not None and ends_on < starts_on:
            raise InvalidInput(_("The end date must not be before the start date."), field="ends_on")
        if person_id is not None and not User.objects.visible_to(actor).filter(pk=person_id).exists():
            raise NotVisible
        grant = Grant(
            role=role,
            person_id=person_id,
            permission=permission,
            is_allowed=is_allowed,
            amount_limit=amount_limit,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        grant.save(force_insert=True)
        _record(AccountsEvent.GRANT_CREATED, grant, actor.pk)
    return grant


@transaction.atomic
def end_grant(*, actor: Actor, grant_id: int, ends_on: date) -> Grant:
    """End it after the day `ends_on`; the declaration applies again from then on. Records one event.

    Raises NotVisible, NotAllowed, InvalidInput (before the beginning), Conflict (it ended earlier).
    """
    grant: Grant = lock_row(Grant.objects.visible_to(actor), grant_id)
    require(can_manage_grants(actor))
    if ends_on < grant.starts_on:
        raise InvalidInput(_("The end date must not be before the start date."), field="ends_on")
    if grant.ends_on is not None and grant.ends_on < ends_on:
        raise Conflict(_("This already ended on %(day)s.") % {"day": grant.ends_on}, code="ended", field="ends_on")
    grant.ends_on = ends_on
    grant.save(update_fields=["ends_on"])
    _record(AccountsEvent.GRANT_ENDED, grant, actor.pk)
    return grant


@transaction.atomic
def limit_orders(*, actor: Actor, person_id: int, amount: Decimal | None, on: date) -> Grant | None:
    """From the day `on` the person orders up to `amount` of the company's currency; None takes the limit away.

    For a buyer in the actor's own distributor, and there alone. Records an event for what ends and for what begins.
    Raises NotVisible, NotAllowed (also one's own limit, and somebody who is no buyer there).
    """
    person: User = lock_row(User.objects.visible_to(actor), person_id)
    require(can_limit_orders(actor, person))
    distributor_id = actor.distributor_id or 0  # whoever may limit is of a distributor
    return set_order_limit(person_id=person_id, distributor_id=distributor_id, amount=amount, on=on, actor_id=actor.pk)


def set_order_limit(
    *, person_id: int, distributor_id: int, amount: Decimal | None, on: date, actor_id: int
) -> Grant | None:
    """The limit of a person in a distributor from a day on, instead of what was there.

    Before: inside a transaction, the person is locked and the permission asked for.
    """
    before = Grant.objects.from_day(on).filter(person_id=person_id, permission=ORDERING, distributor_id=distributor_id)
    for grant in before.select_for_update():
        _record(AccountsEvent.GRANT_ENDED, grant, actor_id)
        if grant.starts_on >= on:
            grant.delete()
        else:
            grant.ends_on = on - timedelta(days=1)
            grant.save(update_fields=["ends_on"])
    if amount is None:
        return None
    limit = Grant(
        person_id=person_id, distributor_id=distributor_id, permission=ORDERING, amount_limit=amount, starts_on=on
    )
    with explained():
        limit.save(force_insert=True)
    _record(AccountsEvent.GRANT_CREATED, limit, actor_id)
    return limit


def _check(codename: str, role: str, person_id: int | None, *, is_allowed: bool, amount_limit: Decimal | None) -> None:
    permission = declared_permissions().get(codename)
    if permission is None:
        raise InvalidInput(_("Unknown permission."), field="permission")
    if permission.is_fixed:
        raise InvalidInput(_("This permission cannot be granted or denied."), code="fixed", field="permission")
    if bool(role) == (person_id is not None) or (role and role not in Role.values):
        raise InvalidInput(_("Select either a role or a person."), code="role_or_person", field="role")
    if amount_limit is not None and (not permission.has_limit or not is_allowed or amount_limit < 0):
        raise InvalidInput(_("This permission has no limit."), code="no_limit", field="amount_limit")


def _record(kind: AccountsEvent, grant: Grant, actor_id: int) -> None:
    record_event(
        kind=kind,
        subject_type="grant",
        subject_id=grant.pk,
        actor_id=actor_id,
        data={
            "permission": grant.permission,
            "role": grant.role,
            "person": grant.person_id,
            "allowed": grant.is_allowed,
            "limit": None if grant.amount_limit is None else str(grant.amount_limit),
            "since": grant.starts_on.isoformat(),
            "until": grant.ends_on.isoformat() if grant.ends_on else None,
        },
    )
