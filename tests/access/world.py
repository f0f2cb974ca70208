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

    Each app puts its own things into `things` in its `build(world)`: `world.things.order = OrderFactory(…)`.
    """

    mine: Distributor
    child: Distributor
    other: Distributor
    people: dict[str, User]
    things: Any = field(default_factory=SimpleNamespace)


def build_world() -> World:
    mine = DistributorFactory(code="MINE")
    other = DistributorFactory(code="OTHER")
    people = {
        "inactive": AdministratorFactory(is_active=False),
        "roleless": RolelessFactory(),
        "administrator": AdministratorFactory(),
        "director": DirectorFactory(),
        "manager": ManagerFactory(),
        "idle": ManagerFactory(),
        "warehouse": WarehouseUserFactory(),
        "finance": FinanceFactory(),
        "owner": OwnerFactory(distributor=mine),
        "buyer": BuyerFactory(distributor=mine),
        "keeper": KeeperFactory(distributor=mine),
        "accountant": AccountantFactory(distributor=mine),
        "stranger": OwnerFactory(distributor=other),
    }
    world = World(mine=mine, child=DistributorFactory(code="CHILD", parent=mine), other=other, people=people)
    world.things.responsibility = ResponsibilityFactory(user=people["manager"], distributor=mine)
    ResponsibilityFactory(user=people["manager"], distributor=world.child)
    world.things.other_responsibility = ResponsibilityFactory(user=ManagerFactory(), distributor=other)
    return world
