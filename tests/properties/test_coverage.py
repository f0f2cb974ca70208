"""The sweep over days says of every day what a slow look at that day says. Where it errs, "no gap" is no proof."""

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Absence, Distributor, Duty, Responsibility, User
from accounts.selectors.radar_cells import cells_of
from responsibility.selectors.coverage import coverage_spans
from responsibility.selectors.radar_counts import day_counts
from tests.factories.accounts import DirectorFactory, DistributorFactory, DutyFactory, ManagerFactory

pytestmark = pytest.mark.django_db
START = date(2026, 3, 1)
DAYS = 24
PEOPLE, DISTRIBUTORS, DUTIES = 4, 2, 2

days = st.integers(0, DAYS - 1)
person = st.integers(0, PEOPLE - 1)
other = st.none() | person
length = st.none() | st.integers(0, 12)


def on(number: int) -> date:
    return START + timedelta(days=number)


@dataclass
class World:
    """Whose supervisor is who, who is there, who answers when, and who is away: numbers, as Python sees them."""

    supervisors: list[int | None]
    active: list[bool]
    leaves: list[int | None]
    holdings: list[tuple[int, int, int, int | None, int, int | None]] = field(default_factory=list)
    absences: list[tuple[int, int | None, int, int | None]] = field(default_factory=list)

    def is_there(self, one: int | None, day: int) -> bool:
        if one is None or not self.active[one]:
            return False
        gone = self.leaves[one]
        if gone is not None and gone < day:
            return False
        return self.absence(one, day) is None

    def absence(self, one: int, day: int) -> tuple[int, int | None, int, int | None] | None:
        return next((row for row in self.absences if row[0] == one and covers(row[2], row[3], day)), None)

    def accountable(self, distributor: int, duty: int, day: int) -> int | None:
        """The rule once more, day by day and without SQL."""
        held = [row for row in self.holdings if row[:2] == (distributor, duty) and covers(row[4], row[5], day)]
        if not held:
            return None
        _distributor, _duty, holder, stand_in, _start, _end = held[0]
        away = self.absence(holder, day)
        candidates = (holder, stand_in, away[1] if away else None, self.supervisors[holder])
        return next((one for one in candidates if self.is_there(one, day)), None)


def covers(start: int, end: int | None, day: int) -> bool:
    return start <= day and (end is None or day <= end)


def meets(a: tuple[int, int | None], b: tuple[int, int | None]) -> bool:
    return (b[1] is None or a[0] <= b[1]) and (a[1] is None or b[0] <= a[1])


@st.composite
def worlds(draw: Any) -> World:
    world = World(
        supervisors=[draw(st.none() | st.integers(0, number - 1)) if number else None for number in range(PEOPLE)],
        active=[draw(st.booleans() | st.just(True)) for _number in range(PEOPLE)],
        leaves=[draw(st.none() | days) for _number in range(PEOPLE)],
    )
    for _number in range(draw(st.integers(0, 7))):
        pair = draw(st.integers(0, DISTRIBUTORS - 1)), draw(st.integers(0, DUTIES - 1))
        start, some, holder, stand_in = draw(days), draw(length), draw(person), draw(other)
        end = None if some is None else start + some
        taken = any(row[:2] == pair and meets((start, end), row[4:]) for row in world.holdings)
        if not taken and stand_in != holder:
            world.holdings.append((*pair, holder, stand_in, start, end))
    for _number in range(draw(st.integers(0, 5))):
        start, some, who, stand_in = draw(days), draw(length), draw(person), draw(other)
        end = None if some is None else start + some
        taken = any(row[0] == who and meets((start, end), row[2:]) for row in world.absences)
        if not taken and stand_in != who:
            world.absences.append((who, stand_in, start, end))
    return world


@dataclass(frozen=True)
class Made:
    director: User
    people: list[User]
    distributors: list[Distributor]
    duties: list[Duty]


@pytest.fixture
def made(db: None) -> Made:
    return Made(
        director=DirectorFactory.create(),
        people=ManagerFactory.create_batch(PEOPLE),
        distributors=DistributorFactory.create_batch(DISTRIBUTORS, started_on=None),
        duties=[DutyFactory.create(position=number) for number in range(DUTIES)],
    )


@contextmanager
def written(world: World, made: Made) -> Iterator[None]:
    with transaction.atomic():
        for number, who in enumerate(made.people):
            above, gone = world.supervisors[number], world.leaves[number]
            User.objects.filter(pk=who.pk).update(
                is_active=world.active[number],
                supervisor=None if above is None else made.people[above],
                leaves_on=None if gone is None else on(gone),
            )
        for distributor, duty, holder, stand_in, start, end in world.holdings:
            Responsibility.objects.create(
                distributor=made.distributors[distributor],
                duty=made.duties[duty],
                user=made.people[holder],
                stand_in=None if stand_in is None else made.people[stand_in],
                starts_on=on(start),
                ends_on=None if end is None else on(end),
            )
        for away, stand_in, start, end in world.absences:
            Absence.objects.create(
                person=made.people[away],
                stand_in=None if stand_in is None else made.people[stand_in],
                starts_on=on(start),
                ends_on=None if end is None else on(end),
            )
        yield
        transaction.set_rollback(True)


@given(world=worlds(), edges=st.tuples(days, days).map(sorted))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_sweep_equals_a_look_at_each_day(world: World, edges: list[int], made: Made) -> None:
    first, last = edges
    with written(world, made):
        spans = list(
            coverage_spans(
                [one.pk for one in made.distributors], [one.pk for one in made.duties], first=on(first), last=on(last)
            )
        )
        faults = list(
            coverage_spans(
                [one.pk for one in made.distributors], [one.pk for one in made.duties], first=on(first), last=on(last),
                only_faults=True,
            )
        )  # fmt: skip
    numbers = {one.pk: number for number, one in enumerate(made.people)}
    for place, distributor in enumerate(made.distributors):
        for kind, duty in enumerate(made.duties):
            mine = [span for span in spans if (span.distributor_id, span.duty_id) == (distributor.pk, duty.pk)]
            said = {
                number: None if span.person is None else numbers[span.person.id]
                for span in mine
                for number in range((span.first_on - START).days, (span.last_on - START).days + 1)
            }
            assert sum(span.days for span in mine) == last - first + 1, "each day is in one span"
            assert said == {day: world.accountable(place, kind, day) for day in range(first, last + 1)}
            assert all(
                (before.person, before.responsible) != (after.person, after.responsible)
                or before.last_on + timedelta(1) != after.first_on
                for before, after in itertools.pairwise(mine)
            ), "neighbours that are the same are one span"
    assert {(one.distributor_id, one.duty_id, one.first_on, one.last_on) for one in faults} == {
        (one.distributor_id, one.duty_id, one.first_on, one.last_on) for one in spans if one.is_gap
    }


@given(world=worlds(), day=days)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_radar_counts_what_a_look_at_each_duty_finds(world: World, day: int, made: Made) -> None:
    """A gap that the first page does not count is not looked for by anybody."""
    pairs = list(itertools.product(range(DISTRIBUTORS), range(DUTIES)))
    with written(world, made):
        cache.clear()
        counts = day_counts(made.director, on=on(day))
        cells = cells_of([one.pk for one in made.distributors], made.duties, on(day))
    gaps = Counter(made.distributors[place].pk for place, kind in pairs if world.accountable(place, kind, day) is None)
    assert counts.gaps == gaps
    assert (counts.distributors, counts.duties) == (DISTRIBUTORS, DUTIES)
    states = Counter(cell.state for cell in cells.values())
    assert {state: number for state, number in counts.by_state.items() if number} == states
