"""Waybills in lists and files, and what carriage costs by carrier and month."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, FileColumn, LinkColumn, ListTable, MoneyColumn, QuantityColumn, StateColumn
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import DropShipment
from orders.fulfilment.waybills.models import Waybill


class WaybillTable(ListTable):
    phone_fields = ("state", "distributor", "carrier", "left_on")
    number = LinkColumn(verbose_name=_("waybill"))
    state = StateColumn(enum=ShipmentStatus, verbose_name=_("status"))
    distributor = tables.Column(accessor="distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    carrier = tables.Column(accessor="carrier__display_name", default="–", verbose_name=_("carrier"))
    carrier_code = FileColumn(accessor="carrier__code", verbose_name=_("carrier code"))
    tracking_number = tables.Column(verbose_name=_("tracking number"))
    left_on = DateColumn(verbose_name=_("left on"))
    orders = QuantityColumn(verbose_name=_("orders"))
    parcels = QuantityColumn(verbose_name=_("parcels"))
    weight = QuantityColumn(decimals=1, verbose_name=_("weight (kg)"))

    class Meta:
        model = Waybill
        fields = (
            "number", "state", "distributor", "distributor_code", "carrier", "carrier_code", "tracking_number", "left_on",
            "orders", "parcels", "weight",
        )  # fmt: skip


class DropShipmentTable(ListTable):
    """What comes to one's own company and was ordered by a distributor above it: no prices."""

    phone_fields = ("status", "distributor", "expected_on", "shipped_at")
    number = LinkColumn(verbose_name=_("shipment"))
    distributor = tables.Column(accessor="order__distributor__display_name", verbose_name=_("ordered by"))
    distributor_code = FileColumn(accessor="order__distributor__code", verbose_name=_("distributor code"))
    status = StateColumn(enum=ShipmentStatus, verbose_name=_("status"))
    tracking_number = tables.Column(verbose_name=_("tracking number"))
    shipped_at = DateColumn(verbose_name=_("shipped on"))
    expected_on = DateColumn(verbose_name=_("expected on"))
    received_at = DateColumn(verbose_name=_("received on"))

    class Meta:
        model = DropShipment
        fields = (
            "number", "distributor", "distributor_code", "status", "tracking_number", "shipped_at", "expected_on",
            "received_at",
        )  # fmt: skip


class FreightTable(WaybillTable):
    phone_fields = ("actual", "agreed", "carrier", "left_on")
    borne_by = tables.Column(accessor="get_borne_by_display", verbose_name=_("borne by"))
    agreed = MoneyColumn(accessor="agreed_amount_company", decimals=True, verbose_name=_("agreed freight"))
    actual = MoneyColumn(accessor="actual_amount_company", decimals=True, verbose_name=_("actual freight"))
    cost_per_kilogram = MoneyColumn(decimals=True, verbose_name=_("per kg"))
    cost_per_order = MoneyColumn(decimals=True, verbose_name=_("per order"))

    class Meta:
        model = Waybill
        fields = (
            "number", "distributor", "distributor_code", "carrier", "carrier_code", "left_on", "orders", "weight", "borne_by",
            "agreed", "actual", "cost_per_kilogram", "cost_per_order",
        )  # fmt: skip
        exclude = ("state", "tracking_number", "parcels")


class FreightMonthTable(ListTable):
    """By carrier and month, for exported files."""

    month = FileColumn(verbose_name=_("month"))
    carrier = FileColumn(accessor="carrier__display_name", verbose_name=_("carrier"))
    carrier_code = FileColumn(accessor="carrier__code", verbose_name=_("carrier code"))
    waybills = QuantityColumn(verbose_name=_("waybills"))
    orders = QuantityColumn(verbose_name=_("orders"))
    weight = QuantityColumn(decimals=3, verbose_name=_("weight (kg)"))
    agreed = MoneyColumn(decimals=True, verbose_name=_("agreed freight"))
    actual = MoneyColumn(decimals=True, verbose_name=_("actual freight"))
    cost = MoneyColumn(decimals=True, verbose_name=_("freight"))
    cost_per_kilogram = MoneyColumn(decimals=True, verbose_name=_("per kg"))
    cost_per_order = MoneyColumn(decimals=True, verbose_name=_("per order"))
    currency = FileColumn(verbose_name=_("currency"))

    class Meta:
        fields = (
            "month", "carrier", "carrier_code", "waybills", "orders", "weight", "agreed", "actual", "cost",
            "cost_per_kilogram", "cost_per_order", "currency",
        )  # fmt: skip

    def value_month(self, value: Any) -> str:
        return f"{value:%Y-%m}"
