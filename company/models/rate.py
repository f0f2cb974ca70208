import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from company.iso_codes import check_currency
from company.querysets import StaffQuerySet
from core.money import currency_check, rate_field


@pghistory.track()
class ExchangeRate(models.Model):
    """What one unit of `from_currency` is worth in `to_currency`, from a day on until a later rate."""

    from_currency = models.CharField(_("from currency"), max_length=3, validators=[check_currency])
    to_currency = models.CharField(_("to currency"), max_length=3, validators=[check_currency])
    valid_on = models.DateField(_("valid from"))
    rate = rate_field(verbose_name=_("exchange rate"))

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["from_currency", "to_currency", "-valid_on"]
        constraints = [
            currency_check("from_currency", "exchange_rate_from_iso"),
            currency_check("to_currency", "exchange_rate_to_iso"),
            models.CheckConstraint(
                condition=~Q(to_currency=F("from_currency")),
                name="exchange_rate_two_currencies",
                violation_error_message=_("A rate needs two different currencies."),
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0),
                name="exchange_rate_positive",
                violation_error_message=_("A rate must be greater than zero."),
            ),
            models.UniqueConstraint(
                fields=["from_currency", "to_currency", "valid_on"], name="exchange_rate_one_per_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_currency}/{self.to_currency} {self.valid_on}"
