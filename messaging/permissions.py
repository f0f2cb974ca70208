"""Who may write. What somebody sees, they may talk about; whether they see it is `visible_to`'s business."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import BRAND_ROLES, Role
from accounts.permissions import is_brand
from core.actors import Actor
from core.permissions import declare

CONVERSE = declare(
    "messaging.converse", _("Read and write messages about documents and distributors"), roles=Role.values
)
CONVERSE_INTERNALLY = declare("messaging.converse_internally", _("Read and write internal messages"), roles=BRAND_ROLES)


def can_converse(actor: Actor) -> bool:
    return CONVERSE.granted_to(actor)


def can_converse_internally(actor: Actor) -> bool:
    """The brand owner's people alone, whatever is granted."""
    return can_converse(actor) and is_brand(actor) and CONVERSE_INTERNALLY.granted_to(actor)
