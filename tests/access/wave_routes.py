"""Who sees the waves of the brand owner's warehouses, makes, picks, ships and cancels them."""

from typing import Any

from django.utils import timezone

from orders.fulfilment.waves.models import Pick, Wave
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
    OWNER,
    SIGNED_IN,
    STRANGER,
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


def _pick(world: World) -> dict[str, Any]:
    pick = Pick.objects.filter(line__wave=world.things.wave).order_by("pk").first()
    return {"number": world.things.wave.number, "pk": pick.pk if pick else 0}


def _order_of(world: World) -> dict[str, Any]:
    return {**_number(world), **_order(world)}


def _ticked(world: World) -> dict[str, Any]:
    return {"ids": [world.things.order_to_ship.pk]}


def _due(world: World) -> dict[str, Any]:
    return {"warehouse": world.things.order_to_ship.warehouse_id, "most": 1}


def _short(_world: World) -> dict[str, Any]:
    return {"pieces": 1, "reason": "not_found"}


WORKERS = HANDLERS | {OWNER, STRANGER}
"""An owner may sell what lies in its own warehouse: of the brand owner's it sees nothing."""
_SELLERS = frozenset({OWNER, STRANGER})


def _step(action: str, args: Any = _number) -> Route:
    return Route(name=f"orders:{action}", method="POST", allowed=HANDLERS, hidden=_SELLERS, args=args, ok=302)


def _form(action: str, args: Any, body: Any) -> list[Route]:
    shown = Route(name=f"orders:{action}", allowed=HANDLERS, hidden=_SELLERS, args=args)
    sent = Route(
        name=f"orders:{action}", method="POST", allowed=HANDLERS, hidden=_SELLERS, args=args, ok=302, body=body
    )
    return [shown, sent]


ROUTES = [
    Route(name="orders:to-ship", allowed=WORKERS),
    Route(name="orders:waves", allowed=WORKERS),
    Route(name="orders:wave-new", allowed=WORKERS),
    Route(
        name="orders:wave-new", method="POST", allowed=HANDLERS, ok=302, also=dict.fromkeys(_SELLERS, (400,)), body=_due
    ),
    Route(name="orders:wave-of-ticked", method="POST", allowed=HANDLERS, hidden={STRANGER}, ok=302, body=_ticked),
    Route(name="orders:wave", allowed=HANDLERS, hidden=_SELLERS, args=_number),
    Route(name="orders:wave-print", allowed=HANDLERS, hidden=_SELLERS, args=_number),
    *_form("wave-scan", _number, _scan),
    *_form("wave-short", _pick, _short),
    _step("wave-pick", _pick),
    _step("wave-pick-all"),
    Route(name="orders:wave-ship", allowed=HANDLERS, hidden=_SELLERS, args=_ready),
    _step("wave-ship", _ready),
    _step("wave-take-out", _order_of),
    _step("wave-cancel"),
    Route(name="api:waves-list", allowed=SIGNED_IN),
    Route(name="api:waves-list", method="POST", allowed=HANDLERS, ok=201, body=_new, also={STRANGER: (400,)}),
    Route(name="api:waves-detail", allowed=SEERS, hidden=HIDDEN, args=_number),
    _api("pick"),
    _api("scan", _scan),
    _api("ship", args=_ready),
    _api("take-out", _order),
    _api("cancel"),
]
