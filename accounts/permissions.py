"""Who may do what with people, distributors and duties. Whether they see it at all is `visible_to`'s business."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.enums import BRAND_ROLES, DISTRIBUTOR_ROLES, Role
from core.actors import Actor
from core.permissions import declare

ORDERING = "orders.place"
"""The permission of which an owner limits the amount; it is declared above, by `orders`."""

_LEADS = (Role.ADMINISTRATOR, Role.DIRECTOR)

ADMINISTER = declare(
    "accounts.administer", _("Manage people, tokens and master data"), roles=[Role.ADMINISTRATOR], is_fixed=True
)
MANAGE_GRANTS = declare(
    "accounts.manage_grants", _("Grant and deny permissions"), roles=[Role.ADMINISTRATOR], is_fixed=True
)
MANAGE_PEOPLE = declare(
    "accounts.manage_people",
    _("Manage the people of one's own company"),
    roles=[Role.ADMINISTRATOR, Role.OWNER],
    is_fixed=True,
)
INVITE_OWNERS = declare("accounts.invite_owners", _("Invite the owner of a distributor"), roles=_LEADS)
SEE_CHANNEL = declare(
    "accounts.see_channel", _("View all distributors and their data"), roles=BRAND_ROLES - {Role.MANAGER}
)
SEE_DISTRIBUTORS = declare("accounts.see_distributors", _("View the list of distributors"), roles=Role.values)
CHANGE_DISTRIBUTORS = declare("accounts.change_distributors", _("Create and change distributors"), roles=_LEADS)
SEE_RESPONSIBILITIES = declare("accounts.see_responsibilities", _("View responsibilities"), roles=BRAND_ROLES)
ASSIGN_RESPONSIBILITIES = declare(
    "accounts.assign_responsibilities", _("Assign, hand over and end responsibilities"), roles=[*_LEADS, Role.MANAGER]
)
CHANGE_DUTIES = declare("accounts.change_duties", _("Create and change duties"), roles=_LEADS)
SEE_ALL_PEOPLE = declare("accounts.see_all_people", _("View everyone"), roles=_LEADS)
SEE_PEOPLE = declare(
    "accounts.see_people",
    _("View one's reports, or the people of one's own company"),
    roles=[*_LEADS, Role.MANAGER, Role.OWNER],
)
ISSUE_TOKENS = declare("accounts.issue_tokens", _("Create API tokens"), roles=Role.values)


def has_role(actor: Actor) -> bool:
    """Whoever is something in some organisation."""
    return actor.is_active and actor.role in Role.values


def is_brand(actor: Actor) -> bool:
    """The brand owner's people."""
    return actor.is_active and actor.role in BRAND_ROLES


def sees_channel(actor: Actor) -> bool:
    return SEE_CHANNEL.granted_to(actor)


def can_administer(actor: Actor) -> bool:
    return ADMINISTER.granted_to(actor)


def can_manage_grants(actor: Actor) -> bool:
    return MANAGE_GRANTS.granted_to(actor)


def can_see_radar(actor: Actor) -> bool:
    return SEE_RESPONSIBILITIES.granted_to(actor)


def can_assign(actor: Actor, _distributor: object = None) -> bool:
    """Give a duty to somebody: leads anywhere, managers for the distributors that they see."""
    return ASSIGN_RESPONSIBILITIES.granted_to(actor)


def can_change_duties(actor: Actor, _duty: object = None) -> bool:
    return CHANGE_DUTIES.granted_to(actor) and is_brand(actor)


def can_end(actor: Actor, _responsibility: object = None) -> bool:
    return can_assign(actor)


def can_hand_over(actor: Actor) -> bool:
    return can_assign(actor)


def can_be_responsible(person: Actor) -> bool:
    """Somebody a duty can be given to: an active person of the brand owner."""
    return is_brand(person)


def can_create_distributor(actor: Actor) -> bool:
    return CHANGE_DISTRIBUTORS.granted_to(actor)


def can_change_distributor(actor: Actor, _distributor: object = None) -> bool:
    return CHANGE_DISTRIBUTORS.granted_to(actor)


def can_manage_people(actor: Actor) -> bool:
    """Administrators everybody, an owner the people of its own distributor."""
    return MANAGE_PEOPLE.granted_to(actor)


def can_manage_person(actor: Actor, person: Any) -> bool:
    """The account itself: of somebody who is something elsewhere, too, an owner only ends the role in the own company."""
    if not can_manage_people(actor):
        return False
    if can_administer(actor):
        return True
    return {row.distributor_id for row in person.memberships_in_force()} == {actor.distributor_id}


def requires_sso(email: str) -> bool:
    """Whether single sign-on is compulsory for the mail domain of this address: it signs in in no other way."""
    return email.strip().rpartition("@")[2].lower() in settings.SSO_DOMAINS


def can_change_email(actor: Actor, person: Any) -> bool:
    """Nobody leaves compulsory single sign-on by an address of their own choice: another administrator moves them."""
    if not can_manage_person(actor, person):
        return False
    return not requires_sso(person.email) or (can_administer(actor) and actor.pk != person.pk)


def can_give_role(actor: Actor, role: str) -> bool:
    """An owner gives distributor roles only, so that no one gains rights outside their own company."""
    if can_administer(actor):
        return role in Role.values
    return can_manage_people(actor) and role in DISTRIBUTOR_ROLES


def can_invite(actor: Actor, role: str) -> bool:
    """Whoever manages people; beside them, whoever appoints distributors invites their owners."""
    if role == Role.OWNER and is_brand(actor) and INVITE_OWNERS.granted_to(actor):
        return True
    return can_manage_people(actor) and can_give_role(actor, role)


def can_end_membership(actor: Actor, membership: Any) -> bool:
    """Nobody ends their own; an owner those of the own distributor."""
    if not can_give_role(actor, membership.role) or membership.person_id == actor.pk:
        return False
    return can_administer(actor) or membership.distributor_id == actor.distributor_id


def can_limit_orders(actor: Actor, person: Any) -> bool:
    """An owner the buyers of the own distributor."""
    if actor.distributor_id is None or actor.pk == person.pk or not can_manage_people(actor):
        return False
    rows = person.memberships_in_force()
    return any(row.distributor_id == actor.distributor_id and row.role == Role.BUYER for row in rows)


def can_issue_token(actor: Actor) -> bool:
    return ISSUE_TOKENS.granted_to(actor)


def can_revoke_token(actor: Actor, token: Any) -> bool:
    return bool(actor.is_active and (token.user_id == actor.pk or can_administer(actor)))


def can_see_distributors(actor: Actor) -> bool:
    return SEE_DISTRIBUTORS.granted_to(actor)


def can_see_people(actor: Actor) -> bool:
    """The page of people: leads, managers of their own people, owners of their own staff."""
    return SEE_PEOPLE.granted_to(actor)


def can_record_absence(actor: Actor, person: Actor) -> bool:
    """One's own absence, and an administrator everybody's."""
    return bool(actor.is_active and (actor.pk == person.pk or can_administer(actor)))


def sees_distributors_as_brand(actor: Actor) -> bool:
    return is_brand(actor) and can_see_distributors(actor)


def sees_company_page(actor: Actor) -> bool:
    """A distributor's people find their own company, and those below it."""
    return not is_brand(actor) and can_see_distributors(actor)
