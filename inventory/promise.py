"""What can be promised, and for when. Pure: the same for a page, the API and an order under its locks.

What is free on a day is the least, over that day and all later ones, of stock + receipts − commitments: pieces that
somebody waits for later are not given to whoever comes first. Goods that come in on a day can be shipped on the next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from company.working_days import EVERY_DAY, WorkingDays


class Dated(NamedTuple):
    """Pieces on a day: a receipt on the day it is expected, a commitment on the day it ships, None where nobody knows."""

    day: date | None
    pieces: int


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """When a route ships and how long it takes: orders until `cut_off` leave the same day; `lead_days` are working days."""

    lead_days: int
    cut_off: time | None = None
    calendar: WorkingDays = EVERY_DAY

    def first_ship_day(self, moment: datetime, *, wanted_on: date | None = None) -> date:
        """The day on which an order of a moment leaves at the earliest; for a later wanted day as late as is in time."""
        day = moment.date()
        if self.cut_off is not None and self.calendar.is_working(day) and moment.time() > self.cut_off:
            day += timedelta(days=1)
        first = self.calendar.on_or_after(day)
        return first if wanted_on is None else max(first, self.calendar.before(wanted_on, self.lead_days))

    def arrival(self, ship_on: date) -> date:
        return self.calendar.after(ship_on, self.lead_days)


@dataclass(frozen=True, kw_only=True)
class Supply:
    """What one warehouse has of one product and expects, and who waits for it. Receipts are of days to come only."""

    on_hand: int
    reserved: int = 0
    receipts: Sequence[Dated] = ()
    commitments: Sequence[Dated] = ()

    def free_on(self, day: date) -> int:
        """What can be promised to ship on a day, never below zero."""
        balance = least = self._balance(day)
        for _day, pieces in self._changes_after(day):
            balance += pieces
            least = min(least, balance)
        return max(0, min(least, self._balance(None)))

    def owed(self) -> int:
        """How many of the free pieces on hand belong to those who wait, because no receipt brings them in time."""
        days = {one.day for one in self.commitments}
        missing = max((self.on_hand - self.reserved - self._balance(day) for day in days), default=0)
        return max(0, min(missing, self.on_hand - self.reserved))

    def merged(self) -> "Supply":
        """With one commitment a day."""
        return self.with_commitments(())

    def with_commitments(self, more: Iterable[Dated]) -> "Supply":
        together: dict[date | None, int] = {}
        for day, pieces in (*self.commitments, *more):
            together[day] = together.get(day, 0) + pieces
        return replace(self, commitments=[Dated(day, pieces) for day, pieces in together.items()])

    def _changes_after(self, day: date) -> list[tuple[date, int]]:
        """What changes the balance later, in turn: a receipt counts from the next day on, before what ships then."""
        receipts = [
            (one.day + timedelta(days=1), 0, one.pieces)
            for one in self.receipts
            if one.day is not None and one.day >= day
        ]
        commitments = [(one.day, 1, -one.pieces) for one in self.commitments if one.day is not None and one.day > day]
        return [(at, pieces) for at, _turn, pieces in sorted(receipts + commitments)]

    def _balance(self, day: date | None) -> int:
        """Stock + receipts − commitments on a day; None is the end of all days."""
        receipts = sum(one.pieces for one in self.receipts if day is None or (one.day is not None and one.day < day))
        commitments = sum(one.pieces for one in self.commitments if day is None or _by(one, day))
        return self.on_hand - self.reserved + receipts - commitments


def _by(commitment: Dated, day: date) -> bool:
    return commitment.day is not None and commitment.day <= day


@dataclass(frozen=True, kw_only=True)
class ScheduleLine:
    """So many pieces with the day they ship and the day they arrive; both None where no day can be named."""

    pieces: int
    ship_on: date | None
    arrives_on: date | None


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a quantity can be promised for: as a whole, or in parts. `free_now` is what ships at once, however much is asked."""

    free_now: int
    first_ship_day: date
    whole: ScheduleLine
    parts: tuple[ScheduleLine, ...]


def coming(receipts: Iterable[Dated], today: date) -> list[Dated]:
    """The receipts that count: what is overdue counts as nothing until it has a new date."""
    return [one for one in receipts if one.day is not None and one.day >= today and one.pieces > 0]


def promise(
    *,
    quantity: int,
    supply: Supply,
    schedule: Schedule,
    moment: datetime,
    wanted_on: date | None = None,
    step: int = 1,
) -> Promise:
    """When `quantity` pieces can arrive, in parts of whole steps. `moment` is when it is placed, in the company's zone."""
    supply = replace(supply, receipts=coming(supply.receipts, moment.date()))
    first = schedule.first_ship_day(moment, wanted_on=wanted_on)
    whole = ScheduleLine(pieces=quantity, ship_on=None, arrives_on=None)
    parts: list[ScheduleLine] = []
    given = 0
    for day in _ship_days(supply, schedule, first):
        free = supply.free_on(day) // step * step
        arrives_on = schedule.arrival(day)
        if whole.ship_on is None and free >= quantity:
            whole = ScheduleLine(pieces=quantity, ship_on=day, arrives_on=arrives_on)
        if min(free, quantity) > given:
            parts.append(ScheduleLine(pieces=min(free, quantity) - given, ship_on=day, arrives_on=arrives_on))
            given = min(free, quantity)
    if given < quantity:
        parts.append(ScheduleLine(pieces=quantity - given, ship_on=None, arrives_on=None))
    return Promise(free_now=supply.free_on(first), first_ship_day=first, whole=whole, parts=tuple(parts))


def _ship_days(supply: Supply, schedule: Schedule, first: date) -> list[date]:
    """The only days on which more can be free than before: the first one, and the working day after each receipt."""
    after = {schedule.calendar.on_or_after(one.day + timedelta(days=1)) for one in supply.receipts if one.day}
    return sorted({first, *(day for day in after if day > first)})


def earliest(promises: Sequence[Promise]) -> int:
    """Which of several warehouses' promises, in the order of their priority, has the whole first; 0 where none has it."""
    dated = [(one.whole.arrives_on, place) for place, one in enumerate(promises) if one.whole.arrives_on is not None]
    return min(dated)[1] if dated else 0
