"""Who may do what with announcements and policies. Whether they see one at all is `visible_to`'s business."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import DISTRIBUTOR_ROLES, Role
from accounts.permissions import is_brand
from core.actors import Actor
from core.permissions import declare

SEE_ANNOUNCEMENTS = declare("policies.see_announcements", _("View announcements and policies"), roles=Role.values)


CHANGE_ANNOUNCEMENTS = declare(
    "policies.change_announcements",
    _("Write, publish and withdraw announcements and policies"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR],
)


ACKNOWLEDGE_ANNOUNCEMENTS = declare(
    "policies.acknowledge_announcements",
    _("Acknowledge announcements for one's own company"),
    roles=DISTRIBUTOR_ROLES,
)


def can_see_announcements(actor: Actor) -> bool:
    return SEE_ANNOUNCEMENTS.granted_to(actor)


def sees_recipients(actor: Actor) -> bool:
    """The brand's people see who has acknowledged, of the distributors they see."""
    return is_brand(actor) and can_see_announcements(actor)


def can_change_announcements(actor: Actor) -> bool:
    return CHANGE_ANNOUNCEMENTS.granted_to(actor) and is_brand(actor)


def can_acknowledge(actor: Actor, announcement: Any = None) -> bool:
    """Whoever of a distributor has one of the roles that the announcement names."""
    if actor.distributor_id is None or not ACKNOWLEDGE_ANNOUNCEMENTS.granted_to(actor):
        return False
    return announcement is None or actor.role in announcement.roles


def sees_announcements_as_brand(actor: Actor) -> bool:
    return is_brand(actor) and can_see_announcements(actor)


def sees_announcements_as_distributor(actor: Actor) -> bool:
    return not is_brand(actor) and can_see_announcements(actor)
