"""The list of lots."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tables import DateColumn, LinkColumn, ListTable, QuantityColumn, StateColumn
from inventory.enums import LotStatus
from inventory.models import Lot


class LotTable(ListTable):
    phone_fields = ("product_name", "on_hand", "expires_on", "status")
    name = LinkColumn(verbose_name=_("lot"))
    status = StateColumn(enum=LotStatus, verbose_name=_("status"))
    product = LinkColumn(accessor="product__code", to="product", verbose_name=_("product"))
    product_name = tables.Column(accessor="product__display_name", verbose_name=_("name"))
    produced_on = DateColumn(verbose_name=_("production date"))
    expires_on = DateColumn(verbose_name=_("expiry date"))
    on_hand = QuantityColumn(verbose_name=_("on hand"))
    bound = QuantityColumn(verbose_name=pgettext_lazy("lot", "picked for orders"))
    blocked = QuantityColumn(verbose_name=_("blocked"))
    status_reason = tables.Column(verbose_name=_("reason"))

    class Meta:
        model = Lot
        fields = (
            "name", "status", "product", "product_name", "produced_on", "expires_on", "on_hand", "bound", "blocked",
            "status_reason",
        )  # fmt: skip
