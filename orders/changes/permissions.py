"""A change asked for after the approval: who may take which step with it."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.actors import Actor
from core.permissions import declare
from core.state import StateTable, Transition
from orders.changes.enums import RequestAction, RequestStatus
from orders.ordering.enums import OrderEvent
from orders.permissions import PLACE, can_decide, can_request_change

SET_RULES = declare(
    "orders.set_approval_rules",
    _("Set the rules by which orders are approved"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR],
)


def can_set_rules(actor: Actor, _rule: object | None = None) -> bool:
    return SET_RULES.granted_to(actor)


def can_decide_request(actor: Actor, request: Any) -> bool:
    """Whoever decides about the order."""
    return can_decide(actor, request.order)


def can_confirm_request(actor: Actor, request: Any) -> bool:
    """Above the limit of who asks: whoever of the distributor may place an order of that amount."""
    amount = Decimal("Infinity") if request.amount_company is None else request.amount_company
    return request.status == RequestStatus.UNCONFIRMED and PLACE.granted_to(actor, amount=amount)


def can_refuse_request(actor: Actor, request: Any) -> bool:
    """Whoever has to say yes: the distributor's approver first, then the seller."""
    is_unconfirmed = request.status == RequestStatus.UNCONFIRMED
    return can_confirm_request(actor, request) if is_unconfirmed else can_decide_request(actor, request)


def can_withdraw(actor: Actor, request: Any) -> bool:
    """Whoever may ask for it."""
    return can_request_change(actor, request.order)


_S, _A = RequestStatus, RequestAction
REQUEST_STATES = StateTable(
    field="status",
    states=RequestStatus,
    transitions=[
        Transition(
            action=_A.CONFIRM.value,
            sources=frozenset({_S.UNCONFIRMED}),
            target=_S.REQUESTED,
            label=_A.CONFIRM.label,
            permission=can_confirm_request,
            event=OrderEvent.CHANGE_CONFIRMED,
        ),
        Transition(
            action=_A.ACCEPT.value,
            sources=frozenset({_S.REQUESTED}),
            target=_S.ACCEPTED,
            label=_A.ACCEPT.label,
            permission=can_decide_request,
            event=OrderEvent.CHANGE_ACCEPTED,
        ),
        Transition(
            action=_A.REFUSE.value,
            sources=frozenset({_S.UNCONFIRMED, _S.REQUESTED}),
            target=_S.REFUSED,
            label=_A.REFUSE.label,
            permission=can_refuse_request,
            dangerous=True,
            event=OrderEvent.CHANGE_REFUSED,
        ),
        Transition(
            action=_A.WITHDRAW.value,
            sources=frozenset({_S.UNCONFIRMED, _S.REQUESTED}),
            target=_S.WITHDRAWN,
            label=_A.WITHDRAW.label,
            permission=can_withdraw,
            event=OrderEvent.CHANGE_WITHDRAWN,
        ),
    ],
)
