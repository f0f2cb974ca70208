"""What the signs of a formula mean: + - * / // % count, & joins texts, comparisons look at what they compare."""

import ast
import datetime as dt
import operator
from collections.abc import Callable, Mapping
from decimal import Context, Decimal, localcontext
from typing import Any

from django.utils.translation import gettext as _

from core.importing.refusals import ValueFault
from integration.engine.expressions.functions import is_empty, to_day, to_number, to_whole
from integration.engine.values import Conventions, Value

_PRECISION = Context(prec=38, Emax=60, Emin=-60)
_SPAN = 1_000_000

ARITHMETIC: Mapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}
COMPARISONS: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_NUMBERS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
}
_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def apply_arithmetic(sign: str, left: Value, right: Value, conventions: Conventions) -> Value:
    """Numbers, or a date and a number of days. What is empty makes the result empty."""
    if is_empty(left) or is_empty(right):
        return None
    if isinstance(left, dt.date) and sign in {"+", "-"}:
        if isinstance(right, dt.date):
            return Decimal((to_day(left, conventions) - to_day(right, conventions)).days)
        days = dt.timedelta(days=to_whole(right, conventions, -_SPAN, _SPAN))
        return left + days if sign == "+" else left - days
    with localcontext(_PRECISION):
        return _NUMBERS[sign](to_number(left, conventions), to_number(right, conventions))


def apply_comparison(sign: str, left: Value, right: Value, conventions: Conventions) -> bool:
    """As numbers where one side is a number, as dates where one is a date, else as text. Nothing is less than empty."""
    if is_empty(left) or is_empty(right):
        equal = is_empty(left) and is_empty(right)
        return {"==": equal, "!=": not equal}.get(sign, False)
    if isinstance(left, bool) or isinstance(right, bool):
        return _ORDER[sign](truth(left), truth(right))
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return _compare_numbers(sign, left, right, conventions)
    if isinstance(left, dt.date) or isinstance(right, dt.date):
        return _ORDER[sign](to_day(left, conventions), to_day(right, conventions))
    return _ORDER[sign](left, right)


def _compare_numbers(sign: str, left: Value, right: Value, conventions: Conventions) -> bool:
    """A text that is no number differs from every number, but is neither less nor more."""
    try:
        return _ORDER[sign](to_number(left, conventions), to_number(right, conventions))
    except ValueFault:
        if sign in {"==", "!="}:
            return sign == "!="
        raise


def negate(value: Value, sign: int, conventions: Conventions) -> Value:
    return None if is_empty(value) else sign * to_number(value, conventions)


def truth(value: Value) -> bool:
    """Yes or no of a condition. A text is no condition, except the usual words for yes and no."""
    if isinstance(value, bool):
        return value
    if value is None:
        return False
    if isinstance(value, Decimal):
        return value != 0
    if isinstance(value, str) and value.strip().lower() in {"1", "true", "yes"}:
        return True
    if isinstance(value, str) and value.strip().lower() in {"0", "false", "no", ""}:
        return False
    raise ValueFault(_("“%(value)s” is not yes or no.") % {"value": value})
