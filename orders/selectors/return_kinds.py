"""Whom the steps of returns notify, and in which words. Whom a step notifies is in the table of states."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from core.errors import Message
from messaging.enums import NotificationLevel
from messaging.kinds import NotificationKind
from orders.ordering.enums import Audience
from orders.returns.enums import ReturnEvent
from orders.returns.permissions import RETURN_STATES
from orders.selectors.notification_kinds import audience_of

_TEXTS: Final[Mapping[str, Message]] = {
    ReturnEvent.REQUESTED: _("Return %(number)s is requested."),
    ReturnEvent.AUTHORISED: _("Return %(number)s is authorised: please send the goods."),
    ReturnEvent.REFUSED: _("Return %(number)s is refused: %(reason)s"),
    ReturnEvent.SENT: _("Goods of return %(number)s are on their way to the warehouse."),
    ReturnEvent.RECEIVED: _("Goods of return %(number)s have arrived at our warehouse."),
    ReturnEvent.INSPECTED: _("Return %(number)s is inspected: %(accepted)s pieces accepted, %(refused)s refused."),
}
_PARAMS: Final = {ReturnEvent.INSPECTED.value: ("number", "accepted", "refused")}
_NOTIFIES: Final[Mapping[str, Mapping[str, str]]] = {
    ReturnEvent.REQUESTED: {Audience.MANAGER: NotificationLevel.ACTION},
    **{move.event: move.notifies for move in RETURN_STATES.transitions if move.notifies},
}
RETURN_KINDS: Final = tuple(
    NotificationKind(
        kind=kind,
        text=_TEXTS[kind],
        audiences=tuple(audience_of(name, level) for name, level in notifies.items()),
        params=_PARAMS.get(kind, ("number", "reason")),
    )
    for kind, notifies in sorted(_NOTIFIES.items())
)
