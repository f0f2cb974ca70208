from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.querysets import EveryoneQuerySet
from core.codes import unique_code
from core.models import Bilingual, ends_after_start
from pricing.models.source import Sourced, source_whole


class Promotion(Sourced, Bilingual):
    """A discount on the line for a time and a range of quantities."""

    discount_rate = models.DecimalField(_("discount rate"), max_digits=7, decimal_places=6)
    minimum_quantity = models.PositiveIntegerField(_("minimum quantity"), default=0)
    maximum_quantity = models.PositiveIntegerField(_("maximum quantity"), null=True, blank=True)
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = EveryoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")
        ordering = ["-starts_on", "code"]
        constraints = [
            unique_code("promotion_code_once"),
            source_whole("promotion_source_whole"),
            ends_after_start("promotion_dates"),
            models.CheckConstraint(
                condition=Q(discount_rate__gte=0) & Q(discount_rate__lte=1), name="promotion_rate_is_a_fraction"
            ),
            models.CheckConstraint(
                condition=Q(maximum_quantity__isnull=True) | Q(maximum_quantity__gte=F("minimum_quantity")),
                name="promotion_quantities",
            ),
        ]
