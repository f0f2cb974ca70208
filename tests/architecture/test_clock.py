"""One clock: `django.utils.timezone`, in the company's zone. The database's and the machine's own day decide nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from distribution.launcher.folders import PROJECT
from tests.architecture.apps import PACKAGES

_SQL = re.compile(
    r"(?<![/\w])(?:current_(?:date|time|timestamp)|localtime|localtimestamp)\b"
    r"|\b(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\s*\(\s*\)"
    r"|'(?:now|today|yesterday|tomorrow)'",
    re.IGNORECASE,
)
_PYTHON = {"today", "utcnow", "utcfromtimestamp"}
"""Of a date or datetime; `now` is that of `timezone` only."""
# Who may ask another clock, and why no day is decided by it.
ALLOWED = {
    "core/jobs.py": "leases: moments that every worker compares by the database's one clock, whatever its own says",
    "core/leases.py": "likewise",
}


def other_clocks(source: str) -> list[str]:
    """What asks another clock in a module, as `line: what`."""
    tree = ast.parse(source)
    return sorted({f"{line}: {what}" for line, what in _asked(tree)})


def _asked(tree: ast.AST) -> Iterator[tuple[int, str]]:
    words = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in words:
            for match in _SQL.finditer(node.value):
                yield node.lineno, match[0]
        elif isinstance(node, ast.Attribute):
            yield from _attribute(node)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models.functions"):
            for alias in node.names:
                if alias.name == "Now":
                    yield node.lineno, "Now"


def _attribute(node: ast.Attribute) -> Iterator[tuple[int, str]]:
    whose = ast.unparse(node.value)
    last = whose.split(".")[-1]
    if node.attr in _PYTHON and last in {"date", "datetime", "dt", "_date", "_datetime"}:
        yield node.lineno, f"{whose}.{node.attr}"
    if node.attr == "now" and last != "timezone":
        yield node.lineno, f"{whose}.now"
    if node.attr in {"localtime", "strftime", "ctime"} and whose == "time":
        yield node.lineno, f"{whose}.{node.attr}"
    # The day of an aware moment is that of UTC, unless it is made local first.
    if node.attr == "date" and re.search(r"(?:^|\.|_)(?:now|at)(?:\(\))?$", whose):
        yield node.lineno, f"{whose}.date"


def _sources() -> Iterator[tuple[str, str]]:
    for app in (*PACKAGES, "bench"):
        for path in sorted((PROJECT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(PROJECT)), path.read_text()


def test_nothing_decides_by_another_clock_than_the_company_s() -> None:
    """Between midnight here and midnight at the server, an order would belong to yesterday and its page to today."""
    found = {name: asked for name, source in _sources() if (asked := other_clocks(source))}
    assert {name: asked for name, asked in found.items() if name not in ALLOWED} == {}
    assert sorted(ALLOWED) == sorted(name for name in found if name in ALLOWED), "what is allowed is no longer needed"


def test_no_template_shows_the_machine_s_day() -> None:
    """A page would say another day than the orders on it."""
    pages = (PROJECT / "templates").rglob("*.html")
    assert [str(path) for path in pages if re.search(r"{%\s*now\b", path.read_text())] == []


@pytest.mark.parametrize(
    "line",
    [
        'SQL = "SELECT 1 WHERE starts_on <= CURRENT_DATE"',
        'SQL = "SELECT current_timestamp"',
        'SQL = f"UPDATE a SET at = now() WHERE id = {1}"',
        "SQL = \"SELECT 'today'::date\"",
        'SQL = "SELECT clock_timestamp()"',
        "from datetime import date\nday = date.today()",
        "import datetime as dt\nday = dt.date.today()",
        "from datetime import datetime\nday = datetime.now()",
        "from datetime import UTC, datetime\nday = datetime.now(UTC)",
        "from datetime import datetime\nday = datetime.utcnow()",
        "from datetime import datetime\nmake = datetime.now",
        "import time\nday = time.strftime('%Y')",
        "from django.db.models.functions import Now",
        "def work(run):\n    return run.computed_at.date()",
        "def work(now):\n    return now.date()",
        "from django.utils import timezone\nday = timezone.now().date()",
    ],
)
def test_a_planted_line_is_noticed(line: str) -> None:
    """The test above would be green because it looks at nothing."""
    assert other_clocks(line) != []


@pytest.mark.parametrize(
    "line",
    [
        "from django.utils import timezone\nday = timezone.localdate()",
        "from django.utils import timezone\nnow = timezone.now()",
        "from django.utils import timezone\nday = timezone.localtime(order.placed_at).date()",
        '"""Not by CURRENT_DATE, nor by now()."""',
        "today = order.today",
    ],
)
def test_the_one_clock_is_not_refused(line: str) -> None:
    assert other_clocks(line) == []


def test_every_module_is_read() -> None:
    names = {name for name, _source in _sources()}
    assert len(names) > len(PACKAGES)
    assert Path("core/jobs.py").as_posix() in names
