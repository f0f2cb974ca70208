"""From text to a tree of permitted nodes. A column whose name is no plain word is written in braces: {Order No.}."""

import ast
import re

from django.utils.translation import gettext as _

from integration.errors import ProfileError

MAX_LENGTH = 2_000
MAX_NODES = 400
_PIECES = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\{([^{}]*)\}|([^"'{}]+|.)""", re.DOTALL)
_BRACED = "_braced_"

ALLOWED = (
    ast.Expression,
    ast.Constant,
    ast.Name,
    ast.Load,
    ast.Attribute,
    ast.BinOp,
    ast.UnaryOp,
    ast.BoolOp,
    ast.Compare,
    ast.IfExp,
    ast.Call,
    ast.Subscript,
    ast.Slice,
    ast.Tuple,
    ast.List,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.FloorDiv,
    ast.Mod,
    ast.BitAnd,
    ast.USub,
    ast.UAdd,
    ast.Not,
    ast.And,
    ast.Or,
    ast.Eq,
    ast.NotEq,
    ast.Lt,
    ast.LtE,
    ast.Gt,
    ast.GtE,
    ast.In,
    ast.NotIn,
)


class Parsed:
    """A checked tree and the names that stood in braces."""

    def __init__(self, tree: ast.expr, braced: dict[str, str]) -> None:
        self.tree = tree
        self.braced = braced


def parse(text: str) -> Parsed:
    """Parse a formula. Raises ProfileError for anything that is not in the language."""
    if len(text) > MAX_LENGTH:
        raise ProfileError(_("A formula has at most %(limit)s characters.") % {"limit": MAX_LENGTH})
    source, braced = _replace_braces(text)
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ProfileError(_("Not a valid formula: %(text)s") % {"text": text}) from error
    nodes = list(ast.walk(tree))
    if len(nodes) > MAX_NODES:
        raise ProfileError(_("This formula is too long: %(text)s") % {"text": text})
    for node in nodes:
        _refuse_foreign(node, text)
    return Parsed(tree.body, braced)


def _replace_braces(text: str) -> tuple[str, dict[str, str]]:
    """Names in braces become plain ones; text in quotation marks is left alone."""
    braced: dict[str, str] = {}
    result = []
    for quoted, name, other in _PIECES.findall(text):
        if quoted or other:
            result.append(quoted or other)
        else:
            alias = f"{_BRACED}{len(braced)}"
            braced[alias] = name.strip()
            result.append(alias)
    return "".join(result), braced


def _refuse_foreign(node: ast.AST, text: str) -> None:
    wrong = not isinstance(node, ALLOWED)
    if isinstance(node, ast.Constant):
        wrong = not isinstance(node.value, (str, int, float, bool, type(None)))
    elif isinstance(node, ast.Call):
        wrong = not isinstance(node.func, ast.Name) or bool(node.keywords)
    elif isinstance(node, ast.Attribute):
        wrong = not isinstance(node.value, ast.Name)
    elif isinstance(node, ast.Slice):
        wrong = node.step is not None
    if wrong:
        raise ProfileError(_("Not allowed in a formula: %(text)s") % {"text": text})
