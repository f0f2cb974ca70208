from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour
from core.state import StateTable, Transition


class OrderStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Ordered")
    ON_HOLD = "on_hold", _("On hold")
    APPROVED = "approved", _("Approved")
    PICKING = "picking", _("Picking")
    PARTLY_SHIPPED = "partly_shipped", _("Shipped in part")
    SHIPPED = "shipped", _("Shipped")
    DELIVERED = "delivered", _("Delivered")
    RECEIVED = "received", _("Received")
    CANCELLED = "cancelled", _("Cancelled")

    @property
    def colour(self) -> Colour:
        if self == OrderStatus.RECEIVED:
            return Colour.DONE
        if self == OrderStatus.ON_HOLD:
            return Colour.DANGER
        return Colour.DRAFT if self in {OrderStatus.DRAFT, OrderStatus.CANCELLED} else Colour.WORK


class OrderAction(models.TextChoices):
    SUBMIT = "submit", _("Place order")
    HOLD = "hold", _("Hold")
    RELEASE = "release", _("Release")
    APPROVE = "approve", _("Approve")
    PICK = "pick", _("Start picking")
    SHIP_PARTLY = "ship_partly", _("Ship a part")
    SHIP = "ship", _("Ship")
    DELIVER = "deliver", _("Mark delivered")
    RECEIVE = "receive", _("Confirm receipt")
    CANCEL = "cancel", _("Cancel order")
    CANCEL_REST = "cancel_rest", _("Cancel the rest")


def _move(
    action: OrderAction, sources: set[OrderStatus], target: OrderStatus, *, dangerous: bool = False
) -> Transition:
    return Transition(
        action=action.value, sources=frozenset(sources), target=target.value, label=action.label, dangerous=dangerous
    )


_S, _V = OrderStatus, OrderAction
ORDER_STATES = StateTable(
    field="status",
    states=OrderStatus,
    transitions=[
        _move(_V.SUBMIT, {_S.DRAFT}, _S.SUBMITTED),
        _move(_V.APPROVE, {_S.SUBMITTED, _S.ON_HOLD}, _S.APPROVED),
        _move(_V.HOLD, {_S.SUBMITTED, _S.APPROVED}, _S.ON_HOLD),
        _move(_V.RELEASE, {_S.ON_HOLD}, _S.SUBMITTED),
        _move(_V.PICK, {_S.APPROVED}, _S.PICKING),
        _move(_V.SHIP_PARTLY, {_S.APPROVED, _S.PICKING, _S.PARTLY_SHIPPED}, _S.PARTLY_SHIPPED),
        _move(_V.SHIP, {_S.APPROVED, _S.PICKING, _S.PARTLY_SHIPPED}, _S.SHIPPED),
        _move(_V.DELIVER, {_S.SHIPPED}, _S.DELIVERED),
        _move(_V.RECEIVE, {_S.SHIPPED, _S.DELIVERED}, _S.RECEIVED),
        _move(_V.CANCEL, {_S.DRAFT, _S.SUBMITTED, _S.ON_HOLD, _S.APPROVED, _S.PICKING}, _S.CANCELLED, dangerous=True),
        _move(_V.CANCEL_REST, {_S.PARTLY_SHIPPED}, _S.SHIPPED, dangerous=True),
    ],
)
COUNTED_STATUSES = frozenset({_S.APPROVED, _S.PICKING, _S.PARTLY_SHIPPED, _S.SHIPPED, _S.DELIVERED, _S.RECEIVED})
"""Orders in these states are actual sales."""
DERIVED_STATUSES = COUNTED_STATUSES - {_S.PICKING}
"""States that follow from the shipments where a history is imported."""
OPEN_STATUSES = frozenset({_S.SUBMITTED, _S.ON_HOLD, _S.APPROVED, _S.PICKING, _S.PARTLY_SHIPPED, _S.SHIPPED})


class Lateness(models.TextChoices):
    ON_TIME = "on_time", _("On time")
    SOON_LATE = "soon_late", _("Soon late")
    LATE = "late", _("Late")

    @property
    def colour(self) -> Colour:
        return {"on_time": Colour.DONE, "soon_late": Colour.WARNING, "late": Colour.DANGER}[self.value]


class OrderSource(models.TextChoices):
    PAGE = "page", _("Page")
    API = "api", _("API")
    IMPORT = "import", _("Import")


class OrderEvent(models.TextChoices):
    SAVED = "order.saved", _("Draft saved")
    SUBMITTED = "order.submitted", _("Ordered")
    PUT_ON_HOLD = "order.put_on_hold", _("Put on hold")
    RELEASED = "order.released", _("Released")
    APPROVED = "order.approved", _("Approved")
    PICKING = "order.picking", _("Picking started")
    SHIPPED = "order.shipped", _("Shipped")
    DELIVERED = "order.delivered", _("Delivered")
    RECEIVED = "order.received", _("Received")
    CANCELLED = "order.cancelled", _("Cancelled")
    REST_CANCELLED = "order.rest_cancelled", _("Rest cancelled")
    SOON_LATE = "order.soon_late", _("About to be late")
    LATE = "order.late", _("Late")
    RESERVATION_EXPIRED = "order.reservation_expired", _("Reservation expired")
