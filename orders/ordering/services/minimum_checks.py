"""What is missing to the minimums of each agreement, what becomes of the order then, and the quantity that makes it up."""

from collections.abc import Callable, Iterable
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from catalogue.enums import unit_label
from catalogue.rules.loads import CASES, LAYER, PALLET
from catalogue.rules.pasted_lines import MAX_QUANTITY
from channel.enums import BelowMinimum
from core.errors import Problem
from core.ui.numbers import money, quantity
from orders.ordering.errors import Fix, FixKind, OrderProblem
from orders.ordering.minimums import Measure, Minimum, MinimumKind, Progress
from orders.ordering.services.quoted import PricedLine, Quote, QuotedOrder, QuotedTerms

_CODES = {
    MinimumKind.AMOUNT: "below_order_minimum",
    MinimumKind.WEIGHT: "below_minimum_weight",
    MinimumKind.PALLETS: "below_minimum_pallets",
    MinimumKind.FULL_TRUCK: "below_full_truck",
}


def check_minimums(quote: Quote) -> None:
    """Note what is missing to each minimum: as a problem where the agreement refuses such orders, else as a warning.

    Where lines lack a weight or a pallet, nobody knows whether it is reached: that is said, and stops nothing.
    """
    for order, terms, minimums in quote.minimums:
        below = [one for one in minimums if not one.is_reached]
        known = [one for one in below if not one.lines_unknown]
        refused = terms.below_minimum == BelowMinimum.REFUSED
        (quote.problems if refused else quote.warnings).extend(_problem(order, terms, one) for one in known)
        if known and terms.freight_surcharge is not None:
            quote.warnings.append(_surcharge(terms, terms.freight_surcharge))
        quote.warnings.extend(_unknown(terms, one) for one in below if one.lines_unknown)


def _problem(order: QuotedOrder, terms: QuotedTerms, minimum: Minimum) -> OrderProblem:
    words = {
        "missing": _either(minimum.ways, lambda way: way.missing, terms.currency),
        "minimum": _either(minimum.ways, lambda way: way.wanted, terms.currency),
        "number": terms.number,
    }
    if minimum.kind == MinimumKind.FULL_TRUCK:
        message = _("%(missing)s more to fill the truck of %(minimum)s (agreement %(number)s).") % words
    else:
        message = _("%(missing)s more to reach the order minimum of %(minimum)s (agreement %(number)s).") % words
    return OrderProblem(message=message, code=_CODES[minimum.kind], field="lines", fix=_fix(order, minimum))


def _surcharge(terms: QuotedTerms, amount: Decimal) -> Problem:
    message = _("Below the order minimum a freight surcharge of %(amount)s is charged (agreement %(number)s).") % {
        "amount": money(amount, terms.currency),
        "number": terms.number,
    }
    return Problem(message=message, code="freight_surcharge", field="lines")


def _unknown(terms: QuotedTerms, minimum: Minimum) -> Problem:
    count = minimum.lines_unknown
    message = ngettext(
        "Nobody knows yet whether the minimum of %(minimum)s is reached (agreement %(number)s): "
        "%(count)s line lacks weight or pallet.",
        "Nobody knows yet whether the minimum of %(minimum)s is reached (agreement %(number)s): "
        "%(count)s lines lack weight or pallet.",
        count,
    ) % {
        "minimum": _either(minimum.ways, lambda way: way.wanted, terms.currency),
        "number": terms.number,
        "count": count,
    }
    return Problem(message=message, code="minimum_not_known", field="lines")


def progress_text(minimum: Minimum, terms: QuotedTerms) -> str:
    """How far an order is from a minimum."""
    label = _("Full truck") if minimum.kind == MinimumKind.FULL_TRUCK else pgettext("amount or load", "Order minimum")
    ways = [
        _("%(reached)s of %(wanted)s")
        % {
            "reached": measured(way.measure, way.reached, terms.currency),
            "wanted": measured(way.measure, way.wanted, terms.currency),
        }
        for way in minimum.ways
    ]
    return _("%(label)s: %(value)s") % {"label": label, "value": pgettext("between two quantities", " or ").join(ways)}


def measured(measure: Measure, value: Decimal, currency: str) -> str:
    """A quantity of a measure with its unit."""
    if measure == Measure.AMOUNT:
        return money(value, currency)
    if measure == Measure.WEIGHT:
        return _("%(weight)s kg") % {"weight": quantity(value, 0 if value == value.to_integral_value() else 1)}
    return ngettext("%(count)s pallet", "%(count)s pallets", int(value)) % {"count": quantity(value)}


def _either(ways: Iterable[Progress], value: Callable[[Progress], Decimal], currency: str) -> str:
    texts = [measured(way.measure, value(way), currency) for way in ways]
    return pgettext("between two quantities", " or ").join(texts)


def _fix(order: QuotedOrder, minimum: Minimum) -> Fix | None:
    """So much more of one line that the minimum is reached, where that can be ordered."""
    makers = {Measure.AMOUNT: _more_amount, Measure.WEIGHT: _more_weight, Measure.PALLETS: _more_pallets}
    ways = sorted(minimum.ways, key=lambda way: way.measure != Measure.PALLETS)
    return next((fix for way in ways if (fix := makers[way.measure](order, way.missing))), None)


def _more_amount(order: QuotedOrder, missing: Decimal) -> Fix | None:
    """More of the line with the largest amount."""
    paid = [line for line in order.lines if line.amount > 0 and line.unit_price]
    if not paid:
        return None
    line: PricedLine = max(paid, key=lambda one: one.amount)
    more = (missing / (line.unit_price or Decimal(1))).to_integral_value(ROUND_CEILING)
    return _raised(order, line, int(more) * line.pieces_per_unit)


def _more_weight(order: QuotedOrder, missing: Decimal) -> Fix | None:
    """More of the line that weighs most, by whole layers or pallets where the product has them."""
    weights = {id(line): weight for line in _bought(order) if (weight := _weight(line, line.quantity))}
    lines = [line for line in _bought(order) if id(line) in weights]
    if not lines:
        return None
    line = max(lines, key=lambda one: weights[id(one)])
    step = line.packaging.pieces_of(LAYER, PALLET) if line.packaging else 0
    wanted = weights[id(line)] + missing
    pieces = int((line.quantity * wanted / weights[id(line)]).to_integral_value(ROUND_CEILING))
    for _try in range(3):  # what is packed in larger units may weigh less than its share
        pieces = -(-pieces // step) * step if step else pieces
        weight = _weight(line, pieces) or wanted
        if weight >= wanted:
            break
        pieces += step or line.pieces_per_unit * line.step
    return _raised(order, line, pieces - line.quantity, to=pgettext("raise to", "full layers") if step else "")


def _weight(line: PricedLine, pieces: int) -> Decimal | None:
    return line.packaging.measure("weight", pieces) if line.packaging else None


def _more_pallets(order: QuotedOrder, missing: Decimal) -> Fix | None:
    """Fill the pallets of the product that needs the fewest pieces for it."""
    ways = []
    for line in _bought(order):
        size = line.packaging.pallet if line.packaging else 0
        if size:
            there = _pieces(order, line)
            ways.append(((there // size + int(missing)) * size - there, line))
    for extra, line in sorted(ways, key=lambda way: way[0]):
        fix = _raised(order, line, extra, to=pgettext("raise to", "full pallets"))
        if fix:
            return fix
    return None


def _bought(order: QuotedOrder) -> list[PricedLine]:
    """The lines that can be raised: gifts follow theirs."""
    return [line for line in order.lines if line.gift_with is None and line.product_id is not None]


def _pieces(order: QuotedOrder, line: PricedLine) -> int:
    return sum(one.quantity for one in order.lines if one.product_id == line.product_id)


def _raised(order: QuotedOrder, line: PricedLine, extra: int, *, to: str = "") -> Fix | None:
    """So many pieces more of a line, as they can be ordered; None where they are not there."""
    units = line.orderable_units(line.quantity + extra)
    added = units * line.pieces_per_unit - line.quantity
    if line.quantity + added > MAX_QUANTITY or _pieces(order, line) + added > line.available:
        return None
    words = {"code": line.code, "extra": _extra(line, added), "to": to}
    label = _("Raise %(code)s to %(to)s: +%(extra)s") if to else _("Raise %(code)s: +%(extra)s")
    return Fix(kind=FixKind.SET_QUANTITY, quantity=units, line_key=str(line.key), label=label % words)


def _extra(line: PricedLine, pieces: int) -> str:
    """Pieces in cases, where they come out even, else in the line's unit."""
    case = line.packaging.pieces_of(*CASES) if line.packaging else 0
    size, unit = (
        (case, unit_label(CASES[0])) if case and pieces % case == 0 else (line.pieces_per_unit, line.unit_label)
    )
    return _("%(count)s × %(unit)s") % {"count": quantity(pieces // size), "unit": unit}
