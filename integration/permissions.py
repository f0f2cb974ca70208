"""Who may import: it writes into every table, so administrators only."""

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.actors import Actor
from core.permissions import declare

IMPORT = declare("integration.import", _("Import files"), roles=[Role.ADMINISTRATOR])


def can_import(actor: Actor) -> bool:
    return IMPORT.granted_to(actor)
