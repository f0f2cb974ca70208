"""What an import did and how its first rows were understood, in the words of the pages and with links to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.importing import entities, importers
from integration.engine.entities import entity_label, field_label
from integration.engine.frames import INLINE


@dataclass(frozen=True, kw_only=True)
class CountLine:
    label: str
    url: str
    created: int
    changed: int
    unchanged: int


@dataclass(frozen=True, kw_only=True)
class Preview:
    """`heads` are pairs of what a field is called and the column of the file it comes from."""

    label: str
    file: str
    heads: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str | None]]


def count_lines(counts: Mapping[str, Mapping[str, int]], *, written: bool) -> list[CountLine]:
    """In the order in which things refer to each other, with links to what was written."""
    pages = {importer.entity.name: importer.page for importer in importers()}
    order = list(pages)
    known = [name for name in order if name in counts] + sorted(set(counts) - set(order))
    return [
        CountLine(
            label=entity_label(name),
            url=reverse(pages[name]) if written and pages.get(name) else "",
            **{key: counts[name].get(key, 0) for key in ("created", "changed", "unchanged")},
        )
        for name in known
    ]


def previews(samples: Sequence[Mapping[str, Any]]) -> list[Preview]:
    """The first rows of the files. Rows of the profile itself need no review."""
    return [
        Preview(label=entity_label(sample["entity"]), file=sample["file"], heads=_heads(sample), rows=sample["rows"])
        for sample in samples
        if sample["rows"] and sample["file"] != INLINE
    ]


def _heads(sample: Mapping[str, Any]) -> list[tuple[str, str]]:
    entity = entities().get(sample["entity"])
    columns = sample.get("columns") or [""] * len(sample["fields"])
    return [
        (field_label(entity, name) if entity and name in entity.by_name else name, column)
        for name, column in zip(sample["fields"], columns, strict=True)
    ]
