"""A profile: which files there are, and what of them becomes what. Read from TOML, checked before any file is."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils.translation import gettext as _

from company.written_numbers import OF_UNITS
from core.money import currency_codes
from core.sentences import listed
from integration.engine.toml_reader import Reader, did_you_mean, groups, texts, typed
from integration.engine.values import Conventions
from integration.errors import ProfileError
from spreadsheets import ReadOptions

PICKS = ("first", "last", "min", "max", "sum")
_OF_IMPORTS = ("entity", "rows", "group", "each_column", "fields")


@dataclass(frozen=True, kw_only=True)
class FileSpec:
    """A file, or several alike by a pattern such as `orders-*.csv`."""

    name: str
    path: str
    options: ReadOptions
    conventions: Conventions
    where: str = ""
    optional: bool = False
    empty: tuple[str, ...] = ()
    fill_down: tuple[tuple[str, ...], ...] = ()
    section: str = ""


@dataclass(frozen=True, kw_only=True)
class JoinSpec:
    """Columns of another file, found by a key; in formulas they are called `name.column`."""

    name: str
    file: str
    on: str
    key: str
    where: str = ""
    required: bool = False
    pick: str = ""


@dataclass(frozen=True, kw_only=True)
class FieldSpec:
    """Where a field comes from: a formula or a constant, then a table of values, then a default for what is empty."""

    formula: str = ""
    constant: object = None
    values: Mapping[str, object] = field(default_factory=dict)
    otherwise: object = None
    default: object = None
    date_formats: tuple[str, ...] = ()
    decimal_comma: bool | None = None
    pick: str = ""
    match: str = ""
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class BlockSpec:
    """One `[[import]]`: an entity out of a file, or out of rows written in the profile.

    With `each_column` there is one for each of these columns: `each` is its name and its place in the list, from 1.
    """

    number: int
    entity: str
    file: str = ""
    rows: tuple[Mapping[str, object], ...] = ()
    where: str = ""
    group: bool = False
    joins: tuple[JoinSpec, ...] = ()
    each: tuple[str, int] | None = None
    fields: Mapping[str, FieldSpec] = field(default_factory=dict)

    @property
    def place(self) -> str:
        return f"import.{self.number} ({self.entity})"


@dataclass(frozen=True, kw_only=True)
class Profile:
    name: str
    currency: str
    zone: str
    files: Mapping[str, FileSpec]
    blocks: tuple[BlockSpec, ...]


def load_profile(path: Path) -> Profile:
    """Read a profile from a file. Raises ProfileError with the place in the profile."""
    try:
        return parse_profile(path.read_text(encoding="utf-8-sig"), name=path.stem)
    except OSError as error:
        raise ProfileError(_("The profile %(path)s cannot be opened.") % {"path": path}) from error
    except UnicodeDecodeError as error:
        raise ProfileError(_("The profile is not UTF-8 text.")) from error


def parse_profile(text: str, *, name: str = "") -> Profile:
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProfileError(_("The profile is not valid TOML: %(detail)s") % {"detail": error}) from error
    top = Reader(data, "")
    head = Reader(top.take("profile", dict, {}), "profile")
    files = {
        key: _file(Reader(typed(value, dict, f"files.{key}"), f"files.{key}"), key, head)
        for key, value in top.take("files", dict, {}).items()
    }
    blocks = [
        block
        for number, entry in enumerate(top.take("import", list, []), 1)
        for block in _blocks(Reader(typed(entry, dict, f"import.{number}"), f"import.{number}"), number)
    ]
    profile = Profile(
        name=head.take("name", str, name),
        currency=head.take("currency", str, ""),
        zone=head.take("timezone", str, settings.TIME_ZONE),
        files=files,
        blocks=tuple(blocks),
    )
    for name_only in ("encoding", "delimiter", "date_format", "decimal_comma", "empty", "description"):
        head.data.pop(name_only, None)
    head.finish()
    top.finish()
    _check(profile)
    return profile


def _check(profile: Profile) -> None:
    if not profile.blocks:
        raise ProfileError(_("The profile imports nothing: there is no [[import]] in it."))
    if profile.currency and profile.currency not in currency_codes():
        raise ProfileError(
            _("“%(code)s” is not a currency code, such as CNY or EUR.") % {"code": profile.currency},
            field="profile.currency",
        )
    try:
        ZoneInfo(profile.zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ProfileError(
            _("Unknown time zone “%(name)s”.") % {"name": profile.zone}, field="profile.timezone"
        ) from error
    for block in profile.blocks:
        for name in [block.file, *(join.file for join in block.joins)]:
            if name and name not in profile.files:
                raise ProfileError(
                    _("%(place)s: there is no [files.%(name)s].%(hint)s")
                    % {"place": block.place, "name": name, "hint": did_you_mean(name, profile.files)},
                    field=block.place,
                )


def _file(reader: "Reader", name: str, head: "Reader") -> FileSpec:
    common = Reader(head.data, "profile")
    comma = reader.take("decimal_comma", bool, bool(common.data.get("decimal_comma", False)))
    conventions = Conventions(
        decimal_comma=comma,
        date_formats=texts(reader.data.pop("date_format", common.data.get("date_format", ())), reader.place),
    )
    options = ReadOptions(
        encoding=reader.take("encoding", str, str(common.data.get("encoding", ""))),
        delimiter=reader.take("delimiter", str, str(common.data.get("delimiter", ""))),
        sheet=reader.take("sheet", str, ""),
        header_row=reader.take("header_row", int, 1),
        columns=texts(reader.data.pop("columns", ()), reader.place),
        decimal_mark="," if comma else ".",
    )
    if len(options.delimiter) > 1 or options.header_row < 1:
        raise ProfileError(
            _("The delimiter must be one character, and the header must be in row 1 or below."), field=reader.place
        )
    spec = FileSpec(
        name=name,
        path=reader.need("path", str),
        options=options,
        conventions=conventions,
        where=reader.take("where", str, ""),
        optional=reader.take("optional", bool, False),
        section=reader.take("section", str, ""),
        empty=texts(reader.data.pop("empty", common.data.get("empty", ())), reader.place),
        fill_down=groups(reader.take("fill_down", list, []), reader.place),
    )
    reader.finish()
    return spec


def _blocks(reader: "Reader", number: int) -> list[BlockSpec]:
    columns = texts(reader.take("each_column", list, []), reader.place)
    block = _block(reader, number)
    return [replace(block, each=(name, place)) for place, name in enumerate(columns, 1)] or [block]


def _block(reader: "Reader", number: int) -> BlockSpec:
    entity = reader.need("entity", str)
    rows = reader.take("rows", list, [])
    joins = [
        _join(Reader(typed(entry, dict, reader.place), f"{reader.place}.join.{index}"))
        for index, entry in enumerate(reader.take("join", list, []), 1)
    ]
    fields = reader.take("fields", dict, {})
    block = BlockSpec(
        number=number,
        entity=entity,
        file=reader.take("file", str, ""),
        rows=tuple(typed(row, dict, f"{reader.place}.rows") for row in rows),
        where=reader.take("where", str, ""),
        group=reader.take("group", bool, False),
        joins=tuple(joins),
        fields={name: _field(value, f"{reader.place}.fields.{name}") for name, value in fields.items()},
    )
    reader.finish()
    if bool(block.file) == bool(block.rows):
        raise ProfileError(_("%(place)s: set either file or rows.") % {"place": block.place}, field=reader.place)
    return block


def _join(reader: "Reader") -> JoinSpec:
    file, on = reader.need("file", str), reader.need("on", str)
    join = JoinSpec(
        name=reader.take("name", str, file),
        file=file,
        on=on,
        key=reader.take("key", str, on),
        where=reader.take("where", str, ""),
        required=reader.take("required", bool, False),
        pick=reader.take("pick", str, ""),
    )
    lost = next((key for key in _OF_IMPORTS if key in reader.data), "")
    if lost:
        raise ProfileError(
            _("%(place)s: “%(key)s” belongs to [[import]]; move it above [[import.join]].")
            % {"place": reader.place, "key": lost},
            field=reader.place,
        )
    reader.finish()
    if join.pick not in {"", "first", "last"}:
        raise ProfileError(_("pick must be first or last here."), field=reader.place)
    return join


def _field(value: object, place: str) -> FieldSpec:
    if isinstance(value, str):
        return FieldSpec(formula=value)
    if not isinstance(value, dict):
        return FieldSpec(constant=value)
    reader = Reader(value, place)
    spec = FieldSpec(
        formula=reader.take("from", str, ""),
        constant=reader.data.pop("value", None),
        values=reader.take("map", dict, {}),
        otherwise=reader.data.pop("otherwise", None),
        default=reader.data.pop("default", None),
        date_formats=texts(reader.data.pop("date_format", ()), place),
        decimal_comma=reader.take("decimal_comma", bool, None),
        pick=reader.take("pick", str, ""),
        match=reader.take("match", str, ""),
        unit=reader.take("unit", str, ""),
    )
    reader.finish()
    if not spec.formula and spec.constant is None:
        raise ProfileError(_("Set where the field comes from: from = a formula, or value = a constant."), field=place)
    if spec.unit not in {"", *OF_UNITS}:
        raise ProfileError(_("unit is one of: %(names)s.") % {"names": listed(sorted(OF_UNITS))}, field=place)
    if spec.pick not in {"", *PICKS}:
        raise ProfileError(_("pick must be one of: %(names)s.") % {"names": listed(PICKS)}, field=place)
    return spec
