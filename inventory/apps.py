from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.selectors import checklists
from core.ui import navigation
from inventory.permissions import (
    can_move_stock,
    can_see_stock,
    has_product_list,
)

PAGES = (
    navigation.NavItem(
        key="products",
        label=_("Products"),
        route="inventory:products",
        group=navigation.NavGroup.PRODUCTS,
        order=60,
        shortcut="c",
        allowed=has_product_list,
    ),
    navigation.NavItem(
        key="stock",
        label=_("Stock"),
        route="inventory:stock",
        group=navigation.NavGroup.STOCK,
        order=70,
        shortcut="s",
        allowed=can_see_stock,
        first_for=can_move_stock,
    ),
    navigation.NavItem(
        key="expected-receipts",
        label=_("Expected receipts"),
        route="inventory:expected-receipts",
        group=navigation.NavGroup.STOCK,
        order=71,
        allowed=can_see_stock,
    ),
    navigation.NavItem(
        key="blocks",
        label=_("Blocked stock"),
        route="inventory:blocks",
        group=navigation.NavGroup.STOCK,
        order=72,
        allowed=can_see_stock,
    ),
)


class InventoryConfig(AppConfig):
    name = "inventory"
    verbose_name = _("Inventory")

    def ready(self) -> None:
        from core.importing import register_importers
        from inventory.importers import IMPORTERS
        from inventory.selectors.readiness import SUPPLY_ROUTE

        register_importers(*IMPORTERS)
        checklists.register(SUPPLY_ROUTE)
        from catalogue.models import Product
        from core.constraints import explain_constraint
        from core.events import register_kinds
        from core.invariants import register_invariants
        from core.subjects import register_subject_type
        from inventory.enums import InventoryEvent
        from inventory.models import ExpectedReceipt, Lot, StockBlock, Warehouse
        from inventory.selectors.invariants import INVARIANTS

        register_invariants(*INVARIANTS)
        register_subject_type("product", Product)
        register_subject_type("warehouse", Warehouse)
        register_subject_type("expected_receipt", ExpectedReceipt)
        register_subject_type("stock_block", StockBlock)
        register_subject_type("lot", Lot)
        register_kinds(InventoryEvent)
        explain_constraint(
            "stock_back_orders_first", _("These pieces belong to orders that have been waiting for them.")
        )
        explain_constraint("lots_add_up", _("These pieces have no lot that they could be taken from."))
        explain_constraint(
            "supply_route_not_itself",
            _("A distributor cannot be supplied from a warehouse of its own."),
            field="warehouse",
        )
        explain_constraint(
            "warehouse_owner_stays",
            _("A warehouse's owner cannot be changed. Create a new warehouse."),
            field="distributor",
        )
        navigation.register(*PAGES)
