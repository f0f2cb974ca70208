"""Many rows of one call of the API: staged and written like an import's, with a result for each of them.

The statements are as many for one row as for thousands. A row that is wrong does not stop the others, unless the caller
wants all or nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import InvalidInput, Message, Problem
from core.importing.counts import Counts
from core.importing.entity import Entity
from core.importing.fields import FROM_PROFILE, Field
from core.importing.given import stage_values
from core.importing.partly import PartlyWritten
from core.importing.refusals import shorten
from core.importing.registry import Importer, Write
from core.importing.staging import ROW, Stage, refuse_where, rows, run
from core.importing.upsert import same_key, stored_fields
from core.importing.writing import write

MOST_ROWS = 5_000
_LEFT_OUT = "left_out"


class RowResult(models.TextChoices):
    CREATED = "created", gettext_lazy("Created")
    CHANGED = "changed", gettext_lazy("Changed")
    UNCHANGED = "unchanged", gettext_lazy("Unchanged")
    REFUSED = "refused", gettext_lazy("Refused")


@dataclass(frozen=True, kw_only=True)
class RowFault:
    """What is wrong with a row, and in which field of it."""

    field: str
    message: str


@dataclass(frozen=True, kw_only=True)
class SentRow:
    """A row as it was sent: its values by field, or what is wrong with them."""

    values: Mapping[str, Any]
    faults: Sequence[RowFault] = ()


@dataclass(frozen=True, kw_only=True)
class RowOutcome:
    """What became of the row at this place (from 0); `key` is what it is known by, as it was sent."""

    row: int
    key: str
    result: str
    errors: Sequence[RowFault] = ()


@dataclass(frozen=True, kw_only=True)
class RowChange:
    """A row that was written: its primary key, and its columns as they were (none, where it is new) and as they are."""

    row: int
    pk: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    def differences(self) -> dict[str, list[str]]:
        """The columns that differ as text, for an event; none for a new row."""
        return {name: [str(old), str(self.after[name])] for name, old in self.before.items() if old != self.after[name]}


@dataclass(kw_only=True)
class Batch:
    """Rows on their way into a table. First `resolve` what they refer to, then `write`; a row found wrong is left out.

    Before: inside a transaction that covers all of it.
    """

    entity: Entity
    sent: Sequence[SentRow]
    all_or_nothing: bool = False
    values: dict[int, dict[str, Any]] = field(default_factory=dict)
    faults: dict[int, list[RowFault]] = field(default_factory=dict)
    changes: dict[int, RowChange] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, row in enumerate(self.sent):
            if row.faults:
                self.faults[place] = list(row.faults)
            else:
                self.values[place] = dict(row.values)

    def asked(self, name: str) -> list[str]:
        """What the rows name in a field, each once."""
        return list(dict.fromkeys(row[name] for row in self.values.values() if row.get(name) not in (None, "")))

    def refuse(self, place: int, name: str, message: Message) -> None:
        self.faults.setdefault(place, []).append(RowFault(field=name, message=str(message)))
        self.values.pop(place, None)

    def resolve(self, name: str, found: Mapping[str, Any]) -> None:
        """Put what was found in the place of each code; a row whose code is not there is refused."""
        for place, row in list(self.values.items()):
            code = row.get(name)
            if code in (None, ""):
                continue
            if code in found:
                row[name] = found[code]
            else:
                self.refuse(place, name, _("Unknown code “%(code)s”.") % {"code": code})

    def write(self, writer: Write) -> list[RowChange]:
        """Write the rows that are right; returns those that were created or changed, in their order.

        Raises InvalidInput at `rows.<place>.<field>` for every wrong row, nothing written, where all or nothing is wanted.
        """
        self._refuse_doubles()
        if self.values:
            written = self._write(writer)
            places = list(self.values)
            for place, name, message in written.faults:
                self.refuse(places[place], name, message)
            for place in set(self.values) - set(self.changes) if written.left else ():
                self.refuse(place, self.entity.key[0], _("Not processed: too many earlier rows have errors."))
        if self.all_or_nothing and self.faults:
            raise InvalidInput(
                problems=[
                    Problem(message=fault.message, code="row_refused", field=f"rows.{place}.{fault.field}")
                    for place, faults in sorted(self.faults.items())
                    for fault in faults
                ]
            )
        return [change for _place, change in sorted(self.changes.items()) if self._differs(change)]

    def outcomes(self) -> list[RowOutcome]:
        """What became of each row, in the order in which they were sent."""
        return [
            RowOutcome(row=place, key=self._key(row), result=self._result(place), errors=self.faults.get(place, ()))
            for place, row in enumerate(self.sent)
        ]

    def _result(self, place: int) -> str:
        change = self.changes.get(place)
        if place in self.faults or change is None:
            return RowResult.REFUSED
        if not change.before:
            return RowResult.CREATED
        return RowResult.CHANGED if self._differs(change) else RowResult.UNCHANGED

    def _differs(self, change: RowChange) -> bool:
        return change.row not in self.faults and change.before != change.after

    def _key(self, row: SentRow) -> str:
        given = [row.values[name] for name in self.entity.key if row.values.get(name) not in (None, "")]
        return " / ".join(shorten(value) for value in given)

    def _refuse_doubles(self) -> None:
        seen: set[tuple[Any, ...]] = set()
        for place, row in list(self.values.items()):
            key = tuple(row.get(name) for name in self.entity.key)
            if key in seen:
                self.refuse(place, self.entity.key[-1], _("This row repeats an earlier row of this request."))
            seen.add(key)

    def _write(self, writer: Write) -> PartlyWritten:
        places = list(self.values)
        named = {name for row in self.values.values() for name in row}
        fields = [entry for entry in self.entity.fields if entry.name in named or entry.required]
        partial = [
            entry
            for entry in fields
            if entry.name not in self.entity.key and any(entry.name not in row for row in self.values.values())
        ]
        staged = [
            {entry.name: row.get(entry.name, _default_of(entry)) for entry in fields}
            | {_LEFT_OUT: ",".join(entry.name for entry in partial if entry.name not in row)}
            for row in self.values.values()
        ]
        stage = stage_values(self.entity, staged, extra={_LEFT_OUT: "text"})

        def followed(stage: Stage) -> Mapping[str, Counts]:
            _keep_left_out(stage, partial)
            before = _snapshot(stage)
            counts = writer(stage)
            run("SET CONSTRAINTS ALL IMMEDIATE")
            run("SET CONSTRAINTS ALL DEFERRED")
            for place, (pk, after) in _snapshot(stage).items():
                old = before.get(place, (pk, {}))[1]
                self.changes[places[place]] = RowChange(row=places[place], pk=pk, before=old, after=after)
            return counts

        return write(Importer(entity=self.entity, write=followed), stage)


def _default_of(entry: Field) -> Any:
    return None if entry.default is FROM_PROFILE else entry.default


def _keep_left_out(stage: Stage, partial: Iterable[Field]) -> None:
    """What a row does not name stays as it is; a new row has to name what has no default."""
    chosen = list(partial)
    if not chosen:
        return
    entity, own = stage.entity, stage.entity.self_reference

    def stored(entry: Field) -> str:
        if own is None or entry.name != own.name:
            return f't."{entry.column}"'
        return f'(SELECT p."{entity.match[0]}" FROM "{entity.table}" AS p WHERE p.id = t."{entry.column}")'

    settings = ", ".join(
        f"\"{entry.column}\" = CASE WHEN '{entry.name}' = ANY(string_to_array(s.{_LEFT_OUT}, ',')) "
        f'THEN {stored(entry)} ELSE s."{entry.column}" END'
        for entry in chosen
    )
    run(f'UPDATE {stage.relation} AS s SET {settings} FROM "{entity.table}" AS t WHERE {same_key(entity)}')
    missing = _("This field is required for a new row.")
    required = [(f's."{entry.column}" IS NULL', entry.name, missing) for entry in chosen if entry.required]
    if required:
        refuse_where(f"{stage.relation} AS s", *required)


def _snapshot(stage: Stage) -> dict[int, tuple[int, dict[str, Any]]]:
    """The rows of the table that are staged, by their place: primary key, and the columns that are mapped."""
    entity = stage.entity
    columns = [entry.column for entry in stored_fields(entity) if stage.is_mapped(entry.name)]
    names = ", ".join(f't."{column}"' for column in columns)
    found = rows(
        f'SELECT s.{ROW}, t.id, {names} FROM {stage.relation} AS s JOIN "{entity.table}" AS t ON {same_key(entity)}'
    )
    return {place: (pk, dict(zip(columns, values, strict=True))) for place, pk, *values in found}
