"""One duty of one distributor on a day: its state, who was given it, and who acts for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

from accounts.enums import CellState
from accounts.models import Duty, Responsibility, User

SOON = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One duty of one distributor on the day: who was given it, and who acts for it."""

    duty: Duty
    state: CellState
    responsibility: Responsibility | None = None
    accountable: User | None = None

    @property
    def deputy(self) -> User | None:
        """Who acts instead of the person the duty was given to."""
        return (
            self.accountable
            if self.responsibility and self.accountable and self.accountable.pk != self.responsibility.user_id
            else None
        )

    @property
    def person(self) -> User | None:
        """Who acts, or who should if no one does."""
        return self.accountable or (self.responsibility.user if self.responsibility else None)

    @property
    def words(self) -> str:
        """Who acts, and the state: what the initials and the sign stand for."""
        label = str(self.state.label)
        if self.person is None:
            return label
        return gettext("%(title)s: %(name)s") % {"title": self.person, "name": label}

    @property
    def initials(self) -> str:
        return self.person.initials if self.person else "—"


def cells_of(ids: Sequence[int], duties: Sequence[Duty], on: date) -> Mapping[tuple[int, int], Cell]:
    """By distributor and duty. Two queries: each person is read once, however many duties it has."""
    rows = list(Responsibility.objects.on(on).filter(distributor_id__in=ids).with_accountable(on))
    wanted = {pk for row in rows for pk in (row.user_id, row.stand_in_id, row.accountable_id) if pk}
    people = User.objects.in_bulk(wanted)
    for row in rows:
        row.user = people[row.user_id]
        row.stand_in = people.get(row.stand_in_id)
    responsibilities = {(row.distributor_id, row.duty_id): row for row in rows}
    return {
        (distributor, duty.pk): _cell(duty, responsibilities.get((distributor, duty.pk)), people, on)
        for distributor in ids
        for duty in duties
    }


def _cell(duty: Duty, responsibility: Any, people: Mapping[int, User], on: date) -> Cell:
    """The worst thing that is true of a duty on the day."""
    if responsibility is None:
        return Cell(duty=duty, state=CellState.GAP)
    state = state_of(
        on,
        nobody=responsibility.accountable_id is None,
        away=responsibility.accountable_id != responsibility.user_id,
        active=responsibility.user.is_active,
        leaves_on=responsibility.user.leaves_on,
        ends_on=responsibility.ends_on,
        stand_in=bool(responsibility.stand_in and responsibility.stand_in.is_active),
    )
    return Cell(
        duty=duty, responsibility=responsibility, accountable=people.get(responsibility.accountable_id), state=state
    )


def state_of(
    on: date,
    *,
    nobody: bool,
    away: bool,
    active: bool,
    leaves_on: date | None,
    ends_on: date | None,
    stand_in: bool | None,
) -> CellState:
    if nobody:
        return CellState.GAP
    if not active or (leaves_on is not None and leaves_on < on):
        return CellState.INACTIVE
    if away:
        return CellState.AWAY
    if leaves_on is not None and leaves_on <= on + SOON:
        return CellState.LEAVING
    if ends_on is not None and ends_on <= on + SOON:
        return CellState.ENDING
    return CellState.OK if stand_in else CellState.NO_STAND_IN


def duty_cells(distributor_id: int, *, on: date) -> list[Cell]:
    """Every duty of one distributor with who acts for it. At most three queries. The caller has checked that it is seen."""
    duties = list(Duty.objects.filter(is_active=True))
    cells = cells_of([distributor_id], duties, on)
    return [cells[distributor_id, duty.pk] for duty in duties]


@dataclass(frozen=True, kw_only=True)
class AccountablePerson:
    """One line of a distributor's page: who was given which duties in the same state, and who acts instead."""

    person: User | None
    deputy: User | None
    stand_in: User | None
    state: CellState
    duties: Sequence[Duty]


def by_person(cells: Sequence[Cell]) -> list[AccountablePerson]:
    """Cells of one distributor put together by person and state, those that press first."""
    groups: dict[tuple[Any, ...], list[Cell]] = {}
    for cell in cells:
        given = cell.responsibility
        key = (given.user_id if given else None, given.stand_in_id if given else None, cell.state)
        groups.setdefault(key, []).append(cell)
    order = list(CellState)
    lines = [
        AccountablePerson(
            person=first.responsibility.user if first.responsibility else None,
            deputy=first.deputy,
            stand_in=first.responsibility.stand_in if first.responsibility else None,
            state=first.state,
            duties=[cell.duty for cell in group],
        )
        for first, group in ((group[0], group) for group in groups.values())
    ]
    return sorted(lines, key=lambda line: order.index(line.state))
