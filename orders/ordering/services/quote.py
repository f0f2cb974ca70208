"""What an order would be: every line priced and checked, in one query."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.errors import NotVisible, Problem
from core.models import localised
from core.money import round_money
from orders.ordering.errors import LineProblem
from orders.ordering.services.placing_sql import READ_CONTEXT
from pricing.enums import PriceScope
from pricing.selectors.prices import PricedLine

LineRequest = tuple[int | str, int]
"""A product by its id (int), or by its code or barcode (str), and how many pieces."""

MAX_LINES = 1000
MAX_QUANTITY = 10_000_000
MAX_ID = 2**63 - 1


@dataclass(kw_only=True)
class QuotedLine:
    """One line as it would be ordered. Amounts are in the quote's currency; `line` counts from 0 as it was sent."""

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
    may_buy: bool
    available: int
    price: PricedLine | None
    amount: Decimal
    cost: Decimal
    problems: list[LineProblem] = field(default_factory=list)

    @property
    def unit_price(self) -> Decimal | None:
        return self.price.amount if self.price else None


@dataclass(kw_only=True)
class Quote:
    """An order before it is placed. `problems` are those of the whole; those of a line stand in the line."""

    distributor_id: int
    distributor_status: str
    currency: str
    warehouse_id: int | None
    manager_id: int | None
    ordered_on: date
    promised_on: date | None
    taken_by: str | None
    lines: list[QuotedLine]
    problems: list[Problem] = field(default_factory=list)

    @property
    def net_amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def cost_amount(self) -> Decimal:
        return sum((line.cost for line in self.lines), Decimal(0))

    @property
    def unit_count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def all_problems(self) -> list[Problem]:
        return [*self.problems, *(problem for line in self.lines for problem in line.problems)]


@dataclass(frozen=True, kw_only=True)
class MergedLine:
    """Lines that name the same product in the same way count as one, at the place of the first."""

    line: int
    key: int | str
    quantity: int


def merge(requests: Sequence[LineRequest]) -> list[MergedLine]:
    """Add up wishes that name the same product; empty lines (nothing named, nothing asked) are left out."""
    found: dict[int | str, MergedLine] = {}
    for line, (named, quantity) in enumerate(requests):
        key = named.strip() if isinstance(named, str) else named
        if key == "" and not quantity:
            continue
        before = found.get(key)
        together = quantity + (before.quantity if before else 0)
        found[key] = MergedLine(
            line=before.line if before else line,
            key=key,
            quantity=min(together, MAX_QUANTITY + 1),  # too much is too much, and always fits the column
        )
    return list(found.values())


def read_quote(
    *, distributor_id: int, requests: Sequence[MergedLine], on: date, purchase_order_number: str, order_id: int | None
) -> Quote:
    """Read what is known about the order in one statement. Raises NotVisible where there is no such distributor."""
    rows = READ_CONTEXT.rows(
        {
            "distributor": distributor_id,
            "products": [
                request.key if isinstance(request.key, int) and request.key <= MAX_ID else None for request in requests
            ],
            "codes": [request.key if isinstance(request.key, str) else None for request in requests],
            "quantities": [min(max(request.quantity, 0), MAX_QUANTITY) for request in requests],
            "on": on,
            "po": purchase_order_number,
            "order": order_id,
        }
    )
    if not rows:
        raise NotVisible
    status, currency, warehouse_id, lead_days, manager_id, taken_by = rows[0][:6]
    return Quote(
        distributor_id=distributor_id,
        distributor_status=status,
        currency=currency,
        warehouse_id=warehouse_id,
        manager_id=manager_id,
        ordered_on=on,
        promised_on=on + timedelta(days=lead_days) if lead_days is not None else None,
        taken_by=taken_by,
        lines=[_line(request, row, currency) for request, row in zip(requests, rows, strict=False)],
    )


def line_parameters(lines: Sequence[QuotedLine]) -> dict[str, Any]:
    """The lines as the statements of `placing_sql` are given them, numbered from 1."""
    return {
        "positions": list(range(1, len(lines) + 1)),
        "products": [line.product_id for line in lines],
        "quantities": [line.quantity for line in lines],
        "unit_prices": [line.unit_price or Decimal(0) for line in lines],
        "amounts": [line.amount for line in lines],
        "costs": [line.cost for line in lines],
        "prices": [line.price.price_id if line.price else None for line in lines],
    }


def _line(request: MergedLine, row: tuple[Any, ...], currency: str) -> QuotedLine:
    product_id, code, name, name_zh, status, unit, minimum, multiple, unit_cost, category_id, may_buy, free = row[8:20]
    price = _price(row, product_id, request.quantity, currency)
    amount = price.amount * request.quantity if price and price.amount is not None else Decimal(0)
    return QuotedLine(
        line=request.line,
        asked=str(request.key),
        quantity=request.quantity,
        product_id=product_id,
        code=code or "",
        name=localised(name or "", name_zh or ""),
        status=status or "",
        unit=unit or "",
        minimum_quantity=minimum or 1,
        order_multiple=multiple or 1,
        category_id=category_id,
        may_buy=bool(may_buy),
        available=max(free, 0),
        price=price,
        amount=round_money(amount, currency=currency),
        cost=round_money((unit_cost or Decimal(0)) * request.quantity, currency=currency),
    )


def _price(row: tuple[Any, ...], product_id: int | None, quantity: int, currency: str) -> PricedLine | None:
    price_id, amount, code, name, name_zh, scope, from_quantity, ends_on = row[20:]
    if price_id is None or product_id is None:
        return None
    return PricedLine(
        product_id=product_id,
        quantity=quantity,
        currency=currency,
        price_id=price_id,
        amount=amount,
        list_code=code,
        list_name=localised(name, name_zh),
        scope=PriceScope(scope),
        from_quantity=from_quantity,
        ends_on=ends_on,
        next_quantity=None,
        next_amount=None,
    )
