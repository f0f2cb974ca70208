"""How much a distributor may still return under the return rate of its agreement: B5 of the cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from channel.models import Agreement
from channel.selectors.terms import terms_of
from core.money import currency_digits, round_money
from orders.returns.enums import ENDED_STATUSES, OPEN_STATUSES

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class ReturnRoom:
    """What the agreement year leaves, in the agreement's currency, with tax: the rate of what was received, less what is used.

    `used` is what inspections accepted, with what an imported history gave back, `open` what is authorised and not
    inspected. Recalls and the seller's faults are in neither.
    """

    agreement: Agreement
    rate: Decimal
    starts_on: date
    ends_on: date
    received: Decimal
    used: Decimal
    open: Decimal

    @property
    def currency(self) -> str:
        return self.agreement.currency

    @property
    def allowed(self) -> Decimal:
        return round_money(self.received * self.rate, currency=self.currency)

    @property
    def left(self) -> Decimal:
        return self.allowed - self.used - self.open


def agreement_year(first: date, day: date) -> tuple[date, date]:
    """The year of an agreement that holds a day, counted from its first day: its first and its last day."""
    year = day.year if (day.month, day.day) >= (first.month, first.day) else day.year - 1
    return _anniversary(first, year), _anniversary(first, year + 1) - timedelta(days=1)


def _anniversary(first: date, year: int) -> date:
    """Of a 29 February, in other years, the 1 March."""
    try:
        return first.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


_SUMS = """
SELECT
    (SELECT COALESCE(SUM(round((line.net_amount + line.tax_amount) * part.received / (line.ordered - line.cancelled),
                               %(digits)s)), 0)
     FROM orders_order AS placed
     JOIN orders_shipment AS shipment ON shipment.order_id = placed.id
     JOIN orders_shipmentline AS part ON part.shipment_id = shipment.id
     JOIN orders_orderline AS line ON line.id = part.order_line_id
     WHERE placed.distributor_id = %(buyer)s AND placed.seller_company_id = %(seller)s AND placed.currency = %(currency)s
       AND part.received > 0 AND shipment.received_at >= %(from)s AND shipment.received_at < %(until)s),
    (SELECT COALESCE(SUM(line.net_amount + line.tax_amount), 0)
     FROM orders_return AS document JOIN orders_returnline AS line ON line.document_id = document.id
     WHERE document.distributor_id = %(buyer)s AND document.company_id = %(seller)s AND document.currency = %(currency)s
       AND document.status = ANY(%(ended)s) AND line.uses_rate
       AND document.counts_on BETWEEN %(starts_on)s AND %(ends_on)s),
    (SELECT COALESCE(SUM(goods.amount), 0) FROM orders_returnedgoods AS goods
     WHERE goods.distributor_id = %(buyer)s AND goods.currency = %(currency)s
       AND goods.returned_on BETWEEN %(starts_on)s AND %(ends_on)s),
    (SELECT COALESCE(SUM(document.rate_amount), 0) FROM orders_return AS document
     WHERE document.distributor_id = %(buyer)s AND document.company_id = %(seller)s AND document.currency = %(currency)s
       AND document.status = ANY(%(open)s) AND document.counts_on BETWEEN %(starts_on)s AND %(ends_on)s)
"""


def return_room(*, seller_id: int, buyer_id: int, day: date) -> ReturnRoom | None:
    """What is left on a day; None where no agreement with a return rate holds. Three queries."""
    terms = terms_of(seller_id=seller_id, buyer_id=buyer_id, brand_id=None, day=day)
    rate = None if terms is None else terms.agreement.return_rate
    if terms is None or rate is None:
        return None
    agreement = terms.agreement
    revisions = Agreement.objects.filter(number=agreement.number, company=agreement.company_id, distributor=buyer_id)
    first = revisions.aggregate(first=Min("starts_on"))["first"] or agreement.starts_on
    starts_on, ends_on = agreement_year(first, day)
    received, used, history, reserved = _sums(agreement, starts_on, ends_on)
    return ReturnRoom(
        agreement=agreement,
        rate=rate,
        starts_on=starts_on,
        ends_on=ends_on,
        received=received,
        used=used + history,
        open=reserved,
    )


def _sums(agreement: Agreement, starts_on: date, ends_on: date) -> tuple[Any, ...]:
    values: Mapping[str, Any] = {
        "buyer": agreement.distributor_id,
        "seller": agreement.company_id,
        "currency": agreement.currency,
        "digits": currency_digits(agreement.currency),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "from": _begins(starts_on),
        "until": _begins(ends_on + timedelta(days=1)),
        "ended": list(ENDED_STATUSES),
        "open": list(OPEN_STATUSES),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, values)
        found: tuple[Any, ...] = cursor.fetchone()
    return found


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
