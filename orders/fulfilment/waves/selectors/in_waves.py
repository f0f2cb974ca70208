"""Which lines of orders are in an open wave: they leave with it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.errors import Conflict, Problem
from orders.fulfilment.waves.models import WaveLine
from orders.ordering.models import OrderLine


def refuse_in_waves(lines: Sequence[OrderLine], *, wave_id: int | None) -> None:
    """Raise Conflict where lines are in an open wave other than `wave_id`. One query. Before: the orders are locked."""
    others = WaveLine.objects.filter(order_line__in=[line.pk for line in lines], is_open=True).exclude(wave=wave_id)
    found = dict(others.values_list("order_line__order__number", "wave__number"))
    if found:
        message = _("Order %(order)s is in wave %(wave)s: ship that, or take the order out of it.")
        raise Conflict(
            problems=[
                Problem(message=message % {"order": order, "wave": wave}, code="in_wave", field=f"orders.{order}")
                for order, wave in sorted(found.items())
            ]
        )
