"""After the approval a change is asked for and decided; holds are talked about; prices meet open orders by decision."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import Event
from core.outbox import relay
from inventory.selectors.invariants import INVARIANTS as STOCK_CHECKS
from messaging.models import ConversationMessage, Notification
from orders.changes.enums import PriceChoice, RequestStatus
from orders.changes.selectors.hold_questions import questions_of
from orders.changes.selectors.other_prices import orders_with_other_prices
from orders.changes.services.hold_questions import answer_about_hold, ask_about_hold
from orders.changes.services.prices import decide_prices
from orders.changes.services.requests import (
    RequestedLine,
    accept_request,
    refuse_request,
    request_change,
    withdraw_request,
)
from orders.fulfilment.services.shipping import ship_order
from orders.models import ChangeRequest, Order, OrderLine
from orders.ordering.enums import OrderEvent, OrderStatus
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order
from orders.ordering.services.holds import place_hold
from orders.pages.selectors.invariants import INVARIANTS as ORDER_CHECKS
from planning.models import SalesActual
from tests.orders.clock import NOW
from tests.orders.people import stage
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 24)


def sound() -> None:
    assert offending_rows([*ORDER_CHECKS, *STOCK_CHECKS]) == {}


def sold() -> Decimal:
    return sum(SalesActual.objects.ordered_sales().values_list("net_amount", flat=True), Decimal(0))


def test_less_more_and_another_day_are_asked_for_and_accepted() -> None:
    """What was approved could only be cancelled as a whole and ordered again."""
    scene = stage(products=3, on_hand=20)
    placed = scene.placed(quantity=6)
    less, more, dated = placed.lines
    approve_order(order_id=placed.id, actor=scene.manager, now=NOW)
    asked = [
        RequestedLine(line_id=less.id, quantity=2),
        RequestedLine(line_id=more.id, quantity=9),
        RequestedLine(line_id=dated.id, quantity=6, wanted_on=DAY),
    ]
    for lines, code in (
        ([RequestedLine(line_id=less.id, quantity=6)], "nothing_asked"),
        ([RequestedLine(line_id=line.id, quantity=0) for line in placed.lines], "nothing_left"),
        ([RequestedLine(line_id=0, quantity=1)], "unknown"),
    ):
        with pytest.raises(InvalidInput) as refused:
            request_change(order_id=placed.id, actor=scene.buyer, lines=lines, reason="So", now=NOW)
        assert refused.value.problems[0].code == code
    request = request_change(order_id=placed.id, actor=scene.buyer, lines=asked, reason="Shop closed", now=NOW)
    with pytest.raises(Conflict):
        request_change(order_id=placed.id, actor=scene.buyer, lines=asked, reason="Again", now=NOW)
    with pytest.raises(NotAllowed):
        accept_request(request_id=request.pk, actor=scene.buyer, now=NOW)

    accept_request(request_id=request.pk, actor=scene.manager, now=NOW)

    lines = list(OrderLine.objects.order_by("position").values_list("ordered", "cancelled", "wanted_on"))
    assert lines == [(6, 4, None), (6, 0, None), (6, 0, DAY), (3, 0, None)]
    assert Order.objects.get().net_amount == sold() == Decimal("170.00")
    assert [scene.shop.stock_of(product).reserved for product in scene.shop.products] == [2, 9, 6]
    event = Event.objects.get(kind=OrderEvent.CHANGE_ACCEPTED)
    assert (event.data["amount_before"], event.data["amount_after"]) == ("180.0000", "170.0000")
    sound()
    while relay():
        pass
    assert Notification.objects.filter(recipient=scene.manager, kind=OrderEvent.CHANGE_REQUESTED).exists()
    assert Notification.objects.filter(recipient=scene.buyer, kind=OrderEvent.CHANGE_ACCEPTED).exists()


def test_a_request_ends_refused_withdrawn_or_with_its_order() -> None:
    scene = stage(products=2)
    placed = scene.placed(quantity=6)
    approve_order(order_id=placed.id, actor=scene.manager, now=NOW)
    line = placed.lines[0].id

    def ask(quantity: int = 2) -> ChangeRequest:
        asked = [RequestedLine(line_id=line, quantity=quantity)]
        return request_change(order_id=placed.id, actor=scene.buyer, lines=asked, reason="So", now=NOW)

    with pytest.raises(InvalidInput):
        refuse_request(request_id=ask().pk, actor=scene.manager, now=NOW, reason=" ")
    refuse_request(request_id=ChangeRequest.objects.get().pk, actor=scene.manager, now=NOW, reason="Packed already")
    withdraw_request(request_id=ask().pk, actor=scene.buyer, now=NOW)
    open_one = ask(quantity=3)
    ship_order(order_id=placed.id, actor=scene.warehouse, now=NOW, quantities={line: 5})
    with pytest.raises(Conflict, match="5 have left"):
        accept_request(request_id=open_one.pk, actor=scene.manager, now=NOW)
    ship_order(order_id=placed.id, actor=scene.warehouse, now=NOW)
    while relay():
        pass
    open_one.refresh_from_db()
    assert (open_one.status, open_one.decided_by) == (RequestStatus.REFUSED, None)
    sound()


def test_less_than_all_that_is_left_ends_the_order_as_shipped() -> None:
    scene = stage(products=2)
    placed = scene.placed(quantity=6)
    first, second = (line.id for line in placed.lines)
    approve_order(order_id=placed.id, actor=scene.manager, now=NOW)
    ship_order(order_id=placed.id, actor=scene.warehouse, now=NOW, quantities={first: 6})
    asked = [RequestedLine(line_id=second, quantity=0)]
    request = request_change(order_id=placed.id, actor=scene.buyer, lines=asked, reason="So", now=NOW)
    accept_request(request_id=request.pk, actor=scene.manager, now=NOW)
    order = Order.objects.get()
    assert (order.status, order.net_amount, sold()) == (OrderStatus.SHIPPED, Decimal("60.00"), Decimal("60.00"))
    sound()


def test_the_seller_asks_on_a_hold_and_the_buyer_answers() -> None:
    """A hold would be lifted or not by what was said on the phone."""
    scene = stage(products=1)
    placed = scene.placed()
    with pytest.raises(Conflict):
        ask_about_hold(order_id=placed.id, actor=scene.manager, text="Why?", now=NOW)
    place_hold(order_id=placed.id, actor=scene.manager, reason="Unusual", now=NOW)
    with pytest.raises(NotAllowed):
        ask_about_hold(order_id=placed.id, actor=scene.buyer, text="Why?", now=NOW)
    ask_about_hold(order_id=placed.id, actor=scene.manager, text="Ten times as many?", now=NOW)
    with pytest.raises(Conflict):
        ask_about_hold(order_id=placed.id, actor=scene.manager, text="And?", now=NOW)
    answer_about_hold(order_id=placed.id, actor=scene.buyer, text="A school opens.", now=NOW)
    with pytest.raises(Conflict):
        answer_about_hold(order_id=placed.id, actor=scene.buyer, text="Twice.", now=NOW)
    (shown,) = questions_of(order_id=placed.id)
    assert shown.answer is not None
    assert (shown.question.text, shown.answer.text) == ("Ten times as many?", "A school opens.")
    assert ConversationMessage.objects.about("order", placed.id).count() == 2


@pytest.mark.parametrize("approved", [False, True])
def test_open_orders_keep_their_prices_or_take_new_ones(approved: bool) -> None:  # noqa: FBT001 - a parametrized test takes its case by position
    """A price change would be silent for open orders, or surprise those who ordered."""
    scene = stage(products=2)
    kept, priced = scene.placed(quantity=5), scene.placed(quantity=6)
    if approved:
        approve_order(order_id=priced.id, actor=scene.manager, now=NOW)
    today = NOW.date()
    assert orders_with_other_prices(scene.manager, today=today) == []
    scene.shop.products[0].prices.update(amount=Decimal("11.0000"))
    met = orders_with_other_prices(scene.manager, today=today)
    assert {row.order.pk: row.difference for row in met} == {kept.id: Decimal(5), priced.id: Decimal(6)}
    with pytest.raises(NotAllowed):
        decide_prices(order_id=kept.id, choice=PriceChoice.KEEP, actor=scene.buyer, now=NOW)
    decide_prices(order_id=kept.id, choice=PriceChoice.KEEP, actor=scene.manager, now=NOW)
    decide_prices(order_id=priced.id, choice=PriceChoice.REPRICE, actor=scene.manager, now=NOW)
    assert Order.objects.get(pk=kept.id).net_amount == Decimal("100.00")
    assert Order.objects.get(pk=priced.id).net_amount == Decimal("126.00")
    assert sold() == (Decimal("126.00") if approved else 0)
    assert orders_with_other_prices(scene.manager, today=today) == []
    with pytest.raises(Conflict):
        decide_prices(order_id=kept.id, choice=PriceChoice.KEEP, actor=scene.manager, now=NOW)
    scene.shop.products[0].prices.update(amount=Decimal("12.0000"))
    assert len(orders_with_other_prices(scene.manager, today=today)) == 2
    cancel_order(order_id=kept.id, actor=scene.manager, now=NOW + timedelta(hours=1), reason="Off")
    sound()
