"""Where products lie in a warehouse: the zone and the place by which pick lists are sorted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import InvalidInput, Problem
from core.permissions import require
from inventory.models import Stock, Warehouse
from inventory.permissions import can_move_stock

_SET = """
UPDATE inventory_stock AS stock SET zone = given.zone, place = given.place
FROM unnest(%(products)s::bigint[], %(zones)s::text[], %(places)s::text[]) AS given (product_id, zone, place)
WHERE stock.warehouse_id = %(warehouse)s AND stock.product_id = given.product_id
  AND (stock.zone, stock.place) IS DISTINCT FROM (given.zone, given.place)
"""


@dataclass(frozen=True, kw_only=True)
class ProductPlace:
    """Where a product lies; empty is nowhere in particular."""

    product_id: int
    zone: str = ""
    place: str = ""


def set_places(*, warehouse_id: int, places: Sequence[ProductPlace], actor: Actor) -> None:
    """Say where products lie in one of the brand owner's warehouses. Two statements whatever their number; nothing moves.

    Raises NotAllowed, and InvalidInput at `warehouse`, or at `lines.<index>.product` where the warehouse never had it.
    """
    require(can_move_stock(actor))
    if not Warehouse.objects.visible_to(actor).of_brand_owner().filter(pk=warehouse_id).exists():
        raise InvalidInput(_("Select an active warehouse of the brand owner."), code="unknown", field="warehouse")
    with transaction.atomic():
        products = [one.product_id for one in places]
        locked = Stock.objects.filter(warehouse=warehouse_id, product__in=products).select_for_update()
        known = set(locked.order_by("product_id").values_list("product_id", flat=True))
        problems = [
            Problem(message=_("This warehouse never had the product."), code="unknown", field=f"lines.{index}.product")
            for index, one in enumerate(places)
            if one.product_id not in known
        ]
        if problems:
            raise InvalidInput(problems=problems)
        given = {one.product_id: one for one in places}
        with connection.cursor() as cursor:
            cursor.execute(
                _SET,
                {
                    "warehouse": warehouse_id,
                    "products": list(given),
                    "zones": [one.zone.strip() for one in given.values()],
                    "places": [one.place.strip() for one in given.values()],
                },
            )
