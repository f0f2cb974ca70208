"""Deliveries of notifications, ready to show."""

from collections.abc import Sequence
from typing import Any

from core.actors import Actor
from core.querysets import RowWithTexts
from messaging.models import Sending
from messaging.selectors.notifications import shown


def shown_sendings(ids: Sequence[int], *, actor: Actor) -> list[Any]:
    """Those of `ids` that the actor may see, in their order, with the sentence in the reader's language."""
    rows = Sending.objects.visible_to(actor).with_state().select_related("notification").in_bulk(list(ids))
    found = [rows[pk] for pk in ids if pk in rows]
    lines = shown([row.notification for row in found], actor=actor)
    return [RowWithTexts(row, text=line.text) for row, line in zip(found, lines, strict=True)]
