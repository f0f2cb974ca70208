"""The catalogue as a person sees it: what it may buy, and whether it is there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Sum
from django.utils import timezone

from accounts.permissions import is_brand
from catalogue.models import Product
from catalogue.rules.completeness import Criterion
from catalogue.selectors import missing_by_product
from core.actors import Actor
from core.models import localised
from core.sentences import listed
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
    blocked: int | None
    available: int | None
    availability: Availability
    missing: Sequence[Criterion] = ()

    @property
    def missing_keys(self) -> list[str]:
        return [criterion.key for criterion in self.missing]

    @property
    def missing_labels(self) -> str:
        return listed(str(criterion.label) for criterion in self.missing)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.product, name)


def product_rows(actor: Actor, ids: Sequence[int]) -> list[ProductRow]:
    """Products that the person may see, in the order of `ids`, with their stock. Two queries.

    The brand's people see what the products lack, too: one query more, two where there are families.
    """
    products = (
        Product.objects.visible_to(actor).select_related("brand", "category", "successor", "family").in_bulk(list(ids))
    )
    sums = stock_sums(actor, list(products))
    missing = missing_by_product(list(products)) if is_brand(actor) else {}
    found = [_row(actor, products[pk], *sums.get(pk, (0, 0, 0))) for pk in ids if pk in products]
    return [replace(row, missing=missing.get(row.product.pk, ())) for row in found]


def stock_sums(actor: Actor, product_ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """On hand, reserved for orders and blocked by product: of every own warehouse for sale.

    For a distributor it is the one that supplies it.
    """
    stock: Any = Stock.objects.for_sale().filter(product_id__in=product_ids)
    if actor.distributor_id is not None:
        stock = stock.supplying(actor.distributor_id, timezone.localdate())
    sums = stock.values_list("product_id").annotate(Sum("on_hand"), Sum("reserved"), Sum("blocked")).order_by()
    return {pk: (on_hand, reserved - blocked, blocked) for pk, on_hand, reserved, blocked in sums}


def availability_of(available: int, *, least: int) -> Availability:
    """Few: less than five times what must be ordered at least."""
    if available < least:
        return Availability.NONE
    return Availability.FEW if available < least * FEW_TIMES else Availability.PLENTY


def _row(actor: Actor, product: Product, on_hand: int, reserved: int, blocked: int) -> ProductRow:
    exact = can_see_stock(actor)
    available = on_hand - reserved - blocked
    return ProductRow(
        product=product,
        on_hand=on_hand if exact else None,
        reserved=reserved if exact else None,
        blocked=blocked if exact else None,
        available=available if exact else None,
        availability=availability_of(available, least=product.minimum_quantity),
    )


def available_by_warehouse(product_id: int) -> list[dict[str, Any]]:
    """The stock of one product, by own warehouse. One query."""
    rows = (
        Stock.objects.of_brand_owner()
        .filter(product_id=product_id)
        .order_by("warehouse__code")
        .values("on_hand", "blocked", "warehouse__code", "warehouse__name", "warehouse__name_zh")
        .annotate(for_orders=F("reserved") - F("blocked"), available=F("on_hand") - F("reserved"))
    )
    return [
        {**row, "code": row["warehouse__code"], "name": localised(row["warehouse__name"], row["warehouse__name_zh"])}
        for row in rows
    ]
