"""Pieces in a warehouse that nobody gets until somebody says so: their quality is inspected, customs, a recall, damage."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models.product import Product
from company.models.document import Document
from core.models import COUNT_VERSIONS
from core.state import legal_values
from inventory.enums import BlockReason, BlockStatus
from inventory.models.lines import person_field
from inventory.models.lot import Lot
from inventory.models.warehouse import Warehouse
from inventory.querysets import StockBlockQuerySet


class StockBlock(Document):
    """So many pieces of a product, blocked where they lie. What is still blocked of them is reserved for this document.

    With `lot` they are of that lot; `by_freeze` they are blocked as long as the lot is frozen or recalled.
    Of `quantity` pieces so many were `released` and so many `scrapped`; a block of which nothing is left is closed.
    """

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="+", db_index=False, verbose_name=_("warehouse")
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("product"))
    lot = models.ForeignKey(Lot, models.PROTECT, null=True, blank=True, related_name="blocks", verbose_name=_("lot"))
    by_freeze = models.BooleanField(_("by a freeze of the lot"), default=False)
    quantity = models.BigIntegerField(_("pieces blocked"))
    released = models.BigIntegerField(_("released"), default=0)
    scrapped = models.BigIntegerField(_("scrapped"), default=0)
    reason = models.CharField(_("reason"), max_length=16, choices=BlockReason)
    note = models.CharField(_("note"), max_length=300, blank=True)
    until = models.DateField(_("blocked until"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=BlockStatus, default=BlockStatus.BLOCKED)
    blocked_at = models.DateTimeField(_("blocked at"))
    blocked_by = person_field(_("blocked by"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = StockBlockQuerySet.as_manager()

    class Meta(Document.Meta):
        verbose_name = _("blocked stock")
        verbose_name_plural = _("blocked stock")
        ordering = ["-blocked_at", "-id"]
        indexes = [
            models.Index(fields=["-blocked_at", "-id"], name="stock_block_newest"),
            models.Index(fields=["warehouse", "product"], name="stock_block_open", condition=Q(status="blocked")),
        ]
        constraints = [
            *Document.Meta.constraints,
            legal_values("status", BlockStatus, "stock_block_status_legal"),
            legal_values("reason", BlockReason, "stock_block_reason_legal"),
            models.CheckConstraint(condition=Q(by_freeze=False) | Q(lot__isnull=False), name="stock_block_of_lot"),
            models.UniqueConstraint(
                fields=["warehouse", "lot"],
                name="stock_block_one_freeze",
                condition=Q(by_freeze=True, status="blocked"),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, released__gte=0, scrapped__gte=0)
                & Q(quantity__gte=F("released") + F("scrapped")),
                name="stock_block_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(status=BlockStatus.BLOCKED, quantity__gt=F("released") + F("scrapped"))
                | Q(status=BlockStatus.CLOSED, quantity=F("released") + F("scrapped")),
                name="stock_block_open_has_rest",
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def get_absolute_url(self) -> str:
        return reverse("inventory:block", args=[self.pk])

    @property
    def open_pieces(self) -> int:
        """Still blocked."""
        return self.quantity - self.released - self.scrapped

    @property
    def current_state(self) -> BlockStatus:
        return self.state(timezone.localdate())

    def state(self, today: date) -> BlockStatus:
        """The status to show: one whose day has passed wants a decision; it stays blocked."""
        is_overdue = self.status == BlockStatus.BLOCKED and self.until is not None and self.until < today
        return BlockStatus.OVERDUE if is_overdue else BlockStatus(self.status)
