"""Brands, products, who may buy them, where they lie, what they cost."""

from distribution.imports.entities.base import Entity, fields_of
from inventory.models import Brand, BuyingRight, Category, Product, Stock, SupplyRoute, Warehouse
from planning.models import Price, PriceList, Promotion

BRAND = Entity(
    name="brand",
    says="A brand.",
    model=Brand,
    key=("code",),
    fields=fields_of(Brand, {"code": "Code", "name": "Name", "name_zh": "Chinese name"}),
    match=("code", "name", "name_zh"),
)

CATEGORY = Entity(
    name="category",
    says="A product group, in a tree.",
    model=Category,
    key=("code",),
    fields=fields_of(
        Category, {"code": "Code", "name": "Name", "name_zh": "Chinese name", "parent": "Code of the group above"}
    ),
    match=("code", "name", "name_zh"),
)

PRODUCT = Entity(
    name="product",
    says="An article that is ordered and stocked in whole units.",
    model=Product,
    key=("code",),
    fields=fields_of(
        Product,
        {
            "code": "Article number",
            "name": "Name",
            "name_zh": "Chinese name",
            "barcode": "Barcode, each once",
            "brand": "Code of the brand",
            "category": "Code of the product group",
            "status": "Status",
            "unit": "Unit it is counted in",
            "pack_size": "Units in a pack",
            "minimum_quantity": "Least quantity of an order line",
            "order_multiple": "Step of the quantity",
            "unit_cost": "Cost of one unit",
            "description": "Description",
            "description_zh": "Description in Chinese",
        },
        pack_size={"low": 1},
        minimum_quantity={"low": 1},
        order_multiple={"low": 1},
    ),
    match=("code", "name", "name_zh", "barcode"),
)

BUYING_RIGHT = Entity(
    name="buying_right",
    says="A distributor may buy a whole brand, or one product, for a time. Give brand or product, not both.",
    model=BuyingRight,
    key=("distributor", "brand", "product", "starts_on"),
    fields=fields_of(
        BuyingRight,
        {
            "distributor": "Code of the distributor",
            "brand": "Code of the brand",
            "product": "Code of the product",
            "starts_on": "First day",
            "ends_on": "Last day; empty means until further notice",
        },
    ),
    match=(),
)

WAREHOUSE = Entity(
    name="warehouse",
    says="A place of the brand owner's from which orders are supplied, or where a distributor keeps its stock.",
    model=Warehouse,
    key=("code",),
    fields=fields_of(
        Warehouse,
        {
            "code": "Code",
            "name": "Name",
            "name_zh": "Chinese name",
            "distributor": "Code of the distributor whose it is; empty for your own. It stays for good",
            "is_active": "Whether it is in use",
        },
    ),
    match=("code", "name", "name_zh"),
)

SUPPLY_ROUTE = Entity(
    name="supply_route",
    says="Which warehouse supplies a distributor.",
    model=SupplyRoute,
    key=("distributor",),
    fields=fields_of(
        SupplyRoute,
        {
            "distributor": "Code of the distributor",
            "warehouse": "Code of the warehouse",
            "lead_days": "Days from dispatch to arrival",
        },
    ),
    match=(),
)

STOCK = Entity(
    name="stock",
    says="What lies in a warehouse now, as counted. A difference to what is known is booked as a move.",
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
    writer="stock",
)

PRICE_LIST = Entity(
    name="price_list",
    says="Prices for whom: what is left empty means everybody. The most particular list that has the product decides.",
    model=PriceList,
    key=("code",),
    fields=fields_of(
        PriceList,
        {
            "code": "Code",
            "name": "Name",
            "name_zh": "Chinese name",
            "currency": "Currency of its prices",
            "distributor": "Only for this distributor (code)",
            "territory": "Only for this territory (code)",
            "tier": "Only for this tier (code)",
            "channel_kind": "Only for this kind of channel",
            "priority": "Among lists equally particular the higher one decides",
            "is_active": "Whether it is in use",
        },
    ),
    match=("code", "name", "name_zh"),
)

PRICE = Entity(
    name="price",
    says="The price of one unit, from a quantity on, for a time. Two prices of one step never share a day.",
    model=Price,
    key=("price_list", "product", "from_quantity", "starts_on"),
    fields=fields_of(
        Price,
        {
            "price_list": "Code of the price list",
            "product": "Code of the product",
            "from_quantity": "From this quantity on",
            "amount": "Price of one unit, at most four decimals",
            "starts_on": "First day",
            "ends_on": "Last day; empty means until further notice",
        },
        from_quantity={"low": 1},
        amount={"low": 0},
    ),
    match=(),
)

PROMOTION = Entity(
    name="promotion",
    says="A discount on order lines for a time and a range of quantities.",
    model=Promotion,
    key=("code",),
    fields=fields_of(
        Promotion,
        {
            "code": "Code",
            "name": "Name",
            "name_zh": "Chinese name",
            "discount_rate": "0.15 is fifteen per cent",
            "minimum_quantity": "From this quantity on",
            "maximum_quantity": "Up to this quantity; empty means no limit",
            "starts_on": "First day",
            "ends_on": "Last day",
        },
        discount_rate={"low": 0, "high": 1},
    ),
    match=("code", "name", "name_zh"),
)
