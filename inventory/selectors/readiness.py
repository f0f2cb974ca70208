"""What a distributor needs of this app before it can order."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from accounts.selectors.checklists import ChecklistItem
from core.actors import Actor
from inventory.models import SupplyRoute
from inventory.permissions import can_set_supply_routes


def _has_supply_route(distributor: Distributor) -> bool:
    return SupplyRoute.objects.first_of(distributor.pk, timezone.localdate()).exists()


def _to_supply_route(actor: Actor, distributor: Distributor) -> str:
    may = can_set_supply_routes(actor)
    return reverse("inventory:supply-route", args=[distributor.code]) if may else ""


SUPPLY_ROUTE = ChecklistItem(
    key="supply-route", label=_("Supply route"), is_done=_has_supply_route, url=_to_supply_route, order=50
)
