"""The buyer's own limit where more is asked for after the approval: the rule of placing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from core.actors import Actor
from core.money import round_money
from orders.changes.models import ChangeRequestLine
from orders.changes.services.applying import quote_of_more
from orders.ordering.models import Order
from orders.permissions import order_limit


@dataclass(frozen=True, kw_only=True)
class AboveLimit:
    """What the order would come to, None where its rate is not known, and the limit; in the company's currency."""

    amount: Decimal | None
    limit: Decimal
    currency: str

    def params(self) -> dict[str, str]:
        """For the event, as an order above a limit has them."""
        return {"limit": str(round_money(self.limit, currency=self.currency)), "currency": self.currency}


def above_limit(order: Order, rows: Sequence[ChangeRequestLine], *, actor: Actor, now: datetime) -> AboveLimit | None:
    """Whether the order would cost more than the person may order. Nothing is asked of who has no limit or wants less."""
    limit = order_limit(actor)
    more = [row for row in rows if row.quantity_after > row.quantity_before]
    if limit is None or not more:
        return None
    quote = quote_of_more(order, more, now=now)
    less = sum((_given_up(row) for row in rows), Decimal(0))
    amount = None if order.exchange_rate is None else (order.net_amount - less + quote.net_amount) * order.exchange_rate
    if amount is not None and amount <= limit:
        return None
    return AboveLimit(
        amount=None if amount is None else round_money(amount, currency=quote.company_currency),
        limit=limit,
        currency=quote.company_currency,
    )


def _given_up(row: ChangeRequestLine) -> Decimal:
    if row.quantity_after >= row.quantity_before:
        return Decimal(0)
    return row.line.net_amount * (row.quantity_before - row.quantity_after) / row.quantity_before
