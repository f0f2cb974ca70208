"""Administration of orders: to look at and to approve; everything that moves an order goes through its services."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.errors import DomainError
from core.http import actor_of
from core.ui.admin import ExportedMixin, ReadOnlyAdmin, ReadOnlyInline, TrackedMixin, register_histories
from orders.changes.models import (
    ApprovalCheck,
    ApprovalRule,
    ChangeRequest,
    ChangeRequestLine,
    HoldQuestion,
    PriceDecision,
)
from orders.fulfilment.claims.models import ClaimDecision, ClaimPhoto, DeliveryClaim, DeliveryClaimLine
from orders.fulfilment.models import Carrier, Shipment, ShipmentLine, ShipmentLot, ShipmentSerial
from orders.ordering.models import (
    LineAdjustment,
    Order,
    OrderHold,
    OrderLine,
    OrderTemplate,
    OrderTemplateLine,
    OrderType,
)
from orders.ordering.services.approval import approve_order
from orders.returns import admin as returns_admin
from orders.returns.models import ReturnedGoods
from orders.shipment_pages import admin as waybills_admin
from orders.tracking.models import DeliveryLink, PromiseChange, ProofOfDelivery, TrackingEvent
from orders.wave_pages import admin as wave_admin

__all__ = ["returns_admin", "wave_admin", "waybills_admin"]


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
class OrderAdmin(ExportedMixin, ReadOnlyAdmin):
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


@admin.register(OrderType)
class OrderTypeAdmin(TrackedMixin, ReadOnlyAdmin):
    """Changed on its own page, by the service."""

    list_display = (
        "code", "name", "name_zh", "is_priced", "uses_credit", "counts_as_sale", "is_taxed", "is_default", "is_active",
    )  # fmt: skip
    list_filter = ("is_active",)
    search_fields = ("code", "name", "name_zh")


register_histories([OrderType])


@admin.register(OrderLine)
class OrderLineAdmin(ReadOnlyAdmin):
    list_display = ("order", "position", "product", "ordered", "cancelled", "shipped", "received", "net_amount")
    list_select_related = ("order", "product")
    search_fields = ("=order__number",)
    inlines = (LineAdjustmentInline,)


class TemplateLineInline(ReadOnlyInline):
    model = OrderTemplateLine
    fields = ("position", "product", "unit", "units")


@admin.register(OrderTemplate)
class OrderTemplateAdmin(ReadOnlyAdmin):
    list_display = ("name", "distributor")
    list_select_related = ("distributor",)
    search_fields = ("name", "=distributor__code")
    inlines = (TemplateLineInline,)


@admin.register(OrderTemplateLine)
class OrderTemplateLineAdmin(ReadOnlyAdmin):
    list_display = ("template", "position", "product", "units", "unit")
    list_select_related = ("template", "product")


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
class ShipmentAdmin(ExportedMixin, ReadOnlyAdmin):
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


@admin.register(ShipmentLot)
class ShipmentLotAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("shipment_line", "lot", "pieces")
    list_select_related = ("shipment_line", "lot")
    search_fields = ("lot__code", "=shipment_line__shipment__number")


@admin.register(ShipmentSerial)
class ShipmentSerialAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("serial", "product", "shipment_line", "returned_at")
    list_select_related = ("product", "shipment_line")
    search_fields = ("serial", "product__code", "=shipment_line__shipment__number")


@admin.register(TrackingEvent)
class TrackingEventAdmin(ReadOnlyAdmin):
    list_display = ("at", "shipment", "code", "description", "location")
    list_filter = ("code",)
    list_select_related = ("shipment",)
    search_fields = ("=shipment__number", "=shipment__tracking_number")


@admin.register(DeliveryLink)
class DeliveryLinkAdmin(ReadOnlyAdmin):
    list_display = ("shipment", "created_by", "created_at", "expires_at", "revoked_at", "used_at")
    list_select_related = ("shipment", "created_by")
    search_fields = ("=shipment__number",)


@admin.register(ProofOfDelivery)
class ProofOfDeliveryAdmin(ReadOnlyAdmin):
    list_display = ("shipment", "signed_by", "recorded_at", "name", "media_type", "size")
    list_select_related = ("shipment",)
    search_fields = ("=shipment__number",)


@admin.register(PromiseChange)
class PromiseChangeAdmin(ReadOnlyAdmin):
    list_display = ("order", "promised_on", "reason", "changed_by", "changed_at")
    list_select_related = ("order", "changed_by")
    search_fields = ("=order__number",)


@admin.register(Carrier)
class CarrierAdmin(ExportedMixin, admin.ModelAdmin[Any]):
    """Master data. The secret itself is never here: only the name of the variable that holds it (CARRIER_…)."""

    list_display = ("code", "name", "name_zh", "kind", "base_url", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("code", "name", "name_zh")


@admin.register(ReturnedGoods)
class ReturnedGoodsAdmin(ExportedMixin, ReadOnlyAdmin):
    list_display = ("returned_on", "number", "distributor", "product", "quantity", "amount", "currency", "reason")
    list_select_related = ("distributor", "product")
    search_fields = ("=number", "=distributor__code")
    date_hierarchy = "returned_on"


@admin.register(ApprovalRule)
class ApprovalRuleAdmin(ReadOnlyAdmin):
    list_display = (
        "code", "name", "position", "company", "type", "tier", "channel_kind", "most_amount_company", "needs_usual_quantity",
        "needs_stock", "starts_on", "ends_on", "is_active",
    )  # fmt: skip
    list_select_related = ("company", "type", "tier")


@admin.register(ApprovalCheck)
class ApprovalCheckAdmin(ReadOnlyAdmin):
    list_display = ("order", "checked_at", "rule", "reasons")
    list_select_related = ("order", "rule")
    raw_id_fields = ("order",)


class ChangeRequestLineInline(ReadOnlyInline):
    model = ChangeRequestLine
    fields = ("line", "quantity_before", "quantity_after", "wanted_before", "wanted_after")


@admin.register(ChangeRequest)
class ChangeRequestAdmin(ReadOnlyAdmin):
    list_display = ("order", "status", "reason", "requested_by", "requested_at", "decided_by", "decided_at")
    list_filter = ("status",)
    list_select_related = ("order", "requested_by", "decided_by")
    inlines = (ChangeRequestLineInline,)


@admin.register(ChangeRequestLine)
class ChangeRequestLineAdmin(ReadOnlyAdmin):
    list_display = ("request", "line", "quantity_before", "quantity_after", "wanted_before", "wanted_after")
    list_select_related = ("request", "line")


@admin.register(HoldQuestion)
class HoldQuestionAdmin(ReadOnlyAdmin):
    list_display = ("hold", "question", "answer")
    list_select_related = ("hold", "question", "answer")


@admin.register(PriceDecision)
class PriceDecisionAdmin(ReadOnlyAdmin):
    list_display = ("line", "choice", "ordered_price", "current_price", "decided_by", "decided_at")
    list_select_related = ("line", "decided_by")


class ClaimLineInline(ReadOnlyInline):
    model = DeliveryClaimLine
    fields = ("kind", "product", "pieces", "credited", "reshipped", "refused", "accepted", "sent_back")


@admin.register(DeliveryClaim)
class DeliveryClaimAdmin(ReadOnlyAdmin):
    list_display = ("number", "order", "distributor", "status", "total_amount", "currency", "opened_at", "due_on")
    list_filter = ("status",)
    list_select_related = ("order", "distributor")
    search_fields = ("=number", "=order__number", "=distributor__code")
    inlines = (ClaimLineInline,)


@admin.register(DeliveryClaimLine)
class DeliveryClaimLineAdmin(ReadOnlyAdmin):
    list_display = ("claim", "kind", "product", "pieces", "credited", "reshipped", "refused", "accepted", "sent_back")
    list_filter = ("kind",)
    list_select_related = ("claim", "product")
    search_fields = ("=claim__number", "product__code")


@admin.register(ClaimDecision)
class ClaimDecisionAdmin(ReadOnlyAdmin):
    list_display = ("line", "outcome", "pieces", "called_off", "cause", "net_amount", "tax_amount", "decided_at")
    list_filter = ("outcome", "cause")
    list_select_related = ("line",)
    search_fields = ("=line__claim__number",)


@admin.register(ClaimPhoto)
class ClaimPhotoAdmin(ReadOnlyAdmin):
    list_display = ("line", "name", "media_type", "size", "added_at")
    list_select_related = ("line",)
    search_fields = ("=line__claim__number",)
