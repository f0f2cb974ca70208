from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import Colour, ColouredChoices


class TrackingCode(models.TextChoices):
    COLLECTED = "collected", _("Collected")
    IN_TRANSIT = "in_transit", _("In transit")
    OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery")
    DELIVERED = "delivered", _("Delivered")
    EXCEPTION = "exception", _("Exception")


class DeliveryBasis(models.TextChoices):
    """The day that a delivery is measured by."""

    PROMISED = "promised", _("First promised day")
    WANTED = "wanted", _("Wanted day")


class DeliveryResult(ColouredChoices):
    """What became of an order that was due."""

    PERFECT = "perfect", Colour.DONE, _("Perfect order")
    KEPT = "kept", Colour.DONE, pgettext_lazy("delivery", "On time in full")
    MISSED = "missed", Colour.DANGER, pgettext_lazy("delivery", "Not on time in full")


class BrokenStep(models.TextChoices):
    """The first step of an order that was not done in time for its day, from the order to the receipt."""

    PROMISE = "promise", pgettext_lazy("broken step", "Promised later than wanted")
    APPROVAL = "approval", pgettext_lazy("broken step", "Approved late")
    STOCK = "stock", pgettext_lazy("broken step", "Waited for stock")
    SHIPPING = "shipping", pgettext_lazy("broken step", "Shipped late")
    CARRIER = "carrier", pgettext_lazy("broken step", "Carrier late")
    RECEIPT = "receipt", pgettext_lazy("broken step", "Received with a difference")
    CHANGE = "change", pgettext_lazy("broken step", "Changed by the seller")


class DeliveryGroup(models.TextChoices):
    """What the deliveries are summed up by."""

    DISTRIBUTOR = "distributor", _("Distributor")
    WAREHOUSE = "warehouse", _("Warehouse")
    CARRIER = "carrier", _("Carrier")
    MONTH = "month", _("Month")
    STEP = "step", _("First broken step")
