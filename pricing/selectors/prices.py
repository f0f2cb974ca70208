"""Which price a distributor pays, and why: one query, whatever the number of lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalogue.enums import unit_label
from core.invariants import Invariant, violations_of
from core.models import localised
from core.querysets import RowWithTexts
from core.sentences import listed
from pricing.enums import PriceScope
from pricing.models import Price, PriceList
from pricing.selectors.price_sql import PRICE_LINES


@dataclass(frozen=True, kw_only=True)
class LinePrice:
    """The price of one line, or none (`price_id` None). Amounts are for one unit as it is asked for, in `currency`.

    `quantity` and `next_quantity` count these units (empty `unit`: pieces), `from_quantity` those of the price: `price_unit`.
    """

    product_id: int
    quantity: int
    currency: str
    price_id: int | None
    amount: Decimal | None
    list_code: str
    list_name: str
    scope: PriceScope | None
    from_quantity: int | None
    ends_on: date | None
    next_quantity: int | None
    next_amount: Decimal | None
    unit: str = ""
    price_unit: str = ""

    @property
    def reason(self) -> str:
        """Why this price, in a sentence of the reader's language."""
        if self.price_id is None or self.scope is None:
            return _("No price")
        parts = [_("%(list)s, %(scope)s") % {"list": self.list_name, "scope": self.scope.label}]
        if self.from_quantity and self.from_quantity > 1:
            parts.append(_step_text(self.from_quantity, self.price_unit))
        if self.ends_on:
            parts.append(_("until %(day)s") % {"day": date_format(self.ends_on, "SHORT_DATE_FORMAT")})
        return " · ".join(parts)

    @property
    def next_step(self) -> str:
        """What a larger quantity costs: “from 24 pieces: 9.50”, or nothing."""
        if self.next_quantity is None or self.next_amount is None:
            return ""
        return f"{_step_text(self.next_quantity, self.unit)}: {unit_price_text(self.next_amount)}"


def unit_price_text(amount: Decimal) -> str:
    """At least two decimals, more only where they say something."""
    shown = amount.quantize(Decimal("0.01"))
    return number_format(shown if shown == amount else amount.normalize(), use_l10n=True, force_grouping=True)


def price_lines(
    *,
    distributor_id: int,
    product_ids: Sequence[int],
    quantities: Sequence[int],
    on: date,
    units: Sequence[str] | None = None,
) -> list[LinePrice]:
    """The price of every line for one distributor on one day, in the order asked; without `units` of pieces.

    Decides: the most particular active list in the distributor's currency that has a price of the product for the
    quantity on the day (distributor, nearest territory, tier, channel kind, all; then priority, then code), and in it
    the largest quantity step not above the quantity: of the unit where it has prices of its own, else of the piece. A line
    without a price comes back with `price_id` None.
    """
    parameters: dict[str, Any] = {
        "distributor": distributor_id,
        "products": list(product_ids),
        "units": list(quantities),
        "unit_codes": list(units or [""] * len(quantities)),
        "on": on,
    }
    with connection.cursor() as cursor:
        cursor.execute(PRICE_LINES, parameters)
        return [_line(row) for row in cursor.fetchall()]


def catalogue_prices(
    *, distributor_id: int, product_ids: Sequence[int], on: date, quantities: Sequence[int] | None = None
) -> dict[int, LinePrice]:
    """The price of each product of a page at quantity one (or at the given quantities), by product. One query."""
    asked = quantities or [1] * len(product_ids)
    lines = price_lines(distributor_id=distributor_id, product_ids=product_ids, quantities=asked, on=on)
    return {line.product_id: line for line in lines}


def _line(row: tuple[Any, ...]) -> LinePrice:
    product, quantity, currency, price, amount, code, name, name_zh, scope, step, ends_on, *more = row
    next_step, next_amount, price_unit, unit = more
    return LinePrice(
        product_id=product,
        quantity=quantity,
        currency=currency,
        price_id=price,
        amount=amount,
        list_code=code or "",
        list_name=localised(name or "", name_zh or ""),
        scope=PriceScope(scope) if scope else None,
        from_quantity=step,
        ends_on=ends_on,
        next_quantity=next_step,
        next_amount=next_amount,
        unit=unit,
        price_unit=price_unit,
    )


def _step_text(quantity: int, unit: str = "") -> str:
    if unit:
        return _("from %(count)s × %(unit)s") % {"count": quantity, "unit": unit_label(unit)}
    return ngettext("from %(count)s piece", "from %(count)s pieces", quantity) % {"count": quantity}


def for_whom(price_list: PriceList) -> str:
    """All conditions of a list; everybody where there is none."""
    parts: Sequence[Any] = (price_list.distributor, price_list.territory, price_list.tier)
    words = [part.display_name for part in parts if part is not None]
    if price_list.channel_kind:
        words.append(str(price_list.get_channel_kind_display()))
    return listed(words) or _("Everyone")


def named_price_lists(price_lists: Sequence[PriceList]) -> list[RowWithTexts]:
    return [RowWithTexts(price_list, for_whom=for_whom(price_list)) for price_list in price_lists]


def price_steps(*, product_id: int, distributor_id: int, on: date, minimum: int = 1) -> list[LinePrice]:
    """The price at the least quantity and at every step where it changes, the smallest first. Two queries."""
    known = Price.objects.filter(product_id=product_id, unit=None, from_quantity__gt=minimum)
    quantities = [minimum, *sorted(set(known.values_list("from_quantity", flat=True)))]
    lines = price_lines(
        distributor_id=distributor_id, product_ids=[product_id] * len(quantities), quantities=quantities, on=on
    )
    return [
        line
        for line, before in zip(lines, [None, *lines], strict=False)
        if before is None or line.price_id != before.price_id
    ]


INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="pricing.one_price_a_day",
        statement=gettext_lazy("No two prices of one list, product and quantity step are valid on one day."),
        find=violations_of("""
            SELECT one.id AS price_id, other.id AS other_price_id
            FROM pricing_price AS one
            JOIN pricing_price AS other
              ON other.price_list_id = one.price_list_id AND other.product_id = one.product_id
             AND other.unit_id IS NOT DISTINCT FROM one.unit_id
             AND other.from_quantity = one.from_quantity AND other.id > one.id
             AND daterange(other.starts_on, other.ends_on, '[]') && daterange(one.starts_on, one.ends_on, '[]')
        """),
    ),
)
