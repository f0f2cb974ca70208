"""The list of delivery claims and, for files, their lines."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import (
    DateColumn,
    FileColumn,
    LinkColumn,
    ListTable,
    MomentColumn,
    QuantityColumn,
    StateColumn,
)
from orders.amounts import OrderAmountColumn
from orders.fulfilment.claims.enums import ClaimStatus
from orders.fulfilment.claims.models import DeliveryClaim, DeliveryClaimLine


class DeliveryClaimTable(ListTable):
    phone_fields = ("total_amount", "state", "due_on", "distributor")
    number = LinkColumn(verbose_name=_("number"))
    state = StateColumn(enum=ClaimStatus, accessor="current_state", verbose_name=_("status"))
    distributor = tables.Column(accessor="distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    order = LinkColumn(accessor="order__number", to="order", verbose_name=_("order"))
    shipment = FileColumn(accessor="shipment__number", verbose_name=_("shipment number"))
    missing = QuantityColumn(verbose_name=_("missing"))
    damaged = QuantityColumn(verbose_name=_("damaged"))
    unordered = QuantityColumn(verbose_name=_("not ordered"))
    open_pieces = QuantityColumn(verbose_name=_("to be decided"))
    total_amount = OrderAmountColumn(currency="currency", verbose_name=_("disputed amount"))
    due_on = DateColumn(verbose_name=_("to be decided by"))
    opened_at = MomentColumn(verbose_name=_("opened at"))
    opened_by = FileColumn(verbose_name=_("opened by"))
    opened_by_code = FileColumn(accessor="opened_by__external_code", verbose_name=_("person's code"))
    closed_at = MomentColumn(verbose_name=_("closed at"))

    class Meta:
        model = DeliveryClaim
        fields = (
            "number", "state", "distributor", "distributor_code", "order", "shipment", "missing", "damaged", "unordered",
            "open_pieces", "total_amount", "due_on", "opened_at", "opened_by", "opened_by_code", "closed_at",
        )  # fmt: skip


class DeliveryClaimLineTable(ListTable):
    """For files only."""

    number = tables.Column(accessor="claim__number", verbose_name=_("delivery claim"))
    order = tables.Column(accessor="claim__order__number", verbose_name=_("order"))
    kind = tables.Column(accessor="get_kind_display", verbose_name=_("kind of difference"))
    product = tables.Column(accessor="product__code", verbose_name=_("product"))
    product_name = tables.Column(accessor="product__display_name", verbose_name=_("name"))
    pieces = QuantityColumn(verbose_name=_("pieces"))
    net_amount = OrderAmountColumn(currency="claim__currency", verbose_name=_("net"))
    tax_amount = OrderAmountColumn(currency="claim__currency", verbose_name=_("tax"))
    credited = QuantityColumn(verbose_name=_("credited"))
    reshipped = QuantityColumn(verbose_name=_("re-shipped"))
    refused = QuantityColumn(verbose_name=_("refused"))
    accepted = QuantityColumn(verbose_name=_("accepted"))
    sent_back = QuantityColumn(verbose_name=_("sent back"))
    note = tables.Column(verbose_name=_("note"))

    class Meta:
        model = DeliveryClaimLine
        fields = (
            "number", "order", "kind", "product", "product_name", "pieces", "net_amount", "tax_amount", "credited",
            "reshipped", "refused", "accepted", "sent_back", "note",
        )  # fmt: skip
