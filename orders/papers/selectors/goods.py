"""Goods in the rows of a paper: cases beside pieces, as a warehouse counts."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import pgettext

from catalogue.enums import unit_label
from catalogue.models import Product
from catalogue.rules.loads import UNKNOWN, Packaging
from core.ui.numbers import quantity
from papers.contents import Align, Column, Row

WIDE = Decimal(1)


@dataclass(frozen=True, kw_only=True)
class Goods:
    """So many pieces of a product, and how it is packed."""

    product: Product
    pieces: int
    packaging: Packaging = UNKNOWN

    @property
    def cases(self) -> int:
        return self.pieces // self.packaging.case if self.packaging.case else 0

    @property
    def loose(self) -> int:
        return self.pieces - self.cases * self.packaging.case


def number_column() -> Column:
    return Column(title=pgettext("paper", "No."), align=Align.CENTER)


def name_columns() -> tuple[Column, ...]:
    return (
        Column(title=pgettext("paper", "Code")),
        Column(title=pgettext("paper", "Product"), width=WIDE),
    )


def pieces_columns() -> tuple[Column, ...]:
    return (
        Column(title=pgettext("paper", "Per case"), align=Align.RIGHT),
        Column(title=pgettext("paper", "Cases"), align=Align.RIGHT, sums=True),
        Column(title=pgettext("paper", "Loose"), align=Align.RIGHT, sums=True),
        Column(title=pgettext("paper", "Quantity"), align=Align.RIGHT, sums=True),
        Column(title=pgettext("paper", "Unit"), align=Align.CENTER),
    )


def name_cells(product: Product) -> tuple[str, ...]:
    return product.code, product.display_name


def pieces_cells(goods: Goods) -> tuple[str, ...]:
    case = goods.packaging.case
    return (
        quantity(case) if case else "",
        quantity(goods.cases) if goods.cases else "",
        quantity(goods.loose) if goods.loose else "",
        quantity(goods.pieces),
        unit_label(goods.product.unit),
    )


def pieces_amounts(goods: Goods, first: int) -> dict[int, Decimal]:
    """The numbers behind `pieces_cells` where these begin at column `first`."""
    return {first + 1: Decimal(goods.cases), first + 2: Decimal(goods.loose), first + 3: Decimal(goods.pieces)}


def empty_row(columns: int) -> Row:
    return Row(cells=("",) * columns)
