"""How lines of orders wait whose reserved goods turned out to be missing from the stock."""

from collections.abc import Collection, Mapping
from datetime import date

from inventory.selectors.availability import Route, routes_of
from inventory.services.back_orders import Terms
from inventory.services.displacing import WaitingSource
from orders.ordering.models import OrderLine
from orders.ordering.services.waiting import terms_of

_ONE_DAY = Terms(lead_days=1, cut_off=None, calendar_id=None)


def waiting_sources(line_ids: Collection[int], today: date) -> Mapping[int, WaitingSource]:
    """Each line as placed: whose it is, its number and moment, and the terms of the route that supplies it today.

    One query, and one a distributor.
    """
    lines = list(OrderLine.objects.filter(pk__in=line_ids).select_related("order"))
    routes: dict[int, dict[int, Route]] = {
        pk: routes_of(distributor_id=pk, day=today) for pk in {line.order.distributor_id for line in lines}
    }
    found = {}
    for line in lines:
        order = line.order
        route = routes[order.distributor_id].get(line.warehouse_id or order.warehouse_id or 0)
        found[line.pk] = WaitingSource(
            distributor_id=order.distributor_id,
            reference=order.reference,
            placed_at=order.ordered_at,
            wanted_on=line.wanted_on or order.wanted_on,
            terms=_ONE_DAY if route is None else terms_of(route),
        )
    return found
