"""Who may merge distributors that turn out to be one, and undo it."""

from collections.abc import Mapping
from typing import Any

from responsibility.services.merging import merge_distributor
from tests.access.table import FINANCE, LEADS, OUTSIDERS, SIGNED_IN, WAREHOUSE, Route
from tests.access.world import World
from tests.factories.accounts import DistributorFactory

SEES_CHANNEL = LEADS | {WAREHOUSE, FINANCE}


def build(world: World) -> None:
    doubled = DistributorFactory.create(code="DOUBLED")
    world.things.doubled = merge_distributor(
        distributor_id=doubled.pk, into_id=world.other.pk, actor=world.people["administrator"]
    )


def mine(world: World) -> Mapping[str, Any]:
    return {"code": world.mine.code}


def doubled(world: World) -> Mapping[str, Any]:
    return {"code": world.things.doubled.code}


def _into(world: World) -> dict[str, object]:
    return {"into": world.child.code, "confirm_open": True}


ROUTES = [
    Route(name="responsibility:distributor-merge", allowed=LEADS, args=mine),
    Route(name="responsibility:distributor-merge", method="POST", allowed=LEADS, ok=302, args=mine, body=_into),
    Route(name="responsibility:distributor-undo-merge", method="POST", allowed=LEADS, ok=302, args=doubled),
    Route(name="api:distributor-merging-merge", method="POST", allowed=LEADS, hidden=OUTSIDERS, args=mine, body=_into),
    Route(
        name="api:distributor-merging-undo-merge",
        method="POST",
        allowed=LEADS,
        hidden=SIGNED_IN - SEES_CHANNEL,
        args=doubled,
    ),
]
