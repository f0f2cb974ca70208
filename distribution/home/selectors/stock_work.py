"""Distributors whose stock wants looking at: those with nothing left, and those with too much."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from channel_stock.selectors.cover import CoverRow, covers_in, days_text
from core.actors import Actor
from core.ui.numbers import quantity
from inventory.enums import Cover
from messaging.enums import Work
from messaging.selectors.work_list import LONGEST, WorkGroup, WorkLine

KINDS = {Work.EMPTY: Cover.EMPTY, Work.OVERSTOCKED: Cover.OVERSTOCKED}


def stock_work(actor: Actor) -> list[WorkGroup]:
    """One group a kind, the largest buyers first. Two queries."""
    covers = covers_in(actor, list(KINDS.values()))
    return [_group(work, covers[state]) for work, state in KINDS.items()]


def _group(work: Work, found: Sequence[CoverRow]) -> WorkGroup:
    lines = [
        WorkLine(
            work=work,
            what=_what(row),
            url=reverse("accounts:distributor", args=[row.code], query={"tab": "stock"}),
            who=row.name,
            who_url=reverse("accounts:distributor", args=[row.code]),
            since=row.counted_at,
            button=gettext_lazy("Review"),
            button_url=reverse("accounts:distributor", args=[row.code], query={"tab": "stock"}),
        )
        for row in found[:LONGEST]
    ]
    return WorkGroup(work=work, number=len(found), lines=lines)


def _what(row: CoverRow) -> str:
    if not row.on_hand:
        return _("Out of stock, %(pieces)s purchased in 91 days") % {"pieces": quantity(row.sold_in)}
    return _("%(days)s of cover, %(pieces)s on hand") % {"days": days_text(row.days), "pieces": quantity(row.on_hand)}
