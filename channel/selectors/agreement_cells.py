"""The rows of an agreement as the cells of a file: several values in one, separated by semicolons."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.enums import ChannelKind
from channel.models import Agreement, AgreementSubject, KindTerms
from channel.models.terms import MinimumPurchase
from channel.rules import CHAIN_KINDS

_PREFETCHED = (
    "subjects__brand", "subjects__category", "territories__territory", "carve_outs__other", "carve_outs__brand",
    "carve_outs__territory", "minimums__brand", "instalments", "control_rules", "data_duties",
    "kind_terms", "shops",
)  # fmt: skip


def add_cells(agreements: Sequence[Agreement]) -> None:
    """Set `cells` of each agreement: a text for each column of an import. A fixed number of queries."""
    prefetch_related_objects(list(agreements), *_PREFETCHED)
    for agreement in agreements:
        row: Any = agreement
        row.cells = {name: write(agreement) for name, write in _CELLS.items()}


def _joined(values: Iterable[object]) -> str:
    return "; ".join(str(value) for value in values)


def _colons(*values: object) -> str:
    return ":".join(str(value) for value in values).rstrip(":")


def _code(row: Any) -> str:
    return row.code if row is not None else ""


def _named(subject: AgreementSubject) -> str:
    return _colons(*(row.code for row in (subject.brand, subject.category) if row is not None))


def _yes_no(value: bool) -> str:  # noqa: FBT001 - a value to be written
    return _("Yes") if value else _("No")


def _exclusive(agreement: Agreement) -> str:
    subjects = list(agreement.subjects.all())
    exclusive = [subject for subject in subjects if subject.is_exclusive]
    if exclusive and len(exclusive) < len(subjects):
        return _joined(map(_named, exclusive))
    return _yes_no(bool(exclusive))


def _of_minimums(write: Callable[[MinimumPurchase], object]) -> Callable[[Agreement], str]:
    return lambda agreement: _joined(write(row) for row in agreement.minimums.all())


def _minimum(row: MinimumPurchase) -> str:
    amount = f"{row.amount_a_year.normalize():f}"
    return _colons(row.brand.code, amount) if row.brand else amount


def _of_kinds(write: Callable[[KindTerms], object], *kinds: str) -> Callable[[Agreement], str]:
    """What is agreed for these kinds; one value where they say the same."""

    def cell(agreement: Agreement) -> str:
        rows = sorted(agreement.kind_terms.all(), key=lambda row: agreement.channel_kinds.index(row.kind))
        values = [str(write(row)) for row in rows if row.kind in kinds]
        return values[0] if len(set(values)) == 1 else _joined(values)

    return cell


def _share(row: KindTerms) -> str:
    return "" if row.commission_rate is None else f"{(row.commission_rate * 100).normalize():f} %"


_CELLS: dict[str, Callable[[Agreement], str]] = {
    "brands": lambda one: _joined(_named(row) for row in one.subjects.all() if row.category is None),
    "categories": lambda one: _joined(_named(row) for row in one.subjects.all() if row.category is not None),
    "exclusive": _exclusive,
    "territories": lambda one: _joined(_code(row.territory) for row in one.territories.all()),
    "channel_kinds": lambda one: _joined(ChannelKind(kind).label for kind in one.channel_kinds),
    "carve_outs": lambda one: _joined(
        _colons(row.other.code, row.effect, _code(row.brand), _code(row.territory), row.channel_kind)
        for row in one.carve_outs.all()
    ),
    "minimums": _of_minimums(_minimum),
    "minimum_basis": _of_minimums(lambda row: row.get_basis_display()),
    "minimum_with_tax": _of_minimums(lambda row: _yes_no(row.with_tax)),
    "minimum_net_of_returns": _of_minimums(lambda row: _yes_no(row.net_of_returns)),
    "minimum_gifts_count": _of_minimums(lambda row: _yes_no(row.gifts_count)),
    "instalments": lambda one: _joined(
        _colons(f"{(row.share * 100).normalize():f}", str(row.days)) for row in one.instalments.all()
    ),
    "control_rules": lambda one: _joined(
        _colons(row.subject, row.mode, row.price_rule) for row in one.control_rules.all()
    ),
    "data_duties": lambda one: _joined(
        _colons(row.kind, row.frequency, str(row.days_after)) for row in one.data_duties.all()
    ),
    "commission": _of_kinds(_share, ChannelKind.AGENT),
    "commission_basis": _of_kinds(lambda row: row.get_commission_basis_display(), ChannelKind.AGENT),
    "head_office": _of_kinds(lambda row: row.head_office, *CHAIN_KINDS),
    "sites": _of_kinds(lambda row: "" if row.sites is None else row.sites, *CHAIN_KINDS),
    "billing": _of_kinds(lambda row: row.get_billing_display(), *CHAIN_KINDS),
    "programme": _of_kinds(lambda row: row.programme, ChannelKind.DIRECT_MARKETING),
    "incoterm": _of_kinds(lambda row: row.incoterm, ChannelKind.INTERNATIONAL),
    "incoterm_place": _of_kinds(lambda row: row.incoterm_place, ChannelKind.INTERNATIONAL),
    "export_papers": _of_kinds(lambda row: _joined(row.export_papers), ChannelKind.INTERNATIONAL),
    "shops": lambda one: _joined(_colons(row.platform, row.name, row.url) for row in one.shops.all()),
}
