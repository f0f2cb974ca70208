"""Who may do what with the templates by which new distributors get their people."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.permissions import can_assign, is_brand
from core.actors import Actor
from core.permissions import declare

CHANGE_TEMPLATES = declare(
    "responsibility.change_templates",
    _("Change duties' assignment templates"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR],
)


def can_change_templates(actor: Actor, _template: object = None) -> bool:
    return CHANGE_TEMPLATES.granted_to(actor) and is_brand(actor)


def can_apply_templates(actor: Actor) -> bool:
    """Whoever assigns responsibilities one by one may do so by template."""
    return can_assign(actor) and is_brand(actor)
