"""The lines of a draft as they are stored, each by its product and unit."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from core.paths import whole_number
from orders.ordering.models import OrderLine


class LineKey(NamedTuple):
    """What names a line within its order: the product, and its unit, empty for the piece."""

    product_id: int
    unit: str = ""

    @classmethod
    def parse(cls, text: str) -> "LineKey | None":
        """The key that was written so, or None."""
        product, _dash, unit = text.partition("-")
        product_id = whole_number(product)
        return None if product_id is None else cls(product_id, unit)

    def __str__(self) -> str:
        return f"{self.product_id}-{self.unit}" if self.unit else str(self.product_id)


@dataclass(frozen=True, kw_only=True)
class DraftLine:
    """One product of a draft, as it is stored."""

    position: int
    quantity: int
    wanted_on: date | None
    when_short: str = ""


def draft_lines(*, order_id: int) -> dict[LineKey, DraftLine]:
    """The lines of an order by product and unit, in their order; gifts are no lines that anybody asked for."""
    lines = OrderLine.objects.filter(order_id=order_id, gift_of__isnull=True).order_by("position")
    return {
        line_key(product_id, unit, piece): DraftLine(position=position, quantity=units, wanted_on=wanted_on)
        for product_id, unit, piece, position, units, wanted_on in lines.values_list(
            "product_id", "unit", "product__unit", "position", "units", "wanted_on"
        )
    }


def line_key(product_id: int, unit: str, piece: str) -> LineKey:
    """What names a stored line: `unit` as it is on the line, `piece` what a piece of the product is called."""
    return LineKey(product_id, "" if unit in ("", piece) else unit)


def draft_quantities(*, order_id: int) -> dict[LineKey, int]:
    """How many units by product and unit of a draft, in the order of its lines."""
    return {key: line.quantity for key, line in draft_lines(order_id=order_id).items()}
