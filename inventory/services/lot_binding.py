"""Reservations bound to lots: first expired first out, after what each customer may be sent.

Binding and taking happen under the lock of the stock rows, as reserving does; so two that want the last pieces of a lot
follow each other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from inventory.enums import NotBoundReason
from inventory.rules import LotRule, LotThere
from inventory.services.lot_sql import BIND, BOUND, LOCK_RESERVED, LOTS_THERE, RESERVED, TAKE_BOUND
from inventory.services.lots import lock_lots


@dataclass(frozen=True, kw_only=True)
class LineToBind:
    """A line of a document whose reservation is to have its lots.

    `picks` are the pieces by lot that somebody chose instead; then the line is bound anew to exactly these.
    """

    source_id: int
    source_line_id: int
    rule: LotRule
    picks: Mapping[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class NotBound:
    """Pieces of a line that have no lot, and why."""

    source_id: int
    source_line_id: int
    product_id: int
    product_code: str
    pieces: int
    reason: NotBoundReason

    @property
    def sentence(self) -> str:
        """In the reader's language."""
        return _("%(code)s: %(pieces)d pieces have no lot: %(reason)s.") % {
            "code": self.product_code,
            "pieces": self.pieces,
            "reason": self.reason.label,
        }


@dataclass(kw_only=True)
class _Reserved:
    """A reservation while its lots are chosen."""

    reservation_id: int
    line: LineToBind
    place: tuple[int, int]
    code: str
    quantity: int
    keeps: bool
    bound: dict[int, int] = field(default_factory=dict)

    @property
    def missing(self) -> int:
        return self.quantity - sum(self.bound.values())


def bind_lots(*, source_type: str, lines: Sequence[LineToBind]) -> list[NotBound]:
    """Give the reservations of lines of many documents their lots, in the order of the lines. Six statements at most.

    What is bound already stays where its lot may still be sent; the rest is bound first expired first out. A line with
    `picks` gets exactly those lots. Only products that are stocked by lot are looked at. Returns what has no lot, by line
    and with the reason. Before: inside a transaction that has locked the documents and no stock; that of all lines is locked.
    """
    given = {line.source_line_id: line for line in lines}
    if not given:
        return []
    lock_lots({lot for line in lines for lot in line.picks or ()})
    keys = {
        "source_type": source_type,
        "sources": [line.source_id for line in given.values()],
        "lines": list(given),
    }
    if not _rows(LOCK_RESERVED, keys):
        return []
    reserved = _reserved(given, _rows(RESERVED, keys))
    lots = _lots({one.place for one in reserved})
    _note_bound(reserved, lots)
    missing: dict[int, NotBound] = {}
    for one in sorted(reserved, key=lambda one: one.line.picks is None):  # who chose a lot gets it before the others
        _choose(one, lots[one.place], missing)
    _write(reserved)
    return list(missing.values())


def _reserved(given: Mapping[int, LineToBind], rows: Iterable[Sequence[Any]]) -> list[_Reserved]:
    turn = {line: number for number, line in enumerate(given)}
    found = [
        _Reserved(
            reservation_id=pk, line=given[line], place=(warehouse, product), code=code, quantity=quantity, keeps=keeps
        )
        for pk, line, warehouse, product, quantity, code, keeps in rows
    ]
    return sorted(found, key=lambda one: (turn[one.line.source_line_id], one.reservation_id))


def _lots(places: Collection[tuple[int, int]]) -> dict[tuple[int, int], dict[int, LotThere]]:
    found: dict[tuple[int, int], dict[int, LotThere]] = defaultdict(dict)
    columns = {"warehouses": [one[0] for one in places], "products": [one[1] for one in places]}
    for warehouse, product, lot, code, produced_on, expires_on, status, free in _rows(LOTS_THERE, columns):
        found[warehouse, product][lot] = LotThere(
            lot_id=lot, code=code, produced_on=produced_on, expires_on=expires_on, status=status, free=free
        )
    return found


def _note_bound(reserved: Sequence[_Reserved], lots: Mapping[tuple[int, int], Mapping[int, LotThere]]) -> None:
    """What is bound stays where it may still be sent; the rest of it is free for whoever chooses next."""
    by_id = {one.reservation_id: one for one in reserved}
    for pk, lot_id, pieces, _lost in _rows(BOUND, {"reservations": list(by_id)}):
        one = by_id[pk]
        lot = lots[one.place].get(lot_id)
        if lot is None or not pieces:
            continue
        if one.line.picks is None and one.line.rule.refusal(lot, keeps=one.keeps) is None:
            one.bound[lot_id] = pieces
        else:
            lot.free += pieces


def _choose(one: _Reserved, lots: Mapping[int, LotThere], missing: dict[int, NotBound]) -> None:
    reasons = []
    picks = one.line.picks
    for lot in lots.values():
        wanted = one.missing if picks is None else picks.get(lot.lot_id, 0)
        if not wanted or not one.missing:
            continue
        refusal = one.line.rule.refusal(lot, keeps=one.keeps)
        pieces = 0 if refusal else min(wanted, lot.free, one.missing)
        if pieces:
            one.bound[lot.lot_id] = one.bound.get(lot.lot_id, 0) + pieces
            lot.free -= pieces
        elif refusal:
            reasons.append(refusal)
    if one.missing:
        line = one.line.source_line_id
        known = missing.get(line)
        missing[line] = NotBound(
            source_id=one.line.source_id,
            source_line_id=line,
            product_id=one.place[1],
            product_code=one.code,
            pieces=one.missing + (known.pieces if known else 0),
            reason=_reason(reasons, is_picked=picks is not None),
        )


def _reason(reasons: Sequence[NotBoundReason], *, is_picked: bool) -> NotBoundReason:
    """The one that a person can do most about."""
    order = (NotBoundReason.OLDER, NotBoundReason.TOO_SHORT, NotBoundReason.FROZEN)
    found = next((reason for reason in order if reason in reasons), None)
    return found or (NotBoundReason.NOT_PICKED if is_picked else NotBoundReason.NONE_FREE)


def _write(reserved: Sequence[_Reserved]) -> None:
    rows = [(one.reservation_id, lot, pieces) for one in reserved for lot, pieces in one.bound.items()]
    _rows(
        BIND,
        {
            "all": [one.reservation_id for one in reserved],
            "reservations": [row[0] for row in rows],
            "lots": [row[1] for row in rows],
            "pieces": [row[2] for row in rows],
        },
    )


def unbind_lots(*, source_type: str, source_lines: Sequence[tuple[int, int]]) -> None:
    """Take the lots of lines (document and line) away: others may have them. The pieces stay reserved. Three statements.

    Before: inside a transaction that has locked the documents.
    """
    keys = {
        "source_type": source_type,
        "sources": [source for source, _line in source_lines],
        "lines": [line for _source, line in source_lines],
    }
    if source_lines and _rows(LOCK_RESERVED, keys):
        reservations = [row[0] for row in _rows(RESERVED, keys)]
        _rows(BIND, {"all": reservations, "reservations": [], "lots": [], "pieces": []})


@dataclass(frozen=True, kw_only=True)
class TakenLot:
    """Pieces of a lot that leave a warehouse with a line of a document."""

    source_line_id: int
    warehouse_id: int
    product_id: int
    lot_id: int
    pieces: int


def take_bound(*, source_type: str, quantities: Mapping[tuple[int, int], int]) -> list[TakenLot]:
    """The lots that are bound for so many pieces of lines (document and line), first expired first; they are bound no more.

    What is bound too little of a line is missing here too. Before: in the transaction of `consume`, which gets them next.
    """
    rows = _rows(
        TAKE_BOUND,
        {
            "source_type": source_type,
            "sources": [source for source, _line in quantities],
            "lines": [line for _source, line in quantities],
            "quantities": list(quantities.values()),
        },
    )
    return [
        TakenLot(source_line_id=line, warehouse_id=warehouse, product_id=product, lot_id=lot, pieces=pieces)
        for line, warehouse, product, lot, pieces in rows
    ]


def _rows(statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall()) if cursor.description else []
