"""The events of orders that came with their whole life, as the later orders of the demo company do."""

from django.db import connection

from core.events import event_ctes
from orders.ordering.enums import OrderEvent, OrderStatus

_STEPS = f"""(
    SELECT placed.id, placed.distributor_id, step.at, step.actor_id, step.kind
    FROM orders_order AS placed
    CROSS JOIN LATERAL (VALUES
        (placed.ordered_at, NULL::bigint, '{OrderEvent.SUBMITTED}'),
        ((SELECT min(hold.placed_at) FROM orders_orderhold AS hold WHERE hold.order_id = placed.id),
         placed.manager_id, '{OrderEvent.PUT_ON_HOLD}'),
        (placed.approved_at, placed.manager_id, '{OrderEvent.APPROVED}'),
        (CASE WHEN placed.status = '{OrderStatus.PICKING}' THEN placed.approved_at + interval '2 hours' END, NULL,
         '{OrderEvent.PICKING}'),
        (placed.shipped_at, NULL, '{OrderEvent.SHIPPED}'),
        (placed.delivered_at, NULL, '{OrderEvent.DELIVERED}'),
        (placed.received_at, NULL, '{OrderEvent.RECEIVED}'),
        (placed.cancelled_at, NULL, '{OrderEvent.CANCELLED}')
    ) AS step (at, actor_id, kind)
    WHERE step.at IS NOT NULL AND placed.id IN ({{orders}})
    ORDER BY step.at
) AS step"""


def record_history(*, orders: str) -> None:
    """Write the events by which the orders of a query came to be as they are. Nobody is notified of them.

    Before: inside the transaction that wrote the orders, which are not imported and have no events yet.
    """
    event = event_ctes(
        _STEPS.format(orders=orders),
        at="step.at",
        actor_id="step.actor_id",
        on_behalf_of="NULL",  # the order's own manager
        distributor_id="step.distributor_id",
        kind="step.kind",
        subject_type="'order'",
        subject_id="step.id",
        data="'{}'::jsonb",
        publish="FALSE",
    )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {event} SELECT count(*) FROM event")
