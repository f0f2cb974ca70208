"""What documents have in common. Each model adds its distributor, its seller and its own dates."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from company.iso_codes import check_currency
from company.models.company import Company
from core.models import Versioned
from core.money import RATE_DIGITS, RATE_LENGTH, currency_check, money_field


class Document(Versioned):
    """A numbered paper of a company. A draft has no number: it gets one when it becomes a document.

    A subclass lists `COUNT_VERSIONS` among its triggers and its own status field with the constraint of its states.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="+", db_index=False, verbose_name=_("company"))
    number = models.CharField(_("number"), max_length=32, null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["number", "company"], name="%(class)s_number_once"),
            models.CheckConstraint(condition=~Q(number=""), name="%(class)s_number_not_empty"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.pk)


class MoneyDocument(Document):
    """A document with amounts in `currency`: net, tax, and the total of both, as they were agreed.

    `exchange_rate` is what one unit of `currency` was worth in the company's currency on the day of the document; NULL
    where nobody knew. An amount of the company's currency says so in its name and is never added to these.
    """

    currency = models.CharField(_("currency"), max_length=3, validators=[check_currency])
    exchange_rate = models.DecimalField(
        _("exchange rate"), max_digits=RATE_LENGTH, decimal_places=RATE_DIGITS, null=True, blank=True
    )
    net_amount = money_field(verbose_name=_("net"), default=Decimal(0))
    tax_amount = money_field(verbose_name=_("tax"), default=Decimal(0))
    total_amount = money_field(verbose_name=_("total"), default=Decimal(0))

    class Meta(Document.Meta):
        abstract = True
        constraints = [
            *Document.Meta.constraints,
            currency_check("currency", "%(class)s_currency_iso"),
            models.CheckConstraint(condition=Q(exchange_rate__gt=0), name="%(class)s_exchange_rate_positive"),
            models.CheckConstraint(
                condition=Q(total_amount=F("net_amount") + F("tax_amount")), name="%(class)s_total_is_net_and_tax"
            ),
        ]
