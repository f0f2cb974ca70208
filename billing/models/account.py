from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from billing.models.credit_limit import CreditLimit
from billing.models.exposure import Exposure, count_versions_of
from billing.querysets import AccountQuerySet
from company.iso_codes import check_currency
from company.models import Company
from core.models import Versioned
from core.money import currency_check, money_field

_OF_LIMIT = pgtrigger.UpdateOf("credit_limit_id", "company_id", "currency")  # type: ignore[no-untyped-call]  # no types
_OF_ITS_LIMIT = """
IF NOT EXISTS (
    SELECT FROM billing_creditlimit AS shared
    WHERE shared.id = NEW.credit_limit_id AND shared.company_id = NEW.company_id AND shared.currency = NEW.currency
) THEN
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'trade_account_of_its_limit',
        MESSAGE = 'trade_account_of_its_limit: a limit and its accounts have one company and one currency';
END IF;
RETURN NEW;
"""


class TradeAccount(Exposure, Versioned):
    """What a distributor and a company owe each other, in one currency. Without a credit limit nothing is asked of an order.

    What was shipped before `opened_on` is in the opening balance. The balance of the goods is open invoices less payments on
    account and unallocated credit notes; deposits and rebates have balances apart, above zero where the distributor owes.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="+", db_index=False, verbose_name=_("company"))
    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="trade_accounts", verbose_name=_("distributor")
    )
    currency = models.CharField(_("currency"), max_length=3, validators=[check_currency])
    credit_limit = models.ForeignKey(
        CreditLimit, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("credit limit")
    )
    sub_limit = money_field(
        verbose_name=_("limit of this account"),
        null=True,
        blank=True,
        help_text=_("Within the limit of its group. Leave blank for none."),
    )
    opened_on = models.DateField(_("opened on"))
    deposit_amount = money_field(verbose_name=_("deposits"), default=Decimal(0), db_default=Decimal(0), editable=False)
    rebate_amount = money_field(
        verbose_name=_("rebates and fees"), default=Decimal(0), db_default=Decimal(0), editable=False
    )

    objects = AccountQuerySet.as_manager()

    # Set by `with_credit`.
    limit_amount: Decimal | None
    left: Decimal | None
    over: Decimal

    class Meta:
        verbose_name = _("trade account")
        verbose_name_plural = _("trade accounts")
        ordering = ["distributor", "id"]
        indexes = [models.Index(fields=["-exposure_amount", "-id"], name="trade_account_by_exposure")]
        constraints = [
            *Exposure.Meta.constraints,
            currency_check("currency", "trade_account_currency_iso"),
            models.UniqueConstraint(
                fields=["company", "distributor"],
                name="trade_account_once",
                violation_error_message=_("This distributor has a trade account already."),
            ),
            models.CheckConstraint(
                condition=Q(sub_limit__isnull=True) | Q(sub_limit__gte=0),
                name="trade_account_sub_limit_not_negative",
                violation_error_message=_("Enter an amount of zero or more."),
            ),
        ]
        triggers = [
            count_versions_of("credit_limit_id", "sub_limit"),
            pgtrigger.Trigger(
                name="of_its_limit",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | _OF_LIMIT,
                condition=pgtrigger.Q(new__credit_limit__isnull=False),
                func=_OF_ITS_LIMIT,
            ),
        ]

    def __str__(self) -> str:
        return str(self.distributor)

    @property
    def goods_amount(self) -> Decimal:
        """What is owed for goods; below zero it is owed to the distributor."""
        owed: Decimal = self.open_invoice_amount - self.free_payment_amount - self.free_credit_amount
        return owed

    @property
    def deposit_left(self) -> Decimal:
        """What the distributor has left as a deposit."""
        left: Decimal = -self.deposit_amount
        return left

    @property
    def rebate_left(self) -> Decimal:
        """What it has to its credit of rebates and fees."""
        left: Decimal = -self.rebate_amount
        return left

    def get_absolute_url(self) -> str:
        return reverse("billing:account", args=[self.pk])
