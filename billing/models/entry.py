from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from billing.enums import EntryKind, SubAccount
from billing.models.account import TradeAccount
from billing.querysets import ByAccountQuerySet
from company.iso_codes import check_currency
from core.money import currency_check, money_field
from core.state import legal_values


class AccountEntry(models.Model):
    """One posting of an account, in the document's currency: above zero the distributor owes more. Never changed.

    What is wrong is posted once more with the other sign, by an entry that names it in `reverses`. `amount_company` is the
    amount in the company's currency at the rate of its day, NULL where nobody knew one.
    """

    account = models.ForeignKey(
        TradeAccount, models.PROTECT, related_name="entries", db_index=False, verbose_name=_("trade account")
    )
    sub_account = models.CharField(_("sub-account"), max_length=16, choices=SubAccount, default=SubAccount.GOODS)
    kind = models.CharField(_("kind"), max_length=16, choices=EntryKind)
    currency = models.CharField(_("currency"), max_length=3, validators=[check_currency])
    amount = money_field(verbose_name=_("amount"))
    amount_company: "models.DecimalField[Decimal | None, Decimal | None]" = models.DecimalField(
        _("amount in the company's currency"), max_digits=19, decimal_places=4, null=True, blank=True
    )
    source_type = models.CharField(_("source"), max_length=32, blank=True)
    source_id = models.BigIntegerField(_("source number"), null=True, blank=True)
    source_number = models.CharField(_("document"), max_length=64, blank=True)
    posted_on = models.DateField(_("posted on"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("recorded by"),
    )

    objects = ByAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account entry")
        verbose_name_plural = _("account entries")
        ordering = ["account", "-posted_on", "-id"]
        indexes = [
            models.Index(fields=["account", "-posted_on", "-id"], name="account_entry_newest"),
            models.Index(
                fields=["source_type", "source_id"], name="account_entry_source", condition=~Q(source_type="")
            ),
        ]
        constraints = [
            legal_values("sub_account", SubAccount, "account_entry_sub_account_legal"),
            legal_values("kind", EntryKind, "account_entry_kind_legal"),
            currency_check("currency", "account_entry_currency_iso"),
            models.CheckConstraint(condition=~Q(amount=0), name="account_entry_not_zero"),
            models.CheckConstraint(
                condition=Q(source_type="", source_id__isnull=True) | ~Q(source_type="") & Q(source_id__isnull=False),
                name="account_entry_source",
            ),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.REVERSAL, reverses__isnull=False)
                | ~Q(kind=EntryKind.REVERSAL) & Q(reverses__isnull=True),
                name="account_entry_reversal",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("posted_on")), name="account_entry_due_after"
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.source_number} {self.amount}".replace("  ", " ")

    @property
    def can_be_reversed(self) -> bool:
        """What was posted by hand and is not undone; a document is undone by its own steps. Before: with `reversed_by`."""
        return self.kind != EntryKind.REVERSAL and not self.source_type and not hasattr(self, "reversed_by")
