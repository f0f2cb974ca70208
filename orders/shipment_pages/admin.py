"""Administration of parcels and waybills: to look at; the warehouse changes them on its own pages."""

from django.contrib import admin

from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ReadOnlyInline
from orders.fulfilment.waybills.models import Parcel, ParcelLine, Waybill, WaybillShipment


class ParcelLineInline(ReadOnlyInline):
    model = ParcelLine
    fields = ("shipment_line", "pieces")


class WaybillShipmentInline(ReadOnlyInline):
    model = WaybillShipment
    fields = ("shipment", "weight", "agreed_amount_company", "actual_amount_company")


@admin.register(Parcel)
class ParcelAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("shipment", "position", "weight", "length", "width", "height", "tracking_number")
    list_select_related = ("shipment",)
    search_fields = ("=shipment__number", "=tracking_number")
    inlines = (ParcelLineInline,)


@admin.register(ParcelLine)
class ParcelLineAdmin(ReadOnlyAdmin):
    list_display = ("parcel", "shipment_line", "pieces")
    list_select_related = ("parcel", "shipment_line")
    search_fields = ("=parcel__shipment__number",)


@admin.register(Waybill)
class WaybillAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = (
        "number", "distributor", "carrier", "tracking_number", "left_on", "borne_by", "agreed_amount_company",
        "actual_amount_company", "currency",
    )  # fmt: skip
    list_filter = ("borne_by", "carrier")
    list_select_related = ("distributor", "carrier")
    search_fields = ("number__startswith", "=tracking_number", "=distributor__code")
    inlines = (WaybillShipmentInline,)


@admin.register(WaybillShipment)
class WaybillShipmentAdmin(ReadOnlyAdmin):
    list_display = ("waybill", "shipment", "weight", "agreed_amount_company", "actual_amount_company")
    list_select_related = ("waybill", "shipment")
    search_fields = ("=waybill__number", "=shipment__number")
