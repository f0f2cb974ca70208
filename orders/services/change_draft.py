"""Change some quantities of a draft without touching its other lines."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.errors import Conflict
from core.locks import lock_row
from orders.enums import OrderSource, OrderStatus
from orders.models import Order
from orders.selectors.entry import draft_quantities
from orders.services.save_draft import save_draft


@transaction.atomic
def change_draft(
    *,
    distributor_id: int,
    actor: User,
    now: datetime,
    order_id: int | None,
    changes: Mapping[int, int],
    add: bool = False,
    purchase_order_number: str | None = None,
    note: str | None = None,
) -> Order:
    """Set (or with `add` raise) the quantity in whole units of the products named; zero takes a line out.

    Without an order a draft is made. Other lines stay, whoever changed them last, so that two open pages of one draft
    do not undo each other. Raises NotVisible, NotAllowed, and Conflict where the order is no draft any more.
    """
    before = lock_row(Order.objects.visible_to(actor), order_id) if order_id else None
    if before is not None and before.status != OrderStatus.DRAFT:
        raise Conflict(code="wrong_state")
    quantities = draft_quantities(order_id=before.pk) if before else {}
    for product_id, quantity in changes.items():
        quantities[product_id] = quantity + (quantities.get(product_id, 0) if add else 0)
    return save_draft(
        distributor_id=distributor_id,
        actor=actor,
        lines=[(product_id, quantity) for product_id, quantity in quantities.items() if quantity > 0],
        purchase_order_number=_kept(purchase_order_number, before.purchase_order_number if before else ""),
        note=_kept(note, before.note if before else ""),
        now=now,
        order_id=before.pk if before else None,
        expected_version=None,
        source=OrderSource.PAGE,
    )


def _kept(wanted: str | None, before: str) -> str:
    return before if wanted is None else wanted
