"""What a distributor needs of this app before it can order."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from accounts.selectors.checklists import ChecklistItem
from core.actors import Actor
from pricing.models import PriceList
from pricing.permissions import can_change_prices
from pricing.selectors.distributor_tab import applying_to


def _has_price_list(distributor: Distributor) -> bool:
    return bool(applying_to(PriceList.objects.filter(owner=None), distributor).exists())


def _to_price_lists(actor: Actor, distributor: Distributor) -> str:
    may = can_change_prices(actor)
    return f"{reverse('pricing:price-list-new')}?distributor={distributor.code}" if may else ""


PRICE_LIST = ChecklistItem(
    key="price-list", label=_("Price list in its currency"), is_done=_has_price_list, url=_to_price_lists, order=60
)
