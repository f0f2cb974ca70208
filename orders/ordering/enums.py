from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour, ColouredChoices

ORDER = "order"
"""The type of an order as the subject of an event and the source of a reservation."""


class OrderStatus(ColouredChoices):
    DRAFT = "draft", Colour.DRAFT, _("Draft")
    SUBMITTED = "submitted", Colour.WORK, _("Awaiting approval")
    APPROVED = "approved", Colour.WORK, _("Awaiting picking")
    PICKING = "picking", Colour.WORK, _("Awaiting shipment")
    PARTLY_SHIPPED = "partly_shipped", Colour.WORK, _("Partly shipped")
    SHIPPED = "shipped", Colour.WORK, _("In transit")
    DELIVERED = "delivered", Colour.WORK, _("Awaiting receipt")
    RECEIVED = "received", Colour.DONE, _("Completed")
    CANCELLED = "cancelled", Colour.DRAFT, _("Cancelled")


class OrderAction(models.TextChoices):
    SUBMIT = "submit", _("Place order")
    HOLD = "hold", _("Hold")
    RELEASE = "release", _("Release")
    RELEASE_CREDIT = "release_credit", _("Release over the credit limit")
    CHANGE = "change", _("Change order")
    CONFIRM = "confirm", _("Confirm order above the limit")
    APPROVE = "approve", _("Approve")
    APPROVE_CHANGED = "approve_changed", _("Approve with changes")
    REJECT = "reject", _("Reject")
    PICK = "pick", _("Start picking")
    SHIP_PARTLY = "ship_partly", _("Ship a part")
    SHIP = "ship", _("Ship")
    DELIVER = "deliver", _("Mark delivered")
    RECEIVE = "receive", _("Confirm receipt")
    REQUEST_CHANGE = "request_change", _("Request a change")
    CANCEL = "cancel", _("Cancel order")
    CANCEL_REST = "cancel_rest", _("Cancel the rest")


_S = OrderStatus
COUNTED_STATUSES = frozenset({_S.APPROVED, _S.PICKING, _S.PARTLY_SHIPPED, _S.SHIPPED, _S.DELIVERED, _S.RECEIVED})
"""Orders in these states are actual sales."""
DERIVED_STATUSES = COUNTED_STATUSES - {_S.PICKING}
"""States that follow from the shipments where a history is imported."""
OPEN_STATUSES = frozenset({_S.SUBMITTED, _S.APPROVED, _S.PICKING, _S.PARTLY_SHIPPED, _S.SHIPPED})


class HoldStep(models.TextChoices):
    """What a hold stops. Nothing ever stops a receipt or a payment."""

    PLACE = "place", _("Placing the order")
    APPROVE = "approve", _("Approval")
    RELEASE = "release", _("Release to the warehouse")
    SHIP = "ship", _("Shipping")
    INVOICE = "invoice", _("Invoicing")


class HoldKind(models.TextChoices):
    MANUAL = "manual", _("Put on hold manually")
    RESERVATION = "reservation", _("Reservation expired")
    TERRITORY = "territory", _("Delivery address outside the territory")
    LIMIT = "limit", _("Above the limit of the buyer")
    CREDIT = "credit", _("Over the credit limit")

    @property
    def blocks(self) -> HoldStep:
        """The step that is not possible while such a hold is open."""
        return HoldStep.APPROVE if self == HoldKind.LIMIT else HoldStep.RELEASE

    @property
    def is_of_money(self) -> bool:
        """Whether its reason names an amount."""
        return self in {HoldKind.LIMIT, HoldKind.CREDIT}

    @property
    def needs_reason(self) -> bool:
        """Whether it is lifted with a reason only, and not by approving the order."""
        return self == HoldKind.TERRITORY


class Lateness(ColouredChoices):
    ON_TIME = "on_time", Colour.DONE, _("On time")
    SOON_LATE = "soon_late", Colour.WARNING, _("At risk")
    LATE = "late", Colour.DANGER, _("Late")


class Audience(models.TextChoices):
    """Who is notified of a step."""

    MANAGER = "manager", _("Acting channel manager")
    BUYERS = "buyers", _("Owners and buyers of the distributor")
    OWNERS = "owners", _("Owners of the distributor")
    WAREHOUSE = "warehouse", _("The brand owner's warehouse")
    NAMED = "named", _("The people that the event names")
    KEEPERS = "keepers", _("Owners and keepers of the distributor")


class WhenShort(models.TextChoices):
    """What becomes of a line of which not all is there. The last three make another line of it, or none."""

    WAIT = "wait", _("Wait until all of it is there")
    PART = "part", _("Ship what is there, the rest later")
    TAKE = "take", _("Take what is there only")
    DROP = "drop", _("Leave the line out")
    SUCCESSOR = "successor", _("Take the successor instead")

    @property
    def waits(self) -> bool:
        """Whether what is not there is on back order."""
        return self in {WhenShort.WAIT, WhenShort.PART}


class AdjustmentKind(models.TextChoices):
    """Why a line costs more or less than its list price."""

    DISCOUNT = "discount", _("Discount")
    PROMOTION = "promotion", _("Promotion")
    MANUAL = "manual", _("Changed manually")
    GIFT = "gift", _("Gift")
    FREE = "free", _("Free of charge")
    ROUNDING = "rounding", _("Rounding")


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
    REJECTED = "order.rejected", _("Rejected")
    PICKING = "order.picking", _("Picking started")
    SERIALS_RECORDED = "order.serials_recorded", _("Serial numbers recorded")
    LOTS_CHOSEN = "order.lots_chosen", _("Lots chosen")
    SHIPPED = "order.shipped", _("Shipped")
    DROP_SHIPPED = "order.drop_shipped", _("Drop shipment on its way to its receiver")
    PACKED = "order.packed", _("Packed")
    DELIVERED = "order.delivered", _("Delivered")
    RECEIVED = "order.received", _("Received")
    RECEIVED_BY_ITSELF = "order.received_by_itself", _("Received by itself")
    CANCELLED = "order.cancelled", _("Cancelled")
    REST_CANCELLED = "order.rest_cancelled", _("Rest cancelled")
    SOON_LATE = "order.soon_late", _("At risk of being late")
    LATE = "order.late", _("Late")
    REMINDED_MANAGER = "order.reminded_manager", _("Channel manager reminded")
    REMINDED_WAREHOUSE = "order.reminded_warehouse", _("Warehouse reminded")
    REMINDED_KEEPER = "order.reminded_keeper", _("Distributor reminded")
    RESERVATION_EXPIRED = "order.reservation_expired", _("Reservation expired")
    TEMPLATE_SAVED = "order_template.saved", _("Order template saved")
    TEMPLATE_REMOVED = "order_template.removed", _("Order template removed")
    OUTSIDE_TERRITORY = "order.outside_territory", _("On hold: address outside the territory")
    TYPE_SAVED = "order_type.saved", _("Order type saved")
    ABOVE_LIMIT = "order.above_limit", _("On hold: above the limit of the buyer")
    OVER_CREDIT = "order.over_credit", _("On hold: over the credit limit")
    CREDIT_RELEASED = "order.credit_released", _("Released over the credit limit")
    PROMISE_CORRECTED = "order.promise_corrected", _("Promised another day: the stock had gone meanwhile")
    CONFIRMED = "order.confirmed", _("Confirmed by the distributor")
    CHANGED = "order.changed", _("Changed by the distributor")
    LINES_CHANGED = "order.lines_changed", _("Lines changed at approval")
    WAITS = "order.waits", _("Waiting for approval")
    CHANGE_REQUESTED = "order.change_requested", _("Change requested")
    CHANGE_ABOVE_LIMIT = "order.change_above_limit", _("Change requested above the limit of the buyer")
    CHANGE_CONFIRMED = "order.change_confirmed", _("Requested change confirmed by the distributor")
    CHANGE_ACCEPTED = "order.change_accepted", _("Requested change accepted")
    CHANGE_REFUSED = "order.change_refused", _("Requested change refused")
    CHANGE_WITHDRAWN = "order.change_withdrawn", _("Requested change withdrawn")
    QUESTION_ASKED = "order.question_asked", _("Question about the hold")
    QUESTION_ANSWERED = "order.question_answered", _("Question about the hold answered")
    RULE_SAVED = "approval_rule.saved", _("Approval rule saved")
    REPRICED = "order.repriced", _("Priced anew")
    PRICES_KEPT = "order.prices_kept", _("Prices kept")
    PROMISE_CHANGED = "order.promise_changed", _("Promised for another day")
    ESCALATED = "order.escalated", _("Passed to the supervisor")
    DELIVERY_LINK_MADE = "order.delivery_link_made", _("Delivery link made")
    DELIVERY_LINK_REVOKED = "order.delivery_link_revoked", _("Delivery link revoked")
    PROOF_RECORDED = "order.proof_recorded", _("Proof of delivery recorded")
