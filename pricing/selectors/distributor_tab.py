"""Which price lists hold for a distributor, as the tab of its page shows them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from accounts.models import Distributor, Territory
from core.actors import Actor
from pricing.models import PriceList
from pricing.selectors.prices import named_price_lists


def applying_to(rows: Any, distributor: Distributor) -> Any:
    """Those of some price lists whose conditions the distributor meets."""
    areas = (
        [row.pk for row in Territory.objects.ancestors(distributor.territory, include_self=True)]
        if distributor.territory
        else []
    )
    return rows.filter(
        Q(distributor=None) | Q(distributor=distributor),
        Q(territory=None) | Q(territory__in=areas),
        Q(tier=None) | Q(tier=distributor.tier_id),
        Q(channel_kind="") | Q(channel_kind=distributor.channel_kind),
        currency=distributor.currency,
        is_active=True,
    )


def price_lists_of(actor: Actor, distributor: Distributor) -> Mapping[str, Any]:
    """The lists whose conditions the distributor meets, the one that goes first on top. Two queries."""
    rows = applying_to(PriceList.objects.visible_to(actor), distributor)
    joined = rows.select_related("distributor", "territory", "tier").order_by("-priority", "code")
    return {"price_lists": named_price_lists(list(joined))}
