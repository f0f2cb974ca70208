"""What becomes of a transfer, and who may do it: whoever moves stock."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.state import StateTable, Transition
from inventory.permissions import can_move_stock
from transfers.enums import TransferEvent, TransferStatus

_UNDER_WAY = frozenset({TransferStatus.SENT, TransferStatus.PARTLY_RECEIVED})
TRANSFER_STATES = StateTable(
    field="status",
    states=TransferStatus,
    transitions=[
        Transition(
            action="send",
            event=TransferEvent.SENT,
            sources=frozenset({TransferStatus.DRAFT}),
            target=TransferStatus.SENT,
            label=pgettext_lazy("transfer", "Send"),
            permission=can_move_stock,
        ),
        Transition(
            action="receive",
            event=TransferEvent.RECEIVED,
            sources=_UNDER_WAY,
            target=TransferStatus.RECEIVED,
            label=_("Receive goods"),
            permission=can_move_stock,
        ),
        Transition(
            action="receive_some",
            event=TransferEvent.RECEIVED,
            sources=_UNDER_WAY,
            target=TransferStatus.PARTLY_RECEIVED,
            label=_("Receive goods"),
        ),
        Transition(
            action="reschedule",
            event=TransferEvent.CHANGED,
            sources=frozenset({TransferStatus.SENT}),
            target=TransferStatus.SENT,
            label=_("Change date"),
            permission=can_move_stock,
        ),
        Transition(
            action="reschedule",
            event=TransferEvent.CHANGED,
            sources=frozenset({TransferStatus.PARTLY_RECEIVED}),
            target=TransferStatus.PARTLY_RECEIVED,
            label=_("Change date"),
            permission=can_move_stock,
        ),
        Transition(
            action="cancel",
            event=TransferEvent.CANCELLED,
            sources=frozenset({TransferStatus.DRAFT}),
            target=TransferStatus.CANCELLED,
            label=_("Cancel transfer"),
            permission=can_move_stock,
            dangerous=True,
        ),
    ],
)
