"""What of an order leaves with its next shipment, and from where."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import Conflict, DomainError, Problem
from core.sentences import listed
from inventory.models import Warehouse
from inventory.selectors.availability import Waiting
from orders.fulfilment.errors import ShipmentRefused
from orders.fulfilment.models import Carrier
from orders.ordering.models import Order, OrderLine


class Refusals:
    """What is refused of several orders at once, each problem with the number of its order; one order refuses as alone."""

    def __init__(self, orders: Sequence[Order]) -> None:
        self.is_alone = len(orders) == 1
        self.problems: list[Problem] = []

    @contextmanager
    def of(self, order: Order) -> Iterator[None]:
        try:
            yield
        except DomainError as error:
            if self.is_alone:
                raise
            self.add(order, error.problems)

    def add(self, order: Order, problems: Sequence[Problem]) -> None:
        if self.is_alone:
            raise Conflict(problems=problems)
        for one in problems:
            message = _("%(order)s: %(problem)s") % {"order": order.reference, "problem": one.message}
            self.problems.append(Problem(message=message, code=one.code, field=f"orders.{order.reference}"))

    def raise_any(self) -> None:
        if self.problems:
            raise Conflict(problems=self.problems)


def place_of(order: Order, line: OrderLine) -> int | None:
    """The warehouse that a line leaves."""
    return line.warehouse_id or order.warehouse_id


def one_warehouse(order: Order, lines: Sequence[OrderLine], shipped: Mapping[int, int]) -> int | None:
    """Where the shipment leaves; refused where its lines are kept in several places."""
    places = {place_of(order, line) for line in lines if line.pk in shipped}
    if len(places) > 1:
        known = Warehouse.objects.filter(pk__in=[place for place in places if place]).order_by("code")
        names = listed(place.display_name for place in known)
        message = _("These lines leave different warehouses (%(names)s). Ship one warehouse after the other.")
        raise ShipmentRefused(message % {"names": names}, code="several_warehouses", field="quantities")
    return places.pop()


def what_is_there(
    order: Order, lines: Sequence[OrderLine], waiting: Mapping[int, Sequence[Waiting]], warehouse_id: int | None
) -> dict[int, int]:
    """All that is left of each line but what waits. Refused where that is all of it."""
    there = {
        line.pk: line.there_of(sum(one.pieces for one in waiting.get(line.pk, ())))
        for line in lines
        if warehouse_id in (None, place_of(order, line))
    }
    if not any(there.values()) and any(line.pk in waiting for line in lines):
        raise ShipmentRefused(_("All that is left is on back order."), code="back_order", field="quantities")
    return there


def shipped_quantities(lines: Sequence[OrderLine], wanted: Mapping[int, int]) -> dict[int, int]:
    """What is shipped by line, in the order of the lines; refused where a line has less left or is another order's."""
    left = {line.pk: line.outstanding for line in lines}
    problems = [
        Problem(
            message=_("Enter a quantity between 0 and %(most)d.") % {"most": left.get(line, 0)},
            code="more_than_left",
            field=f"quantities.{line}",
        )
        for line, quantity in wanted.items()
        if not 0 <= quantity <= left.get(line, 0)
    ]
    shipped = {line: wanted[line] for line in left if wanted.get(line, 0) > 0}
    if not shipped and not problems:
        problems.append(Problem(message=_("Enter the quantity shipped."), code="required", field="quantities"))
    if problems:
        raise ShipmentRefused(problems=problems)
    return shipped


def known_carrier(carrier_id: int | None, actor: Actor) -> int | None:
    known = carrier_id is None or Carrier.objects.visible_to(actor).filter(pk=carrier_id, is_active=True).exists()
    if not known:
        raise ShipmentRefused(_("This carrier is not in use."), code="unknown", field="carrier")
    return carrier_id
