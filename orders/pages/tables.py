"""The list of orders as a table."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.enums import Colour
from core.tables import DateColumn, FileColumn, LinkColumn, ListTable, MoneyColumn, QuantityColumn, StateColumn
from core.ui.table_rows import state_badge
from orders.ordering.enums import OPEN_STATUSES, Lateness, OrderStatus
from orders.ordering.models import Order


class LatenessColumn(tables.Column):  # type: ignore[misc]  # django-tables2 brings no types
    """The promised day, with a word beside it where it is not kept."""

    card_kind = "date"

    def render(self, value: Any, record: Order) -> SafeString:
        day = DateColumn().render(value)
        if record.lateness == Lateness.ON_TIME:
            return day
        return format_html("{} {}", day, state_badge(Lateness(record.lateness)))

    def value(self, value: Any) -> Any:
        return value


class OrderStateColumn(StateColumn):
    """The status, with a word beside it while the order is on hold."""

    def render(self, record: Order) -> SafeString:
        status = super().render(record)
        return format_html("{} {}", status, _hold_badge()) if record.is_on_hold else status


def _hold_badge() -> SafeString:
    return format_html('<span class="state state-{}">{}</span>', Colour.DANGER, _("On hold"))


class AgainColumn(tables.Column):  # type: ignore[misc]  # likewise
    """A button that starts a draft with the lines of the order, in the form that the list is."""

    card_kind = "button"

    def render(self, value: str, record: Order) -> SafeString:
        return format_html(
            '<button type="submit" class="btn btn-sm" formaction="{}" aria-label="{}">{}</button>',
            reverse("orders:order-again", args=[value]),
            _("Order %(number)s again") % {"number": record},
            _("Order again"),
        )


class OrderTable(ListTable):
    """Both sides see the same columns."""

    phone_fields = ("distributor", "status", "promised_on", "net_amount", "again")

    number = LinkColumn(accessor="title", verbose_name=_("order"))
    distributor = tables.Column(accessor="distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    ordered_at = DateColumn(verbose_name=_("ordered on"))
    status = OrderStateColumn(enum=OrderStatus, verbose_name=_("status"))
    promised_on = LatenessColumn(verbose_name=_("promised on"), attrs={"td": {"class": "keep"}})
    lateness = tables.Column(accessor="get_lateness_display", verbose_name=_("lateness"), visible=False)  # in files
    line_count = QuantityColumn(verbose_name=_("lines"))
    net_amount = MoneyColumn(verbose_name=_("total"))

    again = AgainColumn(accessor="reference", verbose_name=_("Order again"), exclude_from_export=True)

    class Meta:
        model = Order
        fields = (
            "number",
            "distributor",
            "distributor_code",
            "ordered_at",
            "status",
            "promised_on",
            "lateness",
            "line_count",
            "net_amount",
            "again",
        )


class OrderLineTable(ListTable):
    """The lines of orders with what an import needs of their heads."""

    number = FileColumn(accessor="order__title", verbose_name=_("order number"))
    position = FileColumn(verbose_name=_("line"))
    distributor = FileColumn(accessor="order__distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="order__distributor__code", verbose_name=_("distributor code"))
    ordered_at = FileColumn(accessor="order__ordered_at", verbose_name=_("ordered at"))
    purchase_order_number = FileColumn(accessor="order__purchase_order_number", verbose_name=_("purchase order number"))
    product_code = FileColumn(accessor="product__code", verbose_name=_("product code"))
    product = FileColumn(accessor="product__display_name", verbose_name=_("product name"))
    ordered = FileColumn(verbose_name=_("quantity"))
    cancelled = FileColumn(verbose_name=_("cancelled"))
    shipped = FileColumn(verbose_name=_("shipped"))
    received = FileColumn(verbose_name=_("received"))
    unit_price = MoneyColumn(currency="order__currency", decimals=True, verbose_name=_("unit price"))
    gross_amount = MoneyColumn(currency="order__currency", decimals=True, verbose_name=_("gross amount"))
    discount_amount = MoneyColumn(currency="order__currency", decimals=True, verbose_name=_("discount amount"))
    net_amount = MoneyColumn(currency="order__currency", decimals=True, verbose_name=_("net amount"))
    currency = FileColumn(accessor="order__currency", verbose_name=_("currency"))
    note = FileColumn(accessor="order__note", verbose_name=_("note"))

    class Meta:
        fields = (
            "number", "position", "distributor", "distributor_code", "ordered_at", "purchase_order_number", "product_code",
            "product", "ordered", "cancelled", "shipped", "received", "unit_price", "gross_amount", "discount_amount",
            "net_amount", "currency", "note",
        )  # fmt: skip


def is_pressing(order: Order) -> bool:
    """Late and still open: marked at the edge of the row."""
    return order.lateness == Lateness.LATE and order.status in OPEN_STATUSES
