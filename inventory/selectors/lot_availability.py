"""What of a product can be promised to a customer that is sent certain lots only."""

from collections.abc import Collection

from inventory.models import LotStock, Stock
from inventory.rules import LotRule, LotThere
from inventory.selectors.availability import Place


def available_for(places: Collection[Place], rule: LotRule) -> dict[Place, int]:
    """Pieces free in warehouses for a customer with this rule, by warehouse and product. Two queries.

    Never more than is free of the product at all; of a product by lot only what lies in lots that the customer may be sent.
    """
    warehouses, products = {place[0] for place in places}, {place[1] for place in places}
    here = {"warehouse__in": warehouses, "product__in": products}
    fitting: dict[Place, int] = {}
    for row in LotStock.objects.filter(**here, on_hand__gt=0).select_related("lot", "product"):
        lot = LotThere(
            lot_id=row.lot_id,
            code=row.lot.code,
            produced_on=row.lot.produced_on,
            expires_on=row.lot.expires_on,
            status=row.lot.status,
            free=row.free,
        )
        if rule.refusal(lot, keeps=row.product.shelf_life_days is None) is None:
            place = (row.warehouse_id, row.product_id)
            fitting[place] = fitting.get(place, 0) + row.free
    found = dict.fromkeys(places, 0)
    for row in Stock.objects.filter(**here).select_related("product"):
        place = (row.warehouse_id, row.product_id)
        if place in found:
            in_lots = fitting.get(place, 0) if row.product.tracks_lots else row.available
            found[place] = min(row.available, in_lots)
    return found
