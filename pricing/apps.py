from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.selectors import checklists
from core.ui import navigation, tabs
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
        from catalogue.rules import completeness
        from core.events import register_kinds
        from core.importing import register_importers
        from core.invariants import register_invariants
        from core.subjects import register_subject_type
        from pricing.enums import PricingEvent
        from pricing.importers import IMPORTERS
        from pricing.models import Promotion
        from pricing.selectors.distributor_tab import price_lists_of
        from pricing.selectors.prices import INVARIANTS
        from pricing.selectors.readiness import PRICE_LIST, PRODUCT_PRICE

        register_importers(*IMPORTERS)
        checklists.register(PRICE_LIST)
        completeness.register(PRODUCT_PRICE)
        register_invariants(*INVARIANTS)
        register_kinds(PricingEvent)
        register_subject_type("promotion", Promotion)
        tabs.register(
            tabs.ExtraTab(
                page="distributor",
                key="prices",
                label=_("Prices"),
                template="pricing/partials/distributor_tab.html",
                context=price_lists_of,
                allowed=can_see_price_lists,
                order=30,
            )
        )
        navigation.register(PRICES)
