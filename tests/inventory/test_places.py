"""Where products lie in a warehouse."""

import pytest

from core.errors import InvalidInput, NotAllowed
from inventory.models import Stock
from inventory.services.places import ProductPlace, set_places
from tests.factories.accounts import BuyerFactory, WarehouseUserFactory
from tests.factories.inventory import DistributorWarehouseFactory, ProductFactory, StockFactory

pytestmark = pytest.mark.django_db


def test_places_are_set_at_once() -> None:
    """The picker would walk the hall in the order of the orders."""
    first = StockFactory.create(on_hand=3)
    second = StockFactory.create(warehouse=first.warehouse, on_hand=4)
    keeper = WarehouseUserFactory.create()
    places = [
        ProductPlace(product_id=first.product_id, zone="B", place=" B-02 "),
        ProductPlace(product_id=second.product_id, zone="A"),
    ]
    set_places(warehouse_id=first.warehouse_id, places=places, actor=keeper)
    rows = Stock.objects.order_by("pk").values_list("zone", "place", "on_hand")
    assert list(rows) == [("B", "B-02", 3), ("A", "", 4)]


def test_refused_it_changes_nothing() -> None:
    """A list for another warehouse would send the pickers astray."""
    stock = StockFactory.create()
    keeper = WarehouseUserFactory.create()
    places = [ProductPlace(product_id=stock.product_id, zone="A"), ProductPlace(product_id=ProductFactory.create().pk)]
    with pytest.raises(InvalidInput) as refused:
        set_places(warehouse_id=stock.warehouse_id, places=places, actor=keeper)
    assert [one.field for one in refused.value.problems] == ["lines.1.product"]
    with pytest.raises(InvalidInput):
        set_places(warehouse_id=DistributorWarehouseFactory.create().pk, places=places, actor=keeper)
    with pytest.raises(NotAllowed):
        set_places(warehouse_id=stock.warehouse_id, places=places, actor=BuyerFactory.create())
    assert Stock.objects.get(pk=stock.pk).zone == ""
