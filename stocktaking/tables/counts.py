"""Lists of stock counts and of their rows."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import (
    DifferenceColumn,
    FileColumn,
    LinkColumn,
    ListTable,
    MomentColumn,
    MoneyColumn,
    MoneyDifferenceColumn,
    PercentColumn,
    QuantityColumn,
    StateColumn,
)
from stocktaking.enums import CountStatus
from stocktaking.models import StockCount, StockCountLine


class StockCountTable(ListTable):
    phone_fields = ("status", "warehouse", "rows", "differing")
    number = LinkColumn(verbose_name=_("number"))
    status = StateColumn(enum=CountStatus, verbose_name=_("status"))
    warehouse = tables.Column(accessor="warehouse__display_name", verbose_name=_("warehouse"))
    warehouse_code = FileColumn(accessor="warehouse__code", verbose_name=_("warehouse code"))
    scope = tables.Column(accessor="get_scope_display", verbose_name=_("what is counted"))
    rows = QuantityColumn(accessor="figures__rows", verbose_name=_("rows"))
    counted_rows = QuantityColumn(accessor="figures__counted_rows", verbose_name=_("counted"))
    differing = QuantityColumn(accessor="figures__differing", verbose_name=_("with a difference"))
    accuracy = PercentColumn(accessor="figures__accuracy", decimals=1, verbose_name=_("rows right"))
    net_value = MoneyDifferenceColumn(
        currency="company__currency", accessor="figures__net_value", verbose_name=_("value of the difference")
    )
    opened_at = MomentColumn(verbose_name=_("opened at"))
    opened_by = FileColumn(verbose_name=_("opened by"))
    opened_by_code = FileColumn(accessor="opened_by__external_code", verbose_name=_("person's code"))
    posted_at = MomentColumn(verbose_name=_("posted at"))
    posted_by = FileColumn(verbose_name=_("approved by"))
    posted_by_code = FileColumn(accessor="posted_by__external_code", verbose_name=_("person's code"))
    note = tables.Column(verbose_name=_("note"))

    class Meta:
        model = StockCount
        fields = (
            "number", "status", "warehouse", "warehouse_code", "scope", "rows", "counted_rows", "differing", "accuracy",
            "net_value", "opened_at", "opened_by", "opened_by_code", "posted_at", "posted_by", "posted_by_code",
            "note",
        )  # fmt: skip


class CountLineTable(ListTable):
    phone_fields = ("product_name", "counted", "difference")
    product = LinkColumn(accessor="product__code", to="product", verbose_name=_("product"))
    product_name = tables.Column(accessor="product__display_name", verbose_name=_("name"))
    barcode = FileColumn(accessor="product__barcode", verbose_name=_("barcode"))
    counted = QuantityColumn(verbose_name=_("counted"))
    expected = QuantityColumn(verbose_name=_("expected"))
    difference = DifferenceColumn(verbose_name=_("difference"))
    value = MoneyColumn(currency="count__company__currency", verbose_name=_("value of the difference"))
    first_counted = QuantityColumn(verbose_name=_("counted at first"))
    reason = tables.Column(accessor="get_reason_display", verbose_name=_("reason"))
    counted_by = tables.Column(verbose_name=_("counted by"))
    counted_by_code = FileColumn(accessor="counted_by__external_code", verbose_name=_("person's code"))
    counted_at = MomentColumn(verbose_name=_("counted at"))
    number = FileColumn(accessor="count__number", verbose_name=_("stock count"))

    class Meta:
        model = StockCountLine
        fields = (
            "product", "product_name", "barcode", "counted", "expected", "difference", "value", "first_counted", "reason",
            "counted_by", "counted_by_code", "counted_at", "number",
        )  # fmt: skip
