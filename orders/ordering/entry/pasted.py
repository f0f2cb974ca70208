"""From pasted or uploaded rows to quantities by product, and to rows that need attention."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from inventory.selectors.pasted_lines import WantedLine
from orders.ordering.entry.near_codes import NearCodes
from orders.ordering.entry.products import KnownProduct


@dataclass(frozen=True, kw_only=True)
class UnreadRow:
    """A rejected row: shown until it is corrected or removed."""

    code: str
    quantity: str
    reason: str
    near: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class ParsedLines:
    """What to add to the order by product, and what is left over."""

    quantities: dict[int, int]
    unread: list[UnreadRow]


def parse_lines(
    wanted: Sequence[WantedLine],
    known: Mapping[str, KnownProduct],
    near: NearCodes | None = None,
    clauses: Mapping[str, str] | None = None,
) -> ParsedLines:
    """Match rows to products; a row without a quantity takes the least that can be ordered, doubles add up.

    A row whose code means nothing gets the codes nearest to it, where they are asked for; `clauses` say of a code which
    clause of the agreement stands against it.
    """
    quantities: dict[int, int] = {}
    unread: list[UnreadRow] = []
    for line in wanted:
        product = known.get(line.code)
        reason = line.reason or " ".join(filter(None, (_refusal(line, product), (clauses or {}).get(line.code))))
        if reason or product is None:
            meant = near.of(line.code) if near and product is None and not line.reason else []
            unread.append(UnreadRow(code=line.code[:64], quantity=line.written[:20], reason=reason, near=meant))
            continue
        quantity = line.quantity or product.first_quantity
        quantities[product.product_id] = quantities.get(product.product_id, 0) + quantity
    return ParsedLines(quantities=quantities, unread=unread)


def _refusal(line: WantedLine, product: KnownProduct | None) -> str:
    if product is None:
        return _("“%(code)s” is not in your catalogue.") % {"code": line.code[:64]}
    if not product.buyable:
        return _("%(code)s is not available to you at the moment.") % {"code": product.code}
    return ""
