"""Goods that go from one warehouse of the brand owner to another, and lie in transit between them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from company.models.document import Document
from core.models import COUNT_VERSIONS
from core.state import legal_values
from inventory.models.lines import ProductLine, person_field
from inventory.models.warehouse import Warehouse
from inventory.querysets import OfBrandQuerySet
from transfers.enums import TransferStatus


class Transfer(Document):
    """What is sent leaves the source's stock and lies in `transit` until it is received. It has a number from then on.

    What is on its way is expected at the destination by an ExpectedReceipt for each line, so that a promise counts it as
    it counts any goods that come.
    """

    source = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="+", db_index=False, verbose_name=_("from warehouse")
    )
    destination = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="+", db_index=False, verbose_name=_("to warehouse")
    )
    transit = models.ForeignKey(
        Warehouse,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("in-transit warehouse"),
    )
    status = models.CharField(_("status"), max_length=16, choices=TransferStatus, default=TransferStatus.DRAFT)
    expected_on = models.DateField(_("expected on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("prepared at"))
    created_by = person_field(_("prepared by"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    sent_by = person_field(_("sent by"))
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)
    received_by = person_field(_("received by"))

    objects = OfBrandQuerySet.as_manager()

    class Meta(Document.Meta):
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="transfer_newest"),
            models.Index(fields=["status", "expected_on"], name="transfer_by_status"),
        ]
        constraints = [
            *Document.Meta.constraints,
            legal_values("status", TransferStatus, "transfer_status_legal"),
            models.CheckConstraint(
                condition=~Q(source=F("destination")),
                name="transfer_between_two",
                violation_error_message=_("Select two different warehouses."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=[TransferStatus.DRAFT, TransferStatus.CANCELLED])
                | Q(number__isnull=False, transit__isnull=False, sent_at__isnull=False),
                name="transfer_sent_has_number",
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its number; a draft has none."""
        return self.number or pgettext("transfer", "Draft %(id)d") % {"id": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("transfers:transfer", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        return self.status in {TransferStatus.SENT, TransferStatus.PARTLY_RECEIVED}

    @property
    def is_overdue(self) -> bool:
        return self.overdue_on(timezone.localdate())

    def overdue_on(self, today: date) -> bool:
        """On its way past its day: it counts as nothing at the destination until it has a new one."""
        return self.is_under_way and self.expected_on < today


class TransferLine(ProductLine):
    """A product of a transfer. `received` are the pieces that came, `lost` those of `pieces` that did not, `surplus` those more.

    In transit are `pieces + surplus - received - lost`; nothing is when the transfer is done.
    """

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="lines", verbose_name=_("transfer"))
    received = models.BigIntegerField(_("received"), default=0)
    lost = models.BigIntegerField(_("missing"), default=0)
    surplus = models.BigIntegerField(_("surplus"), default=0)
    reason = models.CharField(_("reason for the difference"), max_length=300, blank=True)

    objects = OfBrandQuerySet.as_manager()

    class Meta(ProductLine.Meta):
        verbose_name = _("line of a transfer")
        verbose_name_plural = _("lines of transfers")
        ordering = ["transfer", "id"]
        constraints = [
            *ProductLine.Meta.constraints,
            models.UniqueConstraint(fields=["transfer", "product", "unit"], name="transfer_line_once"),
            models.CheckConstraint(
                condition=Q(received__gte=0, lost__gte=0, surplus__gte=0)
                & Q(pieces__gte=F("received") + F("lost") - F("surplus")),
                name="transfer_line_adds_up",
            ),
            models.CheckConstraint(condition=Q(lost=0, surplus=0) | ~Q(reason=""), name="transfer_line_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id}/{self.product_id}: {self.pieces}"

    def get_absolute_url(self) -> str:
        return reverse("transfers:transfer", args=[self.transfer_id])

    @property
    def in_transit(self) -> int:
        """Sent and not accounted for yet. Of a draft: what would be sent."""
        return self.pieces + self.surplus - self.received - self.lost
