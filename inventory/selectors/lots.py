"""Lots of a product, as its page shows them."""

from collections.abc import Sequence

from django.db.models import F

from catalogue.models import Product
from inventory.models import Lot


def lots_of_product(product: Product) -> Sequence[Lot]:
    """The lots that lie in the company's warehouses, first expired first. One query, none for a product not by lot."""
    if not product.tracks_lots:
        return []
    rows = Lot.objects.filter(product=product).with_stock().filter(on_hand__gt=0)
    return list(rows.order_by(F("expires_on").asc(nulls_last=True), "produced_on", "pk"))
