"""Who reports the stock of a distributor. Who sees it is the business of the stock's scope."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.actors import Actor
from core.permissions import declare

REPORT_STOCK = declare(
    "channel_stock.report_stock", _("Report one's own company's stock"), roles=[Role.OWNER, Role.KEEPER]
)


def can_report_stock(actor: Actor, distributor: Any = None) -> bool:
    """Say what lies in the own warehouse: the distributor's owner and its keeper, not those above in the sub-network."""
    mine = distributor is None or distributor.pk == actor.distributor_id
    return bool(mine and REPORT_STOCK.granted_to(actor))
