"""The rows of an agreement as the cells of a file: several values in one, separated by semicolons."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.enums import ChannelKind
from channel.models import Agreement, AgreementSubject
from channel.models.terms import MinimumPurchase

_PREFETCHED = (
    "subjects__brand", "subjects__category", "territories__territory", "carve_outs__other", "carve_outs__brand",
    "carve_outs__territory", "minimums__brand", "instalments", "control_rules", "data_duties",
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
}
