"""What an order uses of credit, when it stops, and who lets it go: else goods leave that nobody pays for, or stay for nothing."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from billing.enums import EntryKind, SubAccount
from billing.models import CreditLimit, CreditReservation
from core.errors import Conflict, InvalidInput, NotAllowed
from core.models import Event
from inventory.models import Reservation
from orders.entry.lines import save_draft
from orders.fulfilment.services.cancelling import cancel_rest
from orders.fulfilment.services.shipping import ship_order, start_picking
from orders.fulfilment.waves.services.making import make_wave
from orders.models import Order, OrderHold, OrderLine, OrderType
from orders.ordering.enums import ORDER, HoldKind, OrderEvent, OrderStatus
from orders.ordering.services.approval import approve_order
from orders.ordering.services.cancelling import cancel_order
from orders.ordering.services.changing import change_order
from orders.ordering.services.credit_freed import ask_waiting_orders
from orders.ordering.services.credit_release import release_credit
from orders.ordering.services.holds import lapse_reservations, lift_holds
from orders.ordering.services.line_changes import LineEdit
from orders.ordering.services.placing import place_order
from orders.ordering.services.quote import LineInput
from tests.billing.crediting import Credited, credited, grouped, order_of, sound
from tests.factories.accounts import GrantFactory
from tests.orders.clock import NOW
from tests.orders.people import stage

pytestmark = pytest.mark.django_db


def hold_of(order_id: int) -> OrderHold:
    found: OrderHold = OrderHold.objects.get(order_id=order_id, kind=HoldKind.CREDIT, lifted_at=None)
    return found


def approved(scene: Credited, amount: str) -> Order:
    return approve_order(order_id=scene.place(amount).id, actor=scene.people.manager, now=NOW)


def released(scene: Credited, order_id: int, **options: Any) -> Order:
    options.setdefault("reason", "They paid this morning.")
    return release_credit(order_id=order_id, actor=scene.director, now=NOW, **options)


def busy(limit: str = "100000") -> tuple[Credited, Order]:
    """The account of the figures C2, with an order of 15,000.00 that is not shipped."""
    scene = credited(limit)
    placed = order_of(scene.place("15000"))
    scene.place("15000")
    shipped = approved(scene, "15000")
    ship_order(order_id=shipped.pk, actor=scene.people.warehouse, now=NOW)
    scene.post(EntryKind.INVOICE, "60000")
    scene.post(EntryKind.PAYMENT, "-12000")
    scene.post(EntryKind.CREDIT_NOTE, "-3000")
    scene.post(EntryKind.PAYMENT, "-20000", SubAccount.DEPOSIT)
    return scene, placed


def test_exposure_has_each_value_once() -> None:
    """C2: a deposit, and slips that nobody confirmed, would let goods go that are not covered."""
    scene, _placed = busy()
    account = scene.account
    assert scene.used == Decimal(90_000)
    assert (account.ordered_amount, account.shipped_amount, account.open_invoice_amount) == (30_000, 15_000, 60_000)
    assert (account.free_payment_amount, account.free_credit_amount, account.deposit_amount) == (12_000, 3_000, -20_000)
    sound()


@pytest.mark.parametrize(("amount", "over"), [("10000.00", None), ("10000.01", "0.01"), ("9999.99", None)])
def test_the_last_of_a_limit(amount: str, over: str | None) -> None:
    """C2: 10,000.00 passes, 10,000.01 is on hold, and its hold says by how much."""
    scene, _placed = busy()
    placed = scene.place(amount)
    order = order_of(placed)
    assert (placed.is_on_hold, order.is_on_hold, order.status) == (over is not None,) * 2 + (OrderStatus.SUBMITTED,)
    if over is None:
        assert scene.used == 90_000 + Decimal(amount)
    else:
        assert hold_of(order.pk).params == {"over": over, "currency": order.currency}
        assert "0.01" in str(hold_of(order.pk))
        assert scene.used == 90_000
        assert not CreditReservation.objects.filter(source_id=order.pk).exists()
        event = Event.objects.get(subject_type=ORDER, subject_id=order.pk, kind=OrderEvent.OVER_CREDIT)
        assert event.data["over"] == over
    assert Reservation.objects.filter(source_id=order.pk, quantity__gt=0).exists()
    sound()


def test_what_moves_between_places_changes_nothing() -> None:
    """C2: shipping is no new debt; a payment frees credit, and so does an order that is called off."""
    scene, placed = busy()
    approve_order(order_id=placed.pk, actor=scene.people.manager, now=NOW)
    ship_order(order_id=placed.pk, actor=scene.people.warehouse, now=NOW)
    assert scene.used == 90_000
    assert (scene.account.ordered_amount, scene.account.shipped_amount) == (15_000, 30_000)
    scene.post(EntryKind.PAYMENT, "-10000")
    assert scene.used == 80_000
    open_one = Order.objects.get(status=OrderStatus.SUBMITTED)
    cancel_order(order_id=open_one.pk, actor=scene.people.manager, now=NOW, reason="Wrong shop")
    assert scene.used == 65_000
    sound()


def test_a_part_that_ships_is_worth_its_share() -> None:
    """What left would count twice, or the rest not at all."""
    scene = credited()
    order = approved(scene, "100.03")
    line = OrderLine.objects.filter(order=order).order_by("position")[0]
    ship_order(order_id=order.pk, actor=scene.people.warehouse, now=NOW, quantities={line.pk: 3})
    assert scene.used == Decimal("100.03")
    assert (scene.account.ordered_amount, scene.account.shipped_amount) == (Decimal("70.03"), Decimal("30.00"))
    cancel_rest(order_id=order.pk, actor=scene.people.manager, now=NOW, reason="Enough")
    assert scene.used == Decimal("30.00")
    sound()


def test_a_change_asks_again() -> None:
    """An order could be placed small and grown beyond every limit; or stay on hold though it fits by now."""
    scene = credited("100")
    placed = scene.place("90")
    pieces = scene.people.shop.products[0].pk

    def change(units: int) -> Order:
        change_order(order_id=placed.id, actor=scene.people.buyer, lines=[LineInput(pieces, units)], now=NOW)
        return order_of(placed)

    assert change(11).is_on_hold
    assert (hold_of(placed.id).params["over"], scene.used) == ("10", 90)
    assert change(12).is_on_hold
    assert (hold_of(placed.id).params["over"], scene.used) == ("20", 90)
    assert not change(10).is_on_hold
    assert scene.used == 100
    assert not change(2).is_on_hold
    assert scene.used == 20
    sound()


def test_lines_that_are_struck_at_approval_are_free_again() -> None:
    scene = credited("100")
    placed = scene.place("90.05")
    cents = OrderLine.objects.get(order_id=placed.id, product=scene.people.shop.products[1])
    edit = LineEdit(line_id=cents.pk, quantity=0, reason="Sold out")
    approve_order(order_id=placed.id, actor=scene.people.manager, now=NOW, edits=[edit])
    assert scene.used == 90
    sound()


def test_whoever_has_no_limit_orders_as_before() -> None:
    """Without a limit an account only counts; without an account nothing is asked at all."""
    scene = credited(None)
    assert not scene.place("500000").is_on_hold
    assert scene.used == 500_000
    without = stage()
    assert not without.placed(100).is_on_hold
    assert CreditReservation.objects.count() == 1
    sound()


def test_samples_use_no_credit() -> None:
    """What costs nothing would be stopped for money that nobody owes."""
    scene = credited("10")
    sample = OrderType.objects.get(code="sample")
    assert not scene.place("50", type_id=sample.pk).is_on_hold
    assert scene.used == 0


def test_a_draft_that_is_placed_is_asked_too() -> None:
    scene = credited("99.99")
    lines = [LineInput(scene.people.shop.products[0].pk, 10)]
    draft = save_draft(distributor_id=scene.account.distributor_id, actor=scene.people.buyer, lines=lines, now=NOW)
    assert scene.used == 0
    placed = place_order(
        distributor_id=scene.account.distributor_id, actor=scene.people.buyer, lines=lines, now=NOW, order_id=draft.pk
    )
    assert (placed.is_on_hold, hold_of(placed.id).params["over"]) == (True, "0.01")
    assert [problem.code for problem in placed.warnings] == []
    sound()


@pytest.mark.parametrize("held", [False, True])
def test_placing_costs_no_statement_more(held: bool) -> None:  # noqa: FBT001 - a case
    """The hottest path would slow down for everybody, or for those with a limit."""
    plain, scene = stage(), credited("100000")
    plain.placed()
    scene.people.placed()
    if held:
        scene.limit("0.01")
    counted = []
    for place in (plain, scene.people):
        with CaptureQueriesContext(connection) as queries:
            place.placed()
        counted.append(len(queries))
    assert counted[1] - counted[0] == (6 if held else 0), [query["sql"][:90] for query in queries]


def test_a_release_goes_by_name_amount_and_day() -> None:
    """A goodwill of one day would hold for ever, or for any amount."""
    scene = credited("100")
    order = approve_order(order_id=scene.place("150").id, actor=scene.people.manager, now=NOW)
    assert (order.status, order_of(order).is_on_hold) == (OrderStatus.APPROVED, True)
    with pytest.raises(Conflict, match="50"):
        start_picking(order_id=order.pk, actor=scene.people.warehouse, now=NOW)
    with pytest.raises(Conflict):
        lift_holds(order_id=order.pk, actor=scene.people.manager, now=NOW)
    for wrong in (
        {"reason": " "},
        {"amount": Decimal("149.99")},
        {"until": timezone.localdate(NOW) - timedelta(days=1)},
    ):
        with pytest.raises(InvalidInput):
            released(scene, order.pk, **wrong)
    with pytest.raises(NotAllowed):
        release_credit(order_id=order.pk, actor=scene.people.manager, now=NOW, reason="A friend")
    assert scene.used == 0
    released(scene, order.pk, until=timezone.localdate(NOW))
    assert (scene.used, order_of(order).is_on_hold) == (150, False)
    tomorrow = NOW + timedelta(days=1)
    with pytest.raises(Conflict, match="50"):
        start_picking(order_id=order.pk, actor=scene.people.warehouse, now=tomorrow)
    start_picking_of(scene, order)
    sound()


def start_picking_of(scene: Credited, order: Order) -> None:
    """Released once more without an end."""
    released(scene, order.pk)
    assert start_picking(order_id=order.pk, actor=scene.people.warehouse, now=NOW).status == OrderStatus.PICKING


def test_a_grant_limits_what_somebody_may_release() -> None:
    scene = credited("100")
    placed = scene.place("150")
    GrantFactory.create(
        role="",
        person=scene.director,
        permission="orders.release_credit",
        is_allowed=True,
        amount_limit=Decimal("149.99"),
    )
    scene.director = type(scene.director).objects.get(pk=scene.director.pk)
    with pytest.raises(NotAllowed):
        released(scene, placed.id)
    assert (scene.used, order_of(placed).is_on_hold) == (0, True)


def test_the_limit_is_asked_again_at_the_release_to_the_warehouse() -> None:
    """A limit that was taken back after placing would stop nothing that was placed before."""
    scene = credited("100")
    first, second = approved(scene, "60"), approved(scene, "40")
    scene.limit("80")
    with pytest.raises(Conflict, match="20"):
        make_wave(order_ids=[first.pk, second.pk], actor=scene.people.warehouse, now=NOW)
    assert {hold.params["over"] for hold in OrderHold.objects.open()} == {"20"}
    assert scene.used == 100
    scene.limit("100")
    for order in (first, second):
        released(scene, order.pk)
    make_wave(order_ids=[first.pk, second.pk], actor=scene.people.warehouse, now=NOW)
    sound()


def test_shipping_at_once_is_a_release_too() -> None:
    scene = credited("100")
    order = approved(scene, "60")
    scene.limit("50")
    with pytest.raises(Conflict):
        ship_order(order_id=order.pk, actor=scene.people.warehouse, now=NOW)
    assert hold_of(order.pk).params["over"] == "10"


def test_an_order_on_hold_gives_its_stock_back() -> None:
    """Goods would lie for weeks for somebody who does not pay."""
    scene = credited("100")
    order = approve_order(order_id=scene.place("150").id, actor=scene.people.manager, now=NOW)
    kept = Reservation.objects.filter(source_id=order.pk, quantity__gt=0)
    assert lapse_reservations(now=NOW + timedelta(days=2)) == 0
    assert kept.exists()
    assert lapse_reservations(now=NOW + timedelta(days=3, minutes=1)) == 1
    assert not kept.exists()
    released(scene, order.pk)
    assert sum(kept.values_list("quantity", flat=True)) == 15
    assert (order_of(order).is_on_hold, scene.used) == (False, 150)
    sound()


def test_a_payment_lets_the_oldest_go() -> None:
    """Finance would have to look for the orders that a payment covers; or a late one would overtake an early one."""
    scene = credited("100")
    scene.post(EntryKind.INVOICE, "100")
    first = scene.place("60")
    second = approve_order(order_id=scene.place("50").id, actor=scene.people.manager, now=NOW)
    scene.post(EntryKind.PAYMENT, "-70")
    event = Event.objects.filter(subject_type="trade_account").order_by("-pk")[0]
    for _twice in range(2):
        ask_waiting_orders(event)
    assert (order_of(first).is_on_hold, order_of(second).is_on_hold) == (False, True)
    assert hold_of(second.pk).params["over"] == "40"
    assert scene.used == 90
    scene.limit("200")
    ask_waiting_orders(Event.objects.filter(subject_type="credit_limit").order_by("-pk")[0])
    assert (order_of(second).is_on_hold, scene.used) == (False, 140)
    sound()


def test_a_refused_release_to_the_warehouse_changes_nothing() -> None:
    scene = credited("100")
    order = approved(scene, "60")
    scene.limit("50")
    for refused in (start_picking, ship_order):
        with pytest.raises(NotAllowed):
            refused(order_id=order.pk, actor=scene.people.buyer, now=NOW)
    with pytest.raises(NotAllowed):
        make_wave(order_ids=[order.pk], actor=scene.people.buyer, now=NOW)
    assert not order_of(order).is_on_hold


def test_a_temporary_limit_ends() -> None:
    scene = credited(None)
    today = timezone.localdate(NOW)
    scene.limit("100", temporary="200", until=today)
    assert not scene.place("200").is_on_hold
    cancel_order(order_id=Order.objects.get().pk, actor=scene.people.manager, now=NOW, reason="Test")
    later = scene.place("200", now=NOW + timedelta(days=1))
    assert hold_of(later.id).params["over"] == "100"


def test_a_group_shares_its_limit() -> None:
    """Each branch would use the whole limit for itself; or one would use up what another was promised."""
    parent, branch = credited(None), credited(None)
    group = grouped("100", parent, branch, sub_limits=(None, "30"))
    assert not parent.place("60").is_on_hold
    assert hold_of(branch.place("30.01").id).params["over"] == "0.01"
    assert not branch.place("30").is_on_hold
    assert hold_of(parent.place("20").id).params["over"] == "10"
    assert CreditLimit.objects.get(pk=group.pk).exposure_amount == 90
    sound()


def test_an_account_that_is_opened_counts_what_is_open() -> None:
    """A limit would begin with nothing used, and be worth twice as much for a while."""
    scene = credited(None)
    placed = scene.place("100")
    CreditReservation.objects.all().delete()
    type(scene.account).objects.filter(pk=scene.account.pk).delete()
    from billing.services.limits import open_account

    scene.account = open_account(distributor_id=scene.account.distributor_id, actor=scene.finance, now=NOW)
    assert scene.used == placed.net_amount == 100
    sound()
