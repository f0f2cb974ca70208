"""The variants of a family as a grid of quantities: what one distributor may buy of it, at its prices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalogue.enums import unit_label
from catalogue.models import Product, ProductFamily
from catalogue.rules.variants import Layout, lay_out
from catalogue.selectors import axes_of, variant_labels
from core.models import localised
from orders.entry.catalogue import CatalogueRow, catalogue_rows
from orders.entry.products import OfferedUnit
from orders.ordering.selectors.draft_lines import LineKey


@dataclass(frozen=True, kw_only=True)
class VariantCell:
    """One variant; `label` are its values, `elsewhere` is how much of it is in the draft in other units: pieces."""

    row: CatalogueRow
    label: str
    elsewhere: int


@dataclass(frozen=True, kw_only=True)
class FamilyGrid:
    """The grids of a family. `unit` is the one in which all of them are ordered, None where these differ."""

    family: ProductFamily
    layout: Layout
    units: Sequence[OfferedUnit]
    unit: str | None
    count: int


def family_grid(
    *, distributor_id: int, family: ProductFamily, ordered: Mapping[LineKey, int], on: date, unit: str | None
) -> FamilyGrid:
    """What the distributor may buy of the family today, in a unit or (None) each in its usual one. Eight queries."""
    found = Product.objects.buyable_by(distributor_id).filter(family=family).select_related("brand", "family")
    products = list(found.prefetch_related("units").order_by("code"))
    axes = axes_of(family)
    asked = [] if unit is None else [unit] * len(products)
    rows = catalogue_rows(products, distributor_id=distributor_id, ordered=ordered, on=on, units=asked)
    sizes = {(product.pk, one.code): one.pieces for product in products for one in product.units.all()}
    cells = [
        VariantCell(
            row=row,
            label=" · ".join(variant_labels(axes, product.variant)) or localised(product.name, product.name_zh),
            elsewhere=sum(
                quantity * sizes.get((key.product_id, key.unit), 1)
                for key, quantity in ordered.items()
                if key.product_id == product.pk and key != row.product.key
            ),
        )
        for product, row in zip(products, rows, strict=True)
    ]
    layout = lay_out(axes, [(product.variant, cell) for product, cell in zip(products, cells, strict=True)])
    used = {row.product.unit_code or product.unit for product, row in zip(products, rows, strict=True)}
    common = next(iter(used)) if len(used) == 1 else None
    return FamilyGrid(family=family, layout=layout, units=_units(products), unit=common, count=len(products))


def _units(products: Sequence[Product]) -> list[OfferedUnit]:
    """The units of the variants; none where all are sold by the piece only."""
    codes = {one.code: one.pieces for product in products for one in product.units.all()}
    if not codes:
        return []
    piece = OfferedUnit(code=products[0].unit, label=unit_label(products[0].unit), pieces=1)
    larger = sorted(codes.items(), key=lambda pair: pair[1])
    return [piece, *(OfferedUnit(code=code, label=unit_label(code), pieces=pieces) for code, pieces in larger)]
