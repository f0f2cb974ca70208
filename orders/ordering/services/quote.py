"""What an order would be: every line priced and checked, in one query."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from company.errors import NoCompany
from core.errors import NotVisible, Problem
from core.models import localised
from core.money import round_money
from inventory.selectors.pasted_lines import MAX_QUANTITY
from orders.ordering.errors import LineProblem
from orders.ordering.services.placing_sql import READ_CONTEXT
from pricing.enums import PriceScope
from pricing.selectors.prices import LinePrice

MAX_LINES = 1000
MAX_ID = 2**63 - 1


class LineInput(NamedTuple):
    """A line as it was asked for: a product by its id (int), or by its code or barcode (str), and how many pieces.

    `position` counts from 0 as it was sent; `agreed_unit_price` is what the person saw, where they say so.
    """

    product: int | str
    quantity: int
    wanted_on: date | None = None
    position: int = 0
    agreed_unit_price: Decimal | None = None


@dataclass(kw_only=True)
class PricedLine:
    """One line as it would be ordered. `amount` is in the quote's currency, `cost` in the company's.

    `line` counts from 0 as it was sent.
    """

    line: int
    asked: str
    quantity: int
    product_id: int | None
    code: str
    name: str
    status: str
    unit: str
    minimum_quantity: int
    order_multiple: int
    category_id: int | None
    wanted_on: date | None
    agreed_unit_price: Decimal | None
    may_buy: bool
    available: int
    price: LinePrice | None
    amount: Decimal
    cost: Decimal
    problems: list[LineProblem] = field(default_factory=list)

    @property
    def unit_price(self) -> Decimal | None:
        return self.price.amount if self.price else None


@dataclass(kw_only=True)
class Quote:
    """An order before it is placed. `problems` are those of the whole; those of a line are in the line.

    `delivery_address_id` is the address that was asked for, or the default one; None where it is not the distributor's
    or not in force, or where there is none. `outside` is what the hold says of an address outside the territories of
    agreements, None where it is not; `warnings` stop nothing.
    """

    company_id: int
    distributor_id: int
    distributor_status: str
    currency: str
    company_currency: str
    exchange_rate: Decimal | None
    warehouse_id: int | None
    manager_id: int | None
    ordered_on: date
    promised_on: date | None
    taken_by: str | None
    delivery_address_id: int | None
    outside: Mapping[str, Any] | None
    has_grace: bool
    blocking_policy_id: int | None
    lines: list[PricedLine]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def net_amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def net_amount_company(self) -> Decimal | None:
        """In the company's currency; None where the rate is not known."""
        return None if self.exchange_rate is None else self.net_amount * self.exchange_rate

    @property
    def cost_amount_company(self) -> Decimal:
        """In the company's currency, whatever the order's is."""
        return sum((line.cost for line in self.lines), Decimal(0))

    @property
    def unit_count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def all_problems(self) -> list[Problem]:
        return [*self.problems, *(problem for line in self.lines for problem in line.problems)]


def merge(lines: Sequence[LineInput]) -> list[LineInput]:
    """Add up lines that name the same product in the same way, at the place of the first; leave out empty ones."""
    found: dict[int | str, LineInput] = {}
    for position, line in enumerate(lines):
        key = line.product.strip() if isinstance(line.product, str) else line.product
        if key == "" and not line.quantity:
            continue
        before = found.get(key)
        together = line.quantity + (before.quantity if before else 0)
        found[key] = LineInput(
            product=key,
            quantity=min(together, MAX_QUANTITY + 1),  # too much is too much, and always fits the column
            wanted_on=(before or line).wanted_on,
            position=before.position if before else position,
            agreed_unit_price=(before or line).agreed_unit_price,
        )
    return list(found.values())


def read_quote(
    *,
    distributor_id: int,
    lines: Sequence[LineInput],
    on: date,
    purchase_order_number: str,
    order_id: int | None,
    delivery_address_id: int | None = None,
) -> Quote:
    """Read what is known about the order in one statement. Before: `lines` are merged.

    Raises NotVisible where there is no such distributor, NoCompany where nothing can be sold yet.
    """
    rows = READ_CONTEXT.rows(
        {
            "distributor": distributor_id,
            "products": [
                line.product if isinstance(line.product, int) and line.product <= MAX_ID else None for line in lines
            ],
            "codes": [line.product if isinstance(line.product, str) else None for line in lines],
            "quantities": [min(max(line.quantity, 0), MAX_QUANTITY) for line in lines],
            "on": on,
            "po": purchase_order_number,
            "order": order_id,
            "delivery_address": delivery_address_id,
        }
    )
    if not rows:
        raise NotVisible
    head = rows[0]
    if head.company_id is None:
        raise NoCompany
    return Quote(
        company_id=head.company_id,
        distributor_id=distributor_id,
        distributor_status=head.distributor_status,
        currency=head.currency,
        company_currency=head.company_currency,
        exchange_rate=head.exchange_rate,
        warehouse_id=head.warehouse_id,
        manager_id=head.manager_id,
        ordered_on=on,
        promised_on=on + timedelta(days=head.lead_days) if head.lead_days is not None else None,
        taken_by=head.taken_by,
        delivery_address_id=head.delivery_address_id,
        outside=_outside(head),
        has_grace=head.has_grace,
        blocking_policy_id=head.blocking_policy_id,
        lines=[_priced(line, row) for line, row in zip(lines, rows, strict=False)],
    )


def _outside(head: Any) -> Mapping[str, Any] | None:
    """The parameters of the hold of an address outside the territories of agreements."""
    if head.outside_agreements is None:
        return None
    agreements = json.loads(head.outside_agreements)
    return {
        "address": head.delivery_name,
        "address_id": head.delivery_address_id,
        "place": head.delivery_place,
        "agreement": ", ".join(one["name"] for one in agreements),
        "agreement_ids": [one["id"] for one in agreements],
    }


def line_parameters(lines: Sequence[PricedLine]) -> dict[str, Any]:
    """The lines as the statements of `placing_sql` are given them, numbered from 1."""
    return {
        "positions": list(range(1, len(lines) + 1)),
        "products": [line.product_id for line in lines],
        "categories": [line.category_id for line in lines],
        "units": [line.unit for line in lines],
        "quantities": [line.quantity for line in lines],
        "wanted": [line.wanted_on for line in lines],
        "unit_prices": [line.unit_price or Decimal(0) for line in lines],
        "amounts": [line.amount for line in lines],
        "costs": [line.cost for line in lines],
        "prices": [line.price.price_id if line.price else None for line in lines],
    }


def _priced(line: LineInput, row: Any) -> PricedLine:
    """One line of `READ_CONTEXT`. The unit cost is in the company's currency, and so is what it comes to."""
    price = _price(row, line.quantity)
    amount = price.amount * line.quantity if price and price.amount is not None else Decimal(0)
    return PricedLine(
        line=line.position,
        asked=str(line.product),
        quantity=line.quantity,
        product_id=row.product_id,
        code=row.code or "",
        name=localised(row.name or "", row.name_zh or ""),
        status=row.status or "",
        unit=row.unit or "",
        minimum_quantity=row.minimum_quantity or 1,
        order_multiple=row.order_multiple or 1,
        category_id=row.category_id,
        wanted_on=line.wanted_on,
        agreed_unit_price=line.agreed_unit_price,
        may_buy=bool(row.may_buy),
        available=max(row.available, 0),
        price=price,
        amount=round_money(amount, currency=row.currency),
        cost=round_money((row.unit_cost or Decimal(0)) * line.quantity, currency=row.company_currency),
    )


def _price(row: Any, quantity: int) -> LinePrice | None:
    if row.price_id is None or row.product_id is None:
        return None
    return LinePrice(
        product_id=row.product_id,
        quantity=quantity,
        currency=row.currency,
        price_id=row.price_id,
        amount=row.price_amount,
        list_code=row.list_code,
        list_name=localised(row.list_name, row.list_name_zh),
        scope=PriceScope(row.scope),
        from_quantity=row.from_quantity,
        ends_on=row.ends_on,
        next_quantity=None,
        next_amount=None,
    )
