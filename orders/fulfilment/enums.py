from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour
from core.state import StateTable, Transition


class ShipmentStatus(models.TextChoices):
    SHIPPED = "shipped", _("On its way")
    DELIVERED = "delivered", _("Delivered")
    RECEIVED = "received", _("Received")

    @property
    def colour(self) -> Colour:
        return Colour.DONE if self == ShipmentStatus.RECEIVED else Colour.WORK


SHIPMENT_STATES = StateTable(
    field="status",
    states=ShipmentStatus,
    transitions=[
        Transition(
            action="deliver",
            sources=frozenset({ShipmentStatus.SHIPPED}),
            target=ShipmentStatus.DELIVERED,
            label=_("Mark delivered"),
        ),
        Transition(
            action="receive",
            sources=frozenset({ShipmentStatus.SHIPPED, ShipmentStatus.DELIVERED}),
            target=ShipmentStatus.RECEIVED,
            label=_("Confirm receipt"),
        ),
    ],
)


class CarrierKind(models.TextChoices):
    MANUAL = "manual", _("Tracked by hand")
    HTTP = "http", _("Tracked by HTTP")
