"""Who may open what of outlets and of the links to their distributors."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from outlets.enums import OutletStatus
from tests.access.table import IDLE, LEADS, MANAGER, OWNER, ROLELESS, SEERS, SIGNED_IN, STRANGER, WITH_ROLE, Route
from tests.access.world import World
from tests.factories.outlets import BusinessDirectionFactory, OutletFactory, OutletLinkFactory

CHANGERS = LEADS | {MANAGER}
ADDERS = CHANGERS | {IDLE, OWNER, STRANGER}
ELSEWHERE = frozenset({IDLE, STRANGER})
BLIND = frozenset({IDLE, STRANGER, ROLELESS})


def build(world: World) -> None:
    """An open outlet of `mine`, and one in each state that a step starts from."""
    world.things.outlet = OutletFactory.create(code="OUT-MINE")
    world.things.outlet_link = OutletLinkFactory.create(outlet=world.things.outlet, distributor=world.mine)
    world.things.outlet_planned = OutletFactory.create(status=OutletStatus.PLANNED)
    OutletLinkFactory.create(outlet=world.things.outlet_planned, distributor=world.mine)
    gone = {"closed_on": date(2026, 5, 1), "close_reason": "Gone"}
    world.things.outlet_closed = OutletFactory.create(status=OutletStatus.CLOSED, **gone)
    OutletLinkFactory.create(outlet=world.things.outlet_closed, distributor=world.mine, ends_on=gone["closed_on"])
    OutletLinkFactory.create(distributor=world.other)
    world.things.direction = BusinessDirectionFactory.create(distributor=world.mine)


def code_of(name: str) -> Any:
    def args(world: World) -> Mapping[str, Any]:
        return {"code": getattr(world.things, name).code}

    return args


def _link_pk(world: World) -> Mapping[str, Any]:
    return {"pk": world.things.outlet_link.pk}


def _new(_world: World) -> dict[str, object]:
    return {"code": "NEW-1", "name": "New shop", "kind": "shop"}


def _renamed(_world: World) -> dict[str, object]:
    return {"name": "Renamed", "kind": "shop"}


def _closing(_world: World) -> dict[str, object]:
    return {"closed_on": "2026-06-01", "reason": "Gone"}


def _linked(world: World) -> dict[str, object]:
    return {"outlet": world.things.outlet.code, "distributor": world.child.code, "starts_on": "2026-06-01"}


def _mine(world: World) -> Mapping[str, Any]:
    return {"code": world.mine.code}


def _direction_pk(world: World) -> Mapping[str, Any]:
    return {"pk": world.things.direction.pk}


def _direction(_world: World) -> dict[str, object]:
    return {"kind": "channel", "channel_kind": "retail", "starts_on": "2026-01-01"}


def _direction_api(world: World) -> dict[str, object]:
    return {**_direction(world), "distributor": world.mine.code}


def _ended(_world: World) -> dict[str, object]:
    return {"ends_on": "2026-12-31"}


OUTLET, PLANNED, CLOSED = code_of("outlet"), code_of("outlet_planned"), code_of("outlet_closed")


def _form(name: str, *, args: Any, body: Any, allowed: frozenset[str], hidden: frozenset[str]) -> list[Route]:
    return [
        Route(name=f"outlets:{name}", allowed=allowed, hidden=hidden, args=args),
        Route(name=f"outlets:{name}", method="POST", allowed=allowed, hidden=hidden, args=args, body=body, ok=302),
    ]


IDLE_ONLY = frozenset({IDLE})
ROUTES = [
    Route(name="outlets:outlets", allowed=WITH_ROLE),
    Route(name="outlets:links", allowed=WITH_ROLE),
    Route(name="outlets:outlet-new", allowed=ADDERS),
    Route(name="outlets:outlet-new", method="POST", allowed=ADDERS, ok=302, body=_new),
    Route(name="outlets:outlet", allowed=SEERS, hidden=ELSEWHERE, args=OUTLET),
    *_form("outlet-change", args=OUTLET, body=_renamed, allowed=CHANGERS | {OWNER}, hidden=ELSEWHERE),
    *_form("outlet-close", args=OUTLET, body=_closing, allowed=CHANGERS, hidden=IDLE_ONLY),
    *_form("outlet-link", args=OUTLET, body=_linked, allowed=CHANGERS, hidden=IDLE_ONLY),
    *_form("link-end", args=_link_pk, body=_ended, allowed=CHANGERS, hidden=IDLE_ONLY),
    Route(name="outlets:outlet-open", method="POST", allowed=CHANGERS, hidden=IDLE_ONLY, args=PLANNED, ok=302),
    Route(name="outlets:outlet-reopen", method="POST", allowed=CHANGERS, hidden=IDLE_ONLY, args=CLOSED, ok=302),
    *_form("direction-new", args=_mine, body=_direction, allowed=CHANGERS, hidden=IDLE_ONLY),
    *_form("direction-end", args=_direction_pk, body=_ended, allowed=CHANGERS, hidden=IDLE_ONLY),
    Route(name="api:business-directions-list", allowed=SIGNED_IN),
    Route(
        name="api:business-directions-list",
        method="POST",
        allowed=CHANGERS,
        also=dict.fromkeys(BLIND, (400,)),
        ok=201,
        body=_direction_api,
    ),
    Route(name="api:business-directions-detail", allowed=SEERS, hidden=BLIND, args=_direction_pk),
    Route(
        name="api:business-directions-end",
        method="POST",
        allowed=CHANGERS,
        hidden=BLIND,
        args=_direction_pk,
        body=_ended,
    ),
    Route(name="api:outlets-list", allowed=SIGNED_IN),
    Route(name="api:outlets-list", method="POST", allowed=ADDERS, ok=201, body=_new),
    Route(name="api:outlets-detail", allowed=SEERS, hidden=BLIND, args=OUTLET),
    Route(
        name="api:outlets-detail", method="PATCH", allowed=CHANGERS | {OWNER}, hidden=BLIND, args=OUTLET, body=_renamed
    ),
    Route(name="api:outlets-open", method="POST", allowed=CHANGERS, hidden=BLIND, args=PLANNED),
    Route(name="api:outlets-close", method="POST", allowed=CHANGERS, hidden=BLIND, args=OUTLET, body=_closing),
    Route(name="api:outlets-reopen", method="POST", allowed=CHANGERS, hidden=BLIND, args=CLOSED),
    Route(name="api:outlet-links-list", allowed=SIGNED_IN),
    Route(
        name="api:outlet-links-list",
        method="POST",
        allowed=CHANGERS,
        also=dict.fromkeys(BLIND, (400,)),  # they do not see what they name
        ok=201,
        body=_linked,
    ),
    Route(name="api:outlet-links-detail", allowed=SEERS, hidden=BLIND, args=_link_pk),
    Route(name="api:outlet-links-end", method="POST", allowed=CHANGERS, hidden=BLIND, args=_link_pk, body=_ended),
]
