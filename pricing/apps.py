from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.ui import navigation
from pricing.permissions import can_see_price_lists

PRICES = navigation.NavItem(
    key="prices",
    label=_("Price lists"),
    route="pricing:price-lists",
    group=navigation.NavGroup.PRODUCTS,
    order=65,
    allowed=can_see_price_lists,
)


class PricingConfig(AppConfig):
    name = "pricing"
    verbose_name = _("Prices")

    def ready(self) -> None:
        from core.events import register_kinds
        from core.importing import register_importers
        from core.invariants import register_invariants
        from pricing.enums import PricingEvent
        from pricing.importers import IMPORTERS
        from pricing.selectors.prices import INVARIANTS

        register_importers(*IMPORTERS)
        register_invariants(*INVARIANTS)
        register_kinds(PricingEvent)
        navigation.register(PRICES)
