"""How many outlets there are under each control mode of the agreements: who decides how many a distributor supplies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse

from accounts.permissions import is_brand
from channel.enums import ControlMode, ControlSubject
from channel.models import Agreement, ControlRule
from channel.permissions import can_see_agreements
from core.actors import Actor
from core.errors import Message
from outlets.enums import OutletStatus
from outlets.models import Outlet, OutletLink
from outlets.permissions import can_see_outlets
from outlets.querysets import CONTROL_LABELS


@dataclass(frozen=True, kw_only=True)
class ControlFigure:
    mode: str
    label: Message
    number: int
    url: str


def outlets_by_control(actor: Actor) -> Sequence[ControlFigure]:
    """Open outlets that the actor sees, by the mode of the agreements in force of whom they buy from today. One query.

    Of several agreements the strictest mode counts. Nothing for whoever sees no agreements.
    """
    if not is_brand(actor) or not can_see_agreements(actor):
        return ()
    rows = Outlet.objects.visible_to(actor).filter(status=OutletStatus.OPEN).with_control().order_by()
    counted = dict(rows.values_list("control").annotate(number=Count("pk")))
    page = reverse("outlets:outlets")
    return [
        ControlFigure(
            mode=mode,
            label=label,
            number=counted.get(mode, 0),
            url=f"{page}?status={OutletStatus.OPEN}&control={mode}",
        )
        for mode, label in CONTROL_LABELS.items()
    ]


def outlets_panel(actor: Actor, row: Any) -> Mapping[str, Any] | None:
    """Below an agreement that governs the number of outlets: how many its distributor supplies today. Two queries."""
    if not isinstance(row, Agreement) or not can_see_outlets(actor):
        return None
    rule = ControlRule.objects.filter(agreement=row, subject=ControlSubject.OUTLETS).first()
    if rule is None:
        return None
    links = OutletLink.objects.supplied_today([row.distributor_id])
    page = reverse("outlets:outlets")
    counted = links.order_by().values_list("outlet__status").annotate(number=Count("outlet", distinct=True))
    return {
        "template": "outlets/partials/control_panel.html",
        "mode": ControlMode(rule.mode).label,
        "figures": [
            (status.label, number, f"{page}?distributor={row.distributor.code}&status={status}")
            for status in (OutletStatus.OPEN, OutletStatus.PLANNED)
            if (number := dict(counted).get(status, 0)) or status == OutletStatus.OPEN
        ],
    }
