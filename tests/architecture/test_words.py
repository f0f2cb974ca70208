"""The words of the code. Every app is read: a new one is held to them by being installed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

PROJECT = Path(settings.BASE_DIR)
APPS = [config for config in apps.get_app_configs() if Path(config.path).parent == PROJECT]

# Picture words, and words with a standard name of their own: the second half says which.
BANNED = {
    "desk": "the noun: order entry, session",
    "door": "link, address",
    "bell": "unread notifications",
    "gauge": "kpi, chart",
    "acting": "actor, actions",
    "verb": "action",
    "held": "responsibility, reserved, on hold",
    "answers": "responsible, accountable",
    "found": "the noun: rows, order, matches",
    "told": "notified, recipients",
    "said": "message",
    "twin": "previous period",
    "mended": "corrected",
    "mend": "correct",
    "own": "whose it is: brand, distributor, project",
    "once": "idempotent, unique",
    "fact": "event, input, update",
    "part": "say which: shipment, line, child plan, partial",
    "standing": "progress, attainment",
    "edition": "version",
    "notice": "notification; to an audience: announcement",
}
# Names that others chose, or that mean just that. Each with its reason.
ALLOWED: dict[str, str] = {}
NOT_OURS = {"account", "allauth", "admin", "drf_spectacular"}  # templates of packages, overridden under their names


class Name(NamedTuple):
    kind: str
    name: str
    place: str


def banned_in(name: str) -> list[str]:
    """The banned words in an identifier, an address or a path, in the singular as in the plural."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name).lower()
    words = re.split(r"[^a-z0-9]+", spaced)
    return [word for word in words if word in BANNED or (word.endswith("s") and word[:-1] in BANNED)]


def wrong(names: Iterator[Name]) -> list[str]:
    return [
        f"{name.place}: {name.kind} {name.name} (say: {'; '.join(BANNED.get(word) or BANNED[word[:-1]] for word in words)})"
        for name in names
        if name.name not in ALLOWED and (words := banned_in(name.name))
    ]


def modules(root: Path, base: Path) -> Iterator[Name]:
    for path in sorted(root.rglob("*.py")):
        if "migrations" not in path.parts:
            yield Name("module", str(path.relative_to(base).with_suffix("")), str(path.relative_to(base)))


def definitions(root: Path, base: Path) -> Iterator[Name]:
    """Classes, functions and methods."""
    for path in sorted(root.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                kind = "class" if isinstance(node, ast.ClassDef) else "function"
                yield Name(kind, node.name, f"{path.relative_to(base)}:{node.lineno}")


def fields(models: list[Any]) -> Iterator[Name]:
    for model in models:
        for field in model._meta.get_fields():
            yield Name("field", field.name, model._meta.label)


def routes(resolver: Any, prefix: str = "") -> Iterator[Name]:
    """Addresses and their names, of our own views only: packages name theirs themselves."""
    for entry in resolver.url_patterns:
        path = f"{prefix}{re.sub(r'<[^>]*>|[(]?[?]P<[^)]*[)]', '', str(entry.pattern))}"
        if isinstance(entry, URLResolver):
            yield from routes(entry, path)
        elif isinstance(entry, URLPattern):
            view = getattr(entry.callback, "view_class", None) or getattr(entry.callback, "cls", entry.callback)
            if str(getattr(view, "__module__", "")).split(".")[0] in {config.name for config in APPS}:
                yield Name("address", path, f"route {entry.name}")
                yield Name("route", entry.name or "", f"address {path}")


def templates(root: Path) -> Iterator[Name]:
    for path in sorted(root.rglob("*.*")):
        place = path.relative_to(root)
        if place.parts[0] in NOT_OURS:
            continue
        yield Name("template", str(place), str(place))
        for block in re.findall(r"{%\s*(?:block|partialdef)\s+([\w-]+)", path.read_text()):
            yield Name("block", block, str(place))


def test_names_of_modules_are_the_fields_words() -> None:
    """A reader looks for a module by the word of the trade; a private word has to be learnt first."""
    assert [line for config in APPS for line in wrong(modules(Path(config.path), PROJECT))] == []


def test_names_of_classes_and_functions_are_the_fields_words() -> None:
    """Whoever calls it knows from its name what it is, without a glossary."""
    assert [line for config in APPS for line in wrong(definitions(Path(config.path), PROJECT))] == []


def test_names_of_fields_are_the_fields_words() -> None:
    """Columns are read in reports and SQL for years."""
    assert wrong(fields([model for config in APPS for model in config.get_models()])) == []


def test_addresses_are_the_fields_words() -> None:
    """Addresses are seen by every user and kept in bookmarks and integrations."""
    assert wrong(routes(get_resolver())) == []


def test_names_of_templates_and_blocks_are_the_fields_words() -> None:
    """A template is found by the name of the page it draws."""
    assert wrong(templates(PROJECT / "templates")) == []


def test_every_exception_is_still_needed() -> None:
    """A list of exceptions that only grows says nothing any more."""
    assert [name for name, reason in ALLOWED.items() if not banned_in(name) or len(reason) < 10] == []


def test_a_planted_name_of_each_kind_is_seen(tmp_path: Path) -> None:
    """A net with a hole would let the words back in one by one."""
    app, pages = tmp_path / "shop", tmp_path / "templates" / "shop"
    app.mkdir()
    pages.mkdir(parents=True)
    (app / "desk.py").write_text("class NoticeBoard:\n    def find_parts(self): ...\n\ndef read_standings(): ...\n")
    (app / "partners.py").write_text("def partial(): ...\n\nclass Owner: ...\n")
    (pages / "gauges.html").write_text("{% block facts %}{% endblock %}{% partialdef twin %}{% endpartialdef %}")
    model = SimpleNamespace(
        _meta=SimpleNamespace(get_fields=lambda: [SimpleNamespace(name="held_until")], label="shop.Thing")
    )
    assert len(wrong(modules(app, tmp_path))) == 1
    assert len(wrong(definitions(app, tmp_path))) == 3
    assert len(wrong(fields([model]))) == 1
    assert len(wrong(templates(tmp_path / "templates"))) == 3
    view = SimpleNamespace(view_class=SimpleNamespace(__module__=f"{APPS[0].name}.views"))
    entry = URLPattern(RoutePattern("things/<int:own>/mend/"), view, name="thing-told")
    assert len(wrong(routes(SimpleNamespace(url_patterns=[entry])))) == 2
