from django.db import models
from django.utils.translation import gettext_lazy as _

from messaging.models.attached_file import AttachedFile, is_hashed
from orders.fulfilment.claims.models.claim import DeliveryClaimLine
from orders.fulfilment.claims.querysets import ByClaimLineQuerySet


class ClaimPhoto(AttachedFile):
    """A picture of what differs."""

    line = models.ForeignKey(
        DeliveryClaimLine, models.CASCADE, related_name="photos", verbose_name=_("line of a delivery claim")
    )

    objects = ByClaimLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo of a delivery claim")
        verbose_name_plural = _("photos of delivery claims")
        ordering = ["line", "id"]
        constraints = [
            is_hashed("claim_photo_hashed"),
            models.CheckConstraint(condition=models.Q(media_type__startswith="image/"), name="claim_photo_is_picture"),
        ]
