"""Administration of orders: to look at and to approve; everything that moves an order goes through its services."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from import_export.admin import ExportMixin

from core.errors import DomainError
from core.http import actor_of
from core.ui.admin import ReadOnlyAdmin, ReadOnlyInline
from orders.fulfilment.models import Carrier, Shipment, ShipmentLine
from orders.ordering.models import LineAdjustment, Order, OrderHold, OrderLine
from orders.ordering.services.approval import approve_order
from orders.returns.models import ReturnedGoods
from orders.tracking.models import TrackingEvent


class OrderLineInline(ReadOnlyInline):
    model = OrderLine
    fields = ("position", "product", "ordered", "cancelled", "shipped", "received", "unit_price", "net_amount")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("product")


class HoldInline(ReadOnlyInline):
    model = OrderHold
    fields = ("kind", "code", "params", "placed_by", "placed_at", "lifted_by", "lifted_at", "amount", "until")


class LineAdjustmentInline(ReadOnlyInline):
    model = LineAdjustment
    fields = ("kind", "reason", "source_type", "source_id", "amount")


class ShipmentLineInline(ReadOnlyInline):
    model = ShipmentLine
    fields = ("order_line", "quantity", "received", "difference_kind", "difference_reason")


class TrackingInline(ReadOnlyInline):
    model = TrackingEvent
    fields = ("at", "code", "description", "location", "external_id")


@admin.register(Order)
class OrderAdmin(ExportMixin, ReadOnlyAdmin):  # type: ignore[misc]  # import_export ships no types
    """Found by the start of a number; never counted in full."""

    list_display = (
        "title", "distributor", "status", "lateness", "net_amount", "currency", "ordered_at", "promised_on", "manager",
    )  # fmt: skip
    list_filter = ("status", "is_on_hold", "lateness", "source")
    list_select_related = ("distributor", "manager")
    search_fields = ("number__startswith", "purchase_order_number__startswith", "=distributor__code")
    inlines = (OrderLineInline, HoldInline)
    actions = ("approve",)

    @admin.action(description=_("Approve selected orders"))
    def approve(self, request: HttpRequest, queryset: QuerySet[Order]) -> None:
        """Each in a transaction of its own; those that cannot be approved say why."""
        actor = actor_of(request)
        done = 0
        for order_id, number in queryset.order_by("pk").values_list("pk", "number"):
            try:
                approve_order(order_id=order_id, actor=actor, now=timezone.now())
                done += 1
            except DomainError as error:
                self.message_user(request, f"{number}: {error}", messages.ERROR)
        text = ngettext("%(count)d order is approved.", "%(count)d orders are approved.", done)
        self.message_user(request, text % {"count": done}, messages.SUCCESS)


@admin.register(OrderLine)
class OrderLineAdmin(ReadOnlyAdmin):
    list_display = ("order", "position", "product", "ordered", "cancelled", "shipped", "received", "net_amount")
    list_select_related = ("order", "product")
    search_fields = ("=order__number",)
    inlines = (LineAdjustmentInline,)


@admin.register(OrderHold)
class OrderHoldAdmin(ReadOnlyAdmin):
    list_display = ("order", "kind", "code", "placed_by", "placed_at", "lifted_by", "lifted_at")
    list_filter = ("kind", ("lifted_at", admin.EmptyFieldListFilter))
    list_select_related = ("order", "placed_by", "lifted_by")
    search_fields = ("=order__number",)


@admin.register(LineAdjustment)
class LineAdjustmentAdmin(ReadOnlyAdmin):
    list_display = ("line", "kind", "reason", "amount", "source_type", "source_id")
    list_filter = ("kind",)
    list_select_related = ("line",)
    search_fields = ("=line__order__number",)


@admin.register(Shipment)
class ShipmentAdmin(ExportMixin, ReadOnlyAdmin):  # type: ignore[misc]  # as above
    list_display = ("number", "order", "carrier", "tracking_number", "status", "shipped_at", "delivered_at")
    list_filter = ("status", "carrier")
    list_select_related = ("order", "carrier")
    search_fields = ("number__startswith", "=order__number", "=tracking_number")
    inlines = (ShipmentLineInline, TrackingInline)


@admin.register(ShipmentLine)
class ShipmentLineAdmin(ReadOnlyAdmin):
    list_display = ("shipment", "order_line", "quantity", "received", "difference_kind", "difference_reason")
    list_select_related = ("shipment", "order_line")
    search_fields = ("=shipment__number",)


@admin.register(TrackingEvent)
class TrackingEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "shipment", "code", "description", "location")
    list_filter = ("code",)
    list_select_related = ("shipment",)
    search_fields = ("=shipment__number", "=shipment__tracking_number")


@admin.register(Carrier)
class CarrierAdmin(ExportMixin, admin.ModelAdmin):  # type: ignore[misc,type-arg]  # as above
    """Master data. The secret itself is never here: only the name of the variable that holds it (CARRIER_…)."""

    list_display = ("code", "name", "name_zh", "kind", "base_url", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("code", "name", "name_zh")


@admin.register(ReturnedGoods)
class ReturnedGoodsAdmin(ExportMixin, ReadOnlyAdmin):  # type: ignore[misc]  # as above
    list_display = ("returned_on", "number", "distributor", "product", "quantity", "amount", "currency", "reason")
    list_select_related = ("distributor", "product")
    search_fields = ("=number", "=distributor__code")
    date_hierarchy = "returned_on"
