"""The cells of an imported agreement, read: lists of codes and words become terms."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from accounts.enums import ChannelKind
from channel.enums import CarveOutEffect, ControlMode, ControlSubject, DataKind, Frequency, PriceRule, PurchaseBasis
from channel.rules import CarveOutTerms, ControlTerms, DataTerms, InstalmentTerms, MinimumTerms, SubjectTerms
from channel.services.cells import (
    NO,
    YES,
    WrongCell,
    pieces,
    read_amount,
    read_days,
    read_share,
    read_word,
    read_yes_no,
)
from channel.services.kind_cells import kind_terms_of, shops_of
from core.importing import entities
from core.importing.lookup import ids_by_any

T = TypeVar("T")
Codes = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Known:
    """The keys of all that the cells of a file name, by code or by a name that is theirs alone."""

    brands: Codes
    categories: Codes
    territories: Codes
    distributors: Codes


def known_of(rows: Sequence[Mapping[str, Any]]) -> Known:
    """Look up what the cells of all rows may name, as the engine looks up what a cell refers to. A fixed number of queries."""
    cells = ("brands", "categories", "exclusive", "territories", "carve_outs", "minimums")
    named = {piece for row in rows for cell in cells for value in pieces(row[cell]) for piece in value if piece}
    known = entities()
    return Known(
        brands=ids_by_any(known["brand"], named),
        categories=ids_by_any(known["category"], named),
        territories=ids_by_any(known["territory"], named),
        distributors=ids_by_any(known["distributor"], named),
    )


def rows_of(cells: Mapping[str, Any], known: Known, *, channel_kind: str) -> dict[str, Any]:
    """What the cells of one agreement say, as the rows of AgreementTerms. Raises WrongCell."""
    kinds = [read_word("channel_kinds", ChannelKind, value[0]) for value in pieces(cells["channel_kinds"])]
    return {
        "subjects": _subjects(cells, known),
        "territory_ids": [_find("territories", known.territories, one[0]) for one in pieces(cells["territories"])],
        "channel_kinds": kinds or [channel_kind],
        "carve_outs": [_carve_out(value, known) for value in pieces(cells["carve_outs"])],
        "minimums": _minimums(cells, known),
        "instalments": [_instalment(value) for value in pieces(cells["instalments"])],
        "control_rules": [_control(value) for value in pieces(cells["control_rules"])],
        "kind_terms": kind_terms_of(cells, kinds or [channel_kind]),
        "shops": shops_of(cells),
        "data_duties": [_data(value) for value in pieces(cells["data_duties"])],
    }


def _subjects(cells: Mapping[str, Any], known: Known) -> list[SubjectTerms]:
    found = [_subject("brands", value, known) for value in pieces(cells["brands"])]
    found += [_subject("categories", value, known) for value in pieces(cells["categories"])]
    said = pieces(cells["exclusive"])
    words = [value[0].lower() for value in said if len(value) == 1]
    if not said or (len(said) == 1 and words and words[0] in (*YES, *NO)):
        everywhere = bool(said) and words[0] in YES
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
        effect=read_word("carve_outs", CarveOutEffect, effect),
        brand_id=_find("carve_outs", known.brands, brand) if brand else None,
        territory_id=_find("carve_outs", known.territories, territory) if territory else None,
        channel_kind=read_word("carve_outs", ChannelKind, kind) if kind else "",
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

    amounts = [read_amount("minimums", value[-1], currency=cells["currency"]) for value in values]
    basis = each("minimum_basis", lambda text: read_word("minimum_basis", PurchaseBasis, text))
    tax = each("minimum_with_tax", lambda text: read_yes_no("minimum_with_tax", text, empty=False))
    net = each("minimum_net_of_returns", lambda text: read_yes_no("minimum_net_of_returns", text, empty=True))
    gifts = each("minimum_gifts_count", lambda text: read_yes_no("minimum_gifts_count", text, empty=False))
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
    return InstalmentTerms(
        share=read_share("instalments", f"{value[0].rstrip('%％ ')} %"),
        days=read_days("instalments", value[1] if len(value) > 1 else ""),
    )


def _control(value: Sequence[str]) -> ControlTerms:
    subject, mode, rule = [*value, "", ""][:3]
    return ControlTerms(
        subject=read_word("control_rules", ControlSubject, subject),
        mode=read_word("control_rules", ControlMode, mode),
        price_rule=read_word("control_rules", PriceRule, rule) if rule else "",
    )


def _data(value: Sequence[str]) -> DataTerms:
    kind, often, days = [*value, "", ""][:3]
    return DataTerms(
        kind=read_word("data_duties", DataKind, kind),
        frequency=read_word("data_duties", Frequency, often),
        days_after=read_days("data_duties", days or "0"),
    )


def _find(column: str, codes: Codes, name: str) -> int:
    if name not in codes:
        raise WrongCell(column, _("Unknown: “%(value)s”.") % {"value": name})
    return codes[name]
