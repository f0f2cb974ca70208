"""Goods that are taken out of stock for good: broken, expired, lost, given as samples."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from company.models.document import Document
from core.models import COUNT_VERSIONS
from core.money import money_field
from core.state import legal_values
from inventory.models import StockBlock, Warehouse
from inventory.models.lines import ProductLine, person_field
from stocktaking.enums import ScrapReason, ScrapStatus
from stocktaking.querysets import OfBrandQuerySet


class Scrap(Document):
    """Prepared by one person, approved by another: only then the goods leave the stock. It has a number from then on.

    With `block` they are taken from what that document has blocked. A scrap is undone by a counter document that names it
    in `reverses` and brings the goods back.
    """

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    block = models.ForeignKey(
        StockBlock, models.PROTECT, null=True, blank=True, related_name="scraps", verbose_name=_("blocked stock")
    )
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("undoes")
    )
    reason = models.CharField(_("reason"), max_length=16, choices=ScrapReason)
    status = models.CharField(_("status"), max_length=16, choices=ScrapStatus, default=ScrapStatus.DRAFT)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("prepared at"))
    created_by = person_field(_("prepared by"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = person_field(_("submitted by"))
    posted_at = models.DateTimeField(_("posted at"), null=True, blank=True)
    posted_by = person_field(_("approved by"))
    decision_note = models.CharField(_("note of the approval"), max_length=300, blank=True)

    objects = OfBrandQuerySet.as_manager()

    class Meta(Document.Meta):
        verbose_name = pgettext_lazy("document", "scrap")
        verbose_name_plural = pgettext_lazy("document", "scraps")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="scrap_newest"),
            models.Index(fields=["status", "-created_at"], name="scrap_by_status"),
        ]
        constraints = [
            *Document.Meta.constraints,
            legal_values("status", ScrapStatus, "scrap_status_legal"),
            legal_values("reason", ScrapReason, "scrap_reason_legal"),
            models.CheckConstraint(
                condition=Q(status__in=[ScrapStatus.DRAFT, ScrapStatus.WAITING, ScrapStatus.CANCELLED])
                | Q(number__isnull=False, posted_at__isnull=False),
                name="scrap_posted_has_number",
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its number; before it is posted it has none."""
        return self.number or pgettext("scrap", "Draft %(id)d") % {"id": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("stocktaking:scrap", args=[self.pk])


class ScrapLine(ProductLine):
    """A product that is scrapped. `unit_cost` of a piece is as it was when it was posted, or is today before that."""

    scrap = models.ForeignKey(Scrap, models.CASCADE, related_name="lines", verbose_name=_("scrap"))
    unit_cost = money_field(verbose_name=_("unit cost"), default=Decimal(0))

    objects = OfBrandQuerySet.as_manager()

    class Meta(ProductLine.Meta):
        verbose_name = _("line of a scrap")
        verbose_name_plural = _("lines of scraps")
        ordering = ["scrap", "id"]
        constraints = [
            *ProductLine.Meta.constraints,
            models.UniqueConstraint(fields=["scrap", "product", "unit"], name="scrap_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scrap_id}/{self.product_id}: {self.pieces}"

    @property
    def value(self) -> Decimal:
        """At cost, in the company's currency."""
        return self.pieces * self.unit_cost
