"""From the columns of a file to the fields of an entity. Every distinct combination of cells is computed once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from core.importing import FROM_PROFILE, Entity, Field, Kind
from core.importing.refusals import ValueFault
from core.sentences import listed
from integration.engine.amounts import Marked, noting_currency
from integration.engine.computing import FAULT, Known, Single, computation
from integration.engine.convert import NULL, Reading, constant_wire, to_wire
from integration.engine.expressions import Formula, build
from integration.engine.expressions.operators import truth
from integration.engine.frames import Frame
from integration.engine.joins import Joined, join_frames
from integration.engine.profile import BlockSpec, FieldSpec, Profile
from integration.engine.toml_reader import did_you_mean
from integration.engine.values import Conventions, from_toml
from integration.errors import ProfileError
from spreadsheets.cells import plain


@dataclass(kw_only=True)
class Mapped:
    """Columns of wire texts. `origin[i]` is the row of the frame from which record i came.

    Where several rows are one record, `sources` are the rows from which its picked fields came, and `empties` is what
    stands in such a field where it is empty in all of them, None where it must not be. `is_numbered`: the entity's
    numbering filled a field that the file leaves out. `currencies` are the marks beside amounts, of fields that have any.
    """

    entity: Entity
    frame: Frame
    block: BlockSpec
    columns: dict[str, list[str]] = field(default_factory=dict)
    origin: list[int] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    picks: dict[str, str] = field(default_factory=dict)
    match: dict[str, str] = field(default_factory=dict)
    sources: dict[str, list[int]] = field(default_factory=dict)
    empties: dict[str, str | None] = field(default_factory=dict)
    faults: list[tuple[int, str, str]] = field(default_factory=list)
    currencies: dict[str, list[Marked | None]] = field(default_factory=dict)
    is_numbered: bool = False

    def __len__(self) -> int:
        return len(self.origin)

    def keep(self, places: Sequence[int]) -> None:
        """Keep only these records, in this order."""
        self.columns = {name: [column[place] for place in places] for name, column in self.columns.items()}
        self.currencies = {name: [marks[place] for place in places] for name, marks in self.currencies.items()}
        self.origin = [self.origin[place] for place in places]
        self.sources = {name: [rows[place] for place in places] for name, rows in self.sources.items()}

    def label(self, name: str) -> str:
        return self.labels.get(name, name)


Frames = Mapping[str, Frame | None]


def map_block(entity: Entity, block: BlockSpec, profile: Profile, frame: Frame, frames: Frames) -> Mapped:
    """The rows of the block's file that pass `where`, as fields; what is at fault is noted. Raises ProfileError."""
    joined = join_frames(frame, block, frames)
    passing, unclear, asked = _passing(joined, block)
    mapped = Mapped(entity=entity, frame=frame, block=block, origin=passing, labels={"where": asked})
    mapped.faults += [(place, "where", unclear[index]) for place, index in enumerate(passing) if index in unclear]
    mapped.faults += _missing_partners(joined, passing)
    specs = block.fields or {name: FieldSpec(formula=name) for name in frame.headers if name in entity.by_name}
    _check_names(entity, block, specs)
    for name, spec in specs.items():
        target = _with_defaults(entity.by_name[name], profile)
        place = f"{block.place}.fields.{name}"
        try:
            _map_field(mapped, target, spec, joined, ZoneInfo(profile.zone))
        except ProfileError as error:
            raise ProfileError(f"{place}: {error}", field=place) from error
    return mapped


def _check_names(entity: Entity, block: BlockSpec, specs: Mapping[str, FieldSpec]) -> None:
    for name in specs:
        if name not in entity.by_name:
            raise ProfileError(
                _("%(place)s: %(entity)s has no field “%(name)s”.%(hint)s")
                % {
                    "place": block.place,
                    "entity": entity.name,
                    "name": name,
                    "hint": did_you_mean(name, entity.by_name),
                },
                field=block.place,
            )
    missing = [entry.name for entry in entity.fields if entry.required and entry.name not in specs]
    if missing:
        raise ProfileError(
            _("%(place)s: required fields are missing: %(names)s.") % {"place": block.place, "names": listed(missing)},
            field=block.place,
        )


def _with_defaults(target: Field, profile: Profile) -> Field:
    default = target.default
    if default is FROM_PROFILE:
        default = profile.currency or None
    return replace(
        target, default=default, required=target.required or (target.default is FROM_PROFILE and default is None)
    )


def _map_field(mapped: Mapped, target: Field, spec: FieldSpec, joined: Joined, zone: ZoneInfo) -> None:
    conventions = _conventions(spec, mapped.frame.conventions)
    reading = Reading(conventions=conventions, zone=zone)
    mapped.picks[target.name] = spec.pick
    if spec.match:
        mapped.match[target.name] = spec.match
    if not spec.formula:
        mapped.columns[target.name] = [_constant(target, spec.constant, reading)] * len(mapped.origin)
        return
    if spec.pick and mapped.block.group:
        target, spec = _without_empties(mapped, target, spec, reading)
    formula = build(spec.formula, columns=joined.names, conventions=conventions)
    mapped.labels[target.name] = joined.shown(formula.columns) or target.name
    compute = computation(target, spec, formula, reading)
    marks: dict[tuple[str, ...], Marked] = {}
    known = Known(noting_currency(compute, conventions, marks) if target.is_money else compute)
    inputs = [joined.column(name, mapped.origin) for name in formula.columns]
    if not inputs:
        wires = [known[()]] * len(mapped.origin)
    elif len(inputs) == 1:
        wires = list(map(Single(known).__getitem__, inputs[0]))
    else:
        wires = list(map(known.__getitem__, zip(*inputs, strict=True)))
    mapped.columns[target.name] = wires
    if marks:
        mapped.currencies[target.name] = [marks.get(found) for found in zip(*inputs, strict=True)]
    if known.faults:
        for place, wire in enumerate(wires):
            if wire is FAULT:
                cells = tuple(column[place] for column in inputs)
                mapped.faults.append((place, target.name, known.faults[cells]))


def _without_empties(mapped: Mapped, target: Field, spec: FieldSpec, reading: Reading) -> tuple[Field, FieldSpec]:
    """Empty cells do not count where one of several rows is picked: a default holds where all of them are empty."""
    if spec.pick == "sum" and target.kind not in {Kind.NUMBER, Kind.WHOLE}:
        raise ProfileError(_("Only numbers can be summed. pick must be one of: first, last, min, max."))
    default = target.default if spec.default is None else spec.default
    wire = None if default is None else _constant(target, default, reading)
    mapped.empties[target.name] = wire if target.required or default is not None else NULL
    return replace(target, required=False, default=None), replace(spec, default=None)


def _constant(target: Field, value: object, reading: Reading) -> str:
    try:
        return to_wire(target, from_toml(value), reading)
    except ValueFault as error:
        raise ProfileError(str(error)) from error


def _conventions(spec: FieldSpec, known: Conventions) -> Conventions:
    return Conventions(
        decimal_comma=known.decimal_comma if spec.decimal_comma is None else spec.decimal_comma,
        date_formats=spec.date_formats or known.date_formats,
    )


def _passing(joined: Joined, block: BlockSpec) -> tuple[list[int], dict[int, str], str]:
    """The rows that pass `where`, those for which it is unknown, with the reason, and which columns it asks for."""
    everything = list(range(len(joined.frame)))
    if not block.where:
        return everything, {}, ""
    place = f"{block.place}.where"
    try:
        formula = build(block.where, columns=joined.names, conventions=joined.frame.conventions)
    except ProfileError as error:
        raise ProfileError(f"{place}: {error}", field=place) from error
    if not formula.columns:
        raise ProfileError(_("%(place)s does not name a column.") % {"place": place}, field=place)
    verdicts: dict[tuple[str, ...], bool | str] = {}
    passing, unclear = [], {}
    for index, cells in enumerate(zip(*(joined.column(name, everything) for name in formula.columns), strict=True)):
        verdict = verdicts.get(cells)
        if verdict is None:
            verdict = verdicts[cells] = _verdict(formula, cells)
        if verdict is not False:
            passing.append(index)
        if isinstance(verdict, str):
            unclear[index] = verdict
    return passing, unclear, joined.shown(formula.columns)


def _verdict(formula: Formula, cells: tuple[str, ...]) -> bool | str:
    try:
        return truth(formula.run(tuple(map(plain, cells))))
    except ValueFault as error:
        return str(error)


def _missing_partners(joined: Joined, origin: Sequence[int]) -> list[tuple[int, str, str]]:
    """Rows for which a join that is required found nothing."""
    faults = []
    for name, missing in joined.missing.items():
        reason = _("There is no row for it in %(name)s.") % {"name": name}
        faults += [(place, joined.labels[name], reason) for place, index in enumerate(origin) if index in missing]
    return faults


def default_wires(entity: Entity, profile: Profile, mapped: Mapped) -> dict[str, str]:
    """The wire text of every field that the profile does not map."""
    result = {}
    for entry in entity.fields:
        if entry.name not in mapped.columns:
            default = profile.currency or None if entry.default is FROM_PROFILE else entry.default
            if entry.default is FROM_PROFILE and default is None:
                raise ProfileError(
                    _("%(place)s: map the currency, or set one in [profile].") % {"place": mapped.block.place},
                    field=mapped.block.place,
                )
            result[entry.name] = constant_wire(default)
    return result
