"""By what rules of pricing hold: an app above names itself as their source."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from core import events
from core.actors import Actor
from core.errors import NotVisible
from core.permissions import require
from pricing.enums import PricingEvent
from pricing.models import PriceList, Promotion
from pricing.permissions import can_change_prices

_KINDS: tuple[tuple[type[Any], str, PricingEvent], ...] = (
    (PriceList, "price_list", PricingEvent.SOURCE_SET),
    (Promotion, "promotion", PricingEvent.PROMOTION_SOURCE_SET),
)


def set_source(
    *,
    source_type: str,
    source_id: int | None,
    price_list_ids: Collection[int] = (),
    promotion_ids: Collection[int] = (),
    actor: Actor,
) -> None:
    """These rules hold by this source instead of another one; by none where it is empty.

    Locks the rules by key. Records one event for each that changes. Raises NotAllowed, NotVisible.
    """
    require(can_change_prices(actor))
    with transaction.atomic():
        for (model, name, kind), wanted in zip(_KINDS, (set(price_list_ids), set(promotion_ids)), strict=True):
            visible = model.objects.visible_to(actor) if wanted else model.objects.none()
            rows = list(visible.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
            if len(rows) < len(wanted):
                raise NotVisible
            for row in rows:
                _set(row, (source_type, source_id), name, kind, actor)


def _set(row: Any, source: tuple[str, int | None], name: str, kind: PricingEvent, actor: Actor) -> None:
    before = (row.source_type, row.source_id)
    if before == source:
        return
    row.source_type, row.source_id = source
    row.save(update_fields=["source_type", "source_id"])
    events.record_event(
        kind=kind,
        subject_type=name,
        subject_id=row.pk,
        distributor_id=getattr(row, "distributor_id", None),
        actor_id=actor.pk,
        data={"code": row.code, "before": list(before), "after": list(source)},
        publish=False,
    )
