from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices


class WarehouseKind(models.TextChoices):
    """What a warehouse is for. Orders are supplied from what is for sale only."""

    SALE = "sale", _("For sale")
    TRANSIT = "transit", pgettext_lazy("transfer", "In transit")
    RETURNS = "returns", _("Returns")
    BLOCKED = "blocked", _("Blocked")


class ReceiptStatus(ColouredChoices):
    """Of goods that are expected. Overdue is shown, never stored."""

    OPEN = "open", Colour.WORK, pgettext_lazy("receipt", "Expected")
    OVERDUE = "overdue", Colour.DANGER, _("Overdue")
    RECEIVED = "received", Colour.DONE, pgettext_lazy("receipt", "Received")
    CANCELLED = "cancelled", Colour.DRAFT, _("Cancelled")


class BlockStatus(ColouredChoices):
    """Of a quantity that is blocked. Past its day is shown, never stored."""

    BLOCKED = "blocked", Colour.WARNING, pgettext_lazy("stock", "Blocked")
    OVERDUE = "overdue", Colour.DANGER, pgettext_lazy("stock", "Blocked past its day")
    CLOSED = "closed", Colour.DONE, pgettext_lazy("stock", "Closed")


class LotStatus(ColouredChoices):
    """Of a lot. What is frozen or recalled is neither promised nor shipped."""

    FREE = "free", Colour.DONE, pgettext_lazy("lot", "Free")
    FROZEN = "frozen", Colour.WARNING, pgettext_lazy("lot", "Frozen")
    RECALLED = "recalled", Colour.DANGER, pgettext_lazy("lot", "Recalled")


class NotBoundReason(models.TextChoices):
    """Why pieces of a line have no lot."""

    NONE_FREE = "none_free", _("no lot has so many free pieces")
    TOO_SHORT = "too_short", _("the lots expire too soon after their arrival")
    OLDER = "older", _("the lots are older than the last delivery")
    FROZEN = "frozen", _("the lots are frozen")
    NOT_PICKED = "not_picked", _("too few pieces were chosen")


class BlockReason(models.TextChoices):
    QUALITY = "quality", _("Quality inspection")
    CUSTOMS = "customs", _("Customs")
    RECALL = "recall", _("Recall")
    DAMAGE = "damage", _("Damage")
    OTHER = "other", pgettext_lazy("reason", "Other")


class MoveKind(models.TextChoices):
    RECEIPT = "receipt", _("Receipt")
    ADJUSTMENT = "adjustment", _("Adjustment")
    SHIPMENT = "shipment", _("Shipment")
    RETURN = "return", _("Return")
    OPENING = "opening", _("Opening stock")
    COUNT = "count", _("Count")
    TRANSFER = "transfer", _("Transfer")
    DIFFERENCE = "difference", _("Transit difference")
    SCRAP = "scrap", pgettext_lazy("document", "Scrap")


class InventoryEvent(models.TextChoices):
    STOCK_RECEIVED = "stock.received", _("Stock received")
    STOCK_ADJUSTED = "stock.adjusted", _("Stock adjusted")
    ROUTE_OPENED = "supply_route.opened", _("Supply route opened")
    RECEIPT_EXPECTED = "expected_receipt.saved", _("Receipt expected")
    RECEIPT_CLOSED = "expected_receipt.closed", _("Expected receipt closed")
    BACK_ORDER_FILLED = "back_order.filled", _("Back order filled")
    STOCK_BLOCKED = "stock.blocked", _("Stock blocked")
    STOCK_UNBLOCKED = "stock.unblocked", _("Stock unblocked")
    BLOCK_CHANGED = "stock_block.changed", _("Blocked stock changed")
    RESERVATION_DISPLACED = "reservation.displaced", _("Reserved goods are missing")
    LOT_SAVED = "lot.saved", _("Lot saved")
    LOT_FROZEN = "lot.frozen", _("Lot frozen")
    LOT_RECALLED = "lot.recalled", _("Lot recalled")
    LOT_RELEASED = "lot.released", _("Lot released")
    LOT_ASSIGNED = "lot.assigned", _("Pieces assigned to another lot")
    LOTS_LOST = "lot.lost_by_order", _("Lots to be picked anew")
    RECALL_TOLD = "lot.recall_told", _("Told of a recall")
    TRACKING_CHANGED = "product.tracking_changed", _("Tracking of lots changed")
    BACK_ORDER_PROMISED = "back_order.promised", _("Back order: new date")


class Availability(ColouredChoices):
    """What a distributor sees of stock: enough to decide, not the quantity."""

    PLENTY = "plenty", Colour.DONE, _("In stock")
    FEW = "few", Colour.WARNING, _("Low stock")
    NONE = "none", Colour.DANGER, _("Out of stock")


class Cover(ColouredChoices):
    """How long a distributor's stock lasts, see `inventory.rules.cover_of`."""

    EMPTY = "empty", Colour.DANGER, _("Out of stock")
    SHORT = "short", Colour.WARNING, _("Low")
    FINE = "fine", Colour.DONE, _("OK")
    OVERSTOCKED = "overstocked", Colour.WARNING, _("Overstocked")
    NO_DATA = "no_data", Colour.DRAFT, _("No data")
