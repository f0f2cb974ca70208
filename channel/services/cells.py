"""One cell of an imported agreement: lists of values, words in any language, numbers as the engine reads them."""

import re
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _

from company.written_numbers import read_number
from core.importing.refusals import ValueFault
from core.sentences import listed

_BETWEEN = re.compile(r"[;；、\n]")
_WITHIN = re.compile(r"[:：]")
YES, NO = ("yes", "y", "true", "1", "是"), ("no", "n", "false", "0", "否")


class WrongCell(Exception):
    """A value of a cell that cannot be read; the text says why."""

    def __init__(self, column: str, reason: str) -> None:
        self.column = column
        super().__init__(reason)


def pieces(text: str | None) -> list[list[str]]:
    """The values of a cell, each as what stands between its colons."""
    values = (one.strip() for one in _BETWEEN.split(text or ""))
    return [[piece.strip() for piece in _WITHIN.split(value)] for value in values if value]


def read_word(column: str, choices: type[models.TextChoices], text: str) -> str:
    """The choice of this code, or of this label in any language: files are exported in that of their reader."""
    wanted = text.casefold()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for code, label in choices.choices:
                if wanted in {str(code).casefold(), str(label).casefold()}:
                    return str(code)
    values = {"value": text, "choices": listed(choices.values)}
    raise WrongCell(column, _("“%(value)s” is not one of: %(choices)s.") % values)


def read_yes_no(column: str, text: str, *, empty: bool) -> bool:
    if not text:
        return empty
    if text.casefold() not in (*YES, *NO):
        raise WrongCell(column, _("“%(text)s” is not yes or no.") % {"text": text})
    return text.casefold() in YES


def read_amount(column: str, text: str, *, currency: str = "") -> Decimal:
    """A number as the engine reads it; with `currency`, a mark beside it may mean no other."""
    try:
        read = read_number(text, decimal_comma=False)
    except ValueFault as fault:
        raise WrongCell(column, str(fault)) from fault
    if read.value < 0 or (read.currencies and currency not in read.currencies):
        raise WrongCell(column, _("“%(text)s” is not a number.") % {"text": text})
    return read.value


def read_days(column: str, text: str) -> int:
    if not text.isdigit() or int(text) > 32_767:  # noqa: PLR2004 - the most that a small integer column holds
        raise WrongCell(column, _("“%(text)s” is not a number of days.") % {"text": text})
    return int(text)


def read_share(column: str, text: str) -> Decimal:
    """A share as people write it: 5 % or 0.05."""
    share = read_amount(column, text)
    if share > 1:
        raise WrongCell(column, _("“%(text)s” is not between 0 and 100 %%.") % {"text": text})
    return share
