import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.state import legal_values
from orders.fulfilment.models import Shipment
from orders.fulfilment.querysets import ByShipmentQuerySet
from orders.tracking.enums import TrackingCode


class TrackingEvent(models.Model):
    """Carrier tracking event of a shipment. Append-only, each of the carrier's events once."""

    shipment = models.ForeignKey(Shipment, models.CASCADE, related_name="tracking", verbose_name=_("shipment"))
    external_id = models.CharField(_("carrier's number"), max_length=128)
    code = models.CharField(_("code"), max_length=32, choices=TrackingCode)
    description = models.CharField(_("description"), max_length=300, blank=True)
    location = models.CharField(_("place"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"))

    objects = ByShipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("tracking event")
        verbose_name_plural = _("tracking events")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["shipment", "external_id"], name="tracking_event_once"),
            legal_values("code", TrackingCode, "tracking_event_code_legal"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.shipment_id} {self.code}"
