"""The people around one distributor, for tests."""

from dataclasses import dataclass

from accounts.models import User
from orders.ordering.services.placing import PlacedOrder, place_order
from tests.factories.accounts import (
    BuyerFactory,
    DutyFactory,
    KeeperFactory,
    ManagerFactory,
    ResponsibilityFactory,
    WarehouseUserFactory,
)
from tests.factories.orders import Shop, shop
from tests.orders.clock import NOW


@dataclass(kw_only=True)
class Stage:
    """A shop with a buyer, a keeper, the manager who answers for it, and somebody in the brand's warehouse."""

    shop: Shop
    buyer: User
    keeper: User
    manager: User
    warehouse: User

    def placed(self, quantity: int = 5, purchase_order_number: str = "") -> PlacedOrder:
        return place_order(
            distributor_id=self.shop.distributor.pk,
            actor=self.buyer,
            lines=self.shop.wishes(quantity),
            now=NOW,
            purchase_order_number=purchase_order_number,
        )


def stage(*, products: int = 2, on_hand: int = 1000) -> Stage:
    place = shop(products=products, on_hand=on_hand)
    manager = ManagerFactory.create()
    ResponsibilityFactory.create(distributor=place.distributor, duty=DutyFactory.create(position=0), user=manager)
    return Stage(
        shop=place,
        buyer=BuyerFactory.create(distributor=place.distributor),
        keeper=KeeperFactory.create(distributor=place.distributor),
        manager=manager,
        warehouse=WarehouseUserFactory.create(),
    )
