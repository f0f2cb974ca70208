"""The shape of the code, which keeps it readable for whoever comes next."""

import ast
import re
import statistics
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from distribution.launcher.folders import PROJECT
from tests.architecture.apps import PACKAGES

LONGEST_FILE = 500
MEDIAN_FILE = 100
LARGEST_APP = 9000


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (PROJECT / folder).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_imports_point_down() -> None:
    """A circle of imports is a knot that every later change pulls tighter."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_file_is_endless() -> None:
    """Nobody reads a file of a thousand lines before changing it."""
    assert [str(path) for path in sources(*PACKAGES, "tests", "bench") if _lines(path) > LONGEST_FILE] == []


def test_most_files_fit_on_two_screens() -> None:
    """One subject a file: what is looked for is found by its name."""
    sizes = [_lines(path) for path in sources(*PACKAGES) if _lines(path)]
    assert statistics.median(sizes) < MEDIAN_FILE


@pytest.mark.parametrize("app", PACKAGES)
def test_no_app_is_two(app: str) -> None:
    """Past this size an app, or one of the sub-packages of orders, has a second subject, and nobody knows the whole of it."""
    folders = [str(path) for path in (PROJECT / app).iterdir() if path.is_dir()] if app == "orders" else [app]
    assert [folder for folder in folders if sum(map(_lines, sources(folder))) > LARGEST_APP] == []


def test_no_file_for_odds_and_ends() -> None:
    """`utils.py` is where code goes that nobody will find again."""
    names = {"utils.py", "helpers.py", "common.py", "misc.py", "signals.py"}
    assert [str(path) for path in sources(*PACKAGES, "tests") if path.name in names] == []


def test_every_exception_from_a_rule_says_why() -> None:
    """A silenced warning without its reason is a trap for the next reader."""
    silenced = re.compile(r"#\s*(noqa|type:\s*ignore)(:\s*[A-Z0-9, ]+|\[[\w, -]+\])?(?P<reason>.*)$")
    bare = []
    for path in sources(*PACKAGES, "tests", "bench"):
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            match = silenced.search(line)
            if match and len(match["reason"].strip(" #-")) < 2:
                bare.append(f"{path.relative_to(PROJECT)}:{number}: {line.strip()}")
    assert bare == []


def test_texts_are_gathered_under_the_names_that_xgettext_knows() -> None:
    """A text behind an alias of gettext is never gathered, and so stays English for ever."""
    alias = re.compile(r"import \w*gettext\w* as (?!_$)\w+", re.MULTILINE)
    assert [str(path.relative_to(PROJECT)) for path in sources(*PACKAGES) if alias.search(path.read_text())] == []


def test_lists_within_a_sentence_have_the_mark_of_its_language() -> None:
    """`"%(codes)s" % {"codes": ", ".join(…)}` puts half-width commas between Chinese words: `listed` knows the mark."""
    found = []
    for path in sources(*PACKAGES):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.right, ast.Dict):
                found += [
                    f"{path.relative_to(PROJECT)}:{inner.lineno}"
                    for inner in ast.walk(node.right)
                    if isinstance(inner, ast.Attribute)
                    and inner.attr == "join"
                    and isinstance(inner.value, ast.Constant)
                    and str(inner.value.value).strip() == ","
                ]
    assert found == []


def test_rules_know_nothing_of_http_signals_or_save() -> None:
    """Effects that hide in signals or in save() happen where nobody looks for them."""
    found = [
        f"{path.relative_to(PROJECT)}: {pattern}"
        for path in sources(*PACKAGES)
        if path != PROJECT / "sign_in/forms.py"  # allauth's own forms, which its views save
        for pattern in (r"^\s*@receiver\(", r"def save\(self", r"(pre|post)_(save|delete)\.connect")
        if re.search(pattern, path.read_text(), flags=re.MULTILINE)
    ]
    assert found == []


# What an edge may read past a scope, and why that shows nobody anything of others.
UNSCOPED = {
    "planning/views/attainment.py: Distributor.objects.without_tree_fields": "only which currency the channel reports in",
    "planning/views/attainment.py: SalesPlan.objects.current": "likewise",
}


def test_no_edge_reads_past_the_scope() -> None:
    """A view that forgets `visible_to` shows one distributor the orders of another."""
    scoped = {model.__name__ for model in apps.get_models() if hasattr(model._default_manager.all(), "visible_to")}
    edges = [path for path in sources(*PACKAGES) if {"views", "api"} & {*path.parts, path.stem}]
    found = [
        f"{path.relative_to(PROJECT)}: {match[1]}.objects.{match[2]}"
        for path in edges
        # A viewset names its rows as `queryset = Order.objects.all()`: the base class narrows them, and refuses to be without.
        for match in re.finditer(
            r"(?<!queryset = )\b([A-Z]\w+)\.objects\.(?!visible_to\b|none\b)(\w+)", path.read_text()
        )
        if match[1] in scoped
    ]
    assert sorted(set(found) - set(UNSCOPED)) == []


@pytest.mark.parametrize("package_file", ["package-lock.json", "requirements/runtime.txt", "requirements/dev.txt"])
def test_pins_name_no_host(package_file: str) -> None:
    """A pinned address would break the build wherever that host is not reached."""
    text = (PROJECT / package_file).read_text()
    assert not re.search(r'"resolved":|--(?:extra-)?index[-]url|https?://(?!opencollective|github\.com/sponsors)', text)


def test_every_edge_is_protected() -> None:  # core.api is ground: what the others' API is made of
    """An edge that the contracts do not name could be used by other apps unseen."""
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    listed = {module for contract in contracts for module in contract.get("protected_modules", [])}
    packages = [*PACKAGES, *(f"orders.{document}" for document in ("ordering", "fulfilment", "tracking", "returns"))]
    existing = {
        f"{package}.{edge}"
        for package in packages
        for edge in ("api", "views", "serializers", "forms", "tasks", "admin")
        if (package, edge) != ("core", "api")
        and package != "distribution"
        and (
            (PROJECT / package.replace(".", "/") / f"{edge}.py").exists()
            or (PROJECT / package.replace(".", "/") / edge).is_dir()
        )
    }
    assert listed == {*existing, "orders.pages", "orders.shipment_pages", "orders.wave_pages", "orders.entry"}
