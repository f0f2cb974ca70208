from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from messaging.models import AttachedFile, is_hashed
from orders.fulfilment.models import Shipment
from orders.fulfilment.querysets import ByShipmentQuerySet


class DeliveryLink(models.Model):
    """A link by which a driver or a shop records the delivery of one shipment without signing in: only its hash is kept.

    A shipment has at most one that is neither revoked nor used.
    """

    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="delivery_links", verbose_name=_("shipment"))
    secret_hash = models.CharField(_("hash of the secret"), max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("created by")
    )
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    objects = ByShipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery link")
        verbose_name_plural = _("delivery links")
        ordering = ["shipment", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(secret_hash__regex="^[0-9a-f]{64}$"), name="delivery_link_hash"),  # noqa: S106 - a pattern
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="delivery_link_expires"),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True), name="delivery_link_used_or_revoked"
            ),
            models.UniqueConstraint(
                fields=["shipment"],
                condition=Q(revoked_at__isnull=True, used_at__isnull=True),
                name="delivery_link_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shipment_id}: {self.created_at:%Y-%m-%d}"

    def is_open(self, now: datetime) -> bool:
        """Whether the delivery can be recorded with it."""
        return self.revoked_at is None and self.used_at is None and self.expires_at > now


class ProofOfDelivery(AttachedFile):
    """Who took a shipment in, with a photo of it. Append-only. A link of several shipments leaves one with each."""

    shipment = models.OneToOneField(Shipment, models.PROTECT, related_name="proof", verbose_name=_("shipment"))
    link = models.ForeignKey(DeliveryLink, models.PROTECT, related_name="proofs", verbose_name=_("delivery link"))
    signed_by = models.CharField(_("signed by"), max_length=100)
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = ByShipmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof of delivery")
        verbose_name_plural = _("proofs of delivery")
        ordering = ["shipment"]
        constraints = [
            is_hashed("proof_of_delivery_hashed"),
            models.CheckConstraint(condition=~Q(signed_by=""), name="proof_of_delivery_signed"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.shipment_id}: {self.signed_by}"
