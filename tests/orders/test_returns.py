"""Returns: B5 of the cases and what stands beside it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.registry import registry
from inventory.models import Stock, StockBlock
from orders.returns.enums import Disposition, ReturnReason, ReturnStatus
from orders.returns.errors import ReturnRefused
from orders.returns.models import Return, ReturnLine, ReturnPolicy
from orders.returns.services.deciding import authorise_return, cancel_return, close_return, refuse_return
from orders.returns.services.moving import receive_return
from orders.returns.services.requesting import AskedGoods
from tests.factories.accounts import BuyerFactory
from tests.factories.inventory import DistributorWarehouseFactory, StockFactory
from tests.factories.returns import received_line
from tests.orders.clock import NOW
from tests.orders.returning import Returning, returning
from tests.sql import offending_rows

pytestmark = pytest.mark.django_db


def of_year(scene: Returning) -> None:
    """200,000.00 received: 6,200.00 of it returned, 1,500.00 authorised, 900.00 recalled."""
    used = scene.line(pieces=2, net="6200")
    open_ = scene.line(pieces=1, net="1500")
    recalled = scene.line(pieces=1, net="900")
    scene.line(pieces=1, net="189140")
    scene.line(pieces=20, net="2000", tax="260")
    done = scene.ask_for(used, 2)
    scene.inspect(scene.received(done))
    assert scene.ask_for(open_, 1).status == ReturnStatus.AUTHORISED
    recall = scene.ask_for(recalled, 1, ReturnReason.RECALL)
    scene.inspect(scene.received(recall))


def checked() -> None:
    names = ("returns.", "inventory.", "planning.")
    assert offending_rows(one for one in registry.invariants if one.name.startswith(names)) == {}


def test_b5() -> None:
    """The room is what the agreement says, to the cent, and what comes back is credited as it was invoiced."""
    scene = returning()
    of_year(scene)
    room = scene.room
    assert (room.received, room.allowed, room.used, room.open) == (
        Decimal("200000.00"), Decimal("10000.00"), Decimal("6200.00"), Decimal("1500.00"),
    )  # fmt: skip
    assert room.left == Decimal("2300.00")

    goods = scene.lines[-1]
    asked = scene.ask_for(goods, 20)
    assert (asked.status, asked.is_by_rule, asked.asked_amount) == (
        ReturnStatus.AUTHORISED, True, Decimal("2260.00"),
    )  # fmt: skip
    assert scene.room.left == Decimal("40.00")

    arrived = scene.received(asked)
    line = arrived.lines.get()
    done = scene.inspect(arrived, scene.part(line.pk, 19), scene.part(line.pk, 1, Disposition.SENT_BACK))
    assert (done.net_amount, done.tax_amount, done.total_amount) == (
        Decimal("1900.00"), Decimal("247.00"), Decimal("2147.00"),
    )  # fmt: skip
    assert scene.room.left == Decimal("153.00")
    assert ReturnLine.objects.get(document=done).returned == 19
    checked()


def test_exactly_the_room_passes_and_a_cent_more_does_not() -> None:
    """The boundary belongs to the distributor."""
    for net, status in (("50.00", ReturnStatus.AUTHORISED), ("50.01", ReturnStatus.REQUESTED)):
        scene = returning() if status == ReturnStatus.AUTHORISED else _another()
        goods = scene.line(pieces=1, net=net)
        scene.line(pieces=1, net=str(Decimal(1000) - Decimal(net)))
        assert scene.room.left == Decimal("50.00")
        asked = scene.ask_for(goods, 1)
        assert asked.status == status
        if status == ReturnStatus.REQUESTED:
            (broken,) = asked.broken_rules
            assert broken["code"] == "room"
            assert [Decimal(broken[name]) for name in ("asked", "room", "over")] == [
                Decimal("50.01"), Decimal("50.00"), Decimal("0.01"),
            ]  # fmt: skip


def _another() -> Returning:
    ReturnPolicy.objects.all().update(is_active=False)
    return returning()


@pytest.mark.parametrize(("days", "status"), [(90, ReturnStatus.AUTHORISED), (91, ReturnStatus.REQUESTED)])
def test_the_window_is_counted_in_days_from_the_receipt(days: int, status: str) -> None:
    """A day too late is said with its day, and a person decides."""
    scene = returning("1")
    asked = scene.ask_for(scene.line(received_at=NOW - timedelta(days=days)), 1)
    assert asked.status == status
    if status == ReturnStatus.REQUESTED:
        (broken,) = asked.broken_rules
        assert (broken["code"], broken["days"], broken["most"], broken["line"]) == ("window", 91, 90, 1)


def test_reason_condition_and_photo_are_asked_by_the_policy() -> None:
    """Whoever decides reads all that is wrong at once, each with its figure."""
    scene = returning("1")
    asked = scene.ask_for(scene.line(), 1, ReturnReason.OTHER, condition="opened")
    assert [one["code"] for one in asked.broken_rules] == ["reason", "condition"]
    damaged = scene.ask_for(scene.line(), 1, ReturnReason.DAMAGED, condition="damaged")
    assert [one["code"] for one in damaged.broken_rules] == ["photo"]
    assert damaged.rate_amount == 0


def test_a_return_over_three_orders_is_one_document() -> None:
    """A distributor clears its shelf at once, not order by order."""
    scene = returning("1")
    lines = [scene.line(pieces=3, net="10", tax="0") for _ in range(3)]
    asked = scene.ask(*[AskedGoods(order_line_id=one.pk, pieces=2, reason=ReturnReason.UNSOLD) for one in lines])
    assert asked.lines.count() == 3
    assert asked.asked_amount == Decimal("20.01")  # 6.67 each, as invoiced
    done = scene.inspect(scene.received(asked))
    assert done.total_amount == Decimal("20.01")
    rest = scene.ask_for(lines[0], 1)
    assert scene.inspect(scene.received(rest)).total_amount == Decimal("3.33")
    checked()


def test_three_pieces_for_ten_credited_singly_make_ten() -> None:
    """A cent would be lost or made at every return."""
    scene = returning("1")
    line = scene.line(pieces=3, net="8.85", tax="1.15")
    done = [scene.inspect(scene.received(scene.ask_for(line, 1))) for _ in range(3)]
    assert [one.total_amount for one in done] == [Decimal("3.33"), Decimal("3.34"), Decimal("3.33")]
    assert [one.net_amount for one in done] == [Decimal("2.95")] * 3
    assert [one.tax_amount for one in done] == [Decimal("0.38"), Decimal("0.39"), Decimal("0.38")]
    with pytest.raises(ReturnRefused):
        scene.ask_for(line, 1)
    checked()


def test_one_piece_is_asked_for_once() -> None:
    """The same goods would be credited twice."""
    scene = returning("1")
    line = scene.line(pieces=2, received=1)
    scene.ask_for(line, 1)
    with pytest.raises(ReturnRefused) as refused:
        scene.ask_for(line, 1)
    assert refused.value.problems[0].field == "lines.0.pieces"
    single = scene.line(pieces=1)
    twice = [AskedGoods(order_line_id=single.pk, pieces=1, reason=reason) for reason in ("unsold", "recall")]
    for goods in (twice, [AskedGoods(order_line_id=single.pk, pieces=-1, reason="unsold")], []):
        with pytest.raises(ReturnRefused):
            scene.ask(*goods)
    assert Return.objects.count() == 1


def test_the_lines_of_somebody_else_are_unknown() -> None:
    """A distributor would return what another one bought."""
    scene = returning("1")
    foreign = received_line()
    with pytest.raises(ReturnRefused) as refused:
        scene.ask_for(foreign, 1)
    assert refused.value.problems[0].code == "unknown"
    stranger = BuyerFactory.create()
    with pytest.raises(NotVisible):
        scene.ask(AskedGoods(order_line_id=scene.line().pk, pieces=1, reason="unsold"), actor=stranger)
    with pytest.raises(NotAllowed):
        scene.ask(AskedGoods(order_line_id=scene.line().pk, pieces=1, reason="unsold"), actor=scene.keeper)
    assert not Return.objects.exists()


def test_cancelled_and_refused_give_room_and_pieces_back() -> None:
    """Room that nobody uses would be gone for the year."""
    scene = returning("1")
    line = scene.line(pieces=1, net="100")
    asked = scene.ask_for(line, 1)
    assert scene.room.left == 0
    cancel_return(return_id=asked.pk, actor=scene.buyer, now=NOW)
    assert scene.room.left == Decimal("100.00")
    again = scene.ask_for(line, 1, ReturnReason.OTHER)
    with pytest.raises(InvalidInput):
        refuse_return(return_id=again.pk, actor=scene.manager, now=NOW, note=" ")
    refuse_return(return_id=again.pk, actor=scene.manager, now=NOW, note="No")
    third = scene.ask_for(line, 1, ReturnReason.OTHER)
    with pytest.raises(InvalidInput):
        authorise_return(return_id=third.pk, actor=scene.manager, now=NOW)
    with pytest.raises(NotAllowed):
        authorise_return(return_id=third.pk, actor=scene.buyer, now=NOW, note="Yes")
    authorise_return(return_id=third.pk, actor=scene.manager, now=NOW, note="Goodwill")
    assert scene.room.left == 0
    with pytest.raises(Conflict):
        refuse_return(return_id=third.pk, actor=scene.manager, now=NOW, note="No")
    checked()


def test_every_inspected_piece_goes_to_one_place() -> None:
    """Goods would be sold and scrapped at once, or lie nowhere."""
    scene = returning("1")
    line = scene.line(pieces=10)
    asked = scene.ask_for(line, 10)
    arrived = scene.received(asked, {asked.lines.get().pk: 9})
    row = arrived.lines.get()
    assert (row.sent, row.arrived, row.returned) == (10, 9, 9)
    with pytest.raises(InvalidInput) as incomplete:
        scene.inspect(arrived, scene.part(row.pk, 8))
    assert incomplete.value.problems[0].field == f"lines.{row.pk}"
    for wrong in (
        scene.part(row.pk, 9, Disposition.SENT_BACK, is_accepted=True),
        scene.part(row.pk, 9, warehouse_id=scene.returns.pk),
    ):
        with pytest.raises(InvalidInput):
            scene.inspect(arrived, wrong)
    scene.inspect(
        arrived,
        scene.part(row.pk, 4),
        scene.part(row.pk, 2, Disposition.BLOCKED, condition="damaged"),
        scene.part(row.pk, 1, Disposition.SCRAPPED),
        scene.part(row.pk, 2, Disposition.SENT_BACK),
    )
    assert Stock.objects.get(warehouse=scene.shop, product=line.product).on_hand == 4
    here = Stock.objects.get(warehouse=scene.returns, product=line.product)
    assert (here.on_hand, here.blocked) == (2, 2)
    assert StockBlock.objects.get().quantity == 2
    row.refresh_from_db()
    assert (row.accepted, row.refused, row.returned, row.net_amount) == (7, 2, 7, Decimal("70.00"))
    closed = close_return(return_id=arrived.pk, actor=scene.manager, now=timezone.now())
    assert closed.status == ReturnStatus.CLOSED
    checked()


def test_the_stock_of_the_distributor_goes_down_when_it_sends() -> None:
    """Its days of cover would count goods that it has given away."""
    scene = returning("1")
    theirs = DistributorWarehouseFactory.create(distributor=scene.distributor, is_default=True)
    line = scene.line(pieces=10)
    StockFactory.create(warehouse=theirs, product=line.product, on_hand=9)
    asked = scene.ask_for(line, 10)
    with pytest.raises(Conflict) as short:
        scene.received(asked)
    assert "9" in str(short.value)
    cancel_return(return_id=asked.pk, actor=scene.buyer, now=NOW)
    arrived = scene.received(scene.ask_for(line, 6))
    row = arrived.lines.get()
    stock = Stock.objects.get(warehouse=theirs)
    assert stock.on_hand == 3
    scene.inspect(arrived, scene.part(row.pk, 4), scene.part(row.pk, 2, Disposition.SENT_BACK))
    stock.refresh_from_db()
    assert stock.on_hand == 5
    assert scene.ask_for(line, 6).lines.get().pieces == 6
    checked()


def test_goods_come_before_the_distributor_says_that_it_sent_them() -> None:
    """The warehouse could not take in what stands at its gate."""
    scene = returning("1")
    asked = scene.ask_for(scene.line(pieces=5), 5)
    line = asked.lines.get()
    with pytest.raises(InvalidInput):
        receive_return(return_id=asked.pk, warehouse_id=scene.shop.pk, actor=scene.keeper, now=NOW)
    with pytest.raises(InvalidInput):
        receive_return(
            return_id=asked.pk, warehouse_id=scene.returns.pk, pieces={line.pk: 6}, actor=scene.keeper, now=NOW
        )
    done = receive_return(
        return_id=asked.pk, warehouse_id=scene.returns.pk, pieces={line.pk: 3}, actor=scene.keeper, now=NOW
    )
    line.refresh_from_db()
    assert (done.status, line.sent, line.arrived, line.returned) == (ReturnStatus.RECEIVED, 3, 3, 3)
    checked()
