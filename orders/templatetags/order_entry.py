"""What the pages of the order entry say about problems and stock: `{% load order_entry %}`."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from core.errors import Problem
from core.ui.numbers import quantity
from inventory.enums import Availability
from orders.ordering.errors import Fix, FixKind, LineProblem
from orders.ordering.services.quote import PricedLine

register = template.Library()


@register.filter
def fix_label(problem: LineProblem) -> str:
    """What the button beside a problem says."""
    fix = problem.fix
    if fix is None:
        return ""
    if fix.kind == FixKind.REMOVE or not fix.quantity:
        return _("Remove")
    number = {"number": quantity(fix.quantity)}
    if problem.code == "short_stock":
        return _("Order the %(number)s available") % number
    if problem.code == "not_a_multiple":
        return _("Round to %(number)s") % number
    return _("Order %(number)s") % number


@register.filter
def fix_value(fix: Fix, product_id: int) -> str:
    """What the button sends: product and quantity, zero to take the line out."""
    return f"{product_id}:{fix.quantity or 0}"


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
def less(number: int, step: int) -> int:
    """One step down, never below nothing."""
    return max(number - step, 0)
