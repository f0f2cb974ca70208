"""Lists of returns and return policies, and the files of both."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tables import (
    DateColumn,
    FileColumn,
    LinkColumn,
    ListTable,
    MomentColumn,
    QuantityColumn,
    StateColumn,
    YesNoColumn,
)
from orders.amounts import OrderAmountColumn
from orders.returns.enums import ReturnStatus
from orders.returns.models import Return, ReturnLine, ReturnPolicy


class ReturnTable(ListTable):
    phone_fields = ("status", "distributor", "asked_amount", "requested_at")
    number = LinkColumn(verbose_name=_("number"))
    status = StateColumn(enum=ReturnStatus, verbose_name=_("status"))
    distributor = tables.Column(accessor="distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    asked_amount = OrderAmountColumn(currency="currency", verbose_name=_("requested incl. tax"))
    total_amount = OrderAmountColumn(currency="currency", verbose_name=_("to be credited"))
    currency = FileColumn(verbose_name=_("currency"))
    requested_at = MomentColumn(verbose_name=_("requested at"))
    warehouse = tables.Column(accessor="warehouse__display_name", verbose_name=_("warehouse"))
    warehouse_code = FileColumn(accessor="warehouse__code", verbose_name=_("warehouse code"))
    inspected_on = DateColumn(verbose_name=_("inspected on"))
    tracking_number = FileColumn(verbose_name=_("tracking number"))
    note = FileColumn(verbose_name=_("note"))

    class Meta:
        model = Return
        fields = (
            "number", "status", "distributor", "distributor_code", "asked_amount", "total_amount", "currency",
            "requested_at", "warehouse", "warehouse_code", "inspected_on", "tracking_number", "note",
        )  # fmt: skip


class ReturnLineTable(ListTable):
    """For files only."""

    number = tables.Column(accessor="document__number", verbose_name=_("return"))
    distributor_code = tables.Column(accessor="document__distributor__code", verbose_name=_("distributor code"))
    order = tables.Column(accessor="order_line__order__number", verbose_name=_("order"))
    position = tables.Column(accessor="order_line__position", verbose_name=_("line"))
    product = tables.Column(accessor="order_line__product__code", verbose_name=_("product"))
    product_name = tables.Column(accessor="order_line__product__display_name", verbose_name=_("name"))
    reason = tables.Column(accessor="get_reason_display", verbose_name=_("reason"))
    condition = tables.Column(accessor="get_condition_display", verbose_name=_("condition"))
    pieces = QuantityColumn(verbose_name=_("pieces"))
    arrived = QuantityColumn(verbose_name=pgettext_lazy("quantity", "arrived"))
    accepted = QuantityColumn(verbose_name=pgettext_lazy("quantity", "accepted"))
    net_amount = OrderAmountColumn(currency="document__currency", verbose_name=_("net"))
    tax_amount = OrderAmountColumn(currency="document__currency", verbose_name=_("tax"))
    total_amount = OrderAmountColumn(currency="document__currency", verbose_name=_("to be credited"))

    class Meta:
        model = ReturnLine
        fields = (
            "number", "distributor_code", "order", "position", "product", "product_name", "reason", "condition", "pieces",
            "arrived", "accepted", "net_amount", "tax_amount", "total_amount",
        )  # fmt: skip


class ReturnPolicyTable(ListTable):
    phone_fields = ("tier", "window_days", "is_active")
    name = LinkColumn(accessor="display_name", verbose_name=_("name"))
    code = tables.Column(verbose_name=_("code"))
    tier = tables.Column(accessor="tier__display_name", verbose_name=_("tier"), default=_("Every tier"))
    tier_code = FileColumn(accessor="tier__code", verbose_name=_("tier code"))
    window_days = QuantityColumn(verbose_name=_("days after the receipt"))
    is_active = YesNoColumn(verbose_name=_("in use"))

    class Meta:
        model = ReturnPolicy
        fields = ("name", "code", "tier", "tier_code", "window_days", "is_active")
