"""The outlets of a distributor, as its page shows them: the newest links, their number, and what was agreed about it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from channel.enums import ControlSubject
from channel.models import Agreement, ControlRule
from core.actors import Actor
from outlets.enums import OutletStatus
from outlets.models import Outlet, OutletLink
from outlets.permissions import can_add_outlets

MOST = 50


def outlets_of(actor: Actor, distributor: Any) -> Mapping[str, Any]:
    """Links in force or to come, how many outlets are open and planned, and the control modes in force. Three queries."""
    today = timezone.localdate()
    links = OutletLink.objects.visible_to(actor).filter(distributor=distributor).from_day(today)
    ids = links.on(today).order_by().values("outlet")
    counts = Outlet.objects.filter(pk__in=ids).aggregate(
        open=Count("pk", filter=Q(status=OutletStatus.OPEN)), planned=Count("pk", filter=Q(status=OutletStatus.PLANNED))
    )
    rules = ControlRule.objects.visible_to(actor).filter(
        subject=ControlSubject.OUTLETS, agreement__in=Agreement.objects.on(today).filter(distributor=distributor)
    )
    return {
        "links": links.select_related("outlet", "brand").order_by("outlet__code", "starts_on", "pk")[:MOST],
        "counts": counts,
        "rules": rules.select_related("agreement"),
        "may_add_outlet": can_add_outlets(actor) and actor.distributor_id in {None, distributor.pk},
    }
