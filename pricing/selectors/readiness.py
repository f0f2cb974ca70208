"""What a distributor needs of this app before it can order."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from accounts.selectors.checklists import ChecklistItem
from core.actors import Actor
from pricing.models import PriceList
from pricing.permissions import can_see_price_lists
from pricing.selectors.distributor_tab import applying_to


def _has_price_list(distributor: Distributor) -> bool:
    return bool(applying_to(PriceList.objects.filter(owner=None), distributor).exists())


def _to_price_lists(actor: Actor, distributor: Distributor) -> str:  # noqa: ARG001 - a list is for many
    return reverse("pricing:price-lists") if can_see_price_lists(actor) else ""


PRICE_LIST = ChecklistItem(
    key="price-list", label=_("Price list in its currency"), is_done=_has_price_list, url=_to_price_lists, order=60
)
