"""What a shipment is worth, and amounts in capital characters."""

from decimal import Decimal

from babel.numbers import get_currency_name
from django.utils.translation import get_language, pgettext

from core.money import round_money
from orders.fulfilment.models import ShipmentLine
from papers.capital_amounts import capital_amount
from papers.contents import Field


def in_words(amount: Decimal, currency: str) -> Field:
    """大写金额, in Chinese only: other languages have no such custom in the trade."""
    if not (get_language() or "").startswith("zh"):
        return Field(label="", value="")
    name = "人民币" if currency == "CNY" else get_currency_name(currency, locale="zh_CN")
    return Field(label=pgettext("paper", "Total in capital characters"), value=capital_amount(amount, name))


def value_of(line: ShipmentLine, *, shipped_before: int, currency: str) -> Decimal:
    """The share of its order line with tax; the shares of all shipments add up to the line: the last has the remainder."""
    ordered = line.order_line.ordered - line.order_line.cancelled
    total = line.order_line.net_amount + line.order_line.tax_amount

    def until(pieces: int) -> Decimal:
        return round_money(total * pieces / ordered, currency=currency) if pieces < ordered else total

    return until(shipped_before + line.quantity) - until(shipped_before)
