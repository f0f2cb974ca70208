from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.money import money_field
from core.state import legal_values
from orders.ordering.enums import AdjustmentKind
from orders.ordering.models.order import OrderLine
from orders.ordering.models.sums import ADJUSTMENT_SUMS
from orders.ordering.querysets import ByLineQuerySet


class LineAdjustment(models.Model):
    """One step from the list price of a line to its net, in the order's currency: below zero takes off.

    `source_type` and `source_id` name what gave it, such as a promotion.
    """

    line = models.ForeignKey(OrderLine, models.CASCADE, related_name="adjustments", verbose_name=_("order line"))
    kind = models.CharField(_("kind"), max_length=16, choices=AdjustmentKind)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    source_type = models.CharField(_("source"), max_length=32, blank=True)
    source_id = models.BigIntegerField(_("source number"), null=True, blank=True)
    amount = money_field(verbose_name=_("amount"))

    objects = ByLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line adjustment")
        verbose_name_plural = _("line adjustments")
        ordering = ["line", "id"]
        constraints = [
            legal_values("kind", AdjustmentKind, "line_adjustment_kind_legal"),
            models.CheckConstraint(condition=~Q(amount=0), name="line_adjustment_not_zero"),
            models.CheckConstraint(
                condition=Q(source_type="", source_id__isnull=True) | ~Q(source_type="") & Q(source_id__isnull=False),
                name="line_adjustment_source",
            ),
        ]
        triggers = ADJUSTMENT_SUMS

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
