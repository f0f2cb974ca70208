"""Agreements to read: they are written, sent and put in force on their pages."""

from typing import ClassVar

from django.contrib import admin

from channel.models import (
    Address,
    AddressClearance,
    Agreement,
    AgreementCarveOut,
    AgreementCoverage,
    AgreementShop,
    AgreementSubject,
    AgreementTerritory,
    BankAccount,
    Contact,
    ControlDeparture,
    ControlRule,
    DataDuty,
    InvoiceTitle,
    KindTerms,
    MinimumPurchase,
    PaymentInstalment,
)
from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ReadOnlyInline, TrackedMixin, register_histories


class SubjectInline(ReadOnlyInline):
    model = AgreementSubject


class TerritoryInline(ReadOnlyInline):
    model = AgreementTerritory


class CarveOutInline(ReadOnlyInline):
    model = AgreementCarveOut


class MinimumInline(ReadOnlyInline):
    model = MinimumPurchase


class InstalmentInline(ReadOnlyInline):
    model = PaymentInstalment


class ControlInline(ReadOnlyInline):
    model = ControlRule


class KindTermsInline(ReadOnlyInline):
    model = KindTerms


class ShopInline(ReadOnlyInline):
    model = AgreementShop


class DataInline(ReadOnlyInline):
    model = DataDuty


@admin.register(Agreement)
class AgreementAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("number", "revision", "distributor", "company", "status", "starts_on", "ends_on", "last_on")
    list_filter = ("status", "company")
    list_select_related = ("distributor", "company")
    search_fields = ("number", "distributor__code", "distributor__name", "distributor__name_zh")
    date_hierarchy = "starts_on"
    inlines = (
        SubjectInline, TerritoryInline, CarveOutInline, MinimumInline, InstalmentInline, ControlInline, DataInline,
        KindTermsInline, ShopInline,
    )  # fmt: skip


@admin.register(AgreementCoverage)
class AgreementCoverageAdmin(ReadOnlyAdmin):
    """Written when an agreement comes in force."""

    list_display = (
        "agreement", "distributor", "brand", "category", "territory", "channel_kind", "is_exclusive", "starts_on", "ends_on",
    )  # fmt: skip
    list_filter = ("channel_kind", "is_exclusive")
    list_select_related = ("agreement", "distributor", "brand", "category", "territory")
    search_fields = ("agreement__number", "distributor__code", "territory__code")


class TermAdmin(ReadOnlyAdmin):
    """Rows of an agreement, to be searched across agreements."""

    list_select_related: ClassVar[tuple[str, ...]] = ("agreement__distributor",)
    search_fields = ("agreement__number", "agreement__distributor__code", "agreement__distributor__name")


@admin.register(AgreementSubject)
class AgreementSubjectAdmin(TermAdmin):
    list_display = ("agreement", "brand", "category", "is_exclusive")
    list_filter = ("is_exclusive",)
    list_select_related = ("agreement", "brand", "category")


@admin.register(AgreementTerritory)
class AgreementTerritoryAdmin(TermAdmin):
    list_display = ("agreement", "territory")
    list_select_related = ("agreement", "territory")


@admin.register(AgreementCarveOut)
class AgreementCarveOutAdmin(TermAdmin):
    list_display = ("agreement", "other", "brand", "territory", "channel_kind", "effect")
    list_filter = ("effect",)
    list_select_related = ("agreement", "other", "brand", "territory")


@admin.register(MinimumPurchase)
class MinimumPurchaseAdmin(TermAdmin):
    list_display = ("agreement", "brand", "amount_a_year", "basis", "with_tax", "net_of_returns", "gifts_count")
    list_filter = ("basis",)
    list_select_related = ("agreement", "brand")


@admin.register(PaymentInstalment)
class PaymentInstalmentAdmin(TermAdmin):
    list_display = ("agreement", "position", "share", "days")


@admin.register(ControlRule)
class ControlRuleAdmin(TermAdmin):
    list_display = ("agreement", "subject", "mode", "price_rule")
    list_filter = ("subject", "mode")


@admin.register(DataDuty)
class DataDutyAdmin(TermAdmin):
    list_display = ("agreement", "kind", "frequency", "days_after")
    list_filter = ("kind", "frequency")


@admin.register(KindTerms)
class KindTermsAdmin(TermAdmin):
    list_display = ("agreement", "kind", "commission_rate", "head_office", "billing", "incoterm", "incoterm_place")
    list_filter = ("kind",)


@admin.register(AgreementShop)
class AgreementShopAdmin(TermAdmin):
    list_display = ("agreement", "platform", "name", "url")


@admin.register(ControlDeparture)
class ControlDepartureAdmin(TermAdmin):
    list_display = ("agreement", "subject", "noticed_on", "status", "recorded_by", "recorded_at")
    list_filter = ("subject", "status")
    list_select_related = ("agreement", "recorded_by")


class RecordAdmin(TrackedMixin, ExportedMixin, ReadOnlyAdmin):
    list_select_related: ClassVar[tuple[str, ...]] = ("distributor",)
    readonly_fields = ("changes",)


@admin.register(Address)
class AddressAdmin(RecordAdmin):
    list_display = ("distributor", "kind", "name", "address", "city", "territory", "is_default", "starts_on", "ends_on")
    list_filter = ("kind", "is_default", ("ends_on", admin.EmptyFieldListFilter))
    list_select_related = ("distributor", "territory")
    search_fields = ("distributor__code", "distributor__name", "name", "address", "city")


@admin.register(Contact)
class ContactAdmin(RecordAdmin):
    list_display = ("distributor", "kind", "name", "phone", "email", "is_default", "starts_on", "ends_on")
    list_filter = ("kind", "is_default", ("ends_on", admin.EmptyFieldListFilter))
    search_fields = ("distributor__code", "distributor__name", "name", "phone", "email")


@admin.register(InvoiceTitle)
class InvoiceTitleAdmin(RecordAdmin):
    list_display = ("distributor", "name", "tax_number", "bank_name", "account_number", "is_default", "ends_on")
    list_filter = ("is_default", ("ends_on", admin.EmptyFieldListFilter))
    search_fields = ("distributor__code", "distributor__name", "name", "tax_number")


@admin.register(BankAccount)
class BankAccountAdmin(RecordAdmin):
    list_display = ("distributor", "name", "bank_name", "account_number", "currency", "is_default", "ends_on")
    list_filter = ("currency", "is_default", ("ends_on", admin.EmptyFieldListFilter))
    search_fields = ("distributor__code", "distributor__name", "name", "account_number")


register_histories([Address, BankAccount, Contact, InvoiceTitle])


@admin.register(AddressClearance)
class AddressClearanceAdmin(ReadOnlyAdmin):
    list_display = ("agreement", "address", "place", "reason", "cleared_by", "cleared_at")
    list_select_related = ("agreement", "address", "cleared_by")
    search_fields = ("agreement__number", "place", "reason")
    date_hierarchy = "cleared_at"
