"""Orders that wait for a manager, and how they pass to a successor."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Count

from orders.ordering.enums import OrderStatus
from orders.ordering.models import Order


def orders_waiting(person_id: int) -> int:
    """Orders of the manager that wait for approval. Later ones keep the manager whose sales they are. One query."""
    return Order.objects.filter(manager=person_id, status=OrderStatus.SUBMITTED).count()


def orders_waiting_of(person_ids: Collection[int]) -> Mapping[int, int]:
    """The same of many managers. One query."""
    rows = Order.objects.filter(manager__in=person_ids, status=OrderStatus.SUBMITTED).order_by().values("manager")
    return dict(rows.annotate(number=Count("pk")).values_list("manager", "number"))


def move_waiting_orders(person_id: int, successors: Mapping[int, int]) -> int:
    """Give them to the distributor's successor; returns how many. One statement for each successor.

    Before: the distributors are locked.
    """
    shares: dict[int, list[int]] = defaultdict(list)
    for distributor, successor in successors.items():
        shares[successor].append(distributor)
    waiting = Order.objects.filter(manager=person_id, status=OrderStatus.SUBMITTED)
    return sum(
        waiting.filter(distributor__in=ids).update(manager=successor) for successor, ids in sorted(shares.items())
    )
