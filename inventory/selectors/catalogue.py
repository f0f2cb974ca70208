"""The catalogue as a person sees it: what it may buy, and whether it is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Sum
from django.utils import timezone

from catalogue.models import Product
from core.actors import Actor
from inventory.enums import Availability
from inventory.models import Stock
from inventory.permissions import can_see_stock

FEW_TIMES = 5


@dataclass(frozen=True, kw_only=True)
class ProductRow:
    """One product of a list. The quantities are None for a distributor, who sees the availability only."""

    product: Product
    on_hand: int | None
    reserved: int | None
    available: int | None
    availability: Availability

    def __getattr__(self, name: str) -> Any:
        return getattr(self.product, name)


def product_rows(actor: Actor, ids: Sequence[int]) -> list[ProductRow]:
    """Products that the person may see, in the order of `ids`, with their stock. Two queries."""
    products = Product.objects.visible_to(actor).select_related("brand", "category").in_bulk(list(ids))
    sums = stock_sums(actor, list(products))
    return [_row(actor, products[pk], *sums.get(pk, (0, 0))) for pk in ids if pk in products]


def stock_sums(actor: Actor, product_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """On hand and reserved by product: of every own warehouse, or for a distributor of the one that supplies it."""
    stock: Any = Stock.objects.of_brand_owner().filter(product_id__in=product_ids)
    if actor.distributor_id is not None:
        stock = stock.supplying(actor.distributor_id, timezone.localdate())
    sums = stock.values_list("product_id").annotate(Sum("on_hand"), Sum("reserved")).order_by()
    return {pk: (on_hand, reserved) for pk, on_hand, reserved in sums}


def availability_of(available: int, *, least: int) -> Availability:
    """Few: less than five times what must be ordered at least."""
    if available < least:
        return Availability.NONE
    return Availability.FEW if available < least * FEW_TIMES else Availability.PLENTY


def _row(actor: Actor, product: Product, on_hand: int, reserved: int) -> ProductRow:
    exact = can_see_stock(actor)
    available = on_hand - reserved
    return ProductRow(
        product=product,
        on_hand=on_hand if exact else None,
        reserved=reserved if exact else None,
        available=available if exact else None,
        availability=availability_of(available, least=product.minimum_quantity),
    )


def available_by_warehouse(product_id: int) -> list[dict[str, Any]]:
    """The stock of one product, by own warehouse. One query."""
    return list(
        Stock.objects.of_brand_owner()
        .filter(product_id=product_id)
        .order_by("warehouse__code")
        .values("on_hand", "reserved", code=F("warehouse__code"), name=F("warehouse__name"))
        .annotate(available=F("on_hand") - F("reserved"))
    )
