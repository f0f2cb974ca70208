"""Who may do what with returns and return policies, on pages and over the API."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from inventory.models import Warehouse
from orders.returns.models import Return
from orders.returns.services.deciding import authorise_return
from orders.returns.services.inspecting import InspectedPieces, inspect_return
from orders.returns.services.moving import receive_return, send_return
from orders.returns.services.requesting import AskedGoods, request_return
from tests.access.orders_routes import DECIDERS, FOR_OTHERS, HANDLERS
from tests.access.table import (
    ADMINISTRATOR,
    BUYER,
    DIRECTOR,
    IDLE,
    KEEPER,
    MANAGER,
    OUTSIDERS,
    OWNER,
    ROLELESS,
    SEERS,
    SIGNED_IN,
    STRANGER,
    WAREHOUSE,
    Route,
)
from tests.access.world import World
from tests.factories.inventory import StockFactory, WarehouseFactory
from tests.factories.orders import ReturnedGoodsFactory
from tests.factories.returns import (
    ReturnPhotoFactory,
    ReturnPolicyFactory,
    received_line,
    returns_warehouse,
)

REQUESTERS = frozenset({OWNER, BUYER, KEEPER})
ASKERS = REQUESTERS | FOR_OTHERS
CANCELLERS = ASKERS | DECIDERS
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def build(world: World) -> None:
    """A line of `mine` that can be returned, and a return of it in each state that a step starts from."""
    things, now = world.things, timezone.now()
    things.return_policy = ReturnPolicyFactory.create()
    things.return_place, things.restock_place = returns_warehouse(), WarehouseFactory.create()
    things.returnable = received_line(distributor=world.mine, pieces=50)
    for theirs in Warehouse.objects.filter(distributor=world.mine, is_default=True):
        StockFactory.create(warehouse=theirs, product=things.returnable.product, on_hand=50)
    things.history_returned = ReturnedGoodsFactory.create(distributor=world.mine)
    things.return_requested = _requested(world)
    things.return_photo = ReturnPhotoFactory.create(line=things.return_requested.lines.get())
    things.return_authorised = _authorised(world)
    things.return_sent = _authorised(world)
    send_return(return_id=things.return_sent.pk, actor=world.people[OWNER], now=now)
    things.return_received = _received(world)
    things.return_inspected = _received(world)
    part = InspectedPieces(
        line_id=things.return_inspected.lines.get().pk,
        pieces=1,
        disposition="restocked",
        warehouse_id=things.restock_place.pk,
    )
    inspect_return(return_id=things.return_inspected.pk, goods=[part], actor=world.people[WAREHOUSE], now=now)


def _requested(world: World) -> Return:
    return request_return(
        distributor_id=world.mine.pk,
        goods=[AskedGoods(order_line_id=world.things.returnable.pk, pieces=1, reason="unsold")],
        actor=world.people[OWNER],
        now=timezone.now(),
    )


def _authorised(world: World) -> Return:
    made = _requested(world)
    return authorise_return(return_id=made.pk, actor=world.people[DIRECTOR], now=timezone.now(), note="Goodwill")


def _received(world: World) -> Return:
    made = _authorised(world)
    return receive_return(
        return_id=made.pk,
        warehouse_id=world.things.return_place.pk,
        actor=world.people[WAREHOUSE],
        now=timezone.now(),
    )


def of(name: str) -> Any:
    return lambda world: {"number": getattr(world.things, f"return_{name}").number}


def _line(world: World, name: str) -> int:
    return int(getattr(world.things, f"return_{name}").lines.get().pk)


def _typed(world: World) -> dict[str, object]:
    pk = world.things.returnable.pk
    return {f"pieces-{pk}": 1, f"reason-{pk}": "unsold", f"condition-{pk}": "unopened"}


def _sent(world: World) -> dict[str, object]:
    line = world.things.returnable
    asked = {"order": line.order.number, "position": line.position, "pieces": 1, "reason": "unsold"}
    return {"distributor": world.mine.code, "lines": [asked]}


def _note(_world: World) -> dict[str, object]:
    return {"note": "As agreed"}


def _typed_received(world: World) -> dict[str, object]:
    return {"warehouse": world.things.return_place.pk, f"line-{_line(world, 'sent')}": 1}


def _typed_inspected(world: World) -> dict[str, object]:
    return {f"restocked-{_line(world, 'received')}": 1, "warehouse": world.things.restock_place.pk}


def _inspected(world: World) -> dict[str, object]:
    line = world.things.return_received.lines.get()
    part = {"position": line.position, "pieces": 1, "disposition": "restocked"}
    return {"goods": [{**part, "warehouse": world.things.restock_place.code}]}


def _photo(_world: World) -> dict[str, object]:
    return {"line": 1, "photo": SimpleUploadedFile("goods.png", PNG)}


def _policy(world: World) -> dict[str, object]:
    return {"code": world.things.return_policy.code}


def _new_policy(world: World) -> dict[str, object]:
    return {"code": "tiered", "name": "Tiered", "tier": world.mine.tier_id or "", "is_active": ""}


STEPS = (
    ("authorise", "requested", DECIDERS, _note),
    ("refuse", "requested", DECIDERS, _note),
    ("send", "authorised", ASKERS, lambda _world: {"tracking_number": "T-1"}),
    ("receive", "sent", HANDLERS, _typed_received),
    ("inspect", "received", HANDLERS, _typed_inspected),
)
API_STEPS: Any = (
    ("authorise", "requested", DECIDERS, _note),
    ("refuse", "requested", DECIDERS, _note),
    ("send", "authorised", ASKERS, lambda _world: {"tracking_number": "T-1"}),
    ("receive", "sent", HANDLERS, lambda world: {"warehouse": world.things.return_place.code}),
    ("inspect", "received", HANDLERS, _inspected),
    ("close", "inspected", DECIDERS, lambda _world: {}),
    ("cancel", "authorised", CANCELLERS, _note),
)


def _hidden(allowed: frozenset[str]) -> frozenset[str]:
    """Those who may take the step somewhere, of somebody else's returns."""
    return frozenset(({IDLE} if MANAGER in allowed else set()) | ({STRANGER} if OWNER in allowed else set()))


ROUTES = [
    Route(name="orders:returns", allowed=SIGNED_IN),
    Route(name="orders:return", allowed=SEERS, hidden=OUTSIDERS, args=of("requested")),
    Route(name="orders:return-new", allowed=REQUESTERS | {STRANGER}, hidden=FOR_OTHERS | {IDLE}),
    Route(
        name="orders:return-new", method="POST", allowed=REQUESTERS, ok=302, hidden=FOR_OTHERS | {IDLE}, body=_typed,
        also={STRANGER: (400,)},
    ),
    Route(
        name="orders:return-preview", method="POST", allowed=REQUESTERS | {STRANGER}, hidden=FOR_OTHERS | {IDLE},
        body=_typed,
    ),
    Route(name="orders:return-preview", allowed=(), hidden=REQUESTERS | FOR_OTHERS | {IDLE, STRANGER}),
    *(
        Route(name=f"orders:return-{step}", allowed=allowed, hidden=_hidden(allowed), args=of(state))
        for step, state, allowed, _body in STEPS
    ),
    *(
        Route(
            name=f"orders:return-{step}", method="POST", allowed=allowed, ok=302, hidden=_hidden(allowed), args=of(state),
            body=body,
        )
        for step, state, allowed, body in STEPS
    ),
    Route(
        name="orders:return-close", method="POST", allowed=DECIDERS, ok=302, hidden={IDLE}, args=of("inspected")
    ),
    Route(
        name="orders:return-cancel", method="POST", allowed=CANCELLERS, ok=302, hidden=_hidden(CANCELLERS),
        args=of("authorised"),
    ),
    Route(name="orders:return-add-photo", allowed=ASKERS, hidden=_hidden(ASKERS), args=of("requested")),
    Route(
        name="orders:return-add-photo", method="POST", allowed=ASKERS, ok=302, hidden=_hidden(ASKERS),
        args=of("requested"), body=_photo,
    ),
    Route(
        name="orders:return-photo", allowed=SEERS, hidden=OUTSIDERS,
        args=lambda world: {**of("requested")(world), "pk": world.things.return_photo.pk},
    ),
    Route(name="orders:return-print", allowed=SEERS, hidden=OUTSIDERS, args=of("authorised")),
    Route(name="api:returns-pdf", allowed=SEERS, hidden=OUTSIDERS, args=of("authorised")),
    Route(name="orders:return-policies", allowed={ADMINISTRATOR}),
    Route(name="orders:return-policy-new", allowed={ADMINISTRATOR}),
    Route(name="orders:return-policy-new", method="POST", allowed={ADMINISTRATOR}, ok=302, body=_new_policy),
    Route(name="orders:return-policy", allowed={ADMINISTRATOR}, args=_policy),
    Route(
        name="orders:return-policy", method="POST", allowed={ADMINISTRATOR}, ok=302, args=_policy,
        body=lambda _world: {"name": "Others", "window_days": 30, "is_active": "on"},
    ),
    Route(name="api:returns-list", allowed=SIGNED_IN),
    Route(
        name="api:returns-list", method="POST", allowed=ASKERS, ok=201, body=_sent, also=dict.fromkeys(OUTSIDERS, (400,))
    ),
    Route(name="api:returns-detail", allowed=SEERS, hidden=OUTSIDERS, args=of("requested")),
    Route(
        name="api:returns-room", allowed=(), hidden={OWNER, BUYER, KEEPER, "accountant", STRANGER}, refused=400,
    ),
    *(
        Route(
            name=f"api:returns-{step}", method="POST", allowed=allowed, hidden=OUTSIDERS, args=of(state), body=body
        )
        for step, state, allowed, body in API_STEPS
    ),
    Route(
        name="api:returns-photos", method="POST", allowed=(), refused=415, args=of("requested"),
        body=lambda _world: {"position": 1},
    ),
    Route(
        name="api:returns-photo", allowed=SEERS, hidden=OUTSIDERS,
        args=lambda world: {**of("requested")(world), "photo_id": world.things.return_photo.pk},
    ),
    Route(name="api:return-policies-list", allowed=SIGNED_IN),
    Route(
        name="api:return-policies-list", method="POST", allowed={ADMINISTRATOR}, ok=201,
        body=lambda _world: {"code": "other", "name": "Other", "is_active": False},
    ),
    Route(
        name="api:return-policies-detail", allowed=SIGNED_IN - {ROLELESS}, hidden={ROLELESS}, args=_policy
    ),
    Route(
        name="api:return-policies-detail", method="PATCH", allowed={ADMINISTRATOR}, hidden={ROLELESS}, args=_policy,
        body=lambda _world: {"name": "Renamed"},
    ),
    Route(name="api:returned-goods-list", allowed=SIGNED_IN),
    Route(
        name="api:returned-goods-detail", allowed=SEERS, hidden=OUTSIDERS,
        args=lambda world: {"pk": world.things.history_returned.pk},
    ),
]  # fmt: skip
