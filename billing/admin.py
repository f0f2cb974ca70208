"""Administration of trade accounts: to look at. They are worked with on their pages, for orders stop and go with them."""

from django.contrib import admin

from billing.models import AccountEntry, CreditLimit, CreditReservation, TradeAccount
from core.ui.admin import ExportedMixin, ReadOnlyAdmin


@admin.register(CreditLimit)
class CreditLimitAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = (
        "__str__", "company", "amount", "temporary_amount", "temporary_until", "exposure_amount", "currency",
    )  # fmt: skip
    list_select_related = ("company",)
    search_fields = ("name",)


@admin.register(TradeAccount)
class TradeAccountAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = (
        "distributor", "company", "credit_limit", "sub_limit", "ordered_amount", "shipped_amount", "open_invoice_amount",
        "free_payment_amount", "free_credit_amount", "exposure_amount", "deposit_amount", "rebate_amount", "currency",
    )  # fmt: skip
    list_filter = ("company",)
    list_select_related = ("distributor", "company", "credit_limit")
    search_fields = ("distributor__code", "distributor__name")


@admin.register(AccountEntry)
class AccountEntryAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = (
        "__str__", "account", "sub_account", "posted_on", "due_on", "amount", "currency", "amount_company", "reverses",
    )  # fmt: skip
    list_filter = ("kind", "sub_account")
    list_select_related = ("account__distributor", "reverses")
    search_fields = ("=source_number", "account__distributor__code")


@admin.register(CreditReservation)
class CreditReservationAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("account", "source_type", "source_id", "ordered_amount", "shipped_amount", "invoiced_amount")
    list_filter = ("source_type",)
    list_select_related = ("account__distributor",)
    search_fields = ("=source_id", "account__distributor__code")
