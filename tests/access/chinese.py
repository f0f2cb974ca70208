"""What a Chinese page must not show: English words that are no codes or names, and half-width punctuation."""

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser

from django.apps import apps
from django.db import models

NOT_READ = {"script", "style", "code", "kbd", "pre", "svg", "title", "noscript", "tt"}
INLINE = {"a", "abbr", "b", "em", "i", "small", "span", "strong", "time", "data", "mark", "label", "button"}
EMPTY = {"br", "hr", "img", "input", "link", "meta", "path", "circle", "use", "source", "wbr", "col"}
READ_ALOUD = {"title", "placeholder", "aria-label", "alt", "data-label", "data-confirm", "aria-description"}
# Proper names, formats and key words of files, keys; whatever has a digit or only capitals is a code.
NAMES = frozenset(
    [
        "Tributary",
        "gzip",
        "Excel",
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
        "pcs",
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


def faults(html: str, data: Collection[str] = ()) -> list[str]:
    """The English words and the half-width marks of a page, each with the text it stands in. `data` are names and texts
    that people entered, which have no translation."""
    longest_first = sorted({text for text in data if _WORD.search(text)}, key=len, reverse=True)
    return [fault for text in texts_of(html) for fault in _faults_of(text, longest_first)]


def _faults_of(text: str, data: Collection[str]) -> Iterator[str]:
    if mark := _HALF_WIDTH.search(text):
        yield f"half-width {mark[0]!r} in {text!r}"
    rest = _MAIL_OR_ADDRESS.sub(" ", text)
    if not _WORD.search(rest):
        return
    for entered in data:
        rest = rest.replace(entered, " ")
    rest = _CODE.sub(" ", rest)
    words = [word for word in _WORD.findall(rest) if word not in NAMES]
    if words:
        yield f"English {' '.join(words)!r} in {text!r}"


def texts_of(html: str) -> list[str]:
    parser = _Texts()
    parser.feed(html)
    parser.close()
    parser.cut()
    return parser.texts


class _Texts(HTMLParser):
    """The texts between block tags, and the attributes that are shown or read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
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


KINDS = {"kind", "subject_type", "status", "codename", "permission", "model", "app_label", "topic", "consumer", "stage"}
"""Columns with words of the program in them, for which pages show labels."""
