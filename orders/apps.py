from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.permissions import has_role
from core.permissions import has_permission, is_active_user
from core.registry import registry
from core.ui import kpis, navigation, search, tabs
from inventory.permissions import can_see_stock
from orders.ordering.enums import OrderEvent
from orders.permissions import can_change_order_types, can_order_itself
from orders.returns.permissions import can_set_return_policies

ENTRY = navigation.NavItem(
    key="order-entry",
    label=_("New order"),
    route="orders:entry",
    group=navigation.NavGroup.ENTRY,
    order=10,
    shortcut="n",
    allowed=can_order_itself,
)
CATALOGUE = navigation.NavItem(
    key="catalogue",
    label=_("Products"),
    route="orders:entry-catalogue",
    group=navigation.NavGroup.PRODUCTS,
    order=60,
    shortcut="c",
    allowed=can_order_itself,
    first_for=can_order_itself,
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
CLAIMS = navigation.NavItem(
    key="delivery-claims",
    label=_("Delivery claims"),
    route="orders:claims",
    group=navigation.NavGroup.ORDERS,
    order=30,
    allowed=is_active_user,
)
DELIVERY_REPORT = navigation.NavItem(
    key="delivery-report",
    label=_("On time in full"),
    route="orders:delivery-report",
    group=navigation.NavGroup.ORDERS,
    order=35,
    allowed=has_role,
)
ORDER_TYPES = navigation.NavItem(
    key="order-types",
    label=_("Order types"),
    route="orders:types",
    group=navigation.NavGroup.SETTINGS,
    order=45,
    allowed=can_change_order_types,
)


LOTS = navigation.NavItem(
    key="lots",
    label=_("Lots"),
    route="orders:lots",
    group=navigation.NavGroup.STOCK,
    order=74,
    allowed=can_see_stock,
)


APPROVAL_RULES = navigation.NavItem(
    key="approval-rules",
    label=_("Approval rules"),
    route="orders:approval-rules",
    group=navigation.NavGroup.SETTINGS,
    order=46,
    allowed=lambda actor: actor.is_active and has_permission(actor, "orders.set_approval_rules"),
)
RETURNS = navigation.NavItem(
    key="returns",
    label=_("Returns"),
    route="orders:returns",
    group=navigation.NavGroup.ORDERS,
    order=30,
    allowed=is_active_user,
)
RETURN_POLICIES = navigation.NavItem(
    key="return-policies",
    label=_("Return policies"),
    route="orders:return-policies",
    group=navigation.NavGroup.SETTINGS,
    order=47,
    allowed=can_set_return_policies,
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
        from core.outbox import subscribe, subscribe_message
        from core.subjects import register_subject_type
        from inventory.enums import InventoryEvent
        from messaging.services.notifications import declare_notifications
        from orders.changes.models import ApprovalRule
        from orders.changes.services import approving
        from orders.changes.services.requests import close_without_order
        from orders.fulfilment.models import Shipment
        from orders.ordering.models import Order, OrderType
        from orders.ordering.selectors import open_items
        from orders.ordering.services import open_work
        from orders.ordering.services import sell_in as count_sell_in
        from orders.ordering.services.promised import note_first_promise
        from orders.pages.selectors.invariants import INVARIANTS
        from orders.selectors.notification_kinds import BACK_ORDER_KINDS, DROP_SHIPMENT_KIND, NOTIFICATION_KINDS

        register_invariants(*INVARIANTS)
        _register_with_stock()
        _register_claims()
        _register_credit()
        _register_returns()
        _register_papers()
        _register_sales()
        register_subject_type("order", Order)
        declare_conversations("order")
        register_subject_type("order_type", OrderType)
        register_subject_type("approval_rule", ApprovalRule)
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
        declare_notifications(
            *NOTIFICATION_KINDS, *BACK_ORDER_KINDS, DROP_SHIPMENT_KIND, group="order", label=_("Orders")
        )
        for topic in approving.TOPICS:
            subscribe_message(topic, "orders.approval", approving.check_placed, elsewhere=True)
        called_off = (OrderEvent.CANCELLED, OrderEvent.SHIPPED, OrderEvent.REST_CANCELLED)
        for topics, name, consumer in (
            (called_off, "orders.change_requests", close_without_order),
            (
                (InventoryEvent.BACK_ORDER_PROMISED, InventoryEvent.BACK_ORDER_FILLED),
                "orders.first_promise",
                note_first_promise,
            ),
            (count_sell_in.TOPICS, "orders.sell_in", count_sell_in.count_again),
        ):
            for topic in topics:
                subscribe(topic, name, consumer, elsewhere=True)
        _register_pages()


def _register_pages() -> None:
    """Menu entries, tabs and figures of other pages, and what a search finds."""
    from orders.pages.views.distributor_tab import order_for_step, orders_of
    from orders.pages.views.kpi import punctuality_kpi
    from orders.pages.views.order_search import find_orders, find_serials

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
    tabs.register_step("distributor", "order-for", order_for_step)
    navigation.register(
        ENTRY,
        CATALOGUE,
        ORDERS,
        CLAIMS,
        RETURNS,
        DELIVERY_REPORT,
        ORDER_TYPES,
        LOTS,
        APPROVAL_RULES,
        RETURN_POLICIES,
    )
    search.register(search.SearchProvider(key="order", label=_("Orders"), find=find_orders, order=20))
    search.register(search.SearchProvider(key="serial", label=_("Serial numbers"), find=find_serials, order=80))


def _register_sales() -> None:
    """What orders and shipments post to the actual sales."""
    from core.posted_documents import PostedDocuments, register_posted_documents
    from orders.ordering.services import sales
    from planning.enums import SalesBasis

    for basis, posted, awaited, post in (
        (SalesBasis.ORDERED, sales.POSTED, sales.AWAITED, sales.post_unplaced_orders),
        (SalesBasis.SHIPPED, sales.POSTED_SHIPMENTS, sales.AWAITED_SHIPMENTS, sales.post_unplaced_shipments),
    ):
        register_posted_documents(PostedDocuments(basis=basis, posted=posted, awaited=awaited, post_unplaced=post))


def _register_credit() -> None:
    """What open orders use of the credit of their buyers."""
    from core.invariants import register_invariants
    from core.outbox import subscribe
    from orders.ordering.services import credit_freed
    from orders.ordering.services.credit import register_source
    from orders.pages.selectors.credit_invariants import INVARIANTS as CREDIT_INVARIANTS

    register_invariants(*CREDIT_INVARIANTS)
    register_source()
    for topic in credit_freed.TOPICS:
        subscribe(topic, "orders.credit_freed", credit_freed.ask_waiting_orders, elsewhere=True)


def _register_claims() -> None:
    """Delivery claims: what can be said of them, to whom, and what follows when a re-shipment is called off."""
    from core.events import register_kinds
    from core.invariants import register_invariants
    from core.outbox import subscribe
    from core.subjects import register_subject_type
    from messaging.conversations import declare_conversations
    from messaging.services.notifications import declare_notifications
    from orders.fulfilment.claims.enums import CLAIM, ClaimEvent
    from orders.fulfilment.claims.models import DeliveryClaim
    from orders.fulfilment.claims.selectors.invariants import INVARIANTS as CLAIM_INVARIANTS
    from orders.fulfilment.claims.services import called_off
    from orders.selectors.claim_notification_kinds import CLAIM_KINDS

    register_invariants(*CLAIM_INVARIANTS)
    register_subject_type(CLAIM, DeliveryClaim, related=("order",))
    declare_conversations(CLAIM)
    register_kinds(ClaimEvent)
    declare_notifications(*CLAIM_KINDS, group="delivery_claim", label=_("Delivery claims"))
    for topic in called_off.TOPICS:
        subscribe(topic, "orders.reopen_claims", called_off.reopen_called_off, elsewhere=True)


def _register_with_stock() -> None:
    """What a product shows of orders, and how lines of orders wait whose reserved goods are missing."""
    from inventory.services.displacing import register_waiting_source
    from messaging.services.notifications import declare_notifications
    from orders.ordering.services.displaced import waiting_sources
    from orders.pages.selectors.lots_panel import lots_panel
    from orders.pages.selectors.product_panel import order_panel
    from orders.selectors.lot_notification_kinds import LOT_KINDS

    declare_notifications(*LOT_KINDS, group="lot", label=_("Lots"))
    register_waiting_source("order", waiting_sources)
    registry.panels.add("order-product", order_panel)
    registry.panels.add("order-lots", lots_panel)


def _register_returns() -> None:
    from core.constraints import explain_constraint
    from core.events import register_kinds
    from core.invariants import register_invariants
    from core.subjects import register_subject_type
    from messaging.services.notifications import declare_notifications
    from orders.fulfilment.selectors.lot_holders import register_came_back
    from orders.pages.views.return_tab import return_step, returns_of
    from orders.returns.enums import RETURN, ReturnEvent
    from orders.returns.models import Return, ReturnPolicy
    from orders.returns.selectors.invariants import INVARIANTS
    from orders.returns.selectors.lots_back import came_back_of
    from orders.selectors.return_kinds import RETURN_KINDS

    register_invariants(*INVARIANTS)
    declare_notifications(*RETURN_KINDS, group="return", label=_("Returns"))
    tabs.register(
        tabs.ExtraTab(
            page="distributor",
            key="returns",
            label=_("Returns"),
            template="orders/partials/returns_tab.html",
            context=returns_of,
            allowed=is_active_user,
            order=15,
        )
    )
    tabs.register_step("distributor", "return-for", return_step)
    register_came_back(came_back_of)
    register_subject_type(RETURN, Return)
    register_subject_type("return_policy", ReturnPolicy)
    register_kinds(ReturnEvent)
    explain_constraint(
        "return_line_within_received", _("Only what was received and not returned before can be returned.")
    )


def _register_papers() -> None:
    """Who makes the PDF of many orders; and parcels and waybills, of which papers are printed."""
    from core.enums import JobKind
    from core.jobs import register_job
    from orders.papers.services.printing import work
    from orders.shipment_pages.registration import register_waybills
    from orders.wave_pages.registration import register_waves

    register_job(JobKind.PAPERS, work)
    register_waves()
    register_waybills()
