"""Question and answer about a hold: messages of the order's conversation, which the hold shows."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import Conflict
from core.permissions import require
from messaging.services.conversations import NewMessage, post_message
from orders.changes.models import HoldQuestion
from orders.ordering.enums import ORDER, HoldKind, OrderEvent
from orders.ordering.models import Order
from orders.ordering.services.locking import lock_order, record_order_event
from orders.permissions import can_decide, can_submit


@transaction.atomic
def ask_about_hold(
    *, order_id: int, actor: Actor, text: str, now: datetime, expected_version: int | None = None
) -> HoldQuestion:
    """Ask the distributor about what the seller holds the order for; it is its turn from now on.

    Records one event beside that of the message. Raises NotVisible, NotAllowed, StaleVersion, InvalidInput (text), and
    Conflict where the order is not on hold or a question waits for its answer already.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_decide(actor, order))
    hold = order.holds.open().exclude(kind=HoldKind.LIMIT).order_by("id").first()
    if hold is None:
        raise Conflict(_("This order is not on hold."), code="wrong_state")
    if HoldQuestion.objects.unanswered().filter(hold__order=order).exists():
        raise Conflict(_("A question about this hold is not answered yet."), code="question_open")
    written = _post(order, actor, text, now)
    asked = HoldQuestion.objects.create(hold=hold, question=written)
    _record(order, OrderEvent.QUESTION_ASKED, text, actor=actor, now=now)
    return asked


@transaction.atomic
def answer_about_hold(
    *, order_id: int, actor: Actor, text: str, now: datetime, expected_version: int | None = None
) -> HoldQuestion:
    """Answer the question about the order's hold; it is the seller's turn from now on.

    Records one event beside that of the message. Raises NotVisible, NotAllowed, StaleVersion, InvalidInput (text), and
    Conflict where no question waits.
    """
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    require(can_submit(actor, order))
    asked: HoldQuestion | None = HoldQuestion.objects.unanswered().filter(hold__order=order).order_by("id").first()
    if asked is None:
        raise Conflict(_("There is no open question about this order."), code="wrong_state")
    asked.answer = _post(order, actor, text, now)
    asked.save(update_fields=["answer"])
    _record(order, OrderEvent.QUESTION_ANSWERED, text, actor=actor, now=now)
    return asked


def _post(order: Order, actor: Actor, text: str, now: datetime) -> Any:
    return post_message(subject_type=ORDER, subject_id=order.pk, message=NewMessage(text=text), actor=actor, now=now)


def _record(order: Order, kind: OrderEvent, text: str, *, actor: Actor, now: datetime) -> None:
    record_order_event(order, kind, actor=actor, now=now, before=order.status, note=text.strip()[:300])
