from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.permissions import is_active_user
from core.ui import kpis, navigation, search, tabs
from orders.ordering.enums import OrderEvent
from orders.permissions import can_order

ENTRY = navigation.NavItem(
    key="order-entry",
    label=_("New order"),
    route="orders:entry",
    group=navigation.NavGroup.ENTRY,
    order=10,
    shortcut="n",
    allowed=can_order,
)
CATALOGUE = navigation.NavItem(
    key="catalogue",
    label=_("Products"),
    route="orders:entry-catalogue",
    group=navigation.NavGroup.PRODUCTS,
    order=60,
    shortcut="c",
    allowed=can_order,
    first_for=can_order,
)
ORDERS = navigation.NavItem(
    key="orders",
    label=_("Orders"),
    route="orders:list",
    group=navigation.NavGroup.ORDERS,
    order=20,
    shortcut="o",
    allowed=is_active_user,
)


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        from core.importing import register_importers
        from messaging.conversations import declare_conversations
        from orders.importers import IMPORTERS

        register_importers(*IMPORTERS)
        from accounts.selectors.open_work import OpenWork, register_open_work
        from core.events import register_kinds
        from core.invariants import register_invariants
        from core.open_items import OpenItems, register_open_items
        from core.outbox import subscribe
        from core.posted_documents import PostedDocuments, register_posted_documents
        from core.subjects import register_subject_type
        from messaging.services.notifications import declare_notifications
        from orders.fulfilment.models import Shipment
        from orders.ordering.models import Order
        from orders.ordering.selectors import open_items
        from orders.ordering.services import open_work
        from orders.ordering.services import sell_in as count_sell_in
        from orders.ordering.services.sales import AWAITED, POSTED, post_unplaced_sales
        from orders.pages.selectors.invariants import INVARIANTS
        from orders.pages.views.distributor_tab import orders_of
        from orders.pages.views.kpi import punctuality_kpi
        from orders.pages.views.order_search import find_orders
        from orders.selectors.notification_kinds import NOTIFICATION_KINDS
        from planning.enums import SalesBasis

        register_invariants(*INVARIANTS)
        register_posted_documents(
            PostedDocuments(basis=SalesBasis.ORDERED, posted=POSTED, awaited=AWAITED, post_unplaced=post_unplaced_sales)
        )
        register_subject_type("order", Order)
        declare_conversations("order")
        register_subject_type("shipment", Shipment, related=("order",))
        register_kinds(OrderEvent)
        register_open_items(
            OpenItems(key="orders", describe=open_items.open_orders, order=10),
            OpenItems(key="drafts", describe=open_items.open_drafts, order=20),
        )
        register_open_work(
            OpenWork(
                key="orders",
                label=_("Orders waiting for approval"),
                count=open_work.orders_waiting,
                count_of=open_work.orders_waiting_of,
                move=open_work.move_waiting_orders,
            )
        )
        declare_notifications(*NOTIFICATION_KINDS, group="order", label=_("Orders"))
        for topic in count_sell_in.TOPICS:
            subscribe(topic, "orders.sell_in", count_sell_in.count_again)
        kpis.register(kpis.Kpi(page="distributor", key="punctuality", kpi_card=punctuality_kpi, order=40))
        tabs.register(
            tabs.ExtraTab(
                page="distributor",
                key="orders",
                label=_("Orders"),
                template="orders/partials/distributor_tab.html",
                context=orders_of,
                allowed=is_active_user,
                order=10,
            )
        )
        navigation.register(ENTRY, CATALOGUE, ORDERS)
        search.register(search.SearchProvider(key="order", label=_("Orders"), find=find_orders, order=20))
