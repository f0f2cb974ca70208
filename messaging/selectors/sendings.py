"""Deliveries of notifications, ready to show."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from core.actors import Actor
from core.querysets import RowWithTexts
from messaging.models import Sending
from messaging.selectors.notifications import shown


def shown_sendings(ids: Sequence[int], *, actor: Actor) -> list[Any]:
    """Those of `ids` that the actor may see, in their order, with the sentence in the reader's language."""
    rows = Sending.objects.visible_to(actor).select_related("notification").in_bulk(list(ids))
    found = [rows[pk] for pk in ids if pk in rows]
    lines = shown([row.notification for row in found], actor=actor)
    return [RowWithTexts(row, text=line.text) for row, line in zip(found, lines, strict=True)]


def channels_to_run(*, now: datetime) -> list[str]:
    """The channels that have something to send, or something that a run which is gone had claimed. One query."""
    rows = Sending.objects.open().filter(Q(available_at__lte=now) | Q(claimed_at__isnull=False))
    return list(rows.order_by("channel").values_list("channel", flat=True).distinct())
