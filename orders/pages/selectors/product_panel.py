"""The panel of a product's page for those who order: its units with their prices, and the button that adds one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from catalogue.models import Product
from catalogue.selectors import orderable_units
from core.actors import Actor
from orders.ordering.selectors.draft_lines import LineKey
from orders.permissions import can_order_itself
from pricing.selectors.prices import LinePrice, price_lines


@dataclass(frozen=True, kw_only=True)
class OfferedPrice:
    """A unit in which the product is sold to the reader, with the price of one for the least quantity."""

    key: LineKey
    label: str
    first_quantity: int
    is_usual: bool
    price: LinePrice


def order_panel(actor: Actor, row: Any) -> Mapping[str, Any] | None:
    """What a buyer sees below a product; nothing for others and where it may not be bought. Three queries."""
    distributor_id = actor.distributor_id
    if not isinstance(row, Product) or distributor_id is None or not can_order_itself(actor):
        return None
    if not Product.objects.buyable_by(distributor_id).filter(pk=row.pk).exists():
        return None
    units = [
        ("", row.unit_label, 1, False),
        *((one.code, str(one), one.pieces, one.is_default) for one in row.units.all()),
    ]
    least = [orderable_units(row, pieces) for _code, _label, pieces, _usual in units]
    prices = price_lines(
        distributor_id=distributor_id,
        product_ids=[row.pk] * len(units),
        quantities=least,
        units=[code for code, *_rest in units],
        on=timezone.localdate(),
    )
    offered = [
        OfferedPrice(key=LineKey(row.pk, code), label=label, first_quantity=first, is_usual=usual, price=price)
        for (code, label, _pieces, usual), first, price in zip(units, least, prices, strict=True)
    ]
    family = row.family.code if row.family else ""
    return {"template": "orders/partials/order_product.html", "offered": offered, "family": family}
