"""A distributor with a sub-distributor and an outlet that get its goods directly, for tests."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Distributor, User
from orders.models import Order
from orders.ordering.services.placing import place_order
from outlets.models import Outlet
from tests.factories.accounts import DistributorFactory, KeeperFactory
from tests.factories.channel import AddressFactory
from tests.factories.outlets import OutletFactory, OutletLinkFactory
from tests.orders.clock import NOW
from tests.orders.people import Stage, stage


@dataclass(kw_only=True)
class DropStage:
    """The people of a distributor and its branch: `below` with its address and its keeper, `outlet` linked to the buyer."""

    people: Stage
    below: Distributor
    below_keeper: User
    outlet: Outlet

    @property
    def buyer(self) -> Distributor:
        return self.people.shop.distributor

    def placed(self, quantity: int = 5, **more: Any) -> Order:
        placed = place_order(
            distributor_id=self.buyer.pk,
            actor=self.people.buyer,
            lines=self.people.shop.wishes(quantity),
            now=NOW,
            **more,
        )
        return Order.objects.get(pk=placed.id)

    def placed_below(self, quantity: int = 5) -> Order:
        return self.placed(quantity, consignee_distributor_id=self.below.pk)

    def placed_for_outlet(self, quantity: int = 5) -> Order:
        return self.placed(quantity, consignee_outlet_id=self.outlet.pk)


def drop_stage() -> DropStage:
    people = stage()
    below = DistributorFactory.create(parent=people.shop.distributor, name="Low Street")
    AddressFactory.create(distributor=below, is_default=True, city="Bonn", contact="Bea", phone="22", name="Low store")
    outlet = OutletFactory.create(
        name="Corner", city="Ulm", address="Market 3", contact="Otto", phone="33",
        territory=people.shop.distributor.territory,
    )  # fmt: skip
    OutletLinkFactory.create(outlet=outlet, distributor=people.shop.distributor)
    return DropStage(people=people, below=below, below_keeper=KeeperFactory.create(distributor=below), outlet=outlet)
