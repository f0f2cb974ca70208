"""What can be imported of the stock: warehouses, supply routes, and what lies there."""

from django.utils.translation import gettext_lazy as _

from core.importing import Entity, Importer, fields_of
from inventory.models import ExpectedReceipt, Stock, SupplyRoute, Warehouse
from inventory.services.write_expected import write_expected_receipts
from inventory.services.write_places import write_places
from inventory.services.write_stock import write_stock

WAREHOUSE = Entity(
    name="warehouse",
    help_text="A place of the brand owner's from which orders are supplied, or where a distributor keeps its stock.",
    model=Warehouse,
    key=("code",),
    fields=fields_of(
        Warehouse,
        {
            "code": "Code",
            "name": "Name",
            "name_zh": "Chinese name",
            "kind": "What it is for; orders are supplied from one for sale only",
            "distributor": "Code of the distributor whose it is; empty for your own. It never changes",
            "is_default": "Whether it is the distributor's default: the first one is, unless another is",
            "is_active": "Whether it is in use",
        },
    ),
    match=("code", "name", "name_zh"),
)

SUPPLY_ROUTE = Entity(
    name="supply_route",
    help_text="Which warehouse supplies a distributor, by priority and for a time.",
    model=SupplyRoute,
    key=("distributor", "priority", "starts_on"),
    fields=fields_of(
        SupplyRoute,
        {
            "distributor": "Code of the distributor",
            "warehouse": "Code of the warehouse",
            "lead_days": "Days from dispatch to arrival; working days of the calendar",
            "calendar": "Code of the working calendar; empty means that every day counts",
            "priority": "1 is asked first",
            "starts_on": "First day; empty means always",
            "ends_on": "Last day; empty means until further notice",
        },
    ),
    match=(),
)

STOCK = Entity(
    name="stock",
    help_text="What lies in a warehouse now, as counted. A difference to what is known is booked as a move.",
    model=Stock,
    key=("warehouse", "product"),
    fields=fields_of(
        Stock,
        {
            "warehouse": "Code of the warehouse",
            "product": "Code of the product",
            "on_hand": "Units on hand, not below zero and not below what is reserved",
        },
        on_hand={"low": 0, "required": True},
    ),
    match=(),
    reasons={
        "stock_reserved_within_on_hand": _("More than this is reserved for orders."),
    },
)

STOCK_PLACE = Entity(
    name="stock_place",
    help_text="Where a product lies in a warehouse: pick lists are sorted by zone and place. Empty takes it off its place.",
    model=Stock,
    titles=(_("place of stock"), _("places of stock")),
    key=("warehouse", "product"),
    fields=fields_of(
        Stock,
        {
            "warehouse": "Code of the warehouse",
            "zone": "Zone of the warehouse",
            "place": "Code of the place in its zone",
            "product": "Code of the product, which the warehouse has or had",
        },
    ),
    match=(),
)

EXPECTED_RECEIPT = Entity(
    name="expected_receipt",
    help_text="Goods that a supply order brings into a warehouse. The same again changes nothing.",
    model=ExpectedReceipt,
    key=("external_id",),
    fields=fields_of(
        ExpectedReceipt,
        {
            "external_id": "Number and line of the supply order in your purchasing system",
            "warehouse": "Code of the warehouse",
            "product": "Code of the product",
            "quantity": "Pieces",
            "expected_on": "The day on which they come in",
            "note": "Note",
        },
        quantity={"low": 1, "required": True},
    ),
    match=(),
)

IMPORTERS = (
    Importer(entity=WAREHOUSE),
    Importer(entity=SUPPLY_ROUTE),
    Importer(entity=STOCK, write=write_stock, page="inventory:stock"),
    Importer(entity=STOCK_PLACE, write=write_places, after=("stock",), page="orders:places"),
    Importer(entity=EXPECTED_RECEIPT, write=write_expected_receipts, page="inventory:expected-receipts"),
)
