"""What is promised, and for when (B1), without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from company.working_days import EVERY_DAY, WorkingDays
from inventory.promise import Dated, Schedule, ScheduleLine, Supply, earliest, promise

MONDAY_TO_FRIDAY = WorkingDays(weekdays=frozenset({1, 2, 3, 4, 5}))
SCHEDULE = Schedule(lead_days=2, cut_off=time(16), calendar=MONDAY_TO_FRIDAY)
SUPPLY = Supply(
    on_hand=80,
    reserved=20,
    receipts=[Dated(date(2026, 11, 19), 100)],
    commitments=[Dated(date(2026, 11, 23), 50)],
)
EARLY, LATE = datetime(2026, 11, 16, 15, 59, tzinfo=UTC), datetime(2026, 11, 16, 16, 1, tzinfo=UTC)


def november(day: int | None) -> date | None:
    return None if day is None else date(2026, 11, day)


def part(pieces: int, ships: int | None, arrives: int | None) -> ScheduleLine:
    return ScheduleLine(pieces=pieces, ship_on=november(ships), arrives_on=november(arrives))


B1 = [
    (50, EARLY, part(50, 16, 18), [part(50, 16, 18)]),
    (50, LATE, part(50, 17, 19), [part(50, 17, 19)]),
    (100, EARLY, part(100, 20, 24), [part(60, 16, 18), part(40, 20, 24)]),
    (120, EARLY, part(120, None, None), [part(60, 16, 18), part(50, 20, 24), part(10, None, None)]),
]


@pytest.mark.parametrize(("quantity", "placed_at", "whole", "parts"), B1)
def test_b1(quantity: int, placed_at: datetime, whole: ScheduleLine, parts: list[ScheduleLine]) -> None:
    """A day would be promised on which the goods do not come, or goods that somebody else waits for."""
    found = promise(quantity=quantity, supply=SUPPLY, schedule=SCHEDULE, moment=placed_at)
    assert (found.free_now, found.whole, list(found.parts)) == (60, whole, parts)


HOLIDAY = replace(
    SCHEDULE, calendar=WorkingDays(weekdays=frozenset({1, 2, 3, 4, 5}), exceptions={date(2026, 11, 20): False})
)
SATURDAY = replace(
    SCHEDULE, calendar=WorkingDays(weekdays=frozenset({1, 2, 3, 4, 5}), exceptions={date(2026, 11, 21): True})
)


def test_neighbours_of_b1() -> None:
    """A receipt moved or overdue, a holiday, a Saturday that is worked, the cut-off, another warehouse, a wanted day."""

    def whole(
        supply: Supply = SUPPLY, schedule: Schedule = SCHEDULE, at: datetime = EARLY, pieces: int = 100
    ) -> ScheduleLine:
        return promise(quantity=pieces, supply=supply, schedule=schedule, moment=at).whole

    moved = replace(SUPPLY, receipts=[Dated(date(2026, 11, 24), 100)])
    assert promise(quantity=100, supply=moved, schedule=SCHEDULE, moment=EARLY).free_now == 10  # 50 leave before
    assert whole(moved) == part(100, 25, 27)
    a_day_later = replace(SUPPLY, receipts=[Dated(date(2026, 11, 20), 100)])
    assert whole(a_day_later) == part(100, 23, 25)  # over the weekend, and still before the 50
    overdue = replace(SUPPLY, receipts=[Dated(date(2026, 11, 13), 100)])
    assert promise(quantity=60, supply=overdue, schedule=SCHEDULE, moment=EARLY).free_now == 10
    assert whole(overdue, pieces=11) == part(11, None, None)
    today = replace(SUPPLY, receipts=[Dated(date(2026, 11, 16), 100)])
    assert whole(today) == part(100, 17, 19)
    assert whole(schedule=HOLIDAY) == part(100, 23, 25)
    assert whole(schedule=SATURDAY, pieces=60) == part(60, 16, 18)
    assert whole(schedule=SATURDAY) == part(100, 20, 23)  # Saturday counts as the first of two days
    assert whole(at=datetime(2026, 11, 16, 16, 0, tzinfo=UTC), pieces=50) == part(50, 16, 18)
    assert whole(at=datetime(2026, 11, 14, 9, 0, tzinfo=UTC), pieces=50) == part(50, 16, 18)  # a Saturday
    assert whole(at=datetime(2026, 11, 20, 17, 0, tzinfo=UTC), pieces=10) == replace(part(10, 23, 25))
    empty = replace(SUPPLY, on_hand=20, reserved=20)
    assert promise(quantity=5, supply=empty, schedule=SCHEDULE, moment=EARLY).free_now == 0
    assert whole(empty, pieces=50) == part(50, 20, 24)
    assert whole(empty, pieces=51) == part(51, None, None)
    dateless = replace(SUPPLY, commitments=[Dated(None, 150)])
    assert promise(quantity=1, supply=dateless, schedule=SCHEDULE, moment=EARLY).free_now == 10
    wanted = promise(quantity=50, supply=SUPPLY, schedule=SCHEDULE, moment=EARLY, wanted_on=date(2026, 11, 28))
    assert wanted.whole == part(50, 25, 27)  # a Saturday is wanted: the last day before it
    too_early = promise(quantity=50, supply=SUPPLY, schedule=SCHEDULE, moment=EARLY, wanted_on=date(2026, 11, 17))
    assert too_early.whole == part(50, 16, 18)


def test_of_two_warehouses_the_stock_of_each_is_its_own() -> None:
    """What lies elsewhere would be promised from here; the other one may be earlier, and says so."""
    near = promise(quantity=100, supply=SUPPLY, schedule=SCHEDULE, moment=EARLY)
    far = promise(quantity=100, supply=Supply(on_hand=100), schedule=replace(SCHEDULE, lead_days=4), moment=EARLY)
    assert (near.whole.arrives_on, far.whole.arrives_on) == (november(24), november(20))
    assert earliest([near, far]) == 1
    nothing = promise(quantity=100, supply=Supply(on_hand=0), schedule=SCHEDULE, moment=EARLY)
    assert earliest([nothing, far]) == 1
    assert earliest([nothing, nothing]) == 0
    assert earliest([far, far]) == 0


START = date(2026, 11, 16)
HORIZON = 40
DAYS = st.integers(-3, 20).map(lambda number: START + timedelta(days=number))
RECEIPTS = st.lists(st.builds(Dated, DAYS, st.integers(1, 60)), max_size=4)
COMMITMENTS = st.lists(st.builds(Dated, st.one_of(DAYS, st.none()), st.integers(1, 60)), max_size=4)
CALENDARS = st.builds(
    WorkingDays,
    weekdays=st.sets(st.integers(1, 7), min_size=1).map(frozenset),
    exceptions=st.dictionaries(DAYS, st.booleans(), max_size=4),
)


def balance_by_day(supply: Supply, calendar_days: list[date]) -> list[int]:
    """Day by day, as a warehouse keeper would write it: goods of yesterday in, then what leaves today."""
    stock = supply.on_hand - supply.reserved
    left: list[int] = []
    commitments = {day: sum(c.pieces for c in supply.commitments if c.day == day) for day in calendar_days}
    stock -= sum(c.pieces for c in supply.commitments if c.day is not None and c.day < calendar_days[0])
    for number, day in enumerate(calendar_days):
        if number:
            stock += sum(r.pieces for r in supply.receipts if r.day == calendar_days[number - 1])
        stock -= commitments[day]
        left.append(stock)
    left[-1] -= sum(c.pieces for c in supply.commitments if c.day is None)
    return left


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    on_hand=st.integers(0, 80),
    reserved=st.integers(0, 40),
    receipts=RECEIPTS,
    commitments=COMMITMENTS,
    calendar=CALENDARS,
    lead_days=st.integers(0, 4),
    hour=st.integers(0, 23),
    quantity=st.integers(1, 150),
)
def test_the_promise_is_what_a_day_by_day_simulation_finds(
    on_hand: int,
    reserved: int,
    receipts: list[Dated],
    commitments: list[Dated],
    calendar: WorkingDays,
    lead_days: int,
    hour: int,
    quantity: int,
) -> None:
    """A short cut of the reckoning would promise too much, or too late, for some stock and some calendar."""
    supply = Supply(on_hand=on_hand, reserved=min(reserved, on_hand), receipts=receipts, commitments=commitments)
    schedule = Schedule(lead_days=lead_days, cut_off=time(16), calendar=calendar)
    placed_at = datetime.combine(START, time(hour, 30), UTC)
    found = promise(quantity=quantity, supply=supply, schedule=schedule, moment=placed_at)

    days = [START + timedelta(days=number) for number in range(HORIZON)]
    counting = replace(supply, receipts=[row for row in receipts if row.day is not None and row.day >= START])
    left = balance_by_day(counting, days)
    working = [calendar.is_working(day) for day in days]
    first = next(n for n in range(HORIZON) if working[n] and (n or hour < 16))
    free = {n: max(0, min(left[n:])) for n in range(first, HORIZON) if working[n]}

    assert found.free_now == free[first]
    ships = next((n for n in free if free[n] >= quantity), None)
    assert found.whole.ship_on == (None if ships is None else days[ships])
    given_pieces, expected = 0, []
    for n, pieces in free.items():
        if min(pieces, quantity) > given_pieces:
            expected.append((min(pieces, quantity) - given_pieces, days[n]))
            given_pieces = min(pieces, quantity)
    if given_pieces < quantity:
        expected.append((quantity - given_pieces, None))
    assert [(one.pieces, one.ship_on) for one in found.parts] == expected
    for one in found.parts:
        if one.ship_on is not None and one.arrives_on is not None:
            between = range(1, (one.arrives_on - one.ship_on).days + 1)
            assert sum(calendar.is_working(one.ship_on + timedelta(days=d)) for d in between) == lead_days


def test_every_day_is_worked_without_a_calendar() -> None:
    """A route without a calendar would lose its weekends."""
    assert Schedule(lead_days=3, calendar=EVERY_DAY).arrival(date(2026, 11, 20)) == date(2026, 11, 23)
