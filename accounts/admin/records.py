"""What is kept of a distributor, to look at: it is written on the distributor's page."""

from typing import ClassVar

from django.contrib import admin
from import_export.admin import ExportMixin

from accounts.models import Address, Contact
from core.ui.admin import ReadOnlyAdmin, TrackedMixin, register_histories


class RecordAdmin(TrackedMixin, ExportMixin, ReadOnlyAdmin):  # type: ignore[misc]  # import_export ships no types
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


register_histories([Address, Contact])
