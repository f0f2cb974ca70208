"""The company of the access tests: one distributor with people of every role around it, and a stranger beside it."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from accounts.models import Distributor, User
from tests.factories.accounts import (
    AccountantFactory,
    AdministratorFactory,
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    FinanceFactory,
    KeeperFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
    RolelessFactory,
    WarehouseUserFactory,
)


@dataclass(kw_only=True)
class World:
    """`mine` is seen by the manager and its four people, `child` stands below it, `other` is the stranger's.

    Each app puts its own things into `things` in its `build(world)`: `world.things.order = OrderFactory.create(…)`.
    """

    mine: Distributor
    child: Distributor
    other: Distributor
    people: dict[str, User]
    things: Any = field(default_factory=SimpleNamespace)


def build_world() -> World:
    mine = DistributorFactory.create(code="MINE")
    other = DistributorFactory.create(code="OTHER")
    people = {
        "inactive": AdministratorFactory.create(is_active=False),
        "roleless": RolelessFactory.create(),
        "administrator": AdministratorFactory.create(),
        "director": DirectorFactory.create(),
        "manager": ManagerFactory.create(),
        "idle": ManagerFactory.create(),
        "warehouse": WarehouseUserFactory.create(),
        "finance": FinanceFactory.create(),
        "owner": OwnerFactory.create(distributor=mine),
        "buyer": BuyerFactory.create(distributor=mine),
        "keeper": KeeperFactory.create(distributor=mine),
        "accountant": AccountantFactory.create(distributor=mine),
        "stranger": OwnerFactory.create(distributor=other),
    }
    world = World(mine=mine, child=DistributorFactory.create(code="CHILD", parent=mine), other=other, people=people)
    world.things.responsibility = ResponsibilityFactory.create(user=people["manager"], distributor=mine)
    ResponsibilityFactory.create(user=people["manager"], distributor=world.child)
    world.things.other_responsibility = ResponsibilityFactory.create(user=ManagerFactory.create(), distributor=other)
    return world
