"""The list of blocked stock."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, FileColumn, LinkColumn, ListTable, MomentColumn, QuantityColumn, StateColumn
from inventory.enums import BlockStatus
from inventory.models import StockBlock


class StockBlockTable(ListTable):
    phone_fields = ("product_name", "open_pieces", "reason", "until", "state")
    number = LinkColumn(verbose_name=_("number"))
    state = StateColumn(enum=BlockStatus, accessor="current_state", verbose_name=_("status"))
    product = LinkColumn(accessor="product__code", to="product", verbose_name=_("product"))
    product_name = tables.Column(accessor="product__display_name", verbose_name=_("name"))
    warehouse = tables.Column(accessor="warehouse__display_name", verbose_name=_("warehouse"))
    warehouse_code = FileColumn(accessor="warehouse__code", verbose_name=_("warehouse code"))
    reason = tables.Column(accessor="get_reason_display", verbose_name=_("reason"))
    open_pieces = QuantityColumn(verbose_name=_("still blocked"))
    quantity = QuantityColumn(verbose_name=_("pieces blocked"))
    released = QuantityColumn(verbose_name=_("released"))
    scrapped = QuantityColumn(verbose_name=_("scrapped"))
    until = DateColumn(verbose_name=_("blocked until"))
    blocked_at = MomentColumn(verbose_name=_("blocked at"))
    blocked_by = tables.Column(verbose_name=_("blocked by"))
    blocked_by_code = FileColumn(accessor="blocked_by__external_code", verbose_name=_("person's code"))
    note = tables.Column(verbose_name=_("note"))

    class Meta:
        model = StockBlock
        fields = (
            "number", "state", "product", "product_name", "warehouse", "warehouse_code", "reason", "open_pieces", "quantity",
            "released", "scrapped", "until", "blocked_at", "blocked_by", "blocked_by_code", "note",
        )  # fmt: skip
