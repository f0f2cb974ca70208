"""All that a draft holds: the lines that are paid for, and the gifts that go with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orders.ordering.models import OrderLine
from orders.ordering.selectors.draft_lines import DraftLine, LineKey, line_key
from orders.ordering.services.quoted import LineInput


@dataclass(frozen=True, kw_only=True)
class DraftContents:
    """The lines of a draft by product and unit, in their order, and the gifts."""

    lines: Mapping[LineKey, DraftLine]
    gifts: Sequence[LineInput]

    def asked(self) -> list[LineInput]:
        """All of it, as it is priced and placed."""
        paid = [
            LineInput(key.product_id, line.quantity, line.wanted_on, unit=key.unit, when_short=line.when_short)
            for key, line in self.lines.items()
        ]
        return [*paid, *self.gifts]


NO_CONTENTS = DraftContents(lines={}, gifts=())


def draft_contents(*, order_id: int) -> DraftContents:
    """What a draft holds. One query."""
    rows = (
        OrderLine.objects.filter(order_id=order_id)
        .order_by("position")
        .values_list(
            "product_id", "unit", "product__unit", "position", "units", "wanted_on", "when_short", "gift_of__product_id"
        )
    )
    lines: dict[LineKey, DraftLine] = {}
    gifts: list[LineInput] = []
    for product_id, unit, piece, position, units, wanted_on, when_short, earned_by in rows:
        key = line_key(product_id, unit, piece)
        if earned_by is None:
            lines[key] = DraftLine(position=position, quantity=units, wanted_on=wanted_on, when_short=when_short)
        else:
            gifts.append(
                LineInput(product_id, units, wanted_on, unit=key.unit, gift_with=earned_by, when_short=when_short)
            )
    return DraftContents(lines=lines, gifts=gifts)
