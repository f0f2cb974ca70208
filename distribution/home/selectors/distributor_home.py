"""What a distributor's people see first: their orders on the way, their notifications, their grade."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from core.actors import Actor
from core.ui.figures import Step
from evaluation.models import Evaluation
from evaluation.selectors.scorecard_page import ScorecardPage, read_scorecard
from messaging.models import Notification
from messaging.selectors.notifications import ShownNotification, shown
from orders.models import Order
from orders.pages.selectors.order_steps import manager_of, step_line, waits_for

MOST_ORDERS = 5
MOST_NOTIFICATIONS = 5


@dataclass(frozen=True, kw_only=True)
class OrderOnItsWay:
    order: Order
    steps: Sequence[Step]
    waits: str


def orders_on_their_way(actor: Actor) -> list[OrderOnItsWay]:
    """The open orders that are due first, each with its line of steps. Two queries."""
    rows = (
        Order.objects.visible_to(actor)
        .filter(distributor=actor.distributor_id)
        .open()
        .select_related("distributor", "warehouse", "manager")
        .order_by(F("promised_on").asc(nulls_last=True), "pk")[:MOST_ORDERS]
    )
    manager = manager_of(actor.distributor_id or 0)
    return [
        OrderOnItsWay(order=order, steps=step_line(order, picked_at=None), waits=waits_for(order, manager=manager))
        for order in rows
    ]


def unread_notifications(actor: Actor) -> list[ShownNotification]:
    """The newest notifications that the person has not read. One query, and at most two for each type of subject."""
    rows = Notification.objects.visible_to(actor).unread().order_by("-created_at", "-pk")[:MOST_NOTIFICATIONS]
    return shown(rows, actor=actor)


def latest_grade(actor: Actor) -> ScorecardPage | None:
    """The newest evaluation of the person's own distributor, with the ways up. At most eight queries."""
    newest = (
        Evaluation.objects.visible_to(actor)
        .filter(distributor_id=actor.distributor_id)
        .final()
        .order_by("-run__ends_on", "-pk")
        .values_list("pk", flat=True)
        .first()
    )
    return read_scorecard(actor=actor, evaluation_id=newest) if newest else None
