"""Drafts: kept as they are typed, across devices, without holding stock."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import Conflict, InvalidInput, Problem
from orders.enums import OrderEvent, OrderSource, OrderStatus
from orders.models import Order, OrderLine
from orders.services.check_order import require_orderer
from orders.services.facts import record_fact
from orders.services.locking import lock_order, save_order
from orders.services.placing_sql import INSERT_DRAFT_LINES
from orders.services.quote import MAX_LINES, Quote, QuotedLine, Wish, line_parameters, merge, read_quote


@transaction.atomic
def save_draft(
    *,
    distributor_id: int,
    actor: User,
    lines: Sequence[Wish],
    now: datetime,
    purchase_order_number: str = "",
    note: str = "",
    order_id: int | None = None,
    expected_version: int | None = None,
    source: OrderSource = OrderSource.PAGE,
) -> Order:
    """Make a draft of these lines, or replace those of the draft `order_id`. Nothing is reserved or promised.

    Quantities that could not be ordered are kept as they are; lines of zero are left out; prices are today's. Raises
    NotVisible, NotAllowed, StaleVersion, Conflict (no draft any more), and InvalidInput for a product nobody knows.
    """
    before = _locked(order_id, actor, expected_version)
    distributor_id = before.distributor_id if before else distributor_id
    require_orderer(actor=actor, distributor_id=distributor_id)
    quote = read_quote(
        distributor_id=distributor_id,
        wishes=[wish for wish in merge(lines) if wish.quantity > 0][:MAX_LINES],
        on=timezone.localdate(now),
        purchase_order_number="",
        order_id=order_id,
    )
    kept = _kept_lines(quote)
    order = before or Order(number=_next_number(), distributor_id=distributor_id, created_by=actor, source=source)
    _fill(order, quote, kept, now, purchase_order_number, note)
    if before:
        OrderLine.objects.filter(order=order).delete()
        save_order(order, *_FIELDS)
    else:
        order.save(force_insert=True)
        record_fact(order, OrderEvent.SAVED, actor=actor, now=now, before="", publish=False)
    _insert_lines(order, kept)
    return order


_FIELDS = (
    "purchase_order_number", "note", "currency", "gross_amount", "discount_amount", "net_amount", "cost_amount",
    "line_count", "unit_count", "ordered_at", "ordered_on",
)  # fmt: skip


def _locked(order_id: int | None, actor: User, expected_version: int | None) -> Order | None:
    if order_id is None:
        return None
    order = lock_order(order_id=order_id, actor=actor, expected_version=expected_version)
    if order.status != OrderStatus.DRAFT:
        raise Conflict(_("This order is no draft any more."), code="wrong_state")
    return order


def _next_number() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'SO' || nextval('order_number_seq')")
        (number,) = cursor.fetchone()
    return str(number)


def _kept_lines(quote: Quote) -> list[QuotedLine]:
    """One line a product; InvalidInput names those that stand for no product."""
    unknown = [
        Problem(
            message=_("There is no product “%(code)s”.") % {"code": line.asked},
            code="unknown_product",
            field=f"lines.{line.line}.product",
        )
        for line in quote.lines
        if line.product_id is None
    ]
    if unknown:
        raise InvalidInput(problems=unknown)
    kept: dict[int | None, QuotedLine] = {}
    for line in quote.lines:
        same = kept.setdefault(line.product_id, line)
        if same is not line:
            same.quantity += line.quantity
            same.amount += line.amount
            same.cost += line.cost
    return list(kept.values())


def _fill(order: Order, quote: Quote, kept: list[QuotedLine], now: datetime, po: str, note: str) -> None:
    order.status = OrderStatus.DRAFT
    order.purchase_order_number, order.note, order.currency = po, note, quote.currency
    order.gross_amount = order.net_amount = sum((line.amount for line in kept), Decimal(0))
    order.discount_amount = Decimal(0)
    order.cost_amount = sum((line.cost for line in kept), Decimal(0))
    order.line_count, order.unit_count = len(kept), sum(line.quantity for line in kept)
    order.ordered_at, order.ordered_on = now, quote.ordered_on


def _insert_lines(order: Order, kept: list[QuotedLine]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(INSERT_DRAFT_LINES, {"order": order.pk, **line_parameters(kept)})
