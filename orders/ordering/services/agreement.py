"""What a person agreed to is what is placed: more than they saw is refused, with both figures."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from core.errors import Problem
from core.ui.numbers import money
from orders.ordering.errors import CostsMore, PriceRise
from orders.ordering.services.quote import PricedLine, Quote


def require_agreed(quote: Quote, *, agreed_total: Decimal | None) -> None:
    """Refuse an order that costs more than was agreed, as a whole or by the piece. What was not said is not asked.

    Amounts are in the quote's currency. Raises CostsMore, which names every product that rose, and the total.
    """
    problems = price_rises(quote, agreed_total=agreed_total)
    if not problems:
        return
    rises = [PriceRise(code=line.code, agreed=agreed, current=current) for line, agreed, current in _dearer(quote)]
    if agreed_total is not None and quote.net_amount > agreed_total:
        rises.append(PriceRise(code="", agreed=agreed_total, current=quote.net_amount))
    raise CostsMore(rises=rises, currency=quote.currency, problems=problems)


def price_rises(quote: Quote, *, agreed_total: Decimal | None, code: str = CostsMore.code) -> list[Problem]:
    """What costs more than was agreed, in words: each line, and the whole."""
    problems = [
        Problem(
            message=_("%(code)s cost %(agreed)s and now costs %(current)s.")
            % {
                "code": line.code,
                "agreed": money(agreed, quote.currency),
                "current": money(current, quote.currency),
            },
            code=code,
            field=f"lines.{line.line}.agreed_unit_price",
        )
        for line, agreed, current in _dearer(quote)
    ]
    if agreed_total is not None and quote.net_amount > agreed_total:
        figures = {"agreed": money(agreed_total, quote.currency), "current": money(quote.net_amount, quote.currency)}
        message = _("The total was %(agreed)s and is now %(current)s.") % figures
        problems.append(Problem(message=message, code=code, field="agreed_total"))
    return problems


def _dearer(quote: Quote) -> Iterator[tuple[PricedLine, Decimal, Decimal]]:
    for line in quote.lines:
        agreed, current = line.agreed_unit_price, line.unit_price
        if agreed is not None and current is not None and current > agreed:
            yield line, agreed, current
