"""Lists of transfers and, for files, of their lines."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, FileColumn, LinkColumn, ListTable, MomentColumn, QuantityColumn, StateColumn
from transfers.enums import TransferStatus
from transfers.models import Transfer, TransferLine


class TransferTable(ListTable):
    phone_fields = ("status", "source", "destination", "expected_on", "on_the_way")
    number = LinkColumn(accessor="title", verbose_name=_("number"))
    status = StateColumn(enum=TransferStatus, verbose_name=_("status"))
    source = tables.Column(accessor="source__display_name", verbose_name=_("from warehouse"))
    source_code = FileColumn(accessor="source__code", verbose_name=_("from warehouse (code)"))
    destination = tables.Column(accessor="destination__display_name", verbose_name=_("to warehouse"))
    destination_code = FileColumn(accessor="destination__code", verbose_name=_("to warehouse (code)"))
    expected_on = DateColumn(verbose_name=_("expected on"))
    products = QuantityColumn(verbose_name=_("products"))
    total = QuantityColumn(verbose_name=_("pieces"))
    on_the_way = QuantityColumn(verbose_name=_("in transit"))
    created_at = MomentColumn(verbose_name=_("prepared at"))
    sent_at = MomentColumn(verbose_name=_("sent at"))
    received_at = MomentColumn(verbose_name=_("received at"))
    note = tables.Column(verbose_name=_("note"))

    class Meta:
        model = Transfer
        fields = (
            "number", "status", "source", "source_code", "destination", "destination_code", "expected_on", "products",
            "total", "on_the_way", "created_at", "sent_at", "received_at", "note",
        )  # fmt: skip


class TransferLineTable(ListTable):
    """For files only."""

    number = tables.Column(accessor="transfer__number", verbose_name=_("transfer"))
    source_code = tables.Column(accessor="transfer__source__code", verbose_name=_("from warehouse (code)"))
    destination_code = tables.Column(accessor="transfer__destination__code", verbose_name=_("to warehouse (code)"))
    product = tables.Column(accessor="product__code", verbose_name=_("product"))
    product_name = tables.Column(accessor="product__display_name", verbose_name=_("name"))
    quantity = QuantityColumn(verbose_name=_("quantity"))
    unit = tables.Column(accessor="unit_label", verbose_name=_("unit"))
    pieces = QuantityColumn(verbose_name=_("pieces"))
    received = QuantityColumn(verbose_name=_("received"))
    lost = QuantityColumn(verbose_name=_("missing"))
    surplus = QuantityColumn(verbose_name=_("surplus"))
    reason = tables.Column(verbose_name=_("reason"))

    class Meta:
        model = TransferLine
        fields = (
            "number", "source_code", "destination_code", "product", "product_name", "quantity", "unit", "pieces", "received",
            "lost", "surplus", "reason",
        )  # fmt: skip
