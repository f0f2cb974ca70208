from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.codes import CodeField, unique_code
from core.models.base import ends_after_start, no_overlap


class BusinessYear(models.Model):
    """A year of the company, calendar or not. Both days are included."""

    code = CodeField(_("code"), max_length=16)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))

    class Meta:
        verbose_name = _("business year")
        verbose_name_plural = _("business years")
        ordering = ["starts_on"]
        constraints = [
            unique_code("business_year_code_once"),
            ends_after_start("business_year_dates"),
            no_overlap("business_years_apart"),
        ]

    def __str__(self) -> str:
        return self.code


class BusinessPeriod(models.Model):
    """A month (or a quarter, where the company plans by quarters) of a business year. Both days are included."""

    year = models.ForeignKey(BusinessYear, models.CASCADE, related_name="periods", verbose_name=_("business year"))
    number = models.PositiveSmallIntegerField(_("number"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))

    class Meta:
        verbose_name = _("business period")
        verbose_name_plural = _("business periods")
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="business_period_number"),
            ends_after_start("business_period_dates"),
            no_overlap("business_periods_apart"),
        ]

    def __str__(self) -> str:
        return f"{self.year.code}/{self.number:02d}"

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on
