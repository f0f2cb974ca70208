"""Lists of products, stock and moves."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import is_brand
from catalogue.enums import ProductStatus
from catalogue.models import Product
from core.tables import (
    DateColumn,
    DifferenceColumn,
    FileColumn,
    LinkColumn,
    ListTable,
    MomentColumn,
    QuantityColumn,
    StateColumn,
)
from inventory.enums import Availability, ReceiptStatus
from inventory.models import ExpectedReceipt, Stock, StockMove
from inventory.permissions import can_see_stock


class ProductTable(ListTable):
    phone_fields = ("display_name", "availability", "available")
    code = LinkColumn(url=lambda row: reverse("inventory:product", args=[row.code]), verbose_name=_("code"))
    display_name = tables.Column(verbose_name=_("name"), exclude_from_export=True)
    plain_name = FileColumn(accessor="name", verbose_name=_("name"))
    name_zh = FileColumn(verbose_name=_("Chinese name"))
    barcode = FileColumn(verbose_name=_("barcode"))
    brand = tables.Column(accessor="brand__display_name", verbose_name=_("brand"))
    brand_code = FileColumn(accessor="brand__code", verbose_name=_("brand code"))
    category = tables.Column(accessor="category__display_name", verbose_name=_("category"))
    category_code = FileColumn(accessor="category__code", verbose_name=_("category code"))
    family_code = FileColumn(accessor="family__code", verbose_name=_("product family"))
    unit = FileColumn(verbose_name=_("unit"))
    pack_size = FileColumn(verbose_name=_("pack size"))
    minimum_quantity = FileColumn(verbose_name=_("minimum quantity"))
    order_multiple = FileColumn(verbose_name=_("order multiple"))
    status = StateColumn(enum=ProductStatus, verbose_name=_("status"))
    on_hand = QuantityColumn(verbose_name=_("on hand"))
    reserved = QuantityColumn(verbose_name=_("reserved"))
    blocked = QuantityColumn(verbose_name=_("blocked"))
    available = QuantityColumn(verbose_name=_("available"))
    availability = StateColumn(enum=Availability, verbose_name=_("availability"))
    missing_labels = tables.Column(verbose_name=_("missing data"))

    class Meta:
        model = Product
        fields = (
            "code",
            "display_name",
            "plain_name",
            "name_zh",
            "barcode",
            "brand",
            "brand_code",
            "category",
            "category_code",
            "family_code",
            "unit",
            "pack_size",
            "minimum_quantity",
            "order_multiple",
            "status",
            "on_hand",
            "reserved",
            "blocked",
            "available",
            "availability",
            "missing_labels",
        )

    def before_render(self, request: Any) -> None:
        """A distributor sees whether it is in stock, not how much, and not what is missing."""
        if not is_brand(request.user):
            self.columns.hide("missing_labels")
        if not can_see_stock(request.user):
            self.columns.hide("on_hand")
            self.columns.hide("reserved")
            self.columns.hide("blocked")
            self.columns.hide("available")


class StockTable(ListTable):
    phone_fields = ("product_name", "then", "on_hand", "available")
    product = LinkColumn(accessor="product__code", to="product", verbose_name=_("product"))
    product_name = tables.Column(accessor="product__display_name", verbose_name=_("name"))
    warehouse = tables.Column(accessor="warehouse__display_name", verbose_name=_("warehouse"))
    warehouse_code = FileColumn(accessor="warehouse__code", verbose_name=_("warehouse code"))
    then = QuantityColumn(verbose_name=_("on hand at the end of the day"))
    on_hand = QuantityColumn(verbose_name=_("on hand"))
    for_orders = QuantityColumn(verbose_name=_("reserved"))
    blocked = QuantityColumn(verbose_name=_("blocked"))
    available = QuantityColumn(verbose_name=_("available"))
    waiting = QuantityColumn(verbose_name=_("back-ordered"))

    class Meta:
        model = Stock
        fields = (
            "product",
            "product_name",
            "warehouse",
            "warehouse_code",
            "then",
            "on_hand",
            "for_orders",
            "blocked",
            "available",
            "waiting",
        )


class ExpectedReceiptTable(ListTable):
    phone_fields = ("product_name", "quantity", "expected_on", "state")
    external_id = LinkColumn(url=lambda row: row.get_absolute_url(), verbose_name=_("supply order"))
    product = LinkColumn(accessor="product__code", to="product", verbose_name=_("product"))
    product_name = tables.Column(accessor="product__display_name", verbose_name=_("name"))
    warehouse = tables.Column(accessor="warehouse__display_name", verbose_name=_("warehouse"))
    warehouse_code = FileColumn(accessor="warehouse__code", verbose_name=_("warehouse code"))
    expected_on = DateColumn(verbose_name=_("expected on"))
    quantity = QuantityColumn(verbose_name=_("quantity"))
    received = QuantityColumn(verbose_name=_("received"))
    state = StateColumn(enum=ReceiptStatus, accessor="current_state", verbose_name=_("status"))
    note = tables.Column(verbose_name=_("note"))

    class Meta:
        model = ExpectedReceipt
        fields = (
            "external_id", "product", "product_name", "warehouse", "warehouse_code", "expected_on", "quantity", "received",
            "state", "note",
        )  # fmt: skip


class StockMoveTable(ListTable):
    phone_fields = ("at", "kind", "quantity")
    product = LinkColumn(accessor="product__code", to="product", verbose_name=_("product"))
    product_name = FileColumn(accessor="product__display_name", verbose_name=_("name"))
    at = MomentColumn(verbose_name=_("at"))
    kind = tables.Column(accessor="get_kind_display", verbose_name=_("kind"))
    quantity = DifferenceColumn(verbose_name=_("quantity"))
    warehouse = tables.Column(accessor="warehouse__display_name", verbose_name=_("warehouse"))
    warehouse_code = FileColumn(accessor="warehouse__code", verbose_name=_("warehouse code"))
    reference = tables.Column(verbose_name=_("document"))
    note = tables.Column(verbose_name=_("note"))
    actor = tables.Column(verbose_name=_("person"))
    actor_code = FileColumn(accessor="actor__external_code", verbose_name=_("person's code"))

    class Meta:
        model = StockMove
        fields = (
            "product", "product_name", "at", "kind", "quantity", "warehouse", "warehouse_code", "reference", "note", "actor",
            "actor_code",
        )  # fmt: skip
