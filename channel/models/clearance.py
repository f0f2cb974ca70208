from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from channel.models.agreement import Agreement
from channel.models.record import Address
from channel.querysets import ByAgreementQuerySet


class AddressClearance(models.Model):
    """A delivery address outside the territory of an agreement to which orders may go all the same.

    For this revision of the agreement and the place that the address was then: another place is asked for again.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="clearances", verbose_name=_("agreement"))
    address = models.ForeignKey(Address, models.PROTECT, related_name="+", verbose_name=_("delivery address"))
    place = models.CharField(_("place"), max_length=600)
    reason = models.CharField(_("reason"), max_length=300)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("cleared by")
    )
    cleared_at = models.DateTimeField(_("cleared at"))

    objects = ByAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("cleared delivery address")
        verbose_name_plural = _("cleared delivery addresses")
        ordering = ["agreement", "-cleared_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "address", "place"], name="address_clearance_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="address_clearance_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.place}"
