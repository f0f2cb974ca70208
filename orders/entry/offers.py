"""What a family costs where one card stands for all its variants. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from orders.entry.products import Suggestion


@dataclass(frozen=True, kw_only=True)
class FamilyOffer:
    """The lowest price by the piece among the variants, for one `unit`; `is_lowest` where another variant costs more."""

    amount: Decimal
    currency: str
    unit: str
    is_lowest: bool


def family_offer(variants: Sequence[Suggestion]) -> FamilyOffer | None:
    """The price that stands on a family's card; None where no variant has one. Variants without a price are not counted."""
    priced = [
        (variant.price.amount / variant.pieces, variant.price.amount, variant.unit, variant.price.currency)
        for variant in variants
        if variant.price is not None and variant.price.amount is not None
    ]
    if not priced:
        return None
    _by_piece, amount, unit, currency = min(priced)
    is_lowest = len({(amount, unit) for _one, amount, unit, _currency in priced}) > 1
    return FamilyOffer(amount=amount, currency=currency, unit=unit, is_lowest=is_lowest)
