"""From a checked tree to a function of a row's cells."""

import ast
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from core.importing.refusals import ValueFault
from core.sentences import listed
from integration.engine.expressions.functions import FUNCTIONS, Function, is_empty
from integration.engine.expressions.operators import (
    ARITHMETIC,
    COMPARISONS,
    apply_arithmetic,
    apply_comparison,
    negate,
    truth,
)
from integration.engine.expressions.syntax import Parsed, parse
from integration.engine.values import Conventions, Value, as_text
from integration.errors import ProfileError

Cells = Sequence[str]
Evaluator = Callable[[Cells], Value]
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Formula:
    """`run` takes the cells of the named columns, in that order, and raises ValueFault where they are not valid."""

    text: str
    columns: tuple[str, ...]
    run: Evaluator


def build(text: str, *, columns: Sequence[str], conventions: Conventions | None = None) -> Formula:
    """The formula over some of the known columns (`Name`, or `join.Name`). Raises ProfileError.

    A text that is exactly the name of a column means that column, whatever characters it has.
    """
    if text in columns:
        return Formula(text=text, columns=(text,), run=lambda cells: cells[0])
    builder = _Builder(parse(text), columns, conventions or Conventions(), text)
    part = builder.build(builder.parsed.tree)
    return Formula(text=text, columns=tuple(builder.used), run=_guarded(part))


def _guarded(part: Evaluator) -> Evaluator:
    def run(cells: Cells) -> Value:
        try:
            return part(cells)
        except ValueFault:
            raise
        except ZeroDivisionError as error:
            raise ValueFault(_("Division by zero.")) from error
        except (ArithmeticError, ValueError, TypeError, RecursionError) as error:
            raise ValueFault(_("This cannot be computed.")) from error

    return run


class _Builder:
    def __init__(self, parsed: Parsed, columns: Sequence[str], conventions: Conventions, text: str) -> None:
        self.parsed = parsed
        self.conventions = conventions
        self.text = text
        self.used: dict[str, int] = {}
        self._known: Mapping[str, str] = {unicodedata.normalize("NFKC", name): name for name in reversed(columns)}
        self._makers: dict[type[ast.expr], Callable[[ast.expr], Evaluator]] = {
            ast.Constant: lambda node: self._constant(_as(node, ast.Constant)),
            ast.Name: lambda node: self._column(self._name(_as(node, ast.Name).id)),
            ast.Attribute: lambda node: self._attribute(_as(node, ast.Attribute)),
            ast.BinOp: lambda node: self._binary(_as(node, ast.BinOp)),
            ast.UnaryOp: lambda node: self._unary(_as(node, ast.UnaryOp)),
            ast.BoolOp: lambda node: self._boolean(_as(node, ast.BoolOp)),
            ast.Compare: lambda node: self._comparison(_as(node, ast.Compare)),
            ast.IfExp: lambda node: self._conditional(_as(node, ast.IfExp)),
            ast.Call: lambda node: self._call(_as(node, ast.Call)),
            ast.Subscript: lambda node: self._slice(_as(node, ast.Subscript)),
        }

    def build(self, node: ast.expr) -> Evaluator:
        maker = self._makers.get(type(node))
        if maker is None:
            raise ProfileError(_("Not allowed in a formula: %(text)s") % {"text": self.text})
        return maker(node)

    def _name(self, name: str) -> str:
        return self.parsed.braced.get(name, name)

    def _column(self, name: str) -> Evaluator:
        known = self._known.get(unicodedata.normalize("NFKC", name))
        if known is None:
            raise ProfileError(
                _("Unknown column “%(name)s”. Available: %(names)s. Write a constant as { value = “%(name)s” }.")
                % {"name": name, "names": listed(sorted(self._known.values()))}
            )
        index = self.used.setdefault(known, len(self.used))
        return lambda cells: cells[index]

    def _attribute(self, node: ast.Attribute) -> Evaluator:
        return self._column(f"{self._name(_as(node.value, ast.Name).id)}.{self._name(node.attr)}")

    def _constant(self, node: ast.Constant) -> Evaluator:
        value = node.value
        fixed: Value
        if isinstance(value, (bool, str)) or value is None:
            fixed = value
        else:
            fixed = Decimal(str(value))
            if not fixed.is_finite():
                raise ProfileError(_("Not a valid formula: %(text)s") % {"text": self.text})
        return lambda _cells: fixed

    def _binary(self, node: ast.BinOp) -> Evaluator:
        left, right, conventions = self.build(node.left), self.build(node.right), self.conventions
        if isinstance(node.op, ast.BitAnd):
            return lambda cells: as_text(left(cells)) + as_text(right(cells))
        operator = ARITHMETIC[type(node.op)]
        return lambda cells: apply_arithmetic(operator, left(cells), right(cells), conventions)

    def _unary(self, node: ast.UnaryOp) -> Evaluator:
        part, conventions = self.build(node.operand), self.conventions
        if isinstance(node.op, ast.Not):
            return lambda cells: not truth(part(cells))
        sign = -1 if isinstance(node.op, ast.USub) else 1
        return lambda cells: negate(part(cells), sign, conventions)

    def _boolean(self, node: ast.BoolOp) -> Evaluator:
        parts = [self.build(value) for value in node.values]
        wanted = isinstance(node.op, ast.Or)
        return lambda cells: wanted if any(truth(part(cells)) is wanted for part in parts) else not wanted

    def _comparison(self, node: ast.Compare) -> Evaluator:
        if len(node.ops) != 1:
            raise ProfileError(_("Compare two things at a time: %(text)s") % {"text": self.text})
        left, operator, conventions = self.build(node.left), node.ops[0], self.conventions
        target = node.comparators[0]
        if isinstance(operator, (ast.In, ast.NotIn)):
            return self._membership(left, target, wanted=isinstance(operator, ast.In))
        right, name = self.build(target), COMPARISONS[type(operator)]
        return lambda cells: apply_comparison(name, left(cells), right(cells), conventions)

    def _membership(self, left: Evaluator, target: ast.expr, *, wanted: bool) -> Evaluator:
        if not isinstance(target, (ast.Tuple, ast.List)):
            raise ProfileError(_("“in” needs a list: x in ('a', 'b'). %(text)s") % {"text": self.text})
        choices, conventions = [self.build(item) for item in target.elts], self.conventions
        return lambda cells: (
            any(apply_comparison("==", left(cells), choice(cells), conventions) for choice in choices) is wanted
        )

    def _conditional(self, node: ast.IfExp) -> Evaluator:
        test, yes, no = self.build(node.test), self.build(node.body), self.build(node.orelse)
        return lambda cells: yes(cells) if truth(test(cells)) else no(cells)

    def _slice(self, node: ast.Subscript) -> Evaluator:
        part = self.build(node.value)
        if isinstance(node.slice, ast.Slice):
            lower, upper = self._bound(node.slice.lower), self._bound(node.slice.upper)
            return lambda cells: as_text(part(cells))[lower:upper]
        index = self._bound(node.slice) or 0
        return lambda cells: as_text(part(cells))[index : index + 1 or None]

    def _bound(self, node: ast.expr | None) -> int | None:
        if node is None:
            return None
        value = ast.literal_eval(node) if isinstance(node, (ast.Constant, ast.UnaryOp)) else None
        if not isinstance(value, int) or isinstance(value, bool):
            raise ProfileError(_("Positions in a text must be whole numbers: %(text)s") % {"text": self.text})
        return value

    def _call(self, node: ast.Call) -> Evaluator:
        name = _as(node.func, ast.Name).id
        function = FUNCTIONS.get(name)
        if function is None:
            raise ProfileError(
                _("Unknown function “%(name)s”. Available: %(names)s.") % {"name": name, "names": listed(FUNCTIONS)}
            )
        count = len(node.args)
        if count < function.least or (function.most is not None and count > function.most):
            raise ProfileError(
                _("%(name)s takes other arguments: %(name)s(%(arguments)s).")
                % {"name": name, "arguments": function.arguments}
            )
        parts = [self.build(argument) for argument in node.args]
        return self._case(parts) if function.lazy else _calling(function, parts, self.conventions)

    def _case(self, parts: list[Evaluator]) -> Evaluator:
        """Only the branch that is chosen is computed."""
        subject, rest, conventions = parts[0], parts[1:], self.conventions
        otherwise = rest.pop() if len(rest) % 2 else (lambda _cells: None)
        pairs = list(zip(rest[::2], rest[1::2], strict=True))

        def run(cells: Cells) -> Value:
            value = subject(cells)
            for wanted, result in pairs:
                if apply_comparison("==", value, wanted(cells), conventions):
                    return result(cells)
            return otherwise(cells)

        return run


def _calling(function: Function, parts: list[Evaluator], conventions: Conventions) -> Evaluator:
    def run(cells: Cells) -> Value:
        values = [part(cells) for part in parts]
        if function.empty_stays and is_empty(values[0]):
            return None
        return function.call(conventions, *values)

    return run


def _as(node: ast.AST, kind: type[T]) -> T:
    if not isinstance(node, kind):
        raise TypeError(kind.__name__)
    return node
