"""Goods that are expected, and who waits for them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.models.product import Product
from company.models import WorkingCalendar
from core.state import legal_values
from core.subjects import address_of, subject_type
from inventory.enums import ReceiptStatus
from inventory.models.warehouse import Warehouse
from inventory.querysets import ExpectedReceiptQuerySet, StockQuerySet


class ExpectedReceipt(models.Model):
    """Goods that a supply order or a document brings into a warehouse: so many pieces of a product on a day.

    Past its day it counts as nothing until it has a new one. Changed under the lock of the stock it will become. Without a
    source it is a supply order's; what a document brings, such as a transfer, is changed and received by that document.
    """

    external_id = models.CharField(
        _("supply order"), max_length=64, unique=True, help_text=_("Number and line in your purchasing system.")
    )
    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="+", db_index=False, verbose_name=_("warehouse")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, verbose_name=_("product"))
    quantity = models.PositiveIntegerField(_("quantity"), help_text=_("In pieces."))
    received = models.PositiveIntegerField(_("received"), default=0)
    expected_on = models.DateField(_("expected on"))
    status = models.CharField(_("status"), max_length=16, choices=ReceiptStatus, default=ReceiptStatus.OPEN)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source_type = models.CharField(_("kind of document"), max_length=32, blank=True, default="")
    source_id = models.BigIntegerField(_("document"), null=True, blank=True)
    source_line_id = models.BigIntegerField(_("line of the document"), null=True, blank=True)

    objects = ExpectedReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("expected receipt")
        verbose_name_plural = _("expected receipts")
        ordering = ["expected_on", "id"]
        indexes = [
            models.Index(fields=["warehouse", "product"], name="expected_receipt_open", condition=Q(status="open")),
            models.Index(fields=["expected_on", "id"], name="expected_receipt_by_day"),
        ]
        constraints = [
            legal_values("status", ReceiptStatus, "expected_receipt_status_legal"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1),
                name="expected_receipt_quantity",
                violation_error_message=_("Enter a quantity above zero."),
            ),
            models.CheckConstraint(
                condition=~Q(status="open") | Q(received__lt=F("quantity")), name="expected_receipt_open_has_rest"
            ),
            models.CheckConstraint(
                condition=Q(source_type="", source_id__isnull=True, source_line_id__isnull=True)
                | (~Q(source_type="") & Q(source_id__isnull=False, source_line_id__isnull=False)),
                name="expected_receipt_source_whole",
            ),
            models.UniqueConstraint(
                fields=["source_type", "source_id", "source_line_id"],
                condition=Q(source_id__isnull=False),
                name="expected_receipt_once_a_line",
            ),
        ]

    def __str__(self) -> str:
        return self.external_id

    def get_absolute_url(self) -> str:
        if self.source_id is not None:
            return address_of(subject_type(self.source_type).model(pk=self.source_id))
        return reverse("inventory:expected-receipt", args=[self.pk])

    @property
    def outstanding(self) -> int:
        """Still to come."""
        return self.quantity - self.received if self.status == ReceiptStatus.OPEN else 0

    @property
    def current_state(self) -> ReceiptStatus:
        return self.state(timezone.localdate())

    def state(self, today: date) -> ReceiptStatus:
        """The status to show: an open one is overdue from the day after it was expected."""
        is_overdue = self.status == ReceiptStatus.OPEN and self.expected_on < today
        return ReceiptStatus.OVERDUE if is_overdue else ReceiptStatus(self.status)


class BackOrder(models.Model):
    """Pieces of a line of a document that wait for goods: placed, promised, not reserved. Zero means nothing waits.

    Filled in the order of `ship_on`, then of `placed_at`, by whatever brings goods in, in the same transaction. Days:
    `ship_on` it leaves, `promised_on` it arrives, both as they are now; `first_promised_on` never changes.
    """

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="+", db_index=False, verbose_name=_("warehouse")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", db_index=False, verbose_name=_("product"))
    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="+", db_index=False, verbose_name=_("distributor")
    )
    source_type = models.CharField(_("kind of document"), max_length=32)
    source_id = models.BigIntegerField(_("document"))
    source_line_id = models.BigIntegerField(_("line of the document"))
    reference = models.CharField(_("number"), max_length=64, blank=True)
    ordered = models.BigIntegerField(_("pieces ordered"))
    quantity = models.BigIntegerField(_("pieces waiting"))
    lead_days = models.PositiveSmallIntegerField(_("lead time in days"), default=0)
    cut_off = models.TimeField(_("cut-off time"), null=True, blank=True)
    calendar = models.ForeignKey(
        WorkingCalendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("working calendar"),
    )
    wanted_on = models.DateField(_("wanted on"), null=True, blank=True)
    ship_on = models.DateField(_("ships on"), null=True, blank=True)
    promised_on = models.DateField(_("promised on"), null=True, blank=True)
    first_promised_on = models.DateField(_("first promised on"), null=True, blank=True)
    keep_days = models.PositiveSmallIntegerField(
        _("days kept"), null=True, blank=True, help_text=_("How long filled stock is reserved; blank is for good.")
    )
    placed_at = models.DateTimeField(_("placed at"))
    filled_at = models.DateTimeField(_("filled at"), null=True, blank=True)
    is_displaced = models.BooleanField(
        _("displaced"), default=False, help_text=_("These pieces were reserved, but they are not in stock.")
    )

    objects = StockQuerySet.as_manager()

    class Meta:
        verbose_name = _("back order")
        verbose_name_plural = _("back orders")
        ordering = [F("ship_on").asc(nulls_last=True), "placed_at", "id"]
        indexes = [
            models.Index(fields=["warehouse", "product"], name="back_order_open", condition=Q(quantity__gt=0)),
            models.Index(fields=["source_type", "source_id"], name="back_order_of_document"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=0) & Q(quantity__lte=F("ordered")), name="back_order_quantity"
            ),
            models.CheckConstraint(
                condition=Q(ship_on__isnull=True, promised_on__isnull=True)
                | Q(ship_on__isnull=False, promised_on__isnull=False, first_promised_on__isnull=False),
                name="back_order_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference or self.source_id}: {self.quantity}"
