"""Who may open what of the addresses and contacts of distributors."""

from collections.abc import Iterator

from tests.access.table import (
    IDLE,
    LEADS,
    MANAGER,
    OUTSIDERS,
    OWNER,
    SEERS,
    SIGNED_IN,
    STRANGER,
    From,
    Route,
)
from tests.access.world import World
from tests.factories.accounts import AddressFactory, ContactFactory

CHANGERS = LEADS | {MANAGER, OWNER}
MAY_ELSEWHERE = {IDLE, STRANGER}


def build(world: World) -> None:
    world.things.address = AddressFactory.create(distributor=world.mine)
    world.things.contact = ContactFactory.create(distributor=world.mine)
    AddressFactory.create(distributor=world.other)
    ContactFactory.create(distributor=world.other)


def _address(_world: World) -> dict[str, str]:
    return {"kind": "delivery", "name": "Harbour", "address": "1 Quay"}


def _contact(_world: World) -> dict[str, str]:
    return {"kind": "finance", "name": "Ada"}


def _of(noun: str, plural: str, body: From) -> Iterator[Route]:
    def mine(world: World) -> dict[str, str]:
        return {"code": world.mine.code}

    def row(world: World) -> dict[str, int]:
        return {"pk": getattr(world.things, noun).pk}

    def new(world: World) -> dict[str, object]:
        return {**body(world), "distributor": world.mine.code}

    def end(_world: World) -> dict[str, str]:
        return {"ends_on": "2040-01-01"}

    def renamed(_world: World) -> dict[str, str]:
        return {"name": "Renamed"}

    api, page = f"api:{plural}", f"accounts:{noun}"
    yield Route(name=f"{api}-list", allowed=SIGNED_IN)
    yield Route(
        name=f"{api}-list",
        method="POST",
        allowed=CHANGERS,
        also=dict.fromkeys(OUTSIDERS, (400,)),  # they do not see the distributor they name
        ok=201,
        body=new,
    )
    yield Route(name=f"{api}-detail", allowed=SEERS, hidden=OUTSIDERS, args=row)
    yield Route(name=f"{api}-detail", method="PATCH", allowed=CHANGERS, hidden=OUTSIDERS, args=row, body=renamed)
    yield Route(name=f"{api}-end", method="POST", allowed=CHANGERS, hidden=OUTSIDERS, args=row, body=end)
    yield Route(name=f"{page}-new", allowed=CHANGERS, hidden=MAY_ELSEWHERE, args=mine)
    yield Route(name=f"{page}-new", method="POST", allowed=CHANGERS, hidden=MAY_ELSEWHERE, ok=302, args=mine, body=body)
    yield Route(name=f"{page}-change", allowed=CHANGERS, hidden=MAY_ELSEWHERE, args=row)
    yield Route(
        name=f"{page}-change", method="POST", allowed=CHANGERS, hidden=MAY_ELSEWHERE, ok=302, args=row, body=body
    )
    yield Route(name=f"{page}-end", allowed=CHANGERS, hidden=MAY_ELSEWHERE, args=row)
    yield Route(name=f"{page}-end", method="POST", allowed=CHANGERS, hidden=MAY_ELSEWHERE, ok=302, args=row, body=end)


ROUTES = [*_of("address", "addresses", _address), *_of("contact", "contacts", _contact)]
