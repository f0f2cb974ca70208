"""The list of what lies at distributors."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.tables import FileColumn, LinkColumn, ListTable, QuantityColumn, StateColumn
from inventory.enums import Cover
from inventory.models import Stock


def cover_url(code: str) -> str:
    """A distributor's page, at the tab of its stock."""
    return reverse("accounts:distributor", args=[code], query={"tab": "stock"})


class ChannelStockTable(ListTable):
    phone_fields = ("distributor", "on_hand", "days_of_cover", "cover")
    product_name = LinkColumn(accessor="product__display_name", to="product", verbose_name=_("product"))
    product = tables.Column(accessor="product__code", verbose_name=_("code"))
    distributor = LinkColumn(
        accessor="warehouse__distributor__display_name",
        url=lambda row: cover_url(row.warehouse.distributor.code),
        verbose_name=_("distributor"),
    )
    distributor_code = FileColumn(accessor="warehouse__distributor__code", verbose_name=_("distributor code"))
    warehouse_code = FileColumn(accessor="warehouse__code", verbose_name=_("warehouse code"))
    on_hand = QuantityColumn(verbose_name=_("on hand"))
    daily_sell_in = QuantityColumn(decimals=1, verbose_name=_("avg. daily purchases"))
    days_of_cover = QuantityColumn(verbose_name=_("days of cover"))
    cover = StateColumn(enum=Cover, verbose_name=_("cover"))

    class Meta:
        model = Stock
        fields = (
            "product_name", "product", "distributor", "distributor_code", "warehouse_code", "on_hand", "daily_sell_in",
            "days_of_cover", "cover",
        )  # fmt: skip
