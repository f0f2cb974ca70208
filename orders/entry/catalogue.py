"""The catalogue of the order entry: what one distributor may buy today, at its prices, with what it needs to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from catalogue.models import Brand, Category, Product, ProductFamily, ProductFile
from catalogue.selectors import first_images
from core.actors import Actor
from core.keyset import take_slice
from core.models import localised
from inventory.enums import Availability
from inventory.selectors.catalogue import availability_of
from orders.entry.offers import FamilyOffer, family_offer
from orders.entry.products import Suggestion, available_pieces, suggestions_of
from orders.ordering.selectors.bought import bought_before
from orders.ordering.selectors.draft_lines import LineKey
from orders.ordering.selectors.unusual import Bought

PAGE = 24


@dataclass(frozen=True, kw_only=True)
class CatalogueQuery:
    """What the reader looks for; empty parts do not narrow. `is_by_family` has one product stand for its family."""

    text: str = ""
    brand_id: int | None = None
    category_id: int | None = None
    cursor: str = ""
    is_by_family: bool = True


@dataclass(frozen=True, kw_only=True)
class CatalogueRow:
    """One product; `ordered` is its quantity in the draft, zero where it is not there, `bought` how it was ordered before.

    With `variants` it stands for so many products of its `family`, and `offered` says what the cheapest of them costs.
    """

    product: Suggestion
    availability: Availability
    ordered: int
    bought: Bought | None = None
    image: ProductFile | None = None
    family: ProductFamily | None = None
    variants: int = 0
    offered: FamilyOffer | None = None


@dataclass(frozen=True, kw_only=True)
class CataloguePage:
    rows: list[CatalogueRow]
    following: str


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One value to narrow by; `group` is the name of the category above."""

    id: int
    label: str
    group: str = ""


def catalogue_page(
    *, distributor_id: int, query: CatalogueQuery, ordered: Mapping[LineKey, int], on: date, limit: int = PAGE
) -> CataloguePage:
    """One page of products by code, after the last one seen; of a family the first, unless words are searched.

    Four queries, one more where a category narrows, three more where there are families.
    """
    narrowed = Product.objects.buyable_by(distributor_id)
    if query.text:
        narrowed = narrowed.matching(query.text, distributor_id=distributor_id)
    if query.brand_id:
        narrowed = narrowed.filter(brand_id=query.brand_id)
    if query.category_id:
        narrowed = narrowed.filter(category_id__in=_with_children(query.category_id))
    together = query.is_by_family and not query.text
    products = narrowed.select_related("brand", "family").prefetch_related("units")
    if together:
        before = narrowed.filter(family=OuterRef("family"), code__lt=OuterRef("code"))
        products = products.filter(Q(family=None) | ~Exists(before))
    part = take_slice(products, order=("code",), cursor=query.cursor, limit=limit)
    rows = catalogue_rows(part.rows, distributor_id=distributor_id, ordered=ordered, on=on)
    if together:
        rows = _with_variants(rows, distributor_id=distributor_id, on=on)
    return CataloguePage(rows=rows, following=part.following)


def _with_variants(rows: Sequence[CatalogueRow], *, distributor_id: int, on: date) -> list[CatalogueRow]:
    """The rows that stand for their family say for how many products and at what price. Three queries, or none."""
    families = {row.family.pk for row in rows if row.family}
    if not families:
        return list(rows)
    found = Product.objects.buyable_by(distributor_id).filter(family__in=families).select_related("brand")
    products = list(found.prefetch_related("units").order_by("code"))
    variants: dict[int | None, list[Suggestion]] = {}
    for product, offer in zip(products, suggestions_of(products, distributor_id=distributor_id, on=on), strict=True):
        variants.setdefault(product.family_id, []).append(offer)
    return [_with_offer(row, variants.get(row.family.pk, [])) if row.family else row for row in rows]


def _with_offer(row: CatalogueRow, variants: Sequence[Suggestion]) -> CatalogueRow:
    return replace(row, variants=len(variants), offered=family_offer(variants))


def catalogue_rows(
    products: Sequence[Product],
    *,
    distributor_id: int,
    ordered: Mapping[LineKey, int],
    on: date,
    units: Sequence[str | None] = (),
) -> list[CatalogueRow]:
    """The products, with their units, as rows of the catalogue. Four queries."""
    suggestions = suggestions_of(products, distributor_id=distributor_id, on=on, units=units)
    rows = with_stock(suggestions, distributor_id=distributor_id, ordered=ordered)
    ids = [row.product_id for row in suggestions]
    bought = bought_before(distributor_id=distributor_id, product_ids=ids, today=on)
    images = first_images(ids)
    return [
        replace(
            row,
            bought=bought.get(row.product.product_id),
            image=images.get(row.product.product_id),
            family=product.family,
        )
        for product, row in zip(products, rows, strict=True)
    ]


def catalogue_rows_of(
    quantities: Mapping[LineKey, int], *, distributor_id: int, actor: Actor, on: date
) -> list[tuple[CatalogueRow, int]]:
    """The products of an earlier order in its order, each as it could be bought today and how many it was. Five queries.

    What the distributor may not buy any more is left out.
    """
    products = Product.objects.visible_to(actor).buyable_by(distributor_id).select_related("brand", "family")
    found = products.prefetch_related("units").in_bulk({key.product_id for key in quantities})
    kept = [key for key in quantities if key.product_id in found]
    rows = catalogue_rows(
        [found[key.product_id] for key in kept],
        distributor_id=distributor_id,
        ordered={},
        on=on,
        units=[key.unit for key in kept],
    )
    return [(row, quantities[key]) for row, key in zip(rows, kept, strict=True) if row.product.key == key]


def with_stock(
    suggestions: Sequence[Suggestion], *, distributor_id: int, ordered: Mapping[LineKey, int]
) -> list[CatalogueRow]:
    """Suggestions with what is there of them. One query."""
    free = available_pieces(distributor_id, [row.product_id for row in suggestions], on=timezone.localdate())
    return [
        CatalogueRow(
            product=row,
            availability=availability_of(free.get(row.product_id, 0), least=row.first_quantity * row.pieces),
            ordered=ordered.get(row.key, 0),
        )
        for row in suggestions
    ]


def catalogue_row(
    *, distributor_id: int, product_id: int, ordered: Mapping[LineKey, int], on: date
) -> CatalogueRow | None:
    """One product as a row of the catalogue, or None where it may not be bought."""
    found = (
        Product.objects.buyable_by(distributor_id)
        .select_related("brand", "family")
        .prefetch_related("units")
        .filter(pk=product_id)
    )
    rows = catalogue_rows(list(found), distributor_id=distributor_id, ordered=ordered, on=on)
    return rows[0] if rows else None


def brand_facets(*, distributor_id: int) -> list[Facet]:
    """The brands that the distributor may buy something of."""
    ids = Product.objects.buyable_by(distributor_id).order_by().values("brand_id")
    return [Facet(id=brand.pk, label=brand.display_name) for brand in Brand.objects.filter(pk__in=ids)]


def category_facets(*, distributor_id: int) -> list[Facet]:
    """The categories with something to buy, each under the name of the one above it."""
    ids = Product.objects.buyable_by(distributor_id).order_by().values("category_id")
    found = Category.objects.filter(pk__in=ids).select_related("parent").order_by("parent__code", "code")
    return [
        Facet(
            id=category.pk,
            label=category.display_name,
            group=localised(category.parent.name, category.parent.name_zh) if category.parent else "",
        )
        for category in found
    ]


def _with_children(category_id: int) -> list[int]:
    top = Category.objects.filter(pk=category_id).first()
    return [category.pk for category in top.descendants(include_self=True)] if top else []
