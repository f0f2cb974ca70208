"""The steps of an order: from which state to which, who may take them, and who is notified."""

from collections.abc import Mapping

from core.state import Permission, StateTable, Transition
from messaging.enums import NotificationLevel
from orders.ordering.enums import Audience, OrderAction, OrderEvent, OrderStatus
from orders.permissions import (
    can_cancel,
    can_change,
    can_confirm,
    can_decide,
    can_hold,
    can_mark_delivered,
    can_pick,
    can_receive,
    can_release,
    can_release_credit,
    can_request_change,
    can_ship,
    can_submit,
)


def _move(
    action: OrderAction,
    sources: set[OrderStatus],
    target: OrderStatus,
    *,
    permission: Permission | None,
    event: OrderEvent,
    notifies: Mapping[str, str] | None = None,
    dangerous: bool = False,
) -> Transition:
    return Transition(
        action=action.value,
        sources=frozenset(sources),
        target=target.value,
        label=action.label,
        permission=permission,
        dangerous=dangerous,
        event=event.value,
        notifies=notifies or {},
    )


_S, _A, _E = OrderStatus, OrderAction, OrderEvent
_INFO, _ACTION, _WARNING = NotificationLevel.INFO, NotificationLevel.ACTION, NotificationLevel.WARNING
_CALLED_OFF: Mapping[str, str] = {Audience.MANAGER: _INFO, Audience.BUYERS: _WARNING}

ORDER_STATES = StateTable(
    field="status",
    states=OrderStatus,
    transitions=[
        _move(
            _A.SUBMIT,
            {_S.DRAFT},
            _S.SUBMITTED,
            permission=can_submit,
            event=_E.SUBMITTED,  # who approves is notified where no rule does it: OrderEvent.WAITS
        ),
        _move(_A.CHANGE, {_S.SUBMITTED}, _S.SUBMITTED, permission=can_change, event=_E.CHANGED),
        _move(_A.CONFIRM, {_S.SUBMITTED}, _S.SUBMITTED, permission=can_confirm, event=_E.CONFIRMED),
        _move(
            _A.APPROVE,
            {_S.SUBMITTED},
            _S.APPROVED,
            permission=can_decide,
            event=_E.APPROVED,
            notifies={Audience.BUYERS: _INFO},
        ),
        _move(_A.APPROVE_CHANGED, {_S.SUBMITTED}, _S.APPROVED, permission=can_decide, event=_E.APPROVED),
        _move(
            _A.REJECT,
            {_S.SUBMITTED},
            _S.CANCELLED,
            permission=can_decide,
            dangerous=True,
            event=_E.REJECTED,
            notifies={Audience.BUYERS: _WARNING},
        ),
        # A hold is no status: the order stays what it is, and the step that the hold names has to wait.
        *(
            _move(
                _A.HOLD,
                {state},
                state,
                permission=can_hold,
                event=_E.PUT_ON_HOLD,
                notifies={Audience.BUYERS: _WARNING},
            )
            for state in (_S.SUBMITTED, _S.APPROVED)
        ),
        *(
            _move(_A.RELEASE, {state}, state, permission=can_release, event=_E.RELEASED)
            for state in (_S.SUBMITTED, _S.APPROVED)
        ),
        *(
            _move(_A.RELEASE_CREDIT, {state}, state, permission=can_release_credit, event=_E.CREDIT_RELEASED)
            for state in (_S.SUBMITTED, _S.APPROVED)
        ),
        _move(_A.PICK, {_S.APPROVED}, _S.PICKING, permission=can_pick, event=_E.PICKING),
        _move(
            _A.SHIP_PARTLY,
            {_S.APPROVED, _S.PICKING, _S.PARTLY_SHIPPED},
            _S.PARTLY_SHIPPED,
            permission=None,  # who ships does not choose: what is left decides
            event=_E.SHIPPED,
            notifies={Audience.BUYERS: _INFO},
        ),
        _move(
            _A.SHIP,
            {_S.APPROVED, _S.PICKING, _S.PARTLY_SHIPPED},
            _S.SHIPPED,
            permission=can_ship,
            event=_E.SHIPPED,
            notifies={Audience.BUYERS: _INFO},
        ),
        _move(
            _A.DELIVER,
            {_S.SHIPPED},
            _S.DELIVERED,
            permission=can_mark_delivered,
            event=_E.DELIVERED,
            notifies={Audience.KEEPERS: _ACTION},
        ),
        _move(_A.RECEIVE, {_S.SHIPPED, _S.DELIVERED}, _S.RECEIVED, permission=can_receive, event=_E.RECEIVED),
        *(
            _move(_A.REQUEST_CHANGE, {state}, state, permission=can_request_change, event=_E.CHANGE_REQUESTED)
            for state in (_S.APPROVED, _S.PICKING, _S.PARTLY_SHIPPED)
        ),
        _move(
            _A.CANCEL,
            {_S.DRAFT, _S.SUBMITTED, _S.APPROVED, _S.PICKING},
            _S.CANCELLED,
            permission=can_cancel,
            dangerous=True,
            event=_E.CANCELLED,
            notifies=_CALLED_OFF,
        ),
        _move(
            _A.CANCEL_REST,
            {_S.PARTLY_SHIPPED},
            _S.SHIPPED,
            permission=can_decide,
            dangerous=True,
            event=_E.REST_CANCELLED,
            notifies=_CALLED_OFF,
        ),
    ],
)
CALLING_OFF = frozenset(move.action for move in ORDER_STATES.transitions if move.dangerous)
