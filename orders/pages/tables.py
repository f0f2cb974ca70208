"""The list of orders as a table."""

from collections.abc import Sequence
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Distributor
from core.enums import Colour
from core.sentences import listed
from core.tables import (
    DateColumn,
    FileColumn,
    LinkColumn,
    ListTable,
    QuantityColumn,
    StateColumn,
    YesNoColumn,
)
from core.ui.table_rows import state_badge
from orders.amounts import OrderAmountColumn
from orders.changes.models import ApprovalRule
from orders.ordering.enums import OPEN_STATUSES, Lateness, OrderStatus
from orders.ordering.models import Order, OrderType
from outlets.models import Outlet


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
    """The status, with a word beside it while the order is on hold, why it waits, and that it is no normal order."""

    def render(self, record: Order) -> SafeString:
        status = super().render(record)
        shown = format_html("{} {}", status, _hold_badge()) if record.is_on_hold else status
        if not record.type.is_default:
            shown = format_html("{} {}", shown, _type_badge(record))
        if record.consignee is not None:
            shown = format_html("{} {}", shown, _drop_shipment_badge(record.consignee))
        because = getattr(record, "waits_because", "")
        return (
            format_html('{} <small class="d-block text-secondary text-wrap">{}</small>', shown, because)
            if because
            else shown
        )


def _type_badge(order: Order) -> SafeString:
    return format_html('<span class="state state-{}">{}</span>', Colour.DRAFT, order.type.display_name)


def _drop_shipment_badge(consignee: Distributor | Outlet) -> SafeString:
    return format_html(
        '<span class="state state-{}">{} · {}</span>', Colour.DRAFT, _("Drop shipment"), consignee.display_name
    )


def _hold_badge() -> SafeString:
    return format_html('<span class="state state-{}">{}</span>', Colour.DANGER, _("On hold"))


class AgainColumn(tables.Column):  # type: ignore[misc]  # django-tables2 brings no types
    """A button that starts a draft with the lines of the order, in the form that the list is."""

    card_kind = "button"

    def render(self, value: str, record: Any) -> SafeString | str:
        if not getattr(record, "may_copy", True):
            return ""
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
    type = FileColumn(accessor="type__display_name", verbose_name=_("order type"))
    type_code = FileColumn(accessor="type__code", verbose_name=_("order type code"))
    group_number = FileColumn(verbose_name=_("group"))
    consignee_distributor = FileColumn(
        accessor="consignee_distributor__code", verbose_name=_("code of the receiving sub-distributor")
    )
    consignee_outlet = FileColumn(accessor="consignee_outlet__code", verbose_name=_("code of the receiving outlet"))
    ordered_at = DateColumn(verbose_name=_("ordered on"))
    status = OrderStateColumn(enum=OrderStatus, verbose_name=_("status"))
    promised_on = LatenessColumn(verbose_name=_("promised on"), attrs={"td": {"class": "keep"}})
    lateness = tables.Column(accessor="get_lateness_display", verbose_name=_("lateness"), visible=False)  # in files
    line_count = QuantityColumn(verbose_name=_("lines"))
    net_amount = OrderAmountColumn(verbose_name=_("total"))
    weight = FileColumn(accessor="load__weight", verbose_name=_("gross weight (kg)"))
    volume = FileColumn(accessor="load__volume", verbose_name=_("volume (m³)"))
    pallets = FileColumn(accessor="load__pallets", verbose_name=_("full pallets"))
    cases = FileColumn(accessor="load__cases", verbose_name=_("remaining cases"))
    lines_without_weight = FileColumn(accessor="load__lines_without_weight", verbose_name=_("lines without weight"))

    again = AgainColumn(accessor="reference", verbose_name=_("Order again"), exclude_from_export=True)

    class Meta:
        model = Order
        fields = (
            "number",
            "distributor",
            "distributor_code",
            "type",
            "type_code",
            "group_number",
            "consignee_distributor",
            "consignee_outlet",
            "ordered_at",
            "status",
            "promised_on",
            "lateness",
            "line_count",
            "net_amount",
            "weight",
            "volume",
            "pallets",
            "cases",
            "lines_without_weight",
            "again",
        )


class ApprovalRuleTable(ListTable):
    """Approval rules with what they ask."""

    phone_fields = ("tier", "most_amount_company", "is_active")
    name = LinkColumn(accessor="display_name", verbose_name=_("approval rule"), exclude_from_export=True)
    code = tables.Column(verbose_name=_("code"))
    plain_name = FileColumn(accessor="name", verbose_name=_("name"))
    name_zh = FileColumn(verbose_name=_("Chinese name"))
    position = QuantityColumn(verbose_name=_("position"))
    tier = tables.Column(accessor="tier__display_name", verbose_name=_("tier"))
    tier_code = FileColumn(accessor="tier__code", verbose_name=_("tier code"))
    channel_kind = tables.Column(accessor="get_channel_kind_display", verbose_name=_("channel kind"))
    most_amount_company = QuantityColumn(verbose_name=_("up to the amount"))
    needs_usual_quantity = YesNoColumn(verbose_name=_("usual quantities only"))
    needs_stock = YesNoColumn(verbose_name=_("only where all stock is reserved"))
    starts_on = DateColumn(verbose_name=_("valid from"))
    ends_on = DateColumn(verbose_name=_("valid until"))
    is_active = YesNoColumn(verbose_name=_("in use"))

    class Meta:
        model = ApprovalRule
        fields = (
            "name", "code", "plain_name", "name_zh", "position", "tier", "tier_code", "channel_kind",
            "most_amount_company", "needs_usual_quantity", "needs_stock", "starts_on", "ends_on", "is_active",
        )  # fmt: skip


class OrderTypeTable(ListTable):
    """Order types with their switches."""

    phone_fields = ("is_priced", "uses_credit", "counts_as_sale", "is_taxed", "is_active")
    name = LinkColumn(accessor="display_name", verbose_name=_("order type"), exclude_from_export=True)
    code = tables.Column(verbose_name=_("code"))
    plain_name = FileColumn(accessor="name", verbose_name=_("name"))
    name_zh = FileColumn(verbose_name=_("Chinese name"))
    is_priced = YesNoColumn(verbose_name=_("priced"))
    uses_credit = YesNoColumn(verbose_name=_("uses credit"))
    counts_as_sale = YesNoColumn(verbose_name=_("counts as sale"))
    is_taxed = YesNoColumn(verbose_name=_("taxed"))
    roles = tables.Column(verbose_name=_("who may use it"), orderable=False)
    position = FileColumn(verbose_name=_("position"))
    is_active = YesNoColumn(verbose_name=_("in use"))

    class Meta:
        model = OrderType
        fields = (
            "name", "code", "plain_name", "name_zh", "is_priced", "uses_credit", "counts_as_sale", "is_taxed", "roles",
            "position", "is_active",
        )  # fmt: skip

    def render_roles(self, value: Sequence[str]) -> str:
        return listed(str(Role(role).label) for role in value)

    def value_roles(self, value: Sequence[str]) -> str:
        return "; ".join(value)


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
    unit_price = OrderAmountColumn(currency="order__currency", decimals=True, verbose_name=_("unit price"))
    gross_amount = OrderAmountColumn(currency="order__currency", decimals=True, verbose_name=_("gross amount"))
    discount_amount = OrderAmountColumn(currency="order__currency", decimals=True, verbose_name=_("discount amount"))
    net_amount = OrderAmountColumn(currency="order__currency", decimals=True, verbose_name=_("net amount"))
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
