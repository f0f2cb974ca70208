"""The cells of an imported agreement, read: lists of codes and words become terms."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.enums import ChannelKind
from accounts.models import Distributor, Territory
from catalogue.models import Brand, Category
from channel.enums import CarveOutEffect, ControlMode, ControlSubject, DataKind, Frequency, PriceRule, PurchaseBasis
from channel.rules import CarveOutTerms, ControlTerms, DataTerms, InstalmentTerms, MinimumTerms, SubjectTerms

_BETWEEN = re.compile(r"[;；、\n]")
_WITHIN = re.compile(r"[:：]")
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,18})(?:\.[0-9]{1,6})?")
_YES, _NO = ("yes", "y", "true", "1", "是"), ("no", "n", "false", "0", "否")
_HUNDRED = Decimal(100)
T = TypeVar("T")
Codes = Mapping[str, int]


class WrongCell(Exception):
    """A value of a cell that cannot be read; the text says why."""

    def __init__(self, column: str, reason: str) -> None:
        self.column = column
        super().__init__(reason)


def pieces(text: str | None) -> list[list[str]]:
    """The values of a cell, each as what stands between its colons."""
    values = (one.strip() for one in _BETWEEN.split(text or ""))
    return [[piece.strip() for piece in _WITHIN.split(value)] for value in values if value]


@dataclass(frozen=True, kw_only=True)
class Known:
    """The keys of all that the cells of a file name, by code or by a name that is theirs alone."""

    brands: Codes
    categories: Codes
    territories: Codes
    distributors: Codes


def known_of(rows: Sequence[Mapping[str, Any]]) -> Known:
    """Look up what the cells of all rows may name. Four queries."""
    cells = ("brands", "categories", "exclusive", "territories", "carve_outs", "minimums")
    named = {piece for row in rows for cell in cells for value in pieces(row[cell]) for piece in value if piece}
    return Known(
        brands=_codes(Brand.objects.all(), named),
        categories=_codes(Category.objects.all(), named),
        territories=_codes(Territory.objects.all(), named),
        distributors=_codes(Distributor.objects.all(), named),
    )


def _codes(known: "models.QuerySet[Any]", named: Iterable[str]) -> Codes:
    wanted = list(named)
    rows = known.filter(Q(code__in=wanted) | Q(name__in=wanted) | Q(name_zh__in=wanted))
    by_code: dict[str, int] = {}
    by_name: dict[str, set[int]] = {}
    for pk, code, name, name_zh in rows.values_list("pk", "code", "name", "name_zh"):
        by_code[code] = pk
        for one in filter(None, (name, name_zh)):
            by_name.setdefault(one, set()).add(pk)
    return {name: min(keys) for name, keys in by_name.items() if len(keys) == 1} | by_code


def rows_of(cells: Mapping[str, Any], known: Known, *, channel_kind: str) -> dict[str, Any]:
    """What the cells of one agreement say, as the rows of AgreementTerms. Raises WrongCell."""
    kinds = [_word("channel_kinds", ChannelKind, value[0]) for value in pieces(cells["channel_kinds"])]
    return {
        "subjects": _subjects(cells, known),
        "territory_ids": [_find("territories", known.territories, one[0]) for one in pieces(cells["territories"])],
        "channel_kinds": kinds or [channel_kind],
        "carve_outs": [_carve_out(value, known) for value in pieces(cells["carve_outs"])],
        "minimums": _minimums(cells, known),
        "instalments": [_instalment(value) for value in pieces(cells["instalments"])],
        "control_rules": [_control(value) for value in pieces(cells["control_rules"])],
        "data_duties": [_data(value) for value in pieces(cells["data_duties"])],
    }


def _subjects(cells: Mapping[str, Any], known: Known) -> list[SubjectTerms]:
    found = [_subject("brands", value, known) for value in pieces(cells["brands"])]
    found += [_subject("categories", value, known) for value in pieces(cells["categories"])]
    said = pieces(cells["exclusive"])
    words = [value[0].lower() for value in said if len(value) == 1]
    if not said or (len(said) == 1 and words and words[0] in (*_YES, *_NO)):
        everywhere = bool(said) and words[0] in _YES
        return [
            SubjectTerms(brand_id=brand, category_id=category, is_exclusive=everywhere) for brand, category in found
        ]
    exclusive = {_exclusive(value, known, found) for value in said}
    return [SubjectTerms(brand_id=pair[0], category_id=pair[1], is_exclusive=pair in exclusive) for pair in found]


def _subject(column: str, value: Sequence[str], known: Known) -> tuple[int | None, int | None]:
    if column == "brands":
        return _find(column, known.brands, value[0]), None
    brand = _find(column, known.brands, value[0]) if len(value) > 1 else None
    return brand, _find(column, known.categories, value[-1])


def _exclusive(
    value: Sequence[str], known: Known, found: Sequence[tuple[int | None, int | None]]
) -> tuple[int | None, int | None]:
    """The one of the brands and categories that is meant."""
    pairs: list[tuple[int | None, int | None]] = [(known.brands.get(value[0]), known.categories.get(value[-1]))]
    if len(value) == 1:
        pairs = [(known.brands.get(value[0]), None), (None, known.categories.get(value[0]))]
    for pair in pairs:
        if pair in found and pair != (None, None):
            return pair
    text = _("“%(value)s” is not among the brands and categories of this agreement.")
    raise WrongCell("exclusive", text % {"value": ":".join(value)})


def _carve_out(value: Sequence[str], known: Known) -> CarveOutTerms:
    other, effect, brand, territory, kind = [*value, "", "", "", ""][:5]
    return CarveOutTerms(
        other_id=_find("carve_outs", known.distributors, other),
        effect=_word("carve_outs", CarveOutEffect, effect),
        brand_id=_find("carve_outs", known.brands, brand) if brand else None,
        territory_id=_find("carve_outs", known.territories, territory) if territory else None,
        channel_kind=_word("carve_outs", ChannelKind, kind) if kind else "",
    )


def _minimums(cells: Mapping[str, Any], known: Known) -> list[MinimumTerms]:
    values = pieces(cells["minimums"])

    def each(column: str, read: Callable[[str], T]) -> list[T]:
        said = [value[0] for value in pieces(cells[column])]
        if values and len(said) not in {0, 1, len(values)}:
            raise WrongCell(column, _("Give one value for all minimum purchases, or one for each."))
        if values and not said:
            said = [""]
        return [read(one) for one in (said * len(values) if len(said) == 1 else said)][: len(values)]

    amounts = [_number("minimums", value[-1]) for value in values]
    basis = each("minimum_basis", lambda text: _word("minimum_basis", PurchaseBasis, text))
    tax = each("minimum_with_tax", lambda text: _yes_no("minimum_with_tax", text, empty=False))
    net = each("minimum_net_of_returns", lambda text: _yes_no("minimum_net_of_returns", text, empty=True))
    gifts = each("minimum_gifts_count", lambda text: _yes_no("minimum_gifts_count", text, empty=False))
    return [
        MinimumTerms(
            amount_a_year=amounts[n],
            brand_id=_find("minimums", known.brands, value[0]) if len(value) > 1 else None,
            basis=basis[n],
            with_tax=tax[n],
            net_of_returns=net[n],
            gifts_count=gifts[n],
        )
        for n, value in enumerate(values)
    ]


def _instalment(value: Sequence[str]) -> InstalmentTerms:
    share = _number("instalments", value[0].rstrip("%％ ")) / _HUNDRED
    return InstalmentTerms(share=share, days=_days("instalments", value[1] if len(value) > 1 else ""))


def _control(value: Sequence[str]) -> ControlTerms:
    subject, mode, rule = [*value, "", ""][:3]
    return ControlTerms(
        subject=_word("control_rules", ControlSubject, subject),
        mode=_word("control_rules", ControlMode, mode),
        price_rule=_word("control_rules", PriceRule, rule) if rule else "",
    )


def _data(value: Sequence[str]) -> DataTerms:
    kind, often, days = [*value, "", ""][:3]
    return DataTerms(
        kind=_word("data_duties", DataKind, kind),
        frequency=_word("data_duties", Frequency, often),
        days_after=_days("data_duties", days or "0"),
    )


def _find(column: str, codes: Codes, name: str) -> int:
    if name not in codes:
        raise WrongCell(column, _("Unknown: “%(value)s”.") % {"value": name})
    return codes[name]


def _word(column: str, choices: type[models.TextChoices], text: str) -> str:
    """The choice of this code, or of this label in any language: files are exported in that of their reader."""
    wanted = text.casefold()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for code, label in choices.choices:
                if wanted in {str(code).casefold(), str(label).casefold()}:
                    return str(code)
    values = {"value": text, "choices": ", ".join(choices.values)}
    raise WrongCell(column, _("“%(value)s” is not one of: %(choices)s.") % values)


def _yes_no(column: str, text: str, *, empty: bool) -> bool:
    if not text:
        return empty
    if text.casefold() not in (*_YES, *_NO):
        raise WrongCell(column, _("“%(text)s” is not yes or no.") % {"text": text})
    return text.casefold() in _YES


def _number(column: str, text: str) -> Decimal:
    plain = text.replace("，", ",").replace(" ", "")
    if not _NUMBER.fullmatch(plain):  # a comma that does not part thousands would be read as nothing
        raise WrongCell(column, _("“%(text)s” is not a number.") % {"text": text})
    return Decimal(plain.replace(",", ""))


def _days(column: str, text: str) -> int:
    if not text.isdigit() or int(text) > 32_767:  # noqa: PLR2004 - what the column holds
        raise WrongCell(column, _("“%(text)s” is not a number of days.") % {"text": text})
    return int(text)
