"""Delivery claims that wait for somebody: for the seller's decision, or for the buyer's about goods that nobody ordered."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.actors import Actor
from messaging.enums import Work
from messaging.selectors.work_list import LONGEST, WorkGroup, WorkLine
from orders.fulfilment.claims.models import DeliveryClaim
from orders.fulfilment.claims.permissions import can_decide_claim, can_settle_surplus
from orders.permissions import can_see_prices

_LIST = "orders:claims"
_DECIDE = pgettext_lazy("delivery claim", "Decide")


def claims_to_decide(actor: Actor, *, today: date) -> list[WorkGroup]:
    """For whoever decides at the seller: the overdue ones, and the others, the first due first. One query, or none."""
    if not can_decide_claim(actor):
        return []
    rows = DeliveryClaim.objects.visible_to(actor).work_of(actor).for_seller()
    if actor.distributor_id is not None:
        rows = rows.filter(order__seller_distributor=actor.distributor_id)
    found = list(rows.select_related("distributor").order_by("due_on", "pk"))
    late = [claim for claim in found if claim.due_on < today]
    others = found[len(late) :]
    return [
        _group(actor, Work.CLAIM_OVERDUE, late, "overdue=true", route="orders:claim-decide", button=_DECIDE),
        _group(actor, Work.CLAIM, others, "for_seller=true", route="orders:claim-decide", button=_DECIDE),
    ]


def surplus_to_settle(actor: Actor) -> list[WorkGroup]:
    """For whoever receives: goods of the own company that nobody ordered. One query, or none."""
    if not can_settle_surplus(actor):
        return []
    rows = DeliveryClaim.objects.visible_to(actor).filter(distributor=actor.distributor_id).for_buyer()
    found = list(rows.select_related("distributor").order_by("opened_at", "pk"))
    query = "is_sub_network=false&for_buyer=true"
    return [_group(actor, Work.SURPLUS, found, query, route="orders:claim-surplus", button=_("Accept or send back"))]


def _group(
    actor: Actor, work: Work, claims: Sequence[DeliveryClaim], query: str, *, route: str, button: Any
) -> WorkGroup:
    has_amount = can_see_prices(actor)
    lines = [
        WorkLine(
            work=work,
            what=str(claim),
            url=claim.get_absolute_url(),
            who=claim.distributor.display_name,
            who_url=reverse(_LIST, query={"distributor": claim.distributor.code}),
            since=claim.opened_at,
            due=claim.due_on,
            amount=(claim.total_amount or None) if has_amount else None,
            currency=claim.currency,
            button=button,
            button_url=reverse(route, args=[claim.number]),
        )
        for claim in claims[:LONGEST]
    ]
    return WorkGroup(work=work, number=len(claims), lines=lines, all_url=f"{reverse(_LIST)}?{query}")
