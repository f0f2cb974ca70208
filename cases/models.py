from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from accounts.querysets import ByDistributorQuerySet
from cases.enums import ComplaintStatus
from core.codes import CodeField, unique_code
from core.money import money_field
from core.state import legal_values
from orders.models import Order


class Complaint(models.Model):
    """A complaint about a distributor or about one of its orders."""

    code = CodeField(_("complaint number"), max_length=64)
    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="complaints", verbose_name=_("distributor")
    )
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="complaints", verbose_name=_("order")
    )
    subject = models.CharField(_("complaint about"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    amount = money_field(verbose_name=_("amount at stake"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=ComplaintStatus, default=ComplaintStatus.OPEN)
    received_on = models.DateField(_("received on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = ByDistributorQuerySet.as_manager()

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["-received_on", "-id"]
        indexes = [models.Index(fields=["distributor", "-received_on"], name="complaint_of_distributor")]
        constraints = [
            unique_code("complaint_code_once"),
            legal_values("status", ComplaintStatus, "complaint_status_legal"),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("cases:complaint", args=[self.code])
