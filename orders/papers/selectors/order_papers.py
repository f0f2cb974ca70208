"""The order itself, as its two sides sign it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalogue.enums import unit_label
from catalogue.rules.loads import Packaging, load_of
from catalogue.selectors import packaging_of
from channel.enums import FreightTerms
from core.money import currency_digits
from core.ui.numbers import percent, quantity
from orders.ordering.models import Order, OrderLine
from orders.papers.enums import PaperKind
from orders.papers.selectors.amounts import in_words
from orders.papers.selectors.goods import name_cells, name_columns, number_column
from orders.papers.selectors.heads import (
    RELATED,
    Logos,
    day_field,
    delivery_fields,
    language_of,
    load_fields,
    order_fields,
    sender_of,
    words,
)
from papers.contents import Align, Column, Field, Row, Sheet, Size


def order_papers(order_ids: Collection[int], *, size: Size, has_prices: bool) -> list[Sheet]:
    """One paper an order, the newest first, in its distributor's language. Three queries. The caller has checked who asks."""
    orders = list(Order.objects.filter(pk__in=order_ids).select_related(*RELATED))
    lines: dict[int, list[OrderLine]] = defaultdict(list)
    rows = OrderLine.objects.filter(order__in=order_ids).select_related("product", "tax_code")
    for line in rows.order_by("order", "position"):
        lines[line.order_id].append(line)
    packaging = packaging_of({line.product_id for some in lines.values() for line in some})
    logos: Logos = {}
    papers = []
    for order in orders:
        with language_of(order):
            papers.append(_paper(order, lines[order.pk], packaging, logos, size=size, has_prices=has_prices))
    return papers


def _paper(
    order: Order,
    lines: Sequence[OrderLine],
    packaging: Mapping[int, Packaging],
    logos: Logos,
    *,
    size: Size,
    has_prices: bool,
) -> Sheet:
    load = load_of([(line.product_id, line.ordered - line.cancelled) for line in lines], packaging)
    return Sheet(
        size=size,
        language=order.distributor.language,
        title=str(PaperKind.ORDER.label),
        number=order.reference,
        barcode=order.reference,
        sender=sender_of(order, logos),
        fields=(
            *order_fields(order),
            day_field(pgettext("paper", "Ordered on"), order.ordered_on),
            day_field(pgettext("paper", "Promised on"), order.promised_on),
            Field(
                label=pgettext("paper", "Order type"), value="" if order.type.is_default else order.type.display_name
            ),
            *_terms(order, has_prices=has_prices),
            *load_fields(load),
            *delivery_fields(order),
            *_invoice_title(order),
        ),
        columns=_columns(order, has_prices=has_prices),
        rows=tuple(_row(number, line, order, has_prices=has_prices) for number, line in enumerate(lines, 1)),
        closing=(
            *(_sums(order, lines) if has_prices else ()),
            Field(label=pgettext("paper", "Note"), value=order.printed_note),
        ),
        words=words(),
        signatures=(
            pgettext("paper", "Seller (stamp)"),
            pgettext("paper", "Customer (stamp)"),
            pgettext("paper", "Date"),
        ),
    )


def _terms(order: Order, *, has_prices: bool) -> tuple[Field, ...]:
    freight = FreightTerms(order.freight_terms).label if order.freight_terms else ""
    payment = order.payment_terms if has_prices else ""
    return (
        Field(label=pgettext("paper", "Payment terms"), value=payment),
        Field(label=pgettext("paper", "Freight"), value=str(freight)),
    )


def _invoice_title(order: Order) -> tuple[Field, ...]:
    title = order.bill_to.get("invoice_title") or {}
    text = "  ".join(filter(None, (title.get("name"), title.get("tax_number"))))
    return (Field(label=pgettext("paper", "Invoice title"), value=text, is_wide=True),)


def _columns(order: Order, *, has_prices: bool) -> tuple[Column, ...]:
    digits = currency_digits(order.currency)
    columns = (
        number_column(),
        *name_columns(),
        Column(title=pgettext("paper", "Unit"), align=Align.CENTER),
        Column(title=pgettext("paper", "Units"), align=Align.RIGHT),
        Column(title=pgettext("paper", "Pieces"), align=Align.RIGHT, sums=True),
    )
    if not has_prices:
        return columns
    money = (
        Column(title=pgettext("paper", "List price"), align=Align.RIGHT),
        Column(title=pgettext("paper", "Discount"), align=Align.RIGHT, sums=True, digits=digits),
        Column(
            title=pgettext("paper", "Net (%(currency)s)") % {"currency": order.currency},
            align=Align.RIGHT,
            sums=True,
            digits=digits,
        ),
        Column(title=pgettext("paper", "Tax rate"), align=Align.RIGHT),
    )
    return columns + money


def _row(number: int, line: OrderLine, order: Order, *, has_prices: bool) -> Row:
    digits = currency_digits(order.currency)
    pieces = line.ordered - line.cancelled
    units = (
        quantity(pieces // line.pieces_per_unit)
        if pieces % line.pieces_per_unit == 0
        else quantity(Decimal(pieces) / line.pieces_per_unit, 2)
    )
    code, name = name_cells(line.product)
    if line.gift_of_id:
        name = _("%(product)s (gift)") % {"product": name}
    cells = (str(number), code, name, line.unit_text or unit_label(line.product.unit), units, quantity(pieces))
    amounts = {5: Decimal(pieces)}
    if not has_prices:
        return Row(cells=cells, amounts=amounts)
    discount = line.discount_amount - line.rounding_amount
    rate = percent(line.tax_code.rate, 0 if line.tax_code.rate * 100 % 1 == 0 else 2) if line.tax_code else ""
    money = (
        quantity(line.unit_price, digits),
        quantity(discount, digits) if discount else "",
        quantity(line.net_amount, digits),
        rate,
    )
    return Row(cells=cells + money, amounts=amounts | {7: discount, 8: line.net_amount})


def _sums(order: Order, lines: Sequence[OrderLine]) -> tuple[Field, ...]:
    """The tax of each rate, and the total, in figures and where the language has them in capital characters."""
    digits = currency_digits(order.currency)
    taxes: dict[Decimal, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for line in lines:
        if line.tax_code is not None:
            taxes[line.tax_code.rate][0] += line.net_amount
            taxes[line.tax_code.rate][1] += line.tax_amount
    texts = [
        _("%(rate)s of %(net)s: %(tax)s")
        % {
            "rate": percent(rate, 0 if rate * 100 % 1 == 0 else 2),
            "net": quantity(net, digits),
            "tax": quantity(tax, digits),
        }
        for rate, (net, tax) in sorted(taxes.items())
    ]
    if not order.is_taxed:
        texts = [_("Not taxed")]
    return (
        Field(label=pgettext("paper", "Tax"), value="   ".join(texts)),
        Field(
            label=pgettext("paper", "Total with tax"), value=f"{order.currency} {quantity(order.total_amount, digits)}"
        ),
        in_words(order.total_amount, order.currency),
    )
