"""Orders to be shipped and waves, as lists. The warehouse sees no amounts."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, FileColumn, LinkColumn, ListTable, MomentColumn, QuantityColumn, StateColumn
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
