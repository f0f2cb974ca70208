"""What the order entry needs to know: the open draft, the products that codes and words mean, and recent orders."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When

from catalogue.enums import unit_label
from catalogue.models import Product
from catalogue.selectors import find_products_by_code, orderable_quantity
from channel.selectors.terms import refusals
from core.actors import Actor
from core.models import localised
from inventory.models import Stock
from orders.ordering.entry.near_codes import NearCodes
from orders.ordering.enums import OrderStatus
from orders.ordering.models import Order, OrderLine
from orders.ordering.querysets import number_begins
from pricing.selectors.prices import LinePrice, catalogue_prices

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class DraftLine:
    """One product of a draft, as it is stored."""

    position: int
    quantity: int
    wanted_on: date | None


@dataclass(frozen=True, kw_only=True)
class KnownProduct:
    """What a code meant. `buyable` is false where the product is not on sale to the distributor now."""

    product_id: int
    code: str
    first_quantity: int
    buyable: bool


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One product offered while somebody types; `price` is for `first_quantity`."""

    product_id: int
    code: str
    barcode: str
    name: str
    brand: str
    unit: str
    order_multiple: int
    first_quantity: int
    price: LinePrice | None


def open_drafts(*, actor: Actor, distributor_id: int) -> list[Order]:
    """The drafts of one distributor that the person may continue, the one touched last first."""
    drafts = Order.objects.visible_to(actor).filter(distributor_id=distributor_id, status=OrderStatus.DRAFT)
    return list(drafts.order_by("-ordered_at", "-id")[:20])


def draft_lines(*, order_id: int) -> dict[int, DraftLine]:
    """The lines of a draft by product, in their order."""
    lines = OrderLine.objects.filter(order_id=order_id).order_by("position")
    return {
        product_id: DraftLine(position=position, quantity=quantity, wanted_on=wanted_on)
        for product_id, position, quantity, wanted_on in lines.values_list(
            "product_id", "position", "ordered", "wanted_on"
        )
    }


def draft_quantities(*, order_id: int) -> dict[int, int]:
    """Quantity by product of a draft, in the order of its lines."""
    lines = OrderLine.objects.filter(order_id=order_id).order_by("position")
    return dict(lines.values_list("product_id", "ordered"))


def products_by_code(*, actor: Actor, distributor_id: int, codes: Iterable[str]) -> dict[str, KnownProduct]:
    """What each code means, as it was written. Codes that mean nothing to the person are left out. Two queries."""
    meant = find_products_by_code(codes, distributor_id=distributor_id)
    if not meant:
        return {}
    buyable = Product.objects.buyable_by(distributor_id).filter(pk=OuterRef("pk"))
    rows = Product.objects.visible_to(actor).filter(pk__in=meant.values()).annotate(buyable=Exists(buyable))
    known = {
        product.pk: KnownProduct(
            product_id=product.pk,
            code=product.code,
            first_quantity=orderable_quantity(1, minimum=product.minimum_quantity, multiple=product.order_multiple),
            buyable=product.buyable,
        )
        for product in rows
    }
    return {code: known[pk] for code, pk in meant.items() if pk in known}


def clauses_by_code(*, distributor_id: int, codes: Iterable[str], on: date) -> dict[str, str]:
    """The clause of an agreement by which the distributor may not buy what a code means, as it was written.

    Codes about which no agreement says anything are left out. Four queries at most.
    """
    meant = find_products_by_code(codes, distributor_id=distributor_id)
    said = refusals(buyer_id=distributor_id, product_ids=set(meant.values()), day=on) if meant else {}
    return {code: said[pk] for code, pk in meant.items() if pk in said}


MOST_CODES = 20_000


def near_codes(*, distributor_id: int) -> NearCodes:
    """The codes of what a distributor may buy, to find those that a wrong one is near to. One query."""
    products = Product.objects.buyable_by(distributor_id).order_by("code")
    return NearCodes(list(products.values_list("code", flat=True)[:MOST_CODES]))


def suggest_products(*, distributor_id: int, text: str, on: date, limit: int = 8) -> list[Suggestion]:
    """What a distributor may mean by the words typed: codes and barcodes that fit best first. Three queries."""
    text = text.strip()
    if not text:
        return []
    meant = find_products_by_code([text], distributor_id=distributor_id).get(text)
    rank = Case(
        When(pk=meant, then=Value(0)),
        When(Q(code__istartswith=text) | Q(barcode__startswith=text), then=Value(1)),
        When(Q(name__istartswith=text) | Q(name_zh__istartswith=text) | Q(pinyin__istartswith=text), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found = (
        Product.objects.buyable_by(distributor_id).matching(text, distributor_id=distributor_id).select_related("brand")
    )
    return suggestions_of(list(found.order_by(rank, "code")[:limit]), distributor_id=distributor_id, on=on)


def suggestions_of(products: Sequence[Product], *, distributor_id: int, on: date) -> list[Suggestion]:
    """Products with their prices for the least quantity. One query."""
    least = [
        orderable_quantity(1, minimum=product.minimum_quantity, multiple=product.order_multiple) for product in products
    ]
    ids = [product.pk for product in products]
    prices = catalogue_prices(distributor_id=distributor_id, product_ids=ids, quantities=least, on=on) if ids else {}
    return [
        Suggestion(
            product_id=product.pk,
            code=product.code,
            barcode=product.barcode or "",
            name=localised(product.name, product.name_zh),
            brand=localised(product.brand.name, product.brand.name_zh),
            unit=unit_label(product.unit),
            order_multiple=product.order_multiple,
            first_quantity=quantity,
            price=prices.get(product.pk),
        )
        for product, quantity in zip(products, least, strict=True)
    ]


@dataclass(frozen=True, kw_only=True)
class EarlierOrder:
    """An order that can be ordered again; `short` is the number of its lines that are not there now."""

    order: Order
    short: int


_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")


def earlier_orders(*, actor: Actor, distributor_id: int, text: str, on: date, limit: int = 20) -> list[EarlierOrder]:
    """The last orders of a distributor, of a month (2026-10), or whose number or own number begins so. Three queries."""
    placed = Order.objects.visible_to(actor).filter(distributor_id=distributor_id).exclude(status=OrderStatus.DRAFT)
    text = text.strip()[:64]
    month = _MONTH.fullmatch(text)
    if month and 1 <= int(month[2]) <= MONTHS:
        placed = placed.filter(ordered_on__year=int(month[1]), ordered_on__month=int(month[2]))
    elif text:
        placed = placed.filter(number_begins(text))
    orders = list(placed.order_by("-ordered_at", "-id")[:limit])
    lines = list(OrderLine.objects.filter(order__in=orders).values_list("order_id", "product_id", "ordered"))
    free = available_pieces(distributor_id, {product_id for _order, product_id, _ordered in lines}, on=on)
    short = Counter(order_id for order_id, product_id, ordered in lines if free.get(product_id, 0) < ordered)
    return [EarlierOrder(order=order, short=short[order.pk]) for order in orders]


def available_pieces(distributor_id: int, product_ids: Collection[int], *, on: date) -> dict[int, int]:
    """What is there of products, in the warehouse that supplies a distributor on a day. One query."""
    stock = Stock.objects.supplying(distributor_id, on).filter(product_id__in=product_ids)
    return dict(stock.values_list("product_id", F("on_hand") - F("reserved")))
