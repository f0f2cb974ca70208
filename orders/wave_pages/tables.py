"""Orders to be shipped and waves, as lists. The warehouse sees no amounts."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tables import DateColumn, FileColumn, LinkColumn, ListTable, MomentColumn, QuantityColumn, StateColumn
from inventory.models import Stock
from inventory.permissions import MOVE_STOCK
from orders.fulfilment.waves.enums import WaveStatus
from orders.fulfilment.waves.models import Wave
from orders.ordering.enums import OrderStatus
from orders.ordering.models import Order
from orders.pages.tables import LatenessColumn


class ToShipTable(ListTable):
    phone_fields = ("distributor", "status", "promised_on", "there")
    number = LinkColumn(accessor="title", verbose_name=_("order"))
    promised_on = LatenessColumn(verbose_name=_("promised on"), attrs={"td": {"class": "keep"}})
    distributor = tables.Column(accessor="distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    warehouses = tables.Column(verbose_name=_("warehouse"))
    status = StateColumn(enum=OrderStatus, verbose_name=_("status"))
    line_count = QuantityColumn(accessor="lines_there", verbose_name=_("lines"))
    there = QuantityColumn(verbose_name=_("pieces to pick"))
    ordered_at = DateColumn(verbose_name=_("ordered on"))

    class Meta:
        model = Order
        fields = (
            "number", "promised_on", "distributor", "distributor_code", "warehouses", "status", "line_count", "there",
            "ordered_at",
        )  # fmt: skip


class ChangePlaceColumn(LinkColumn):
    """For whoever may say where products lie."""

    permission = MOVE_STOCK

    def render(self, value: Any, record: Any) -> SafeString:
        label = _("Change place of %(product)s") % {"product": value}
        return format_html('<a href="{}" aria-label="{}">{}</a>', self.address(record), label, _("Change"))


class PlaceTable(ListTable):
    phone_fields = ("product_name", "warehouse", "zone", "place", "change")
    product = LinkColumn(accessor="product__code", to="product", verbose_name=_("product"))
    product_name = tables.Column(accessor="product__display_name", verbose_name=_("name"))
    warehouse = tables.Column(accessor="warehouse__display_name", verbose_name=_("warehouse"))
    warehouse_code = FileColumn(accessor="warehouse__code", verbose_name=_("warehouse code"))
    zone = tables.Column(verbose_name=_("zone"))
    place = tables.Column(verbose_name=pgettext_lazy("stock", "place"))
    on_hand = QuantityColumn(verbose_name=_("on hand"), exclude_from_export=True)
    change = ChangePlaceColumn(
        accessor="product__code",
        url=lambda row: reverse("orders:place", args=[row.pk]),
        verbose_name=_("Change"),
        exclude_from_export=True,
    )

    class Meta:
        model = Stock
        fields = ("product", "product_name", "warehouse", "warehouse_code", "zone", "place", "on_hand", "change")


class WaveTable(ListTable):
    phone_fields = ("state", "warehouse", "orders", "made_at")
    number = LinkColumn(verbose_name=_("wave"))
    state = StateColumn(enum=WaveStatus, accessor="status", verbose_name=_("status"))
    warehouse = tables.Column(accessor="warehouse__display_name", verbose_name=_("warehouse"))
    warehouse_code = FileColumn(accessor="warehouse__code", verbose_name=_("warehouse code"))
    orders = QuantityColumn(verbose_name=_("orders"))
    listed = QuantityColumn(verbose_name=_("pieces to pick"))
    picked = QuantityColumn(verbose_name=_("picked"))
    short = QuantityColumn(verbose_name=_("short"))
    made_at = MomentColumn(verbose_name=_("made at"))
    made_by = FileColumn(accessor="made_by__email", verbose_name=_("made by"))
    shipped_at = MomentColumn(verbose_name=_("shipped at"))

    class Meta:
        model = Wave
        fields = (
            "number", "state", "warehouse", "warehouse_code", "orders", "listed", "picked", "short", "made_at", "made_by",
            "shipped_at",
        )  # fmt: skip
