"""Who may import, and subscribe systems to events: both reach into everything, so administrators only."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.actors import Actor
from core.permissions import declare

IMPORT = declare("integration.import", _("Import files"), roles=[Role.ADMINISTRATOR])
MANAGE_WEBHOOKS = declare("integration.manage_webhooks", _("Manage webhooks"), roles=[Role.ADMINISTRATOR])


def can_import(actor: Actor) -> bool:
    return IMPORT.granted_to(actor)


def can_manage_webhooks(actor: Actor) -> bool:
    return MANAGE_WEBHOOKS.granted_to(actor)
