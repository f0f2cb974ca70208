"""The credit of a distributor: what it may use, what it uses, what is left."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billing.models import TradeAccount
from core.enums import Colour

SHOWN = 10
_SOON = Decimal("0.9")


@dataclass(frozen=True, kw_only=True)
class Credit:
    """In `currency`, all with tax. `left` is below zero where it is over; the least of the limit and the sub-limit counts."""

    account_id: int
    currency: str
    limit: Decimal
    used: Decimal
    left: Decimal

    @property
    def is_over(self) -> bool:
        return self.left < 0

    @property
    def colour(self) -> Colour:
        if self.is_over:
            return Colour.DANGER
        return Colour.WARNING if self.used >= self.limit * _SOON else Colour.DONE


def credit_of(distributor_id: int, *, day: date) -> Credit | None:
    """The credit with the default company; None where no limit is set. One query, for whoever may order for it or sees it."""
    row = (
        TradeAccount.objects.filter(distributor_id=distributor_id, company__is_default=True)
        .with_credit(day)
        .select_related("credit_limit")
        .first()
    )
    if row is None or row.left is None:
        return None
    limit = (
        row.limit_amount if row.sub_limit is None or row.limit_amount is None else min(row.limit_amount, row.sub_limit)
    )
    limit = row.sub_limit if limit is None else limit
    return Credit(account_id=row.pk, currency=row.currency, limit=limit, used=limit - row.left, left=row.left)
