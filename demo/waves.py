"""A wave of the demo company that is being picked, and where products lie in its warehouses."""

from typing import Final

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from inventory.models import Stock, Warehouse
from inventory.services.places import ProductPlace, set_places
from orders.fulfilment.waves.models import Pick
from orders.fulfilment.waves.selectors.to_ship import orders_to_ship
from orders.fulfilment.waves.services.making import make_wave_of_due
from orders.fulfilment.waves.services.picking import Picked, record_picks

_ORDERS: Final = 6
_ROWS, _SHELVES = 12, 4


def build_waves() -> None:
    """Every product has its place, by category; of the busiest warehouse the orders due first are being picked."""
    keeper = User.objects.with_roles([Role.WAREHOUSE]).order_by("pk")[0]
    for warehouse in Warehouse.objects.for_sale():
        set_places(warehouse_id=warehouse.pk, places=_places(warehouse), actor=keeper)
    busiest = max(Warehouse.objects.for_sale(), key=lambda warehouse: orders_to_ship(keeper, warehouse.pk).count())
    now = timezone.now()
    wave = make_wave_of_due(warehouse_id=busiest.pk, most=_ORDERS, actor=keeper, now=now)
    picks = list(Pick.objects.filter(line__wave=wave).order_by("zone", "place", "pk"))
    picked = [Picked(pick_id=pick.pk, pieces=pick.quantity) for pick in picks[: len(picks) // 2]]
    record_picks(wave_id=wave.pk, picked=picked, actor=keeper, now=now)


def _places(warehouse: Warehouse) -> list[ProductPlace]:
    rows = Stock.objects.filter(warehouse=warehouse).order_by("product__category_id", "product__code")
    zones: dict[int, str] = {}
    places = []
    for number, (product, category) in enumerate(rows.values_list("product_id", "product__category_id")):
        zone = zones.setdefault(category, chr(ord("A") + len(zones)))
        row, shelf = number % _ROWS + 1, number % _SHELVES + 1
        places.append(ProductPlace(product_id=product, zone=zone, place=f"{zone}-{row:02}-{shelf}"))
    return places
