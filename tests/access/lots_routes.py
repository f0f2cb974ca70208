"""Who may open what of lots."""

from django.utils import timezone

from inventory.services.lot_freezing import freeze_lot
from inventory.services.lots import GivenLot
from inventory.services.stock_moves import receive_stock
from orders.models import ShipmentLine
from tests.access.inventory_routes import BRAND_AND_IDLE, MOVERS, NOT_BRAND, NOT_MINE
from tests.access.orders_routes import HANDLERS, PART
from tests.access.table import ADMINISTRATOR, LEADS, OUTSIDERS, SEERS, SIGNED_IN, Route
from tests.access.world import World
from tests.factories.inventory import ProductFactory
from tests.factories.lots import LotFactory


def build(world: World) -> None:
    """A product by lot with a lot in stock, one that is frozen, and one that was shipped."""
    world.things.by_lot = ProductFactory.create(brand=world.things.product.brand, tracks_lots=True)
    receive_stock(
        warehouse_id=world.things.stock.warehouse_id,
        product_ids=[world.things.by_lot.pk],
        quantities=[10],
        lots=[GivenLot(code="FREE")],
        reference="GR",
        actor=None,
    )
    world.things.lot = world.things.by_lot.lots.get()
    frozen = LotFactory.create(product=world.things.by_lot, code="FROZEN")
    world.things.frozen = freeze_lot(
        lot_id=frozen.pk, reason="Lab", actor=world.people[ADMINISTRATOR], now=timezone.now()
    )


def _lot(world: World) -> dict[str, object]:
    return {"pk": world.things.lot.pk}


def _frozen(world: World) -> dict[str, object]:
    return {"pk": world.things.frozen.pk}


def _product(world: World) -> dict[str, object]:
    return {"code": world.things.by_lot.code}


def _new(world: World) -> dict[str, object]:
    return {"product": world.things.by_lot.code, "code": "NEW"}


def _code(_world: World) -> dict[str, object]:
    return {"code": "FREE-1"}


def _reason(_world: World) -> dict[str, object]:
    return {"reason": "Lab"}


def _switch(_world: World) -> dict[str, object]:
    return {"tracks_lots": True, "tracks_serials": True}


def _assign(world: World) -> dict[str, object]:
    return {"warehouse": world.things.stock.warehouse_id, "pieces": 1, "code": "OTHER"}


def _order(world: World) -> dict[str, object]:
    return {"number": world.things.approved.number}


def _no_serials(world: World) -> dict[str, object]:
    line = ShipmentLine.objects.filter(shipment__number=PART(world)["number"])[0]
    return {"lines": [{"line": line.pk, "serials": ["SN-1"]}]}


ROUTES = [
    Route(name="orders:lots", allowed=BRAND_AND_IDLE),
    Route(name="orders:lot", allowed=BRAND_AND_IDLE, args=_lot),
    Route(name="orders:lot-new", allowed=MOVERS),
    Route(name="orders:lot-new", method="POST", allowed=MOVERS, ok=302, body=_new),
    *(
        route
        for name, args, body in (
            ("change", _lot, _code),
            ("assign", _lot, _assign),
            ("freeze", _lot, _reason),
            ("recall", _lot, _reason),
            ("release", _frozen, _code),
        )
        for route in (
            Route(name=f"orders:lot-{name}", allowed=MOVERS, args=args),
            Route(name=f"orders:lot-{name}", method="POST", allowed=MOVERS, ok=302, args=args, body=body),
        )
    ),
    Route(name="inventory:product-tracking", allowed=LEADS, args=_product),
    Route(name="inventory:product-tracking", method="POST", allowed=LEADS, ok=302, args=_product, body=_switch),
    Route(name="api:lots-list", allowed=SIGNED_IN),
    Route(
        name="api:lots-list",
        method="POST",
        allowed=MOVERS,
        ok=201,
        also=dict.fromkeys(NOT_MINE, (400,)),
        body=_new,
    ),
    Route(name="api:lots-detail", allowed=BRAND_AND_IDLE, hidden=NOT_BRAND, args=_lot),
    Route(name="api:lots-detail", method="PUT", allowed=MOVERS, hidden=NOT_BRAND, args=_lot, body=_code),
    Route(name="api:lots-whereabouts", allowed=BRAND_AND_IDLE, hidden=NOT_BRAND, args=_lot),
    Route(name="api:lots-freeze", method="POST", allowed=MOVERS, hidden=NOT_BRAND, args=_lot, body=_reason),
    Route(name="api:lots-recall", method="POST", allowed=MOVERS, hidden=NOT_BRAND, args=_lot, body=_reason),
    Route(name="api:lots-release", method="POST", allowed=MOVERS, hidden=NOT_BRAND, args=_frozen),
    Route(
        name="api:products-tracking",
        method="POST",
        allowed=LEADS,
        hidden=NOT_MINE,
        args=_product,
        body=_switch,
    ),
    Route(name="orders:order-lots", method="POST", allowed=HANDLERS, ok=302, hidden=OUTSIDERS, args=_order),
    Route(name="api:orders-lots", method="POST", allowed=HANDLERS, hidden=OUTSIDERS, args=_order),
    Route(name="api:shipments-lots", allowed=SEERS, hidden=OUTSIDERS, args=PART),
    Route(name="api:shipments-serials", allowed=SEERS, hidden=OUTSIDERS, args=PART),
    Route(
        name="api:shipments-serials",
        method="POST",
        allowed=HANDLERS,
        ok=400,  # its product has no serial numbers
        hidden=OUTSIDERS,
        args=PART,
        body=_no_serials,
    ),
]
