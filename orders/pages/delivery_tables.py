"""Orders that were due, with how they were delivered."""

from typing import Any

import django_tables2 as tables
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, FileColumn, LinkColumn, ListTable, QuantityColumn, StateColumn, YesNoColumn
from orders.ordering.models import Order
from orders.tracking.enums import DeliveryResult


class DeliveryTable(ListTable):
    """One order a row: its days, what arrived of it, and the first step that was not done in time."""

    phone_fields = ("distributor", "result", "step")
    number = LinkColumn(accessor="title", verbose_name=_("order"))
    distributor = tables.Column(accessor="distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    warehouse = FileColumn(accessor="warehouse__display_name", verbose_name=_("warehouse"))
    warehouse_code = FileColumn(accessor="warehouse__code", verbose_name=_("warehouse code"))
    carrier = FileColumn(accessor="delivery_carrier__display_name", verbose_name=_("carrier"))
    carrier_code = FileColumn(accessor="delivery_carrier__code", verbose_name=_("carrier code"))
    promised_on = DateColumn(verbose_name=_("first promised for"))
    wanted_on = FileColumn(verbose_name=_("wanted on"))
    left_on = FileColumn(accessor="delivery__left_on", verbose_name=_("shipped on"))
    arrived_on = DateColumn(accessor="delivery__arrived_on", verbose_name=_("arrived on"))
    lines = QuantityColumn(accessor="delivery__lines", verbose_name=_("lines"))
    lines_kept = QuantityColumn(accessor="delivery__lines_kept", verbose_name=_("lines on time in full"))
    pieces = FileColumn(accessor="delivery__pieces", verbose_name=_("pieces"))
    filled = FileColumn(accessor="delivery__filled", verbose_name=_("pieces in the first shipment"))
    result = StateColumn(accessor="delivery__result", enum=DeliveryResult, verbose_name=_("result"))
    step = tables.Column(accessor="delivery__step", verbose_name=_("first broken step"))

    class Meta:
        model = Order
        fields = (
            "number", "distributor", "distributor_code", "warehouse", "warehouse_code", "carrier", "carrier_code", "promised_on",
            "wanted_on", "left_on", "arrived_on", "lines", "lines_kept", "pieces", "filled", "result", "step",
        )  # fmt: skip

    def render_step(self, record: Any) -> str | SafeString:
        step = record.delivery.broken_step
        return str(step.label) if step else "–"

    def value_step(self, record: Any) -> str:
        step = record.delivery.broken_step
        return str(step.label) if step else ""


class DeliveryLineTable(ListTable):
    """The lines of those orders, for exported files."""

    number = FileColumn(accessor="order__title", verbose_name=_("order number"))
    position = FileColumn(verbose_name=_("line"))
    distributor_code = FileColumn(accessor="order__distributor__code", verbose_name=_("distributor code"))
    product_code = FileColumn(accessor="product__code", verbose_name=_("product code"))
    product = FileColumn(accessor="product__display_name", verbose_name=_("product name"))
    pieces = FileColumn(accessor="delivery__pieces", verbose_name=_("quantity"))
    arrived = FileColumn(accessor="delivery__arrived", verbose_name=_("arrived"))
    filled = FileColumn(accessor="delivery__filled_pieces", verbose_name=_("pieces in the first shipment"))
    promised_on = FileColumn(accessor="delivery__promised_on", verbose_name=_("first promised for"))
    wanted_on = FileColumn(accessor="delivery__wanted_on", verbose_name=_("wanted on"))
    left_on = FileColumn(accessor="delivery__left_on", verbose_name=_("shipped on"))
    arrived_on = FileColumn(accessor="delivery__arrived_on", verbose_name=_("arrived on"))
    by_promise = YesNoColumn(accessor="delivery__by_promise", verbose_name=_("by the promised day"))
    by_wish = YesNoColumn(accessor="delivery__by_wish", verbose_name=_("by the wanted day"))
    in_full = YesNoColumn(accessor="delivery__in_full", verbose_name=_("in full"))

    class Meta:
        fields = (
            "number", "position", "distributor_code", "product_code", "product", "pieces", "arrived", "filled",
            "promised_on", "wanted_on", "left_on", "arrived_on", "by_promise", "by_wish", "in_full",
        )  # fmt: skip
