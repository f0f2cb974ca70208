from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TRADE_ACCOUNT = "trade_account"
CREDIT_LIMIT = "credit_limit"
"""The types of an account and of a credit limit as subjects of events."""


class SubAccount(models.TextChoices):
    """What an entry is about. Their balances are never mixed."""

    GOODS = "goods", pgettext_lazy("sub-account", "Goods")
    DEPOSIT = "deposit", pgettext_lazy("sub-account", "Deposit")
    REBATE = "rebate", pgettext_lazy("sub-account", "Rebates and fees")


class EntryKind(models.TextChoices):
    OPENING = "opening", pgettext_lazy("entry", "Opening balance")
    INVOICE = "invoice", pgettext_lazy("entry", "Invoice")
    CREDIT_NOTE = "credit_note", pgettext_lazy("entry", "Credit note")
    PAYMENT = "payment", pgettext_lazy("entry", "Payment")
    REVERSAL = "reversal", pgettext_lazy("entry", "Reversal")


class LimitState(models.TextChoices):
    """Accounts by their credit, for filters."""

    OVER = "over", _("Over the limit")
    WITHIN = "within", _("Within the limit")
    NONE = "none", _("No limit set")


class BillingEvent(models.TextChoices):
    ACCOUNT_OPENED = "trade_account.opened", _("Trade account opened")
    LIMIT_ASSIGNED = "trade_account.limit_assigned", _("Credit limit of the account changed")
    LIMIT_SET = "credit_limit.set", _("Credit limit set")
    ENTRY_POSTED = "trade_account.entry_posted", _("Entry posted")
    ENTRY_REVERSED = "trade_account.entry_reversed", _("Entry reversed")
