"""Lists of trade accounts, their entries, and the credit limits of groups."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from billing.models import AccountEntry, CreditLimit, TradeAccount
from core.tables import DateColumn, FileColumn, LinkColumn, ListTable, MoneyColumn


class TradeAccountTable(ListTable):
    phone_fields = ("goods_amount", "left")
    name = LinkColumn(accessor="distributor__display_name", verbose_name=_("distributor"))
    code = tables.Column(accessor="distributor__code", verbose_name=_("code"))
    group = tables.Column(accessor="credit_limit__name", verbose_name=_("group"))
    goods_amount = MoneyColumn(verbose_name=_("balance"))
    exposure_amount = MoneyColumn(verbose_name=_("used"))
    limit_amount = MoneyColumn(verbose_name=_("credit limit"))
    sub_limit = MoneyColumn(verbose_name=_("limit of this account"))
    left = MoneyColumn(verbose_name=_("left"))
    ordered_amount = FileColumn(verbose_name=_("ordered, not shipped"))
    shipped_amount = FileColumn(verbose_name=_("shipped, not invoiced"))
    open_invoice_amount = FileColumn(verbose_name=_("open invoices"))
    free_payment_amount = FileColumn(verbose_name=_("payments on account"))
    free_credit_amount = FileColumn(verbose_name=_("unallocated credit notes"))
    deposit_left = FileColumn(verbose_name=_("deposits"))
    rebate_left = FileColumn(verbose_name=_("rebates and fees"))
    currency = tables.Column(verbose_name=_("currency"))

    class Meta:
        model = TradeAccount
        fields = (
            "name", "code", "group", "goods_amount", "exposure_amount", "limit_amount", "sub_limit", "left",
            "ordered_amount", "shipped_amount", "open_invoice_amount", "free_payment_amount", "free_credit_amount",
            "deposit_left", "rebate_left", "currency",
        )  # fmt: skip


class AccountEntryTable(ListTable):
    phone_fields = ("posted_on", "amount")
    kind = tables.Column(accessor="get_kind_display", verbose_name=_("kind"))
    distributor = LinkColumn(accessor="account__distributor__display_name", to="account", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="account__distributor__code", verbose_name=_("distributor code"))
    posted_on = DateColumn(verbose_name=_("posted on"))
    due_on = DateColumn(verbose_name=_("due on"))
    sub_account = tables.Column(accessor="get_sub_account_display", verbose_name=_("sub-account"))
    source_number = tables.Column(verbose_name=_("document"))
    amount = MoneyColumn(decimals=True, verbose_name=_("amount"))
    amount_company = FileColumn(verbose_name=_("amount in the company's currency"))
    currency = FileColumn(verbose_name=_("currency"))
    note = tables.Column(verbose_name=_("note"))
    recorded_by = FileColumn(verbose_name=_("recorded by"))
    recorded_by_code = FileColumn(accessor="recorded_by__external_code", verbose_name=_("person's code"))

    class Meta:
        model = AccountEntry
        fields = (
            "kind", "distributor", "distributor_code", "posted_on", "due_on", "sub_account", "source_number", "amount",
            "amount_company", "currency", "note", "recorded_by", "recorded_by_code",
        )  # fmt: skip


class CreditLimitTable(ListTable):
    phone_fields = ("amount", "exposure_amount")
    name = LinkColumn(accessor="__str__", verbose_name=_("group"))
    account_count = tables.Column(verbose_name=_("accounts"))
    amount = MoneyColumn(verbose_name=_("credit limit"))
    temporary_amount = MoneyColumn(verbose_name=_("temporary limit"))
    temporary_until = DateColumn(verbose_name=_("temporary limit until"))
    exposure_amount = MoneyColumn(verbose_name=_("used"))
    currency = tables.Column(verbose_name=_("currency"))

    class Meta:
        model = CreditLimit
        fields = (
            "name", "account_count", "amount", "temporary_amount", "temporary_until", "exposure_amount", "currency",
        )  # fmt: skip
