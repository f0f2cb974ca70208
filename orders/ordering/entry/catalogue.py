"""The catalogue of the order entry: what one distributor may buy today, at its prices, with what it needs to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from catalogue.models import Brand, Category, Product
from core.keyset import take_slice
from core.models import localised
from inventory.enums import Availability
from inventory.selectors.catalogue import availability_of
from orders.ordering.entry.products import Suggestion, available_pieces, suggestions_of

PAGE = 24


@dataclass(frozen=True, kw_only=True)
class CatalogueQuery:
    """What the reader looks for; empty parts do not narrow."""

    text: str = ""
    brand_id: int | None = None
    category_id: int | None = None
    cursor: str = ""


@dataclass(frozen=True, kw_only=True)
class CatalogueRow:
    """One product; `ordered` is its quantity in the draft, zero where it is not there."""

    product: Suggestion
    availability: Availability
    ordered: int


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
    *, distributor_id: int, query: CatalogueQuery, ordered: Mapping[int, int], on: date, limit: int = PAGE
) -> CataloguePage:
    """One page of products by code, after the last one seen. Three queries, four where a category narrows."""
    products = Product.objects.buyable_by(distributor_id).select_related("brand")
    if query.text:
        products = products.matching(query.text, distributor_id=distributor_id)
    if query.brand_id:
        products = products.filter(brand_id=query.brand_id)
    if query.category_id:
        products = products.filter(category_id__in=_with_children(query.category_id))
    part = take_slice(products, order=("code",), cursor=query.cursor, limit=limit)
    rows = catalogue_rows(part.rows, distributor_id=distributor_id, ordered=ordered, on=on)
    return CataloguePage(rows=rows, following=part.following)


def catalogue_rows(
    products: Sequence[Product], *, distributor_id: int, ordered: Mapping[int, int], on: date
) -> list[CatalogueRow]:
    """The products as rows of the catalogue. Two queries."""
    suggestions = suggestions_of(products, distributor_id=distributor_id, on=on)
    return with_stock(suggestions, distributor_id=distributor_id, ordered=ordered)


def with_stock(
    suggestions: Sequence[Suggestion], *, distributor_id: int, ordered: Mapping[int, int]
) -> list[CatalogueRow]:
    """Suggestions with what is there of them. One query."""
    free = available_pieces(distributor_id, [row.product_id for row in suggestions], on=timezone.localdate())
    return [
        CatalogueRow(
            product=row,
            availability=availability_of(free.get(row.product_id, 0), least=row.first_quantity),
            ordered=ordered.get(row.product_id, 0),
        )
        for row in suggestions
    ]


def catalogue_row(*, distributor_id: int, product_id: int, ordered: Mapping[int, int], on: date) -> CatalogueRow | None:
    """One product as a row of the catalogue, or None where it may not be bought."""
    found = Product.objects.buyable_by(distributor_id).select_related("brand").filter(pk=product_id)
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
