"""Who may ask for returns, decide about them, and take the goods in; and the steps of a return."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from core.actors import Actor
from core.permissions import declare
from core.state import StateTable, Transition
from messaging.enums import NotificationLevel
from orders.ordering.enums import Audience
from orders.returns.enums import ReturnEvent, ReturnStatus

REQUEST_RETURNS = declare(
    "orders.request_returns",
    _("Return goods of one's own company"),
    roles=[Role.OWNER, Role.BUYER, Role.KEEPER],
)
REQUEST_RETURNS_FOR = declare(
    "orders.request_returns_for",
    _("Request returns on behalf of the distributors for which one acts"),
    roles=[Role.DIRECTOR, Role.MANAGER],
)
DECIDE_RETURNS = declare(
    "orders.decide_returns",
    _("Authorise and refuse returns"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER],
    has_limit=True,
)
HANDLE_RETURNS = declare(
    "orders.handle_returns",
    _("Receive and inspect returned goods"),
    roles=[Role.ADMINISTRATOR, Role.WAREHOUSE],
)
_UNKNOWN = Decimal("Infinity")
SET_RETURN_POLICIES = declare("orders.set_return_policies", _("Set the return policies"), roles=[Role.ADMINISTRATOR])


def can_request_return(actor: Actor, row: Any = None) -> bool:
    """For one's own company, or on behalf of a distributor for which one acts; `row` names it in `distributor_id`."""
    distributor = None if row is None else row.distributor_id
    if actor.distributor_id is not None:
        return REQUEST_RETURNS.granted_to(actor) and distributor in {None, actor.distributor_id}
    return REQUEST_RETURNS_FOR.granted_to(actor) and (distributor is None or actor.works_for(distributor))


def can_request_return_itself(actor: Actor) -> bool:
    return actor.distributor_id is not None and REQUEST_RETURNS.granted_to(actor)


def can_decide_return(actor: Actor, row: Any = None) -> bool:
    """Whoever acts for the distributor, up to the limit of a grant, of what is asked for in the company's currency."""
    if row is None:
        return DECIDE_RETURNS.granted_to(actor)
    amount = _UNKNOWN if row.asked_amount_company is None else row.asked_amount_company
    return DECIDE_RETURNS.granted_to(actor, amount=amount) and actor.works_for(row.distributor_id)


def decision_limit(actor: Actor) -> Decimal | None:
    """Up to which amount of the company's currency the person decides; None without a limit."""
    grant = actor.grants.get(DECIDE_RETURNS.codename)
    return grant.amount_limit if grant else None


def can_handle_return(actor: Actor, _row: object = None) -> bool:
    return HANDLE_RETURNS.granted_to(actor)


def can_cancel_return(actor: Actor, row: Any = None) -> bool:
    return can_request_return(actor, row) or can_decide_return(actor, row)


def can_close_return(actor: Actor, row: Any = None) -> bool:
    return can_decide_return(actor, row)


def can_set_return_policies(actor: Actor) -> bool:
    return SET_RETURN_POLICIES.granted_to(actor)


_S = ReturnStatus
RETURN_STATES = StateTable(
    field="status",
    states=ReturnStatus,
    transitions=[
        Transition(
            action="authorise",
            event=ReturnEvent.AUTHORISED,
            sources=frozenset({_S.REQUESTED}),
            target=_S.AUTHORISED,
            label=pgettext_lazy("return", "Authorise"),
            permission=can_decide_return,
            notifies={Audience.KEEPERS: NotificationLevel.ACTION},
        ),
        Transition(
            action="refuse",
            event=ReturnEvent.REFUSED,
            sources=frozenset({_S.REQUESTED}),
            target=_S.REFUSED,
            label=pgettext_lazy("return", "Refuse"),
            permission=can_decide_return,
            dangerous=True,
            notifies={Audience.BUYERS: NotificationLevel.WARNING},
        ),
        Transition(
            action="send",
            event=ReturnEvent.SENT,
            sources=frozenset({_S.AUTHORISED}),
            target=_S.SENT,
            label=pgettext_lazy("return", "Goods sent"),
            permission=can_request_return,
            notifies={Audience.WAREHOUSE: NotificationLevel.INFO},
        ),
        Transition(
            action="receive",
            event=ReturnEvent.RECEIVED,
            sources=frozenset({_S.AUTHORISED, _S.SENT}),
            target=_S.RECEIVED,
            label=pgettext_lazy("return", "Receive goods"),
            permission=can_handle_return,
            notifies={Audience.BUYERS: NotificationLevel.INFO},
        ),
        Transition(
            action="inspect",
            event=ReturnEvent.INSPECTED,
            sources=frozenset({_S.RECEIVED}),
            target=_S.INSPECTED,
            label=pgettext_lazy("return", "Inspect"),
            permission=can_handle_return,
            notifies={Audience.BUYERS: NotificationLevel.INFO, Audience.MANAGER: NotificationLevel.INFO},
        ),
        Transition(
            action="close",
            event=ReturnEvent.CLOSED,
            sources=frozenset({_S.INSPECTED}),
            target=_S.CLOSED,
            label=pgettext_lazy("return", "Close return"),
            permission=can_close_return,
        ),
        Transition(
            action="cancel",
            event=ReturnEvent.CANCELLED,
            sources=frozenset({_S.REQUESTED, _S.AUTHORISED}),
            target=_S.CANCELLED,
            label=_("Cancel return"),
            permission=can_cancel_return,
            dangerous=True,
        ),
    ],
)
