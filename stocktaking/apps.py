from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.ui import navigation
from inventory.permissions import can_see_stock

PAGES = (
    navigation.NavItem(
        key="counts",
        label=_("Stock counts"),
        route="stocktaking:counts",
        group=navigation.NavGroup.STOCK,
        order=74,
        allowed=can_see_stock,
    ),
    navigation.NavItem(
        key="scraps",
        label=pgettext_lazy("document", "Scrap"),
        route="stocktaking:scraps",
        group=navigation.NavGroup.STOCK,
        order=75,
        allowed=can_see_stock,
    ),
)


class StocktakingConfig(AppConfig):
    name = "stocktaking"
    verbose_name = _("Stocktaking")

    def ready(self) -> None:
        from core.constraints import explain_constraint
        from core.events import register_kinds
        from core.invariants import register_invariants
        from core.subjects import register_subject_type
        from stocktaking.enums import StocktakingEvent
        from stocktaking.models import Scrap, StockCount
        from stocktaking.selectors.invariants import INVARIANTS

        register_invariants(*INVARIANTS)
        register_subject_type("stock_count", StockCount)
        register_subject_type("scrap", Scrap)
        register_kinds(StocktakingEvent)
        explain_constraint(
            "stock_count_line_in_one_count", _("A product is counted in another count of this warehouse already.")
        )
        navigation.register(*PAGES)
