"""What the order entry needs to know: the open draft, the products that codes and words mean, and recent orders."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import gcd
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When

from catalogue.enums import unit_label
from catalogue.models import Product, ProductUnit
from catalogue.selectors import CodeMeaning, find_by_code, find_products_by_code, orderable_quantity, orderable_units
from channel.selectors.terms import refusals
from core.actors import Actor
from core.models import localised
from inventory.models import Stock
from orders.entry.pasted import BuyableProducts, KnownProduct
from orders.ordering.enums import OrderStatus
from orders.ordering.models import Order, OrderLine
from orders.ordering.querysets import number_begins
from orders.ordering.selectors.draft_lines import LineKey
from pricing.selectors.prices import LinePrice, price_lines

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One product offered while somebody types, in the unit in which it is usually ordered.

    `price` is for `first_quantity` of `unit`, whose code is `unit_code` (empty for the piece) and which has so many `pieces`.
    `entered` is what the field takes for it: the code, or the barcode of the unit that was typed.
    """

    product_id: int
    code: str
    barcode: str
    name: str
    brand: str
    unit: str
    unit_code: str
    pieces: int
    step: int
    first_quantity: int
    price: LinePrice | None
    entered: str

    @property
    def key(self) -> LineKey:
        return LineKey(self.product_id, self.unit_code)


def open_drafts(*, actor: Actor, distributor_id: int) -> list[Order]:
    """The drafts of one distributor that the person may continue, the one touched last first."""
    drafts = Order.objects.visible_to(actor).filter(distributor_id=distributor_id, status=OrderStatus.DRAFT)
    return list(drafts.order_by("-ordered_at", "-id")[:20])


@dataclass(frozen=True, kw_only=True)
class OfferedUnit:
    """A unit that can be chosen for a line; the piece has an empty code."""

    code: str
    label: str
    pieces: int


def units_of(product_ids: Collection[int]) -> dict[int, list[OfferedUnit]]:
    """The units of the products that have other ones than pieces, the smallest first. One query."""
    units = ProductUnit.objects.filter(product__in=product_ids).select_related("product")
    found: dict[int, list[OfferedUnit]] = {}
    for unit in units.order_by("product", "pieces", "code"):
        piece = OfferedUnit(code="", label=unit.product.unit_label, pieces=1)
        offered = OfferedUnit(code=unit.code, label=str(unit), pieces=unit.pieces)
        found.setdefault(unit.product_id, [piece]).append(offered)
    return found


def products_by_code(*, actor: Actor, distributor_id: int, codes: Iterable[str]) -> dict[str, KnownProduct]:
    """What each code means, as it was written. Codes that mean nothing to the person are left out. Three queries."""
    meant = find_by_code(codes, distributor_id=distributor_id)
    if not meant:
        return {}
    buyable = Product.objects.buyable_by(distributor_id).filter(pk=OuterRef("pk"))
    rows = (
        Product.objects.visible_to(actor)
        .filter(pk__in={meaning.product_id for meaning in meant.values()})
        .annotate(buyable=Exists(buyable))
    )
    products = {product.pk: product for product in rows.prefetch_related("units")}
    return {
        code: _known_product(products[meaning.product_id], meaning)
        for code, meaning in meant.items()
        if meaning.product_id in products
    }


def _known_product(product: Any, meaning: CodeMeaning) -> KnownProduct:
    usual = next((unit for unit in product.units.all() if unit.is_default), None)
    return KnownProduct(
        product_id=product.pk,
        code=product.code,
        first_quantity=orderable_units(product, meaning.pieces),
        buyable=product.buyable,
        name=product.display_name,
        unit=product.unit,
        pack_size=product.pack_size,
        units=frozenset(unit.code for unit in product.units.all()),
        meant_unit=meaning.unit,
        usual_unit=usual.code if usual else "",
        usual_quantity=orderable_units(product, usual.pieces) if usual else 0,
    )


def clauses_by_code(*, distributor_id: int, codes: Iterable[str], on: date) -> dict[str, str]:
    """The clause of an agreement by which the distributor may not buy what a code means, as it was written.

    Codes about which no agreement says anything are left out. Four queries at most.
    """
    meant = find_products_by_code(codes, distributor_id=distributor_id)
    said = refusals(buyer_id=distributor_id, product_ids=set(meant.values()), day=on) if meant else {}
    return {code: said[pk] for code, pk in meant.items() if pk in said}


MOST_CODES = 20_000


def buyable_products(*, distributor_id: int) -> BuyableProducts:
    """What a distributor may buy, to find what a wrong code or a name may mean. Two queries."""
    units = defaultdict(set)
    for product_id, unit in ProductUnit.objects.values_list("product_id", "code"):
        units[product_id].add(unit)
    rows = (
        Product.objects.buyable_by(distributor_id)
        .order_by("code")
        .values_list("pk", "code", "name", "name_zh", "minimum_quantity", "order_multiple", "unit", "pack_size")
    )
    return BuyableProducts(
        [
            KnownProduct(
                product_id=pk,
                code=code,
                first_quantity=orderable_quantity(1, minimum=minimum, multiple=multiple),
                buyable=True,
                name=localised(name, name_zh),
                name_zh=name_zh if localised(name, name_zh) != name_zh else name,
                unit=unit,
                pack_size=pack_size,
                units=frozenset(units[pk]),
            )
            for pk, code, name, name_zh, minimum, multiple, unit, pack_size in rows[:MOST_CODES]
        ]
    )


def suggest_products(*, distributor_id: int, text: str, on: date, limit: int = 8) -> list[Suggestion]:
    """What a distributor may mean by the words typed: codes and barcodes that fit best first. Three queries."""
    text = text.strip()
    if not text:
        return []
    meaning = find_by_code([text], distributor_id=distributor_id).get(text)
    rank = Case(
        When(pk=meaning.product_id if meaning else None, then=Value(0)),
        When(Q(code__istartswith=text) | Q(barcode__startswith=text), then=Value(1)),
        When(Q(name__istartswith=text) | Q(name_zh__istartswith=text) | Q(pinyin__istartswith=text), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found = Product.objects.buyable_by(distributor_id).matching(text, distributor_id=distributor_id)
    found = found.select_related("brand").prefetch_related("units")
    products = list(found.order_by(rank, "code")[:limit])
    scanned = meaning.unit if meaning and meaning.unit else None
    named = [scanned if meaning and product.pk == meaning.product_id else None for product in products]
    suggestions = suggestions_of(products, distributor_id=distributor_id, on=on, units=named)
    return [
        replace(row, entered=text) if meaning and meaning.unit and row.key == meaning.key else row
        for row in suggestions
    ]


def suggestions_of(
    products: Sequence[Product], *, distributor_id: int, on: date, units: Sequence[str | None] = ()
) -> list[Suggestion]:
    """Products, with their units, priced for the least quantity. Two queries.

    Each in the unit that `units` names (empty for the piece), else in the usual one.
    """
    asked = units or [None] * len(products)
    offered = [_offered(product, unit) for product, unit in zip(products, asked, strict=True)]
    sizes = [unit.pieces if unit else 1 for unit in offered]
    least = [orderable_units(product, size) for product, size in zip(products, sizes, strict=True)]
    prices = price_lines(
        distributor_id=distributor_id,
        product_ids=[product.pk for product in products],
        quantities=least,
        units=[unit.code if unit else "" for unit in offered],
        on=on,
    )
    return [
        Suggestion(
            product_id=product.pk,
            code=product.code,
            barcode=product.barcode or "",
            name=localised(product.name, product.name_zh),
            brand=localised(product.brand.name, product.brand.name_zh),
            unit=str(unit) if unit else unit_label(product.unit),
            unit_code=unit.code if unit else "",
            pieces=size,
            step=product.order_multiple // gcd(product.order_multiple, size),
            first_quantity=quantity,
            price=price,
            entered=product.code,
        )
        for product, unit, size, quantity, price in zip(products, offered, sizes, least, prices, strict=True)
    ]


def _offered(product: Any, named: str | None) -> ProductUnit | None:
    """The unit of this name, or without one the usual unit; None for the piece."""
    units = list(product.units.all())
    return next((unit for unit in units if (unit.is_default if named is None else unit.code == named)), None)


@dataclass(frozen=True, kw_only=True)
class EarlierOrder:
    """An order that can be ordered again; `short` is the number of its lines that are not there now."""

    order: Order
    short: int


_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")


def earlier_orders(*, actor: Actor, distributor_id: int, text: str, on: date, limit: int = 20) -> list[EarlierOrder]:
    """The last orders of a distributor, of a month (2026-10), whose number or own number begins so, or with a product.

    Five queries at most.
    """
    placed = Order.objects.visible_to(actor).filter(distributor_id=distributor_id).exclude(status=OrderStatus.DRAFT)
    text = text.strip()[:64]
    month = _MONTH.fullmatch(text)
    if month and 1 <= int(month[2]) <= MONTHS:
        placed = placed.filter(ordered_on__year=int(month[1]), ordered_on__month=int(month[2]))
    elif text:
        products = list(Product.objects.matching(text, distributor_id=distributor_id).values_list("pk", flat=True)[:50])
        with_product = OrderLine.objects.filter(order=OuterRef("pk"), product__in=products)
        placed = placed.filter(number_begins(text) | Exists(with_product))
    orders = list(placed.order_by("-ordered_at", "-id")[:limit])
    lines = list(OrderLine.objects.filter(order__in=orders).values_list("order_id", "product_id", "ordered"))
    free = available_pieces(distributor_id, {product_id for _order, product_id, _ordered in lines}, on=on)
    short = Counter(order_id for order_id, product_id, ordered in lines if free.get(product_id, 0) < ordered)
    return [EarlierOrder(order=order, short=short[order.pk]) for order in orders]


def available_pieces(distributor_id: int, product_ids: Collection[int], *, on: date) -> dict[int, int]:
    """What is there of products, in the warehouse that supplies a distributor on a day. One query."""
    stock = Stock.objects.supplying(distributor_id, on).filter(product_id__in=product_ids)
    return dict(stock.values_list("product_id", F("on_hand") - F("reserved")))
