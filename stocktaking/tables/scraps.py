"""Lists of scrap and, for files, of its lines."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import FileColumn, LinkColumn, ListTable, MomentColumn, MoneyColumn, QuantityColumn, StateColumn
from stocktaking.enums import ScrapStatus
from stocktaking.models import Scrap, ScrapLine


class ScrapTable(ListTable):
    phone_fields = ("status", "warehouse", "reason", "total")
    number = LinkColumn(accessor="title", verbose_name=_("number"))
    status = StateColumn(enum=ScrapStatus, verbose_name=_("status"))
    warehouse = tables.Column(accessor="warehouse__display_name", verbose_name=_("warehouse"))
    warehouse_code = FileColumn(accessor="warehouse__code", verbose_name=_("warehouse code"))
    reason = tables.Column(accessor="get_reason_display", verbose_name=_("reason"))
    products = QuantityColumn(verbose_name=_("products"))
    total = QuantityColumn(verbose_name=_("pieces"))
    value = MoneyColumn(currency="company__currency", verbose_name=_("value at cost"))
    created_at = MomentColumn(verbose_name=_("prepared at"))
    created_by = FileColumn(verbose_name=_("prepared by"))
    created_by_code = FileColumn(accessor="created_by__external_code", verbose_name=_("person's code"))
    posted_at = MomentColumn(verbose_name=_("posted at"))
    posted_by = FileColumn(verbose_name=_("approved by"))
    posted_by_code = FileColumn(accessor="posted_by__external_code", verbose_name=_("person's code"))
    note = tables.Column(verbose_name=_("note"))

    class Meta:
        model = Scrap
        fields = (
            "number", "status", "warehouse", "warehouse_code", "reason", "products", "total", "value", "created_at",
            "created_by", "created_by_code", "posted_at", "posted_by", "posted_by_code", "note",
        )  # fmt: skip


class ScrapLineTable(ListTable):
    """For files only."""

    number = tables.Column(accessor="scrap__title", verbose_name=_("scrap"))
    warehouse_code = tables.Column(accessor="scrap__warehouse__code", verbose_name=_("warehouse code"))
    product = tables.Column(accessor="product__code", verbose_name=_("product"))
    product_name = tables.Column(accessor="product__display_name", verbose_name=_("name"))
    quantity = QuantityColumn(verbose_name=_("quantity"))
    unit = tables.Column(accessor="unit_label", verbose_name=_("unit"))
    pieces = QuantityColumn(verbose_name=_("pieces"))
    unit_cost = MoneyColumn(currency="scrap__company__currency", verbose_name=_("unit cost"))
    reason = tables.Column(accessor="scrap__get_reason_display", verbose_name=_("reason"))

    class Meta:
        model = ScrapLine
        fields = (
            "number", "warehouse_code", "product", "product_name", "quantity", "unit", "pieces", "unit_cost", "reason",
        )  # fmt: skip
