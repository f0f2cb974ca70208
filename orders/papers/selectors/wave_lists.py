"""The pick list of a wave: all its orders, in the order of the walk, without prices."""

from django.utils.translation import pgettext

from catalogue.selectors import packaging_of
from core.ui.numbers import moment, quantity
from orders.fulfilment.waves.models import Pick, Wave
from orders.ordering.models import Order
from orders.papers.selectors.goods import Goods
from orders.papers.selectors.heads import RELATED, sender_of
from orders.papers.selectors.pick_lists import PickList, PickRow, pick_list_sheet
from papers.contents import Field, Sheet, Size


def wave_list_of(wave: Wave, *, size: Size) -> Sheet:
    """In the active language: the warehouse reads it. Four queries. The caller has checked who asks."""
    picks = list(
        Pick.objects.filter(line__wave=wave)
        .select_related("line__order_line__product", "line__order_line__order", "lot")
        .order_by("zone", "place", "line__order_line__product__code", "pk")
    )
    packaging = packaging_of({pick.line.order_line.product_id for pick in picks})
    order = Order.objects.select_related(*RELATED).get(pk=picks[0].line.order_line.order_id)
    rows = tuple(
        PickRow(
            goods=Goods(
                product=pick.line.order_line.product,
                pieces=pick.quantity,
                packaging=packaging[pick.line.order_line.product_id],
            ),
            place=" ".join(filter(None, (pick.zone, pick.place))),
            lot=pick.lot.code if pick.lot else "",
            order=pick.line.order_line.order.reference,
        )
        for pick in picks
    )
    orders = {row.order for row in rows}
    picked = PickList(
        number=str(wave.number),
        sender=sender_of(order, {}),
        fields=(
            Field(label=pgettext("paper", "Warehouse"), value=wave.warehouse.display_name),
            Field(label=pgettext("paper", "Orders"), value=quantity(len(orders))),
            Field(label=pgettext("paper", "Lines"), value=quantity(len(rows))),
            Field(label=pgettext("paper", "Made on"), value=moment(wave.made_at)),
        ),
        rows=rows,
    )
    return pick_list_sheet(picked, size=size)
