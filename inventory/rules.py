"""When a distributor's stock is too little or too much, and which lots a customer may be sent."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from inventory.enums import Cover, LotStatus, NotBoundReason

SELL_IN_DAYS = 91
"""Thirteen whole weeks, so that every weekday counts alike."""
SHORT_DAYS = 14
OVERSTOCKED_DAYS = 90
BLOCKED = "stock_block"
"""The kind of document for which blocked stock is reserved."""
MOST_PIECES = 1_000_000_000
"""The most of one product that a line of stock can say."""


def days_of_cover(*, on_hand: int, sold_in: int | None) -> float | None:
    """Days of cover (库存可销天数): pieces on hand divided by the mean daily sell-in of the last 91 days.

    The usual formula divides by expected daily sales. What distributors sell on is not reported yet, so what they
    bought from the brand owner (`sold_in`, pieces in SELL_IN_DAYS) stands for it. None, "no data", where they bought none.
    """
    return on_hand * SELL_IN_DAYS / sold_in if sold_in else None


def cover_of(*, on_hand: int, sold_in: int | None) -> Cover:
    """The state of days_of_cover; exactly SHORT_DAYS and exactly OVERSTOCKED_DAYS are fine."""
    days = days_of_cover(on_hand=on_hand, sold_in=sold_in)
    if days is None:
        return Cover.NO_DATA
    if on_hand == 0:
        return Cover.EMPTY
    if days < SHORT_DAYS:
        return Cover.SHORT
    return Cover.OVERSTOCKED if days > OVERSTOCKED_DAYS else Cover.FINE


KNOWN = Q(sold_in__gt=0)
SHORT = Q(on_hand__lt=F("sold_in") * SHORT_DAYS / float(SELL_IN_DAYS))
OVER = Q(on_hand__gt=F("sold_in") * OVERSTOCKED_DAYS / float(SELL_IN_DAYS))
COVER_CONDITIONS = {
    Cover.NO_DATA: Q(sold_in__isnull=True) | Q(sold_in=0),
    Cover.EMPTY: KNOWN & Q(on_hand=0),
    Cover.SHORT: KNOWN & Q(on_hand__gt=0) & SHORT,
    Cover.FINE: KNOWN & Q(on_hand__gt=0) & ~SHORT & ~OVER,
    Cover.OVERSTOCKED: KNOWN & OVER,
}
"""`inventory.rules.cover_of` as conditions over `on_hand` and `sold_in`, of a row or of a distributor's sums."""


@dataclass(kw_only=True)
class LotThere:
    """A lot in a warehouse, with what is neither bound nor blocked of it."""

    lot_id: int
    code: str
    produced_on: date | None
    expires_on: date | None
    status: str
    free: int


@dataclass(frozen=True, kw_only=True)
class LotRule:
    """Which lots a customer may be sent of a product.

    At least `least_days` of life left on the day of arrival (允收期), and nothing produced before `not_before`, the
    production date of its last delivery (日期倒挂). A lot whose date is not known does not pass; where the product
    has no shelf life, one without an expiry date does.
    """

    arrives_on: date
    least_days: int | None = None
    not_before: date | None = None

    def refusal(self, lot: LotThere, *, keeps: bool) -> NotBoundReason | None:
        """Why a lot may not be sent, None where it may. `keeps` says that the product has no shelf life."""
        if lot.status != LotStatus.FREE:
            return NotBoundReason.FROZEN
        if self.least_days is not None and not (keeps and lot.expires_on is None):
            last = self.arrives_on + timedelta(days=self.least_days)
            if lot.expires_on is None or lot.expires_on < last:
                return NotBoundReason.TOO_SHORT
        if self.not_before is not None and (lot.produced_on is None or lot.produced_on < self.not_before):
            return NotBoundReason.OLDER
        return None
