"""Who sees the waves of the brand owner's warehouses, makes, picks, ships and cancels them."""

from typing import Any

from django.utils import timezone

from orders.fulfilment.waves.models import Wave
from orders.fulfilment.waves.services.making import make_wave
from orders.fulfilment.waves.services.picking import pick_all
from orders.ordering.services.approval import approve_order
from orders.ordering.services.placing import place_order
from tests.access.orders_routes import HANDLERS
from tests.access.table import (
    ADMINISTRATOR,
    BUYER,
    DIRECTOR,
    FINANCE,
    MANAGER,
    SIGNED_IN,
    WAREHOUSE,
    Route,
)
from tests.access.world import World
from tests.factories.orders import shop

SEERS = frozenset({ADMINISTRATOR, DIRECTOR, WAREHOUSE, FINANCE})
HIDDEN = SIGNED_IN - SEERS


def build(world: World) -> None:
    """A wave to be picked, one ready to ship, and an order to be shipped."""
    place = shop(distributor=world.mine)
    world.things.wave = _wave(world, _approved(world, place), _approved(world, place))
    world.things.ready_wave = _wave(world, _approved(world, place))
    pick_all(wave_id=world.things.ready_wave.pk, actor=world.people[WAREHOUSE], now=timezone.now())
    world.things.order_to_ship = _approved(world, place)


def _approved(world: World, place: Any) -> Any:
    now, lines = timezone.now(), place.wishes(3)[:1]
    placed = place_order(distributor_id=world.mine.pk, actor=world.people[BUYER], lines=lines, now=now)
    return approve_order(order_id=placed.id, actor=world.people[MANAGER], now=now)


def _wave(world: World, *orders: Any) -> Wave:
    return make_wave(order_ids=[order.pk for order in orders], actor=world.people[WAREHOUSE], now=timezone.now())


def _number(world: World) -> dict[str, Any]:
    return {"number": world.things.wave.number}


def _ready(world: World) -> dict[str, Any]:
    return {"number": world.things.ready_wave.number}


def _new(world: World) -> dict[str, Any]:
    return {"orders": [world.things.order_to_ship.number]}


def _product(world: World) -> str:
    return str(world.things.wave.lines.first().order_line.product.code)


def _scan(world: World) -> dict[str, Any]:
    return {"product": _product(world)}


def _order(world: World) -> dict[str, Any]:
    return {"order": world.things.wave.lines.order_by("pk").first().order_line.order.number}


def _api(action: str, body: Any = None, args: Any = _number) -> Route:
    given = {} if body is None else {"body": body}
    return Route(name=f"api:waves-{action}", method="POST", allowed=HANDLERS, hidden=HIDDEN, args=args, **given)


ROUTES = [
    Route(name="api:waves-list", allowed=SIGNED_IN),
    Route(name="api:waves-list", method="POST", allowed=HANDLERS, ok=201, body=_new),
    Route(name="api:waves-detail", allowed=SEERS, hidden=HIDDEN, args=_number),
    _api("pick"),
    _api("scan", _scan),
    _api("ship", args=_ready),
    _api("take-out", _order),
    _api("cancel"),
]
