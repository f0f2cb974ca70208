"""What is to be picked: of one order or of many, without prices."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import pgettext

from catalogue.selectors import packaging_of
from core.ui.numbers import quantity
from orders.ordering.models import Order, OrderLine
from orders.papers.enums import PaperKind
from orders.papers.selectors.goods import (
    Goods,
    name_cells,
    name_columns,
    number_column,
    pieces_amounts,
    pieces_cells,
    pieces_columns,
)
from orders.papers.selectors.heads import (
    RELATED,
    Logos,
    day_field,
    delivery_fields,
    drop_shipment_fields,
    order_fields,
    sender_of,
    words,
)
from papers.contents import Column, Field, Row, Sender, Sheet, Size


@dataclass(frozen=True, kw_only=True)
class PickRow:
    """What to take from where; `order` is named where the list is of several."""

    goods: Goods
    place: str = ""
    lot: str = ""
    order: str = ""


@dataclass(frozen=True, kw_only=True)
class PickList:
    """Any rows under one number: those of an order, or of many orders at once."""

    number: str
    sender: Sender
    fields: tuple[Field, ...]
    rows: tuple[PickRow, ...]
    note: str = ""


def pick_list_sheet(picked: PickList, *, size: Size) -> Sheet:
    """The paper, in the active language. Columns that no row needs are left out. No query."""
    has_places, has_lots, has_orders = (
        any(getattr(row, name) for row in picked.rows) for name in ("place", "lot", "order")
    )
    optional = (
        (has_places, pgettext("paper", "Place"), "place"),
        (has_lots, pgettext("paper", "Lot"), "lot"),
        (has_orders, pgettext("paper", "Order"), "order"),
    )
    shown = [(title, name) for is_shown, title, name in optional if is_shown]
    columns = (
        number_column(),
        *(Column(title=title) for title, _name in shown),
        *name_columns(),
        *pieces_columns(),
        Column(title=pgettext("paper", "Picked")),
    )
    first = 1 + len(shown) + 2
    return Sheet(
        size=size,
        language=translation.get_language() or "en",
        title=str(PaperKind.PICK_LIST.label),
        number=picked.number,
        barcode=picked.number,
        sender=picked.sender,
        fields=picked.fields,
        columns=columns,
        rows=tuple(
            Row(
                cells=(
                    str(number),
                    *(str(getattr(row, name)) for _title, name in shown),
                    *name_cells(row.goods.product),
                    *pieces_cells(row.goods),
                    "",
                ),
                amounts=pieces_amounts(row.goods, first),
            )
            for number, row in enumerate(picked.rows, 1)
        ),
        closing=(Field(label=pgettext("paper", "Note"), value=picked.note),),
        words=words(),
        signatures=(pgettext("paper", "Picked by"), pgettext("paper", "Checked by"), pgettext("paper", "Date")),
    )


def pick_list_papers(order_ids: Collection[int], *, size: Size) -> list[Sheet]:
    """One list an order of what has not left yet, in the active language: the warehouse reads it.

    An order of which nothing is left has none. Three queries. The caller has checked who asks.
    """
    orders = Order.objects.filter(pk__in=order_ids).select_related(*RELATED)
    lines: dict[int, list[OrderLine]] = defaultdict(list)
    for line in OrderLine.objects.filter(order__in=order_ids).select_related("product").order_by("product__code", "pk"):
        if line.outstanding > 0:
            lines[line.order_id].append(line)
    packaging = packaging_of({line.product_id for some in lines.values() for line in some})
    logos: Logos = {}
    papers = []
    for order in orders:
        if lines[order.pk]:
            goods = [
                Goods(product=line.product, pieces=line.outstanding, packaging=packaging[line.product_id])
                for line in lines[order.pk]
            ]
            papers.append(pick_list_sheet(_of_order(order, goods, logos), size=size))
    return papers


def _of_order(order: Order, goods: Sequence[Goods], logos: Logos) -> PickList:
    warehouse = order.warehouse.display_name if order.warehouse else ""
    count = quantity(len(goods))
    return PickList(
        number=order.reference,
        sender=sender_of(order, logos),
        fields=(
            *order_fields(order),
            Field(label=pgettext("paper", "Warehouse"), value=warehouse),
            day_field(pgettext("paper", "Promised on"), order.promised_on),
            Field(label=pgettext("paper", "Lines"), value=count),
            *delivery_fields(order),
            *drop_shipment_fields(order),
        ),
        rows=tuple(PickRow(goods=one) for one in goods),
        note=order.printed_note,
    )
