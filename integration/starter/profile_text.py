"""The profile that a mapping amounts to, as TOML that an expert can go on with."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from core.importing import Field, entities
from core.importing import Kind as FieldKind
from integration.engine.references import AMBIGUOUS, find_numbers
from integration.starter.kinds import Column, Kind
from integration.starter.recognise import Looked, unit_of

_TOTALS = ("合计", "总计", "小计", "Total", "TOTAL", "Sum")
_YEAR_FIRST = ["yyyy/m/d", "yyyy-m-d", "yyyymmdd", "yyyy年m月d日", "yyyy.m.d"]
_DAYS = {
    "year": [],
    "day": ["dd.mm.yyyy", "dd/mm/yyyy", "dd-mm-yyyy"],
    "month": ["mm/dd/yyyy", "mm-dd-yyyy"],
}


_ABOVE = {"order_line": ("order", "order-number"), "product_variant": ("family", "product_family-code")}
"""How rows refer to what they are grouped into: the field, and the column of the template."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What somebody chose: columns of the file and fixed values by the key of the template's column."""

    kind: Kind
    name: str
    columns: Mapping[str, str]
    values: Mapping[str, str]
    currency: str
    days: str = "year"
    decimal_comma: bool = False
    create: frozenset[str] = field(default_factory=frozenset)


def profile_text(chosen: Choice, looked: Looked, file_name: str) -> str:
    """The profile for this file and for later ones of the same make."""
    suffix = PurePath(file_name).suffix
    lines = [
        "[profile]",
        f"name = {_quoted(chosen.name)}",
        f"currency = {_quoted(chosen.currency)}",
        f"decimal_comma = {str(chosen.decimal_comma).lower()}",
        f"date_format = {_list([*_DAYS[chosen.days], *_YEAR_FIRST])}",
        "",
        "[files.rows]",
        f"path = {_quoted(f'*{suffix}' if suffix else file_name)}",
        f"header_row = {looked.header_row}",
        *([] if looked.is_first else [f"sheet = {_quoted(looked.sheet)}"]),
    ]
    filled = [chosen.columns[key] for key in chosen.kind.fill_down if key in chosen.columns]
    if filled and any(_is_left_empty(looked, name) for name in filled):
        lines.append(f"fill_down = {_list(filled)}")
    lines.append(f"where = {_quoted(_rows_that_count(chosen, filled))}")
    for key in sorted(chosen.create):
        lines += _created(chosen, chosen.kind.column(key))
    for entity in chosen.kind.entities():
        lines += _block(chosen, entity, looked)
    return "\n".join(lines) + "\n"


def _block(chosen: Choice, entity: str, looked: Looked) -> list[str]:
    lines = ["", "[[import]]", f"entity = {_quoted(entity)}", 'file = "rows"']
    if entity in chosen.kind.grouped:
        lines.append("group = true")
    lines.append("[import.fields]")
    field, key = _ABOVE.get(entity, ("", ""))
    if key in chosen.columns:
        lines.append(f"{field} = {_quoted(_braced(chosen.columns[key]))}")
    for column in chosen.kind.columns:
        if column.entity != entity:
            continue
        if column.key in chosen.columns:
            lines.append(f"{column.name} = {_from_column(chosen, column, looked)}")
        elif chosen.values.get(column.key):
            lines.append(f"{column.name} = {{ value = {_quoted(chosen.values[column.key])} }}")
    return lines


def _from_column(chosen: Choice, column: Column, looked: Looked) -> str:
    head = chosen.columns[column.key]
    more = {"from": _braced(head)}
    if column.entity in chosen.kind.grouped and column.key not in chosen.kind.fill_down and not column.needed:
        more["pick"] = "first"
    unit = unit_of(head) if column.target.is_money else ""
    if unit:
        more["unit"] = unit
    match = "" if column.key in chosen.create else match_of(column.target, looked.values(head))
    if match:
        more["match"] = match
    if len(more) == 1:
        return _quoted(more["from"])
    return "{ " + ", ".join(f"{key} = {_quoted(value)}" for key, value in more.items()) + " }"


def _created(chosen: Choice, column: Column) -> list[str]:
    """What others refer to and nobody has entered yet: code and name are what stands in the column, or the fixed value."""
    entity = column.target.refers
    lines = ["", "[[import]]", f"entity = {_quoted(entity)}"]
    if column.key in chosen.columns:
        source = _quoted(_braced(chosen.columns[column.key]))
        lines += [
            'file = "rows"',
            "group = true",
            f"where = {_quoted(f'not empty({_braced(chosen.columns[column.key])})')}",
        ]
        return [*lines, f"fields = {{ code = {source}, name = {source} }}"]
    value = _quoted(chosen.values[column.key])
    return [*lines, f"rows = [{{ code = {value}, name = {value} }}]"]


def match_of(target: Field, values: Sequence[str]) -> str:
    """The field by which most of these texts find what they refer to; empty for its code."""
    if target.kind != FieldKind.REFERENCE:
        return ""
    entity = entities()[target.refers]
    given = {value.strip() for value in values if value.strip()}
    hits = {
        match: sum(number != AMBIGUOUS for number in find_numbers(entity, match, sorted(given)).values())
        for match in entity.match
    }
    best = max(hits, key=lambda match: hits[match], default="")
    return best if best and hits[best] > hits[entity.match[0]] else ""


def unknown_of(target: Field, values: Sequence[str]) -> bool:
    """Whether none of what these texts refer to is there."""
    given = sorted({value.strip() for value in values if value.strip()})
    if target.kind != FieldKind.REFERENCE or not given:
        return False
    entity = entities()[target.refers]
    return not any(find_numbers(entity, match, given) for match in entity.match)


def _rows_that_count(chosen: Choice, filled: Sequence[str]) -> str:
    """Rows with something in the column that makes them one, and no totals."""
    row = chosen.columns.get(chosen.kind.row, "")
    first = [name for name in dict.fromkeys([*filled, row]) if name]
    parts = [f"not empty({_braced(row)})"] if row else []
    parts += [f"not starts(trim({_braced(name)}), '{word}')" for name in first for word in _TOTALS]
    return " and ".join(parts) or "true"


def _is_left_empty(looked: Looked, name: str) -> bool:
    return not all(value.strip() for value in looked.values(name))


def _braced(name: str) -> str:
    return f"{{{name}}}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"
