from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.models.exposure import Exposure, count_versions_of
from billing.querysets import LimitQuerySet
from company.iso_codes import check_currency
from company.models import Company
from core.models import Versioned
from core.money import currency_check, money_field


class CreditLimit(Exposure, Versioned):
    """How much the accounts that share it may use together, in its currency. It may fall below what is used.

    The temporary amount counts in its place up to and with its last day. The counters are the sums of its accounts'.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="+", verbose_name=_("company"))
    name = models.CharField(
        _("name"), max_length=100, blank=True, help_text=_("Of a group, whose accounts share the limit.")
    )
    currency = models.CharField(_("currency"), max_length=3, validators=[check_currency])
    amount = money_field(verbose_name=_("credit limit"))
    temporary_amount = money_field(verbose_name=_("temporary limit"), null=True, blank=True)
    temporary_until = models.DateField(_("temporary limit until"), null=True, blank=True)

    objects = LimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit limit")
        verbose_name_plural = _("credit limits")
        ordering = ["name", "id"]
        constraints = [
            *Exposure.Meta.constraints,
            currency_check("currency", "credit_limit_currency_iso"),
            models.CheckConstraint(
                condition=Q(amount__gte=0) & (Q(temporary_amount__isnull=True) | Q(temporary_amount__gte=0)),
                name="credit_limit_not_negative",
                violation_error_message=_("Enter an amount of zero or more."),
            ),
            models.CheckConstraint(
                condition=Q(temporary_amount__isnull=True, temporary_until__isnull=True)
                | Q(temporary_amount__isnull=False, temporary_until__isnull=False),
                name="credit_limit_temporary_has_end",
                violation_error_message=_("A temporary limit has an amount and a last day."),
            ),
            models.UniqueConstraint(
                fields=["company", "name"],
                condition=~Q(name=""),
                name="credit_limit_name_once",
                violation_error_message=_("Another credit limit already has this name."),
            ),
        ]
        triggers = [count_versions_of("name", "amount", "temporary_amount", "temporary_until")]

    def __str__(self) -> str:
        return self.name or str(_("Credit limit %(id)s")) % {"id": self.pk}

    def amount_on(self, day: date) -> Decimal:
        """What it allows on a day."""
        if self.temporary_amount is not None and self.temporary_until is not None and self.temporary_until >= day:
            return self.temporary_amount
        return self.amount

    def get_absolute_url(self) -> str:
        """That of a group; the limit of one account stands on its account."""
        return reverse("billing:limit", args=[self.pk]) if self.name else reverse("billing:accounts")
