"""The SQL and the ORM calls of a module, as far as they can be seen without running it."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import ModuleType
from typing import Any

from django.apps import apps
from django.db import models

from tests.architecture.apps import APPS

OUR_APPS = frozenset(APPS)
UNSEEN = "\x00"
"""Stands in a text for what is not known before the program runs."""

_WRITE = re.compile(
    r"\b(?:insert\s+into|update(?:\s+only)?|delete\s+from(?:\s+only)?|truncate(?:\s+table)?(?:\s+only)?|copy"
    r'|merge\s+into(?:\s+only)?)\s+"?([a-z_][a-z0-9_]*)"?',
    re.IGNORECASE,
)
_READ = re.compile(r'\b(?:from|join|using|table)\s+(?:only\s+)?"?([a-z_][a-z0-9_]*)"?', re.IGNORECASE)
_BARE_NAME = re.compile(r'"?[A-Za-z_][A-Za-z0-9_]*"?')
_WRITERS = frozenset(
    {"create", "bulk_create", "update", "bulk_update", "delete", "get_or_create", "update_or_create", "save"}
)
_FETCHERS = frozenset({"lock_row", "get_object_or_404"})
Scope = Mapping[str, Any]


@cache
def owners() -> dict[str, str]:
    """The app of every table of ours."""
    return {
        model._meta.db_table: model._meta.app_label
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in OUR_APPS and not model._meta.proxy
    }


@dataclass(frozen=True)
class Found:
    line: int
    table: str


def written_tables(tree: ast.AST, module: ModuleType) -> list[Found]:
    """Tables that a statement of the module writes, by SQL or by the ORM."""
    found = [Found(line, name.lower()) for line, text in sql_texts(tree, module) for name in _WRITE.findall(text)]
    return found + list(_orm_writes(tree, module))


def read_tables(tree: ast.AST, module: ModuleType) -> list[Found]:
    return [Found(line, name.lower()) for line, text in sql_texts(tree, module) for name in _READ.findall(text)]


@lru_cache(maxsize=1)  # what is written and what is read are asked one after the other
def sql_texts(tree: ast.AST, module: ModuleType) -> list[tuple[int, str]]:
    """Every text of the module with its line; names in it are what they stand for where that can be seen."""
    return list(_sql_texts(tree, module))


def _sql_texts(tree: ast.AST, module: ModuleType) -> Iterator[tuple[int, str]]:
    for scope, nodes in _scopes(tree, module):
        for node in nodes:
            if isinstance(node, (ast.JoinedStr, ast.BinOp, ast.Call)) or _is_text(node):
                text = _text(node, scope)
                if text is not None and text != UNSEEN:
                    yield node.lineno, text


@lru_cache(maxsize=1)
def _scopes(tree: ast.AST, module: ModuleType) -> list[tuple[Scope, list[ast.AST]]]:
    """Each function with what its names stand for, and the module without its functions."""
    return list(_found_scopes(tree, module))


def _found_scopes(tree: ast.AST, module: ModuleType) -> Iterator[tuple[Scope, list[ast.AST]]]:
    names = _module_names(tree, module)
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    inside = {id(node) for function in functions for node in ast.walk(function)}
    yield names, [node for node in ast.walk(tree) if id(node) not in inside]
    for function in functions:
        yield {**names, **_local_names(function, names)}, list(ast.walk(function))


def _module_names(tree: ast.AST, module: ModuleType) -> dict[str, Any]:
    """Texts and models by name. A text from another module that is more than a name is judged where it was written."""
    names = {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, type) or (isinstance(value, str) and _BARE_NAME.fullmatch(value))
    }
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            text = _text(node.value, names)
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id: text for target in targets if isinstance(target, ast.Name) and text is not None}
    return names


def _local_names(function: ast.AST, names: Scope) -> dict[str, Any]:
    """What the variables of a function stand for: texts, and the model of which they are rows or querysets."""
    result = dict(_given_names(function, names))
    for target, value in _assigned(function):
        known = {**names, **result}
        text = _text(value, known)
        stands_for = text if text not in {None, UNSEEN} else _model_of(value, known)
        if isinstance(target, ast.Name) and stands_for is not None:
            result[target.id] = stands_for
    return result


def _given_names(function: ast.AST, names: Scope) -> Iterator[tuple[str, Any]]:
    """Models that are imported inside of the function, and arguments that are rows of one."""
    for node in ast.walk(function):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in OUR_APPS:
            for alias in node.names:
                yield alias.asname or alias.name, _model_named(alias.name, node.module.split(".")[0])
        elif isinstance(node, ast.arg) and node.annotation is not None:
            yield node.arg, names.get(ast.unparse(node.annotation).strip("'\"").removesuffix(" | None"))


def _assigned(function: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            yield node.targets[0], node.value
        elif isinstance(node, (ast.For, ast.comprehension)):
            yield node.target, node.iter
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            yield node.target, node.value


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _text(node: ast.AST, scope: Scope) -> str | None:
    """The text of an expression; UNSEEN for the parts of it that are not known, None where it is no text."""
    reader = _READERS.get(type(node))
    return reader(node, scope) if reader else None


def _of_constant(node: Any, _scope: Scope) -> str | None:
    return node.value if isinstance(node.value, str) else None


def _of_pieces(node: Any, scope: Scope) -> str:
    return "".join(_text(part, scope) or UNSEEN for part in node.values)


def _of_name(node: Any, scope: Scope) -> str | None:
    value = scope.get(node.id)
    return value if isinstance(value, str) else None


def _of_attribute(node: Any, scope: Scope) -> str | None:
    model = _model_of(node.value, scope) if node.attr == "db_table" else None
    return model._meta.db_table if model else None


def _of_operation(node: Any, scope: Scope) -> str | None:
    left = _text(node.left, scope)
    if isinstance(node.op, ast.Mod):
        return _filled(left, node.right, scope)
    right = _text(node.right, scope)
    if not isinstance(node.op, ast.Add) or (left is None and right is None):
        return None
    return (left or UNSEEN) + (right or UNSEEN)


def _of_call(node: Any, scope: Scope) -> str | None:
    if not isinstance(node.func, ast.Attribute) or node.func.attr != "format":
        return None
    pattern = _text(node.func.value, scope)
    values = iter([_text(value, scope) or UNSEEN for value in [*node.args, *(key.value for key in node.keywords)]])
    return None if pattern is None else re.sub(r"\{\w*\}", lambda _match: next(values, UNSEEN), pattern)


_READERS: Mapping[type[ast.AST], Callable[[Any, Scope], str | None]] = {
    ast.Constant: _of_constant,
    ast.JoinedStr: _of_pieces,
    ast.FormattedValue: lambda node, scope: _text(node.value, scope) or UNSEEN,
    ast.Name: _of_name,
    ast.Attribute: _of_attribute,
    ast.BinOp: _of_operation,
    ast.Call: _of_call,
}


def _filled(pattern: str | None, given: ast.AST, scope: Scope) -> str | None:
    if pattern is None:
        return None
    values = given.elts if isinstance(given, ast.Tuple) else given.values if isinstance(given, ast.Dict) else [given]
    texts = iter([_text(value, scope) or UNSEEN for value in values])
    return re.sub(r"%(\(\w+\))?s", lambda _match: next(texts, UNSEEN), pattern)


def _is_model(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, models.Model)


def _model_named(name: str, app: str) -> type[models.Model] | None:
    return next(
        (model for model in apps.get_models() if model.__name__ == name and model.__module__.startswith(app)), None
    )


def _model_of(node: ast.AST, scope: Scope) -> Any:
    """The model at the root of an expression such as `Order.objects.filter(…).first()`, or None."""
    while True:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FETCHERS and node.args:
            node = node.args[0]
        elif isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, (ast.Attribute, ast.Subscript, ast.Await)):
            node = node.value
        else:
            break
    value = scope.get(node.id) if isinstance(node, ast.Name) else None
    return value if _is_model(value) else None


def _orm_writes(tree: ast.AST, module: ModuleType) -> Iterator[Found]:
    for scope, nodes in _scopes(tree, module):
        for node in nodes:
            if not isinstance(node, ast.Call):
                continue
            if isinstance(node.func, ast.Attribute) and node.func.attr in _WRITERS:
                model = _model_of(node.func.value, scope)
            elif isinstance(node.func, ast.Name) and node.func.id == "insert_into" and node.args:
                model = _model_of(node.args[0], scope)
            else:
                continue
            if model is not None:
                yield Found(node.lineno, model._meta.db_table)
