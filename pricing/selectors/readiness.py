"""What a distributor needs of this app before it can order, and a product before it can be sold."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from accounts.selectors.checklists import ChecklistItem
from catalogue.rules.completeness import Criterion
from core.actors import Actor
from pricing.models import Price, PriceList
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


def _lacks_price() -> Any:
    """No price of the company's that is valid today."""
    today = timezone.localdate()
    prices = Price.objects.filter(product=OuterRef("pk"), price_list__owner=None, price_list__is_active=True)
    valid = prices.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)
    return ~Exists(valid)


PRODUCT_PRICE = Criterion(
    key="price",
    label=_("Price"),
    lacks=_lacks_price,
    url=lambda code: reverse("pricing:product-prices", args=[code]),
    order=80,
)
