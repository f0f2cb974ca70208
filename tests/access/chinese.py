"""What a Chinese page must not show: English words that are no codes or names, and half-width punctuation."""

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser

from django.apps import apps
from django.db import models

from tests.access.table import ADMINISTRATOR, DIRECTOR, MANAGER, OWNER, WAREHOUSE, Route

NOT_READ = {"script", "style", "code", "kbd", "pre", "svg", "title", "noscript", "tt"}
INLINE = {"a", "abbr", "b", "em", "i", "small", "span", "strong", "time", "data", "mark", "label"}
EMPTY = {"br", "hr", "img", "input", "link", "meta", "path", "circle", "use", "source", "wbr", "col"}
READ_ALOUD = {"title", "placeholder", "aria-label", "alt", "data-label", "data-confirm", "aria-description"}
# Proper names, formats and key words of files, keys; whatever has a digit or only capitals is a code.
NAMES = frozenset(
    [
        "Tributary",
        "gzip",
        "Excel",
        "Office",
        "PowerPoint",
        "Word",
        "English",
        "Ctrl",
        "Enter",
        "Esc",
        "Webhook",
        "Token",
        "Python",
        "Tab",
        "xlsx",
        "csv",
        "toml",
        "manage",
        "py",
        "adventureworks",
        "test",
        "example",
    ]
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
_MAIL_OR_ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+|https?://\S+|[\w-]+\.(?:csv|xlsx|toml|example|test|py)\b|%\(?\w*\)?s")
_CODE = re.compile(r"\b(?=\w*[\d_])[\w./-]+|\b[A-Z]{2,}\b|\b[A-Z]\b")
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”）] ?[,;:!?()] ?[\u4e00-\u9fff“（]|[\u4e00-\u9fff][.,;:!?](?=\s|$)")


_BESIDE_MARK = re.compile(
    r"[\u4e00-\u9fff\d”）] ?[，。：；、！？] (?=[\u4e00-\u9fff\d“（])|[\u4e00-\u9fff”）] [，。：；、！？]"
)
_SPACED = re.compile(r"[\u4e00-\u9fff，。：；、！？”）]\s+[\u4e00-\u9fff“（，。：；、！？]")
"""Within one text: between two elements a space may part a name from a state."""

# Marks of a text that was put together wrongly, whatever its words are.
_WRONG = {
    "value of the program": re.compile(r"\b(?:None|True|False|NaN|null)\b|%\(\w+\)[sd]"),
    "code of the program": re.compile(r"(?<![\w./@-])[a-z]+(?:_[a-z]+)+(?![\w./@-])"),
    "month in characters": re.compile(r"(?:[一二三四五六七八九]|十[一二]?)月(?!底)"),
    "date not formatted": re.compile(r"\d{4}-\d\d-\d\dT\d|\b\d{1,2}/\d{1,2}/\d{4}\b"),
    "doubled mark": re.compile(r"[，。：；、！？]\s?[，。：；、！？]"),
    "unit without its number": re.compile(r"(?:共|近|约|第|还有) (?:条|天|件|行|张|项|个|家)|¥(?=$|[\u4e00-\u9fff])"),
}


def faults(html: str, data: Collection[str] = ()) -> list[str]:
    """Of one page: see `Checked`."""
    return Checked(data).faults(html)


class Checked:
    """Finds the English words and the half-width marks of pages, each with the text it stands in.

    `data` are names and texts that people entered, which have no translation. What stands on every page is read once.
    """

    def __init__(self, data: Collection[str]) -> None:
        self.data = sorted({text for text in data if _WORD.search(text)}, key=len, reverse=True)
        self.known: dict[str, list[str]] = {}

    def faults(self, html: str, also: Collection[str] = ()) -> list[str]:
        """`also` are texts that people entered in the request of this page."""
        parser = parsed(html)
        found = [fault for text in parser.texts for fault in self._faults_of(text, also)]
        found += [f"two spaces in {text!r}" for text in parser.doubled]
        return found + [f"space between Chinese in {text!r}" for text in parser.spaced if not self._is_entered(text)]

    def _is_entered(self, text: str) -> bool:
        return any(text in entered for entered in self.data)

    def _faults_of(self, text: str, also: Collection[str]) -> list[str]:
        if text not in self.known:
            self.known[text] = list(_faults_in(text, text))
            if self.known[text]:
                self.known[text] = list(_faults_in(text, _without(text, self.data)))
        if self.known[text] and also:
            return list(_faults_in(text, _without(text, [*also, *self.data])))
        return self.known[text]


def _without(text: str, data: Collection[str]) -> str:
    for entered in data if _WORD.search(text) else ():
        text = text.replace(entered, " ")
    return text


def _faults_in(text: str, rest: str) -> Iterator[str]:
    """`rest` is what is left of the text without what people entered."""
    if mark := _HALF_WIDTH.search(text):
        yield f"half-width {mark[0]!r} in {text!r}"
    if mark := _BESIDE_MARK.search(text):
        yield f"space beside a mark {mark[0]!r} in {text!r}"
    for what, wrong in _WRONG.items():
        if mark := wrong.search(rest):
            yield f"{what} {mark[0]!r} in {text!r}"
    rest = _MAIL_OR_ADDRESS.sub(" ", rest)
    rest = _CODE.sub(" ", rest)
    words = [word for word in _WORD.findall(rest) if word not in NAMES]
    if words:
        yield f"English {' '.join(words)!r} in {text!r}"


def parsed(html: str) -> "_Texts":
    parser = _Texts()
    parser.feed(html)
    parser.close()
    parser.cut()
    return parser


class _Texts(HTMLParser):
    """The texts between block tags, and the attributes that are shown or read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.doubled: list[str] = []
        self.spaced: list[str] = []
        self.text = ""
        self.closed: list[str] = []

    def cut(self) -> None:
        text = " ".join(self.text.split())
        if text:
            self.texts.append(text)
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NOT_READ:
            self.closed.append(tag)
        if tag not in INLINE:
            self.cut()
        shown = dict(attrs)
        read = [shown[name] for name in READ_ALOUD if shown.get(name)]
        if tag == "input" and shown.get("type") in {"submit", "button"}:
            read.append(shown.get("value"))
        self.texts += [" ".join(text.split()) for text in read if text]

    def handle_endtag(self, tag: str) -> None:
        if self.closed and self.closed[-1] == tag:
            self.closed.pop()
        if tag not in INLINE:
            self.cut()

    def handle_data(self, data: str) -> None:
        if not self.closed:
            self.text += data
            self.spaced += [" ".join(data.split())] if _SPACED.search(data) else []
            self.doubled += [line.strip() for line in data.splitlines() if re.search(r"\S {2,}\S", line)]


def entered_texts() -> set[str]:
    """Whatever people entered into our tables: names, texts, codes. Not the values of choices, which have labels."""
    found: set[str] = set()
    for model in apps.get_models():
        if model._meta.proxy or not model._meta.managed:
            continue
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name not in KINDS
        ]
        for values in model._base_manager.values_list(*fields) if fields else ():
            found.update(str(value) for value in values if value)
    return found


KINDS = {
    "kind",
    "subject_type",
    "status",
    "codename",
    "permission",
    "model",
    "app_label",
    "topic",
    "consumer",
    "stage",
    "unit",
}
"""Columns with words of the program in them, for which pages show labels."""


READERS = (DIRECTOR, ADMINISTRATOR, MANAGER, OWNER, WAREHOUSE)


def readers_of(row: Route) -> list[str]:
    """Those whose page is read: one of each kind of page that people get."""
    return [actor for actor in READERS if actor in row.allowed] or [DIRECTOR]
