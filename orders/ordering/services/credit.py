"""What orders use of the credit of their buyers: reserved like stock, asked at placing and again at the release."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.selectors.over_limit import OverLimit
from billing.services.reservations import settle_credit
from billing.services.sources import CreditSource, register_credit_source
from core.errors import Conflict
from core.events import record_events
from inventory.services.stock import set_expiries
from orders.ordering.enums import ORDER, HoldKind, OrderEvent, OrderStatus
from orders.ordering.models import Order, OrderHold
from orders.ordering.services.holds import add_hold, close_holds
from orders.ordering.services.locking import lock_orders, order_event, record_order_event

_NOT_ALL_SHIPPED = ", ".join(
    f"'{status}'"
    for status in (OrderStatus.SUBMITTED, OrderStatus.APPROVED, OrderStatus.PICKING, OrderStatus.PARTLY_SHIPPED)
)


def credit_documents(orders: str) -> str:
    """The relation of what orders need of credit, as `billing.services.credit_sql.settle` takes it.

    `orders` is a condition on `placed`. What leaves is worth its share of the net amount and of the tax of its line. It takes
    %(zone)s, whose days are those of the shipments.
    """
    return f"""(
    SELECT placed.seller_company_id AS company_id, placed.distributor_id, placed.currency, placed.id AS source_id,
           CASE WHEN placed.status IN ({_NOT_ALL_SHIPPED})
               THEN GREATEST(placed.total_amount - COALESCE(sent.together, 0), 0) ELSE 0 END AS ordered,
           placed.is_on_hold AND EXISTS (
               SELECT FROM orders_orderhold AS hold
               WHERE hold.order_id = placed.id AND hold.kind = '{HoldKind.CREDIT}' AND hold.lifted_at IS NULL
           ) AS is_waiting,
           sent.shipped_on, sent.amount AS shipped
    FROM orders_order AS placed
    LEFT JOIN LATERAL (
        SELECT day.shipped_on, SUM(day.amount) AS amount, SUM(SUM(day.amount)) OVER () AS together
        FROM (
            SELECT (shipment.shipped_at AT TIME ZONE %(zone)s)::date AS shipped_on,
                   part.net_amount
                   + ROUND(line.tax_amount * part.quantity / GREATEST(line.ordered - line.cancelled, 1), 2) AS amount
            FROM orders_shipment AS shipment
            JOIN orders_shipmentline AS part ON part.shipment_id = shipment.id
            JOIN orders_orderline AS line ON line.id = part.order_line_id
            WHERE shipment.order_id = placed.id
        ) AS day
        GROUP BY day.shipped_on
    ) AS sent ON TRUE
    WHERE placed.uses_credit AND placed.seller_company_id IS NOT NULL AND placed.status <> '{OrderStatus.DRAFT}'
      AND {orders}
    )"""  # noqa: S608 - put together from constants, values are bound


_THESE = credit_documents("placed.id = ANY(%(orders)s)")
ALL_OF_DISTRIBUTORS = credit_documents("placed.distributor_id = ANY(%(distributors)s)")


def zone() -> dict[str, str]:
    return {"zone": settings.TIME_ZONE}


def settle_orders(order_ids: Collection[int], *, now: datetime) -> None:
    """Make orders reserve the credit that they still need: they became less, were shipped, called off, or released.

    Before: inside the transaction of the change, with its stock not locked yet.
    """
    settle_credit(source_type=ORDER, documents=_THESE, parameters=_parameters(order_ids), on=timezone.localdate(now))


def settle_query(*, orders: str, on: date) -> None:
    """Likewise of all orders of a query, as an import brings them. Two statements; nothing where no account is concerned."""
    settle_credit(source_type=ORDER, documents=credit_documents(f"placed.id IN ({orders})"), parameters=zone(), on=on)


def ask_credit(order: Order, *, now: datetime) -> None:
    """Reserve the credit of a locked order that became more or less: on hold where it does not fit, else free of that hold.

    Before: as `settle_orders`.
    """
    if not order.uses_credit or order.seller_company_id is None:
        return
    over = settle_credit(
        source_type=ORDER, documents=_THESE, parameters=_parameters([order.pk]), on=timezone.localdate(now), ask=True
    ).get(order.pk)
    if over is None:
        close_holds(order, actor=None, now=now, kinds=[HoldKind.CREDIT])
        return
    params = hold_params(over, order.currency)
    if order.holds.open().filter(kind=HoldKind.CREDIT).update(params=params):
        return
    add_hold(order, HoldKind.CREDIT, params=params, actor=None, now=now)
    record_order_event(order, OrderEvent.OVER_CREDIT, actor=None, now=now, before=order.status, **params)


def _parameters(order_ids: Collection[int]) -> dict[str, Any]:
    return {"orders": list(order_ids), **zone()}


def hold_params(over: Decimal, currency: str) -> dict[str, Any]:
    """What a hold says of so much above a limit."""
    return {"over": f"{over.normalize():f}", "currency": currency}


def hold_placed(written: Sequence[Any], *, now: datetime) -> None:
    """Give orders that were just written over the limit their holds, with an event each. Asks nothing where none is.

    Raises Conflict where the account went to another limit while an order waited for the one it had.
    """
    if any(row.credit_moved for row in written):
        message = _("The credit limit of this distributor has just changed. Place the order again.")
        raise Conflict(message, code="changed_meanwhile")
    over = {row.id: row.over_credit for row in written if row.over_credit}
    if over:
        _hold(list(Order.objects.filter(pk__in=over).select_related("company")), over, now=now)


def _hold(orders: Sequence[Order], over: Mapping[int, Decimal], *, now: datetime) -> None:
    """Put locked orders on hold, each by how much it is over; their stock is kept for as long as their company says."""
    holds = [
        OrderHold(
            order=order,
            kind=HoldKind.CREDIT,
            code=HoldKind.CREDIT,
            params=hold_params(over[order.pk], order.currency),
            placed_at=now,
        )
        for order in orders
    ]
    OrderHold.objects.bulk_create(holds)
    Order.objects.filter(pk__in=over, is_on_hold=False).update(is_on_hold=True)
    events = [
        order_event(order, OrderEvent.OVER_CREDIT, before=order.status, **hold_params(over[order.pk], order.currency))
        for order in orders
    ]
    record_events(events, actor_id=None, at=now)
    by_life: dict[timedelta, list[int]] = {}
    for order in orders:
        by_life.setdefault(_stock_life(order), []).append(order.pk)
    for life, ids in by_life.items():
        set_expiries(source_type=ORDER, source_ids=ids, expires_at=now + life)


def keep_while_on_hold(order: Order, *, now: datetime) -> None:
    """Let the stock of a locked order that is over the limit go after as many days as its company says."""
    if order.is_on_hold and order.holds.open().filter(kind=HoldKind.CREDIT).exists():
        set_expiries(source_type=ORDER, source_ids=[order.pk], expires_at=now + _stock_life(order))


def _stock_life(order: Order) -> timedelta:
    return timedelta(days=order.company.credit_hold_days)


def hold_over_credit(*, order_ids: Collection[int], now: datetime) -> list[int]:
    """Ask the credit of approved orders again, before they go to the warehouse; returns those that are on hold now.

    An order of an account above its limit is put on hold, unless somebody has released it for its amount and this day. One
    query where none is; the number of statements does not depend on how many there are.
    """
    today = timezone.localdate(now)
    if not _over_limit(order_ids, today):
        return []
    with transaction.atomic():
        orders = lock_orders(order_ids=order_ids, actor=None, related=("company",))
        over = _over_limit(order_ids, today)
        stopped = [order for order in orders if order.pk in over]
        if stopped:
            _hold(stopped, over, now=now)
    return [order.pk for order in stopped]


def _over_limit(order_ids: Collection[int], today: date) -> Mapping[int, Decimal]:
    """How much the accounts of approved orders are above their limits, by order: of those neither on hold nor released."""
    released = OrderHold.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today),
        Q(amount__isnull=True) | Q(amount__gte=F("order__total_amount")),
        kind=HoldKind.CREDIT,
        lifted_by__isnull=False,
    )
    rows = (
        Order.objects.filter(
            pk__in=order_ids, status=OrderStatus.APPROVED, uses_credit=True, seller_company__isnull=False
        )
        .annotate(over=OverLimit(F("seller_company_id"), F("distributor_id"), today))
        .filter(over__gt=0)
        .exclude(pk__in=OrderHold.objects.open().filter(kind=HoldKind.CREDIT).values("order"))
        .exclude(pk__in=released.values("order"))
    )
    return dict(rows.values_list("pk", "over"))


def register_source() -> None:
    """Let the accounts read what orders have open. Called from AppConfig.ready."""
    register_credit_source(CreditSource(source_type=ORDER, documents=ALL_OF_DISTRIBUTORS, parameters=zone()))
