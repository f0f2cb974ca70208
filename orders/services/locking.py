"""The one way in which a use case takes hold of an order: visible, locked, and still the edition the caller saw."""

from accounts.models import User
from core.locks import lock_row
from core.state import check_version
from orders.models import Order


def lock_order(*, order_id: int, actor: User | None, expected_version: int | None) -> Order:
    """The order under FOR UPDATE. Before: inside a transaction, with nothing below orders locked yet.

    `actor` None is the program itself. Raises NotVisible, and StaleVersion where the order is another edition by now.
    """
    rows = Order.objects.all() if actor is None else Order.objects.visible_to(actor)
    order: Order = lock_row(rows, order_id)
    check_version(order, expected_version)
    return order


def save_order(order: Order, *fields: str) -> None:
    """Write the changed fields of a locked order as its next edition."""
    order.version += 1
    order.save(update_fields=[*fields, "version"])
