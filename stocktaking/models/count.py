"""Counts of a warehouse: what should lie there and what was found, row by row, until the differences are posted."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from company.models.document import Document
from core.models import COUNT_VERSIONS
from core.money import money_field
from core.state import legal_values
from inventory.models import Warehouse
from inventory.models.lines import person_field
from stocktaking.enums import CountScope, CountStatus, DifferenceReason
from stocktaking.querysets import CountLineQuerySet, OfBrandQuerySet


class StockCount(Document):
    """A count of a warehouse. With `is_blind` nobody who counts sees what is expected.

    A row whose difference passes `tolerance` (percent of what is expected) is counted a second time; blank is never.
    """

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+", verbose_name=_("warehouse"))
    scope = models.CharField(_("what is counted"), max_length=16, choices=CountScope, default=CountScope.ALL)
    selection = models.JSONField(_("codes of what was selected"), default=list, blank=True)
    is_blind = models.BooleanField(
        _("blind count"), default=False, help_text=_("Whoever counts does not see the expected quantity.")
    )
    tolerance = models.DecimalField(
        _("tolerance in percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Rows with a larger difference are counted twice. Leave blank to count once."),
    )
    status = models.CharField(_("status"), max_length=16, choices=CountStatus, default=CountStatus.COUNTING)
    note = models.CharField(_("note"), max_length=300, blank=True)
    opened_at = models.DateTimeField(_("opened at"))
    opened_by = person_field(_("opened by"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = person_field(_("submitted by"))
    posted_at = models.DateTimeField(_("posted at"), null=True, blank=True)
    posted_by = person_field(_("approved by"))
    decision_note = models.CharField(_("note of the approval"), max_length=300, blank=True)

    objects = OfBrandQuerySet.as_manager()

    class Meta(Document.Meta):
        verbose_name = _("stock count")
        verbose_name_plural = _("stock counts")
        ordering = ["-opened_at", "-id"]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="stock_count_newest"),
            models.Index(fields=["status", "-opened_at"], name="stock_count_by_status"),
        ]
        constraints = [
            *Document.Meta.constraints,
            legal_values("status", CountStatus, "stock_count_status_legal"),
            legal_values("scope", CountScope, "stock_count_scope_legal"),
            models.CheckConstraint(
                condition=Q(tolerance__isnull=True) | Q(tolerance__gte=0), name="stock_count_tolerance"
            ),
            models.CheckConstraint(
                condition=~Q(status=CountStatus.POSTED) | Q(posted_at__isnull=False), name="stock_count_posted_has_day"
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def get_absolute_url(self) -> str:
        return reverse("stocktaking:count", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Rows can be counted."""
        return self.status in {CountStatus.COUNTING, CountStatus.RECOUNTING}

    @property
    def is_recounting(self) -> bool:
        return self.status == CountStatus.RECOUNTING

    def hides_expected(self) -> bool:
        """Blind, and somebody still counts."""
        return self.is_blind and self.is_open


class StockCountLine(models.Model):
    """A product of a count. What was expected is the stock at the moment when the row was counted.

    So goods may move on: the difference is posted as it was then. `entries` says how often the row was counted; what it
    was at first is kept when it is counted a second time. While the count is open, `open_warehouse` is its warehouse:
    a product is in one open count at a time, for one difference is posted once.
    """

    count = models.ForeignKey(StockCount, models.CASCADE, related_name="lines", verbose_name=_("stock count"))
    open_warehouse = models.ForeignKey(
        Warehouse,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("warehouse while the count is open"),
    )
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("product"))
    is_listed = models.BooleanField(_("on the list"), default=True)
    counted = models.BigIntegerField(_("counted"), null=True, blank=True)
    expected = models.BigIntegerField(_("expected"), null=True, blank=True)
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True)
    counted_by = person_field(_("counted by"))
    first_counted = models.BigIntegerField(_("counted at first"), null=True, blank=True)
    first_expected = models.BigIntegerField(_("expected at first"), null=True, blank=True)
    first_counted_by = person_field(_("counted at first by"))
    needs_recount = models.BooleanField(_("to be counted again"), default=False)
    entries = models.PositiveIntegerField(_("times entered"), default=0)
    reason = models.CharField(
        _("reason for the difference"), max_length=16, choices=DifferenceReason, blank=True, default=""
    )
    unit_cost = money_field(verbose_name=_("unit cost"), default=Decimal(0))

    objects = CountLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a stock count")
        verbose_name_plural = _("rows of stock counts")
        ordering = ["count", "id"]
        constraints = [
            models.UniqueConstraint(fields=["count", "product"], name="stock_count_line_once"),
            models.UniqueConstraint(fields=["open_warehouse", "product"], name="stock_count_line_in_one_count"),
            models.CheckConstraint(
                condition=Q(counted__isnull=True, expected__isnull=True, counted_at__isnull=True, entries=0)
                | Q(counted__gte=0, expected__isnull=False, counted_at__isnull=False, entries__gte=1),
                name="stock_count_line_counted",
            ),
            models.CheckConstraint(
                condition=Q(first_counted__isnull=True) | Q(counted__isnull=False, first_counted__gte=0),
                name="stock_count_line_first",
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(reason__in=DifferenceReason.values), name="stock_count_line_reason_legal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count_id}/{self.product_id}: {self.counted}"

    @property
    def is_right(self) -> bool:
        return self.counted is not None and self.counted == self.expected
