"""Services, selectors and scopes know who acts as an Actor: a person, the membership in use, its role and organisation."""

import ast
from collections.abc import Iterator
from pathlib import Path

from distribution.launcher.folders import PROJECT
from tests.architecture.sql_texts import OUR_APPS

PLACES = {"services", "selectors"}
MODULES = {"permissions.py", "querysets.py"}
WHO = {"actor", "user"}
ALLOWED = {"core/permissions.py": "asked of somebody anonymous, too, who is no Actor"}


def _modules() -> Iterator[Path]:
    for app in sorted(OUR_APPS):
        for path in sorted((PROJECT / app).rglob("*.py")):
            if str(path.relative_to(PROJECT)) not in ALLOWED and (PLACES & set(path.parts) or path.name in MODULES):
                yield path


def _untyped(source: str) -> Iterator[tuple[str, int]]:
    """Functions that take who acts as something else than an Actor."""
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef):
            continue
        for argument in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]:
            named = ast.unparse(argument.annotation) if argument.annotation else ""
            if argument.arg in WHO and named.removesuffix(" | None") != "Actor":
                yield function.name, argument.lineno


def test_who_acts_is_an_actor_everywhere() -> None:
    """A service that takes a User reads a person where the role and the organisation of the membership in use decide."""
    found = [
        f"{path.relative_to(PROJECT)}:{line} {name}"
        for path in _modules()
        for name, line in _untyped(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_user_in_a_signature_is_found() -> None:
    assert list(_untyped("def f(*, actor: User) -> None: ...\ndef g(actor: Actor | None) -> None: ...")) == [("f", 1)]
