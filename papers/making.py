"""One PDF of one or many papers, made in a process of its own."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from subprocess import PIPE
from typing import Any, Literal

from confined.process import confined_process
from confined.slots import NoSlotError, slot
from papers.codes import code128, qr
from papers.contents import Label, Paper, Sender, Sheet
from papers.faults import BUSY, FAILED, NO_FONT, TOO_MUCH, PaperFault
from papers.texts import clean


@dataclass(frozen=True, kw_only=True)
class PaperLimits:
    """Of one PDF: memory, seconds of the processor, and seconds that it waits while others are made."""

    memory_bytes: int = 1_500_000_000
    seconds: int = 20
    patience: float = 5


def make_pdf(
    papers: Sequence[Paper], *, fonts: Sequence[Path], at_once: int = 2, limits: PaperLimits | None = None
) -> bytes:
    """The papers one after another, each with its own pages; no more than `at_once` PDFs are made at once.

    Raises PaperFault.
    """
    return _make(papers, "pdf", fonts, at_once, limits or PaperLimits())


def make_pictures(papers: Sequence[Paper], *, fonts: Sequence[Path]) -> list[bytes]:
    """A PNG a page, for whoever wants to see how they look. Raises PaperFault."""
    made, pages = _make(papers, "png", fonts, 2, PaperLimits()), []
    while made:
        size = int.from_bytes(made[:4], "big")
        pages.append(made[4 : 4 + size])
        made = made[4 + size :]
    return pages


def _make(
    papers: Sequence[Paper], to_format: Literal["pdf", "png"], fonts: Sequence[Path], at_once: int, limits: PaperLimits
) -> bytes:
    if not all(folder.is_dir() for folder in fonts):
        raise PaperFault(NO_FONT)
    request = {
        "memory_bytes": limits.memory_bytes,
        "seconds": limits.seconds,
        "fonts": [str(folder) for folder in fonts],
        "format": to_format,
        "data": _data(papers),
    }
    try:
        with (
            slot("papers", count=at_once, patience=limits.patience),
            confined_process("papers", seconds=limits.seconds, stdin=PIPE) as child,
        ):
            made, _errors = child.communicate(json.dumps(request).encode())
    except NoSlotError as error:
        raise PaperFault(BUSY) from error
    if made[:1] == b"P":
        return made[1:]
    if made[:1] == b"E":
        raise PaperFault(FAILED, made[1:].decode(errors="replace"))
    raise PaperFault(TOO_MUCH)  # it was killed


def _data(papers: Sequence[Paper]) -> dict[str, Any]:
    """All papers as JSON, each logo once."""
    logos: list[bytes] = []
    for paper in papers:
        if paper.sender.logo and paper.sender.logo not in logos:
            logos.append(paper.sender.logo)
    return {"logos": [list(logo) for logo in logos], "papers": [_paper(paper, logos) for paper in papers]}


def _paper(paper: Paper, logos: list[bytes]) -> dict[str, Any]:
    data = _sheet(paper) if isinstance(paper, Sheet) else _label(paper)
    return {
        "size": paper.size.value,
        "language": paper.language,
        "title": clean(paper.title),
        "number": clean(paper.number),
        "sender": _sender(paper.sender, logos),
        "barcode": code128(paper.barcode),
        "fields": [_field(field) for field in paper.fields],
        **data,
    }


def _sender(sender: Sender, logos: list[bytes]) -> dict[str, Any]:
    return {
        "name": clean(sender.name),
        "details": [clean(line) for line in sender.details if line],
        "logo": logos.index(sender.logo) if sender.logo else None,
    }


def _field(field: Any) -> dict[str, Any]:
    return {"label": clean(field.label), "value": clean(field.value), "is_wide": field.is_wide}


def _sheet(sheet: Sheet) -> dict[str, Any]:
    columns = [
        {
            "title": clean(one.title),
            "width": str(one.width),
            "align": one.align.value,
            "sums": one.sums,
            "digits": one.digits,
        }
        for one in sheet.columns
    ]
    return {
        "columns": columns,
        "rows": [
            {
                "cells": [clean(cell) for cell in row.cells],
                "amounts": [str(row.amounts.get(place, Decimal(0))) for place in range(len(columns))],
            }
            for row in sheet.rows
        ],
        "words": {
            "page": clean(sheet.words.page),
            "page_sum": clean(sheet.words.page_sum),
            "carried": clean(sheet.words.carried),
            "total": clean(sheet.words.total),
            "copies": clean(sheet.words.copies),
        },
        "closing": [_field(field) for field in sheet.closing],
        "signatures": [clean(text) for text in sheet.signatures],
    }


def _label(label: Label) -> dict[str, Any]:
    return {
        "recipient_label": clean(label.recipient_label),
        "recipient": clean(label.recipient),
        "phone": clean(label.phone),
        "address": clean(label.address),
        "note": clean(label.note),
        "qr": qr(label.qr),
        "qr_text": clean(label.qr),
    }
