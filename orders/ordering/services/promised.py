"""The first promise of lines and orders: what is on time is measured by it."""

from datetime import date

from django.db import transaction
from django.db.models import F

from core.models import Event
from inventory.selectors.availability import waiting_by_line
from orders.ordering.enums import ORDER
from orders.ordering.models import Order, OrderLine
from orders.ordering.services.locking import save_order
from orders.ordering.services.quoted import latest


def first_promise(order: Order) -> date | None:
    """The last of the days that the lines were first promised for, and never earlier than the order was promised for.

    None where nobody knows of a line. Before: the lines are as they are to be.
    """
    lines = OrderLine.objects.filter(order=order, ordered__gt=F("cancelled"))
    days = latest(list(lines.values_list("promised_on", flat=True)))
    return days if days is None or order.promised_on is None else max(days, order.promised_on)


def note_first_promise(event: Event) -> None:
    """Outbox consumer: a back order has a day. Where it was placed without one, this is what was promised first."""
    if event.subject_type != ORDER:
        return
    with transaction.atomic():
        order = Order.objects.select_for_update().filter(pk=event.subject_id).first()
        if order is None:
            return
        waiting = waiting_by_line(source_type=ORDER, source_ids=[order.pk], with_filled=True)
        lines = list(order.lines.filter(pk__in=waiting, promised_on=None))
        for line in lines:
            line.promised_on = latest([part.first_promised_on for part in waiting[line.pk]])
        OrderLine.objects.bulk_update(lines, ["promised_on"])
        promised_on = first_promise(order) if order.promised_on is None else order.promised_on
        if promised_on != order.promised_on:
            order.promised_on = promised_on
            save_order(order, "promised_on")
