"""Who may open what of the catalogue and the warehouses."""

from tests.access.table import (
    ADMINISTRATOR,
    BRAND,
    BUYER,
    IDLE,
    KEEPER,
    LEADS,
    MANAGER,
    OUTSIDERS,
    OWNER,
    ROLELESS,
    SEERS,
    SIGNED_IN,
    STRANGER,
    WAREHOUSE,
    WITH_ROLE,
    Route,
)
from tests.access.world import World
from tests.factories.inventory import (
    BuyingRightFactory,
    DistributorWarehouseFactory,
    ExpectedReceiptFactory,
    ProductAttributeFactory,
    ProductCodeFactory,
    ProductFamilyFactory,
    ProductFileFactory,
    ProductUnitFactory,
    StockFactory,
    StockMoveFactory,
)

BRAND_AND_IDLE = BRAND | {IDLE}
NOT_BRAND = SIGNED_IN - BRAND_AND_IDLE
MOVERS = frozenset({ADMINISTRATOR, WAREHOUSE})
REPORTERS = frozenset({OWNER, KEEPER})
NOT_MINE = frozenset({STRANGER, ROLELESS})


def build(world: World) -> None:
    """A product in stock that `mine` may buy and the stranger may not."""
    world.things.stock = StockFactory.create(on_hand=10)
    world.things.product = world.things.stock.product
    world.things.move = StockMoveFactory.create(
        warehouse=world.things.stock.warehouse, product=world.things.product, quantity=1
    )
    StockMoveFactory.create(warehouse=world.things.stock.warehouse, product=world.things.product, quantity=-1)
    world.things.unit = ProductUnitFactory.create(product=world.things.product)
    world.things.file = ProductFileFactory.create(product=world.things.product)
    world.things.unit_code = ProductCodeFactory.create(product=world.things.product)
    world.things.distributor_code = ProductCodeFactory.create(
        product=world.things.product, kind="own", distributor=world.mine, code="OURS-0"
    )
    world.things.expected = ExpectedReceiptFactory.create(
        warehouse=world.things.stock.warehouse, product=world.things.product
    )
    world.things.attribute = ProductAttributeFactory.create(category=world.things.product.category)
    world.things.family = ProductFamilyFactory.create(category=world.things.product.category)
    world.things.product.family = world.things.family
    world.things.product.save()
    BuyingRightFactory.create(distributor=world.mine, brand=world.things.product.brand)
    shelf = DistributorWarehouseFactory.create(distributor=world.mine)
    world.things.shelf = StockFactory.create(warehouse=shelf, product=world.things.product, on_hand=10, sold_in=7)


def _product(world: World) -> dict[str, object]:
    return {"code": world.things.product.code}


def _unit(world: World) -> dict[str, object]:
    return {"pk": world.things.unit.pk}


def _new_unit(world: World) -> dict[str, object]:
    return {"product": world.things.product.code, "code": "pallet", "pieces": 240}


def _file(world: World) -> dict[str, object]:
    return {"pk": world.things.file.pk}


def _typed_unit(world: World) -> dict[str, object]:
    return {"code": "pallet", "pieces": 240}


def _unit_code(world: World) -> dict[str, object]:
    return {"pk": world.things.unit_code.pk}


def _code(world: World) -> dict[str, object]:
    return {"product": world.things.product.code, "kind": "further_barcode", "code": "400-1"}


def _brand(world: World) -> dict[str, object]:
    return {"code": world.things.product.brand.code}


def _category(world: World) -> dict[str, object]:
    return {"code": world.things.product.category.code}


def _warehouse(world: World) -> dict[str, object]:
    return {"code": world.things.stock.warehouse.code}


def _mine(world: World) -> dict[str, object]:
    return {"code": world.mine.code}


def _wish(world: World) -> dict[str, object]:
    product = world.things.product
    return {"code": "NEW-1", "name": "New", "brand": product.brand.code, "category": product.category.code}


def _typed(world: World) -> dict[str, object]:
    product = world.things.product
    facts = {"code": "NEW-1", "name": "New", "brand": product.brand_id, "category": product.category_id}
    steps = {"pack_size": 1, "minimum_quantity": 1, "order_multiple": 1, "unit_cost": "1"}
    return {**facts, **steps, "status": "active", "unit": "pcs"}


def _receipt(world: World) -> dict[str, object]:
    lines = [{"product": world.things.product.code, "quantity": 3}]
    return {"warehouse": world.things.stock.warehouse.code, "reference": "GR-1", "lines": lines}


def _places(world: World) -> dict[str, object]:
    line = {"product": world.things.product.code, "zone": "A", "place": "A-01"}
    return {"warehouse": world.things.stock.warehouse.code, "lines": [line]}


def _adjustment(world: World) -> dict[str, object]:
    place = {"warehouse": world.things.stock.warehouse.code, "product": world.things.product.code}
    return {**place, "difference": 1, "reason": "counted"}


def _route(world: World) -> dict[str, object]:
    return {"warehouse": world.things.stock.warehouse_id, "lead_days": 3, "priority": 5, "starts_on": "2026-01-01"}


def _route_by_code(world: World) -> dict[str, object]:
    return {**_route(world), "warehouse": world.things.stock.warehouse.code, "distributor": world.mine.code}


def _typed_receipt(world: World) -> dict[str, object]:
    lines = f"{world.things.product.code} 3"
    return {"warehouse": world.things.stock.warehouse_id, "reference": "GR-1", "lines": lines}


def _expected(world: World) -> dict[str, object]:
    return {"pk": world.things.expected.pk}


def _expected_rows(world: World) -> dict[str, object]:
    place = {"warehouse": world.things.stock.warehouse.code, "product": world.things.product.code}
    return {"rows": [{**place, "external_id": "PO-1", "quantity": 3, "expected_on": "2030-01-01"}]}


def _counted_stock(world: World) -> dict[str, object]:
    place = {"warehouse": world.things.stock.warehouse.code, "product": world.things.product.code}
    return {"rows": [{**place, "on_hand": 12}]}


def _typed_expected(world: World) -> dict[str, object]:
    place = {"warehouse": world.things.stock.warehouse_id, "product": world.things.product.code}
    return {**place, "external_id": "PO-2", "quantity": 3, "expected_on": "2030-01-01"}


def _typed_adjustment(world: World) -> dict[str, object]:
    place = {"warehouse": world.things.stock.warehouse_id, "product": world.things.product.code}
    return {**place, "difference": 1, "reason": "counted"}


def _report(world: World) -> dict[str, object]:
    return {"lines": [{"product": world.things.product.code, "quantity": 3}]}


def _typed_report(world: World) -> dict[str, object]:
    return {"lines": f"{world.things.product.code} 3"}


def _rights(world: World) -> dict[str, object]:
    return {"starts_on": "2026-06-01", "brands": [world.things.product.brand_id]}


ROUTES = [
    Route(name="api:brands-list", allowed=SIGNED_IN),
    Route(name="api:brands-detail", allowed=WITH_ROLE, hidden={ROLELESS}, args=_brand),
    Route(name="api:categories-list", allowed=SIGNED_IN),
    Route(name="api:categories-detail", allowed=WITH_ROLE, hidden={ROLELESS}, args=_category),
    Route(name="api:warehouses-list", allowed=SIGNED_IN),
    Route(name="api:warehouses-detail", allowed=WITH_ROLE, hidden={ROLELESS}, args=_warehouse),
    Route(name="api:product-files-list", allowed=SIGNED_IN),
    Route(name="api:product-files-detail", allowed=SEERS | {IDLE}, hidden=NOT_MINE, args=_file),
    Route(name="api:product-files-content", allowed=SEERS | {IDLE}, hidden=NOT_MINE, args=_file),
    Route(name="api:product-units-list", allowed=SIGNED_IN),
    Route(
        name="api:product-units-list",
        method="POST",
        allowed=LEADS,
        ok=201,
        also=dict.fromkeys(NOT_MINE, (400,)),
        body=_new_unit,
    ),
    Route(name="api:product-units-detail", allowed=SEERS | {IDLE}, hidden=NOT_MINE, args=_unit),
    Route(name="api:product-units-detail", method="DELETE", allowed=LEADS, hidden=NOT_MINE, ok=204, args=_unit),
    Route(name="api:product-codes-list", allowed=SIGNED_IN),
    Route(
        name="api:product-codes-list",
        method="POST",
        allowed=LEADS,
        ok=201,
        also=dict.fromkeys(NOT_MINE, (400,)),
        body=_code,
    ),
    Route(name="api:product-codes-detail", allowed=SEERS | {IDLE}, hidden=NOT_MINE, args=_unit_code),
    Route(
        name="api:product-codes-detail",
        method="DELETE",
        allowed=LEADS,
        hidden=NOT_MINE,
        ok=204,
        args=_unit_code,
    ),
    Route(name="api:products-list", allowed=SIGNED_IN),
    Route(name="api:products-list", method="POST", allowed=LEADS, ok=201, also={ROLELESS: (400,)}, body=_wish),
    Route(name="api:products-bulk", method="POST", allowed=LEADS, body=lambda world: {"rows": [_wish(world)]}),
    Route(name="api:products-detail", allowed=SEERS | {IDLE}, hidden=NOT_MINE, args=_product),
    Route(
        name="api:products-detail",
        method="PATCH",
        allowed=LEADS,
        hidden=NOT_MINE,
        args=_product,
        body=lambda _world: {"name": "Other"},
    ),
    Route(name="api:stock-list", allowed=SIGNED_IN),
    Route(
        name="api:stock-detail",
        allowed=BRAND_AND_IDLE,
        hidden=NOT_BRAND,
        args=lambda world: {"pk": world.things.stock.pk},
    ),
    Route(
        name="api:stock-receipts",
        method="POST",
        allowed=MOVERS,
        ok=201,
        also=dict.fromkeys(NOT_MINE, (400,)),
        body=_receipt,
    ),
    Route(
        name="api:stock-places",
        method="POST",
        allowed=MOVERS,
        ok=201,
        also=dict.fromkeys(NOT_MINE, (400,)),
        body=_places,
    ),
    Route(
        name="api:stock-adjustments",
        method="POST",
        allowed=MOVERS,
        ok=201,
        also=dict.fromkeys(NOT_MINE, (400,)),
        body=_adjustment,
    ),
    Route(name="api:stock-bulk", method="POST", allowed=MOVERS, body=_counted_stock),
    Route(name="api:stock-moves-list", allowed=SIGNED_IN),
    Route(
        name="api:stock-moves-detail",
        allowed=BRAND_AND_IDLE,
        hidden=NOT_BRAND,
        args=lambda world: {"pk": world.things.move.pk},
    ),
    Route(
        name="inventory:products",
        allowed=SIGNED_IN,
        also=dict.fromkeys((OWNER, BUYER, STRANGER), (302,)),  # theirs is the catalogue of the order entry
    ),
    Route(name="inventory:product", allowed=SEERS | {IDLE}, hidden=NOT_MINE, args=_product),
    Route(name="catalogue:product-new", allowed=LEADS),
    Route(name="catalogue:product-new", method="POST", allowed=LEADS, ok=302, body=_typed),
    Route(name="catalogue:product-change", allowed=LEADS, args=_product),
    Route(name="catalogue:product-change", method="POST", allowed=LEADS, ok=302, args=_product, body=_typed),
    Route(name="catalogue:product-family", allowed=LEADS, ok=302, args=_product),
    Route(name="catalogue:product-unit", allowed=LEADS, args=_product),
    Route(name="catalogue:product-unit", method="POST", allowed=LEADS, ok=302, args=_product, body=_typed_unit),
    Route(name="catalogue:product-unit-remove", method="POST", allowed=LEADS, ok=302, args=_unit),
    Route(name="catalogue:product-file-add", allowed=LEADS, args=_product),
    Route(name="catalogue:product-file-add", method="POST", allowed=LEADS, ok=400, args=_product),
    Route(name="catalogue:product-file", allowed=SEERS | {IDLE}, hidden=NOT_MINE, args=_file),
    Route(name="catalogue:product-file-remove", method="POST", allowed=LEADS, ok=302, args=_file),
    Route(name="catalogue:product-file-first", method="POST", allowed=LEADS, ok=302, args=_file),
    Route(name="api:channel-stock-list", allowed=SIGNED_IN),
    Route(
        name="api:channel-stock-detail",
        allowed=SEERS,
        hidden=OUTSIDERS,
        args=lambda world: {"pk": world.things.shelf.pk},
    ),
    Route(
        name="api:channel-stock-reports",
        method="POST",
        allowed=REPORTERS,
        ok=201,
        also={STRANGER: (400,)},
        body=_report,
    ),
    Route(name="channel_stock:channel-stock", allowed=SIGNED_IN),
    Route(name="channel_stock:report-stock", allowed=REPORTERS | {STRANGER}),
    Route(
        name="channel_stock:report-stock",
        method="POST",
        allowed=REPORTERS,
        ok=302,
        also={STRANGER: (400,)},
        body=_typed_report,
    ),
    Route(name="inventory:stock", allowed=BRAND_AND_IDLE),
    Route(name="inventory:expected-receipts", allowed=BRAND_AND_IDLE),
    Route(name="inventory:expected-receipt-new", allowed=MOVERS),
    Route(name="inventory:expected-receipt-new", method="POST", allowed=MOVERS, ok=302, body=_typed_expected),
    *(
        Route(name=f"inventory:expected-receipt{step}", allowed=MOVERS, args=_expected)
        for step in ("", "-receive", "-cancel")
    ),
    Route(
        name="inventory:expected-receipt",
        method="POST",
        allowed=MOVERS,
        ok=302,
        args=_expected,
        body=lambda _world: {"quantity": 7, "expected_on": "2030-01-02"},
    ),
    Route(
        name="inventory:expected-receipt-receive",
        method="POST",
        allowed=MOVERS,
        ok=302,
        args=_expected,
        body=lambda _world: {"quantity": 1},
    ),
    Route(
        name="inventory:expected-receipt-cancel",
        method="POST",
        allowed=MOVERS,
        ok=302,
        args=_expected,
        body=lambda _world: {"reason": "none"},
    ),
    Route(name="api:expected-receipts-list", allowed=SIGNED_IN),
    Route(name="api:expected-receipts-detail", allowed=BRAND_AND_IDLE, hidden=NOT_BRAND, args=_expected),
    Route(name="api:expected-receipts-bulk", method="POST", allowed=MOVERS, body=_expected_rows),
    Route(
        name="api:expected-receipts-receive",
        method="POST",
        allowed=MOVERS,
        hidden=NOT_BRAND,
        args=_expected,
        body=lambda _world: {"quantity": 1},
    ),
    Route(
        name="api:expected-receipts-cancel",
        method="POST",
        allowed=MOVERS,
        hidden=NOT_BRAND,
        args=_expected,
        body=lambda _world: {"reason": "none"},
    ),
    Route(name="inventory:moves", allowed=BRAND_AND_IDLE),
    Route(name="inventory:receive", allowed=MOVERS),
    Route(name="inventory:receive", method="POST", allowed=MOVERS, ok=302, body=_typed_receipt),
    Route(name="inventory:adjust", allowed=MOVERS),
    Route(name="inventory:adjust", method="POST", allowed=MOVERS, ok=302, body=_typed_adjustment),
    Route(name="api:supply-routes-list", allowed=SIGNED_IN),
    Route(
        name="api:supply-routes-list",
        method="POST",
        allowed=LEADS,
        ok=201,
        body=_route_by_code,
        also=dict.fromkeys(OUTSIDERS, (400, 403)),
    ),
    Route(
        name="api:supply-routes-detail",
        allowed=SEERS,
        hidden=OUTSIDERS,
        args=lambda w: {"pk": w.mine.supply_routes.first().pk},
    ),
    Route(name="inventory:supply-route", allowed=LEADS, args=_mine),
    Route(name="inventory:supply-route", method="POST", allowed=LEADS, ok=302, args=_mine, body=_route),
    Route(name="catalogue:buying-rights", allowed=LEADS | {MANAGER}, hidden={IDLE}, args=_mine),
    Route(
        name="catalogue:buying-rights",
        method="POST",
        allowed=LEADS | {MANAGER},
        hidden={IDLE},
        ok=302,
        args=_mine,
        body=_rights,
    ),
]
