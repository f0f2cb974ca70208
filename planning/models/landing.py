from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from company.models import BusinessYear
from core.money import STORED_DIGITS, money_field
from planning.querysets import LandingForecastQuerySet, LandingQuerySet


def _share(label: Any, *, known: bool = False) -> models.DecimalField[Any, Any]:
    return models.DecimalField(label, max_digits=12, decimal_places=6, null=not known, blank=not known)


def _amount(label: Any) -> models.DecimalField[Any, Any]:
    return models.DecimalField(label, max_digits=19, decimal_places=STORED_DIGITS, null=True, blank=True)


class LandingForecast(models.Model):
    """Where a business year was expected to land, as seen on one day, in one currency: kept, and judged when it is over.

    `sold_share` is what is usually sold by that day, `period_share` the part of the rest that is expected in the period of
    that day, `past_error` and `past_bias` how far off the same forecast was in the last closed year. `error` and `bias`
    are its own, once its year is closed.
    """

    year = models.ForeignKey(BusinessYear, models.PROTECT, related_name="+", verbose_name=_("business year"))
    currency = models.CharField(_("currency"), max_length=3)
    made_on = models.DateField(_("as of"))
    sold_share = _share(_("usually sold by then"), known=True)
    growth = _share(_("growth"), known=True)
    period_share = _share(_("share of the rest in the period"), known=True)
    uses_individual_profile = models.BooleanField(_("by each distributor's own season"), default=False)
    is_straight = models.BooleanField(_("straight line without history"), default=False)
    sold_amount = money_field(verbose_name=_("sold"))
    expected_amount = money_field(verbose_name=_("still expected"))
    past_error = _share(_("error of the last closed year"))
    past_bias = _share(_("bias of the last closed year"))
    error = _share(_("error"))
    bias = _share(_("bias"))

    objects = LandingForecastQuerySet.as_manager()

    class Meta:
        verbose_name = _("landing forecast")
        verbose_name_plural = _("landing forecasts")
        ordering = ["-made_on", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["year", "currency", "made_on"], name="landing_forecast_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.year_id} {self.currency} {self.made_on}"


class Landing(models.Model):
    """One distributor's part of a forecast; `manager` is who answered for it that day. The band holds four of five."""

    forecast = models.ForeignKey(
        LandingForecast, models.CASCADE, related_name="landings", db_index=False, verbose_name=_("landing forecast")
    )
    distributor = models.ForeignKey(Distributor, models.PROTECT, related_name="landings", verbose_name=_("distributor"))
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("manager"),
    )  # fmt: skip
    interval_days = models.PositiveSmallIntegerField(_("days between orders"))
    sold_amount = money_field(verbose_name=_("sold"))
    expected_amount = money_field(verbose_name=_("still expected"))
    low_amount = _amount(_("at least"))
    high_amount = _amount(_("at most"))
    actual_amount = _amount(_("actual"))

    objects = LandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("landing")
        verbose_name_plural = _("landings")
        ordering = ["forecast", "distributor"]
        constraints = [
            models.UniqueConstraint(fields=["forecast", "distributor"], name="landing_once"),
            models.CheckConstraint(condition=Q(expected_amount__gte=0), name="landing_expects_no_less_than_nothing"),
            models.CheckConstraint(
                condition=Q(low_amount=None, high_amount=None) | Q(low_amount__lte=F("high_amount")),
                name="landing_band_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forecast_id}/{self.distributor_id}"
