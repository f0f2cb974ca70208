"""Who may do what with people, distributors and duties. Whether they see it at all is `visible_to`'s business."""

from typing import Any

from accounts.enums import BRAND_ROLES, DISTRIBUTOR_ROLES, Role
from core.actors import Actor

_LEADS = frozenset({Role.ADMINISTRATOR, Role.DIRECTOR})


def is_lead(user: Actor) -> bool:
    """Administrators and directors answer for the whole channel."""
    return user.is_active and user.role in _LEADS


def can_see_radar(user: Actor) -> bool:
    return user.is_active and user.role in BRAND_ROLES


def can_assign(user: Actor, distributor: object = None) -> bool:  # noqa: ARG001 - scope has been asked
    """Give a duty to somebody: leads anywhere, a manager for the distributors that he sees."""
    return is_lead(user) or (user.is_active and user.role == Role.MANAGER)


def can_end(user: Actor, responsibility: object = None) -> bool:  # noqa: ARG001 - likewise
    return can_assign(user)


def can_hand_over(user: Actor) -> bool:
    return can_assign(user)


def can_be_responsible(person: Actor) -> bool:
    """Somebody a duty can be given to: an active person of the brand owner."""
    return person.is_active and person.role in BRAND_ROLES


def can_create_distributor(user: Actor) -> bool:
    return is_lead(user)


def can_change_distributor(user: Actor, distributor: object = None) -> bool:  # noqa: ARG001 - likewise
    return is_lead(user)


def can_manage_people(user: Actor) -> bool:
    """Administrators everybody, an owner the people of its own distributor."""
    return user.is_active and user.role in {Role.ADMINISTRATOR, Role.OWNER}


def can_manage_person(user: Actor, person: Actor) -> bool:
    if not can_manage_people(user):
        return False
    if user.role == Role.ADMINISTRATOR:
        return True
    return bool(person.distributor_id == user.distributor_id) and person.role in DISTRIBUTOR_ROLES


def can_give_role(user: Actor, role: str) -> bool:
    """An owner gives distributor roles only, so that nobody climbs out of the own company."""
    if user.role == Role.ADMINISTRATOR:
        return user.is_active and role in Role.values
    return can_manage_people(user) and role in DISTRIBUTOR_ROLES


def can_issue_token(user: Actor) -> bool:
    return user.is_active and user.role in Role.values


def can_revoke_token(user: Actor, token: Any) -> bool:
    return bool(user.is_active and (token.user_id == user.pk or user.role == Role.ADMINISTRATOR))


def can_see_distributors(user: Actor) -> bool:
    return user.is_active and user.role in Role.values


def can_see_people(user: Actor) -> bool:
    """The page of people: leads, managers of their own people, owners of their own staff."""
    return user.is_active and user.role in {Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER, Role.OWNER}


def can_record_absence(user: Actor, person: Actor) -> bool:
    """One's own absence, and an administrator everybody's."""
    return bool(user.is_active and (user.pk == person.pk or user.role == Role.ADMINISTRATOR))


def has_role(user: Actor) -> bool:
    """Whoever is something in some organisation."""
    return user.is_active and user.role in Role.values
