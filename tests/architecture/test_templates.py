"""Pages under a strict content policy, in two languages."""

import re

import pytest

from distribution.launcher.folders import PROJECT

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


LONGEST_LINE = 160


_OWN_TEXT = re.compile(r"{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}", re.DOTALL)  # translated as a whole


def test_lines_are_short_enough_to_review() -> None:
    """A change within a line of six hundred characters passes every review unread, and the page breaks."""
    found = [
        f"{path.relative_to(PROJECT)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > LONGEST_LINE
    ]
    assert found == []


COMPARES_A_STATE = re.compile(
    r"{%\s*(?:el)?if\b(?:.*\b(?:status|state|role)\s*(?:==|!=|in\b|not\b)|.*(?:==|!=)\s*\S*\.(?:status|state|role)\b)"
)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (
            COMPARES_A_STATE,
            "what a state allows stands in its table, the view hands over may_… or a property of the row",
        ),
        (re.compile(r"\.is_(?:brand|staff|superuser)\b"), "what a role may do stands in permissions"),
        (re.compile(r"\|safe\b|{%\s*autoescape\s+off"), "what comes from data would run in the reader's browser"),
    ],
)
def test_no_rule_in_a_template(pattern: re.Pattern[str], why: str) -> None:
    """A rule that stands in a template is missed when it changes: the page offers what the service refuses."""
    found = [
        f"{path.relative_to(PROJECT)}: {tag}"
        for path in TEMPLATES
        for tag in re.findall(r"{%.*?%}|{{.*?}}", path.read_text())
        if pattern.search(tag)
    ]
    assert found == [], why


def test_marks_between_values_are_the_languages() -> None:
    """A half-width comma or colon between Chinese words looks like a mistake: `|listed`, `{% translate ": " %}`."""
    between = re.compile(r"}}[,:;] |\|join:[\"'][,;]")
    found = [
        f"{path.relative_to(PROJECT)}: {line.strip()}"
        for path in TEMPLATES
        for line in _OWN_TEXT.sub("", path.read_text()).splitlines()
        if between.search(line)
    ]
    assert found == []


def test_tables_that_become_cards_say_what_they_are() -> None:
    """A table drawn as a grid is no table to a screen reader any more, unless its roles say so."""
    found = [
        f"{path.relative_to(PROJECT)}: {tag}"
        for path in TEMPLATES
        for table in re.findall(r"<table[^>]*list-table.*?</table>", path.read_text(), re.DOTALL)
        for tag in re.findall(r"<(?:table|thead|tbody|tfoot|tr|t[dh])\b[^>]*>", table)
        if "role=" not in tag
    ]
    assert found == []


# Names, and each language's own word for itself.
SAME_IN_EVERY_LANGUAGE = {"Tributary", "中文", "English", "EN", "Enter"}
WORD = re.compile(r"[^\W\d_]{2,}")
NOT_SHOWN = re.compile(
    r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{%\s*blocktranslate\b.*?{%\s*endblocktranslate\s*%}"
    r"|<script.*?</script>|<!--.*?-->|{#.*?#}",
    re.DOTALL,
)
READ_ALOUD = re.compile(r'\b(?:aria-label|title|placeholder|alt|data-confirm|data-label|content)="([^"<>]*)"')


def plain_words(template: str) -> list[str]:
    """Text between tags, and in the attributes that people see or hear, that stands in the template as it is."""
    text = re.sub(r"{%.*?%}|{{.*?}}", "\0", NOT_SHOWN.sub("\0", template), flags=re.DOTALL)
    between = re.split("[\0\1]", re.sub(r"<[^<>]*>", "\1", text))
    shown = [part.rpartition(">")[2].strip(" \n·") for part in between]
    attributes = [value for value in READ_ALOUD.findall(text) if "=" not in value]
    return [part for part in [*shown, *attributes] if WORD.search(part) and part not in SAME_IN_EVERY_LANGUAGE]


def test_every_word_goes_through_the_translations() -> None:
    """A word that nobody marked stays English in a Chinese page, and no catalogue misses it."""
    found = {
        str(path.relative_to(PROJECT)): plain_words(path.read_text()) for path in TEMPLATES if MAIL not in str(path)
    }
    assert {path: words for path, words in found.items() if words} == {}
    assert plain_words('<b title="Late">{% translate "Late" %}</b> <p>is late {{ n }}</p>') == ["is late", "Late"]
