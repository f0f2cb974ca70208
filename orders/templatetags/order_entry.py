"""What the pages of the order entry say about problems and stock: `{% load order_entry %}`."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from core.errors import Problem
from core.ui.numbers import day, quantity
from inventory.enums import Availability
from orders.entry.products import OfferedUnit
from orders.entry.session import OrderEntry
from orders.ordering.errors import DAY_FIX, Fix, FixKind, LineProblem
from orders.ordering.selectors.draft_lines import LineKey
from orders.ordering.services.minimum_checks import progress_text
from orders.ordering.services.quote import PricedLine, Quote

register = template.Library()


@register.filter
def fix_label(problem: LineProblem) -> str:
    """What the button beside a problem says."""
    fix = problem.fix
    if fix is None:
        return ""
    if fix.label:
        return fix.label
    if fix.kind == FixKind.SET_DAY:
        return _("Wanted on %(day)s") % {"day": day(fix.day)}
    if fix.kind == FixKind.REMOVE or not fix.quantity:
        return _("Remove")
    if fix.kind == FixKind.REPLACE:
        return _("Order %(product)s instead") % {"product": fix.product}
    labels = {"short_stock": _("Order the %(number)s available"), "not_a_multiple": _("Round to %(number)s")}
    return labels.get(problem.code, _("Take %(number)s")) % {"number": quantity(fix.quantity)}


@register.filter
def wait_label(fix: Fix) -> str:
    """What the button says that lets all or the rest of a line wait, or takes the successor."""
    if fix.kind == FixKind.REPLACE:
        return _("Order %(product)s instead") % {"product": fix.product}
    words = {"number": quantity(fix.quantity or 0), "day": day(fix.day) if fix.day else ""}
    if fix.kind == FixKind.PART and fix.day:
        return _("Ship what is there, %(number)s more on %(day)s") % words
    if fix.kind == FixKind.PART:
        return _("Ship what is there, %(number)s more without a date") % words
    if fix.day:
        return _("Wait for all %(number)s until %(day)s") % words
    return _("Wait for all %(number)s, without a date") % words


@register.filter
def fix_value(fix: Fix, key: LineKey | str) -> str:
    """What the button sends: line and quantity, zero to take it out; what takes its place; to wait; or the wanted day."""
    if fix.kind == FixKind.SET_DAY and fix.day:
        return f"{DAY_FIX}{fix.line_key}:{fix.day.isoformat()}"
    if fix.kind in {FixKind.WAIT, FixKind.PART}:
        return f"{key}:{fix.kind}"
    if fix.kind == FixKind.REPLACE:
        return f"{key}:{fix.quantity}:{fix.product_id}"
    return f"{fix.line_key or key}:{fix.quantity or 0}"


@register.filter
def offered_units(line: PricedLine, entry: OrderEntry) -> Sequence[OfferedUnit]:
    """The units among which the line's can be chosen; none where the product has pieces only."""
    return entry.units.get(line.product_id or 0, ())


@register.filter
def reached_minimums(quote: Quote) -> list[str]:
    """The minimums of agreements that the order reaches; how far it is from the others is said by its problems and warnings."""
    return [
        progress_text(one, terms) for _order, terms, minimums in quote.minimums for one in minimums if one.is_reached
    ]


@register.filter
def stock_availability(line: PricedLine) -> Availability:
    """Whether the quantity of the line is there."""
    if line.available >= line.quantity:
        return Availability.PLENTY
    return Availability.FEW if line.available else Availability.NONE


@register.filter
def without_required(problems: list[Problem]) -> list[Any]:
    """An order that is still empty is no mistake yet."""
    return [problem for problem in problems if problem.code != "required"]


@register.filter
def of_product(found: Mapping[int, Any], product_id: int) -> Any:
    """What is known of one product."""
    return found.get(product_id)


@register.filter
def has(some: Collection[int], product_id: int) -> bool:
    return product_id in some


@register.filter
def less(number: int, step: int) -> int:
    """One step down, never below nothing."""
    return max(number - step, 0)
