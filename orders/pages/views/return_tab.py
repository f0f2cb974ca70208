"""The returns of one distributor, on its page, and what it may still return."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from core.actors import Actor
from core.ui.details import NextStep
from orders.ordering.models import Order
from orders.pages.return_tables import ReturnTable
from orders.pages.selectors.returns import room_of
from orders.returns.models import Return
from orders.returns.permissions import can_request_return
from orders.returns.selectors.returnable import order_is_returnable

SHOWN = 10


def return_step(actor: Any, distributor: Any) -> NextStep | None:
    """On behalf of the distributor, by those who act for it."""
    if actor.distributor_id is not None or not can_request_return(actor, _Of(distributor.pk)):
        return None
    url = reverse("orders:return-new", query={"for": distributor.code})
    return NextStep(label=_("Request a return"), url=url, opens=True)


def return_steps_of(actor: Actor, order: Order) -> list[NextStep]:
    """For whoever may ask to return what came of an order, with its lines to choose from. One query at most."""
    if order.seller_company_id is None or not can_request_return(actor, order) or not order_is_returnable(actor, order):
        return []
    asked = {"order": order.number, "for": order.distributor.code}
    url = reverse("orders:return-new", query=asked)
    return [NextStep(label=pgettext("order", "Return goods"), url=url, opens=True)]


class _Of:  # what the permission asks of
    def __init__(self, distributor_id: int) -> None:
        self.distributor_id = distributor_id


def returns_of(actor: Any, distributor: Any) -> Mapping[str, Any]:
    """The newest returns, and the room. Five queries."""
    rows = Return.objects.visible_to(actor).filter(distributor=distributor)
    newest = list(rows.select_related("distributor", "warehouse").order_by("-requested_at", "-pk")[:SHOWN])
    return {
        "table": ReturnTable(newest, exclude=("distributor",), reader=actor),
        "phone_columns": {"number", "status", "asked_amount", "requested_at"},
        "room": room_of(distributor_id=distributor.pk),
        "all_url": reverse("orders:returns", query={"distributor": distributor.code}),
    }
