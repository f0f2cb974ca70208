"""Pages under a strict content policy, in two languages."""

import re

import pytest

from distribution.embedded.folders import PROJECT

TEMPLATES = sorted(path for path in PROJECT.glob("*/templates/**/*.html")) + sorted(
    (PROJECT / "templates").rglob("*.html")
)
MAIL = "/email/"


@pytest.mark.parametrize(
    "pattern", [r"<style", r"<script(?![^>]*(\bsrc=|application/json))", r"\sstyle=", r"\son[a-z]+=", r"\shx-on"]
)
def test_nothing_inline(pattern: str) -> None:
    """The browser refuses inline scripts and styles: the page would look broken, and quietly."""
    found = [
        str(path.relative_to(PROJECT))
        for path in TEMPLATES
        if MAIL not in str(path) and re.search(pattern, path.read_text())
    ]
    assert found == []


def test_nothing_comes_from_elsewhere() -> None:
    """A page that loads from another host tells it who works here, and fails without it."""
    found = [
        str(path.relative_to(PROJECT))
        for path in TEMPLATES
        if re.search(r"(src|href)=[\"']?(https?:)?//", path.read_text())
    ]
    assert found == []
