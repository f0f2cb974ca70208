"""The cells of an imported agreement that say what is agreed for one channel kind alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.enums import ChannelKind
from channel.enums import Billing, ExportPaper, Incoterm, PurchaseBasis
from channel.models.kind_terms import check_shop_url
from channel.rules import CHAIN_KINDS, NEEDED_OF_KIND, KindTerms, ShopTerms
from channel.services.cells import WrongCell, pieces, read_days, read_share, read_word
from core.sentences import sentences

COLUMN_OF = {"commission_rate": "commission"}
"""Columns of a file that are called otherwise than the field they fill."""


def kind_terms_of(cells: Mapping[str, Any], kinds: Sequence[str]) -> list[KindTerms]:
    """The terms of each channel kind that the cells speak of; those of a chain one for all or one for each. Raises WrongCell."""
    found = [
        _terms(
            ChannelKind.AGENT,
            commission_rate=read_share("commission", cells["commission"]) if cells["commission"] else None,
            commission_basis=_word("commission_basis", PurchaseBasis, cells),
        ),
        _terms(ChannelKind.DIRECT_MARKETING, programme=cells["programme"] or ""),
        _terms(
            ChannelKind.INTERNATIONAL,
            incoterm=_word("incoterm", Incoterm, cells),
            incoterm_place=cells["incoterm_place"] or "",
            export_papers=[
                read_word("export_papers", ExportPaper, value[0]) for value in pieces(cells["export_papers"])
            ],
        ),
        *_chains(cells, [kind for kind in kinds if kind in CHAIN_KINDS] or [ChannelKind.CHAIN.value]),
    ]
    return [one for one in found if one is not None]


def _chains(cells: Mapping[str, Any], kinds: Sequence[str]) -> list[KindTerms | None]:
    """One value for all kinds of chain, or one for each."""
    columns = {}
    for name in ("head_office", "sites", "billing"):
        given = [value[0] for value in pieces(cells[name])] if len(kinds) > 1 else [(cells[name] or "").strip()]
        if len(given) not in {0, 1, len(kinds)}:
            raise WrongCell(name, _("Give one value for all channel kinds, or one for each."))
        columns[name] = (given or [""]) * (len(kinds) if len(given) < len(kinds) else 1)
    return [
        _terms(
            kind,
            head_office=columns["head_office"][n],
            sites=read_days("sites", columns["sites"][n]) if columns["sites"][n] else None,
            billing=read_word("billing", Billing, columns["billing"][n]) if columns["billing"][n] else "",
        )
        for n, kind in enumerate(kinds)
    ]


def _terms(kind: str, **values: Any) -> KindTerms | None:
    """None where nothing is said. Whoever gives one of a kind's terms gives all that it needs."""
    if not any(value is not None and value not in ("", []) for value in values.values()):
        return None
    for name in NEEDED_OF_KIND[kind]:
        if values[name] in (None, "", []):
            raise WrongCell(COLUMN_OF.get(name, name), _("This field is required."))
    return KindTerms(kind=str(kind), **values)


def _word(column: str, choices: Any, cells: Mapping[str, Any]) -> str:
    return read_word(column, choices, cells[column]) if cells[column] else ""


def shops_of(cells: Mapping[str, Any]) -> list[ShopTerms]:
    """PLATFORM:NAME, where wanted with its address behind another colon. Raises WrongCell."""
    found = []
    for value in pieces(cells["shops"]):
        platform, name, *rest = [*value, ""]
        url = ":".join(one for one in rest if one)
        if not platform or not name:
            raise WrongCell("shops", _("Write a shop as PLATFORM:NAME, its address behind another colon."))
        try:
            if url:
                check_shop_url(url)
        except ValidationError as error:
            raise WrongCell("shops", sentences(error.messages)) from error
        found.append(ShopTerms(platform=platform, name=name, url=url))
    return found
