from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from channel_stock.permissions import can_report_stock
from core.permissions import is_active_user
from core.ui import kpis, navigation, tabs
from inventory.permissions import can_see_distributor_stock, can_see_stock

PAGES = (
    navigation.NavItem(
        key="channel-stock",
        label=_("Channel inventory"),
        route="channel_stock:channel-stock",
        group=navigation.NavGroup.STOCK,
        order=76,
        allowed=can_see_stock,
    ),
    navigation.NavItem(
        key="my-stock",
        label=_("My stock"),
        route="channel_stock:channel-stock",
        group=navigation.NavGroup.STOCK,
        order=70,
        shortcut="s",
        allowed=can_see_distributor_stock,
        first_for=can_report_stock,
    ),
)


class ChannelStockConfig(AppConfig):
    name = "channel_stock"
    verbose_name = _("Channel inventory")

    def ready(self) -> None:
        from channel_stock.enums import ChannelStockEvent
        from channel_stock.views.cover import cover_kpi, stock_of
        from core.events import register_kinds

        register_kinds(ChannelStockEvent)
        tabs.register(
            tabs.ExtraTab(
                page="distributor",
                key="stock",
                label=_("Stock"),
                template="channel_stock/partials/distributor_tab.html",
                context=stock_of,
                allowed=is_active_user,
                order=20,
            )
        )
        kpis.register(kpis.Kpi(page="distributor", key="cover", kpi_card=cover_kpi, order=30))
        navigation.register(*PAGES)
