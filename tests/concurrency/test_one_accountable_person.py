"""Two people assign one duty at the same moment: exactly one wins, the other reads who was quicker.

The twin without lock and constraint shows that the race is real.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection

from accounts.errors import DutyTaken
from accounts.models import Responsibility, User
from accounts.services.responsibilities.assignments import DutyOf, assign_responsibility, end_responsibility
from accounts.services.responsibilities.hand_over import hand_over
from core.errors import Conflict
from tests.concurrency.together import Unlocked, together
from tests.factories.accounts import (
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    ResponsibilityFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 6, 15)
RIVALS = 6


@pytest.fixture
def without_constraint() -> Iterator[None]:
    constraint = next(one for one in Responsibility._meta.constraints if one.name == "one_accountable_person")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Responsibility, constraint)
    yield
    Responsibility.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Responsibility, constraint)


def contest(previous_period: Unlocked | None = None) -> tuple[list[str], int]:
    """Everybody assigns another person at once; what each of them was told, and how many rows there are."""
    director, distributor, duty = DirectorFactory.create(), DistributorFactory.create(), DutyFactory.create()

    def assign(person: User) -> str:
        try:
            assign_responsibility(
                actor=director, distributor_id=distributor.pk, duty_id=duty.pk, user_id=person.pk, starts_on=DAY
            )
        except Conflict as refusal:
            return str(refusal) if refusal.problems[0].code == DutyTaken.code else repr(refusal)
        return "done"

    people = [ManagerFactory.create() for _ in range(RIVALS)]
    told = together(*(partial(assign, person) for person in people), previous_period=previous_period)
    return told, Responsibility.objects.filter(distributor=distributor, duty=duty).count()


def ends_and_moves(previous_period: Unlocked | None = None) -> tuple[list[object], list[tuple[int, date | None]]]:
    """One ends a responsibility while another hands it over; what each got, and who answers until when."""
    director, before, after = DirectorFactory.create(), ManagerFactory.create(), ManagerFactory.create()
    row = ResponsibilityFactory.create(user=before, starts_on=DAY, ends_on=None)
    duty = DutyOf(distributor_id=row.distributor_id, duty_id=row.duty_id)

    def end() -> object:
        return end_responsibility(actor=director, responsibility_id=row.pk, ends_on=DAY + timedelta(days=30)).ends_on

    def move() -> object:
        moved = hand_over(
            actor=director,
            selection=[duty],
            from_user_id=before.pk,
            to_user_id=after.pk,
            on=DAY + timedelta(days=10),
        )
        return moved[0].ends_on

    told = together(end, move, previous_period=previous_period)
    rows = Responsibility.objects.filter(distributor=row.distributor_id).order_by("starts_on")
    return told, [(one.user_id, one.ends_on) for one in rows]


def test_an_end_that_meets_a_hand_over_is_not_lost() -> None:
    """Both were acknowledged, and the new person answered for ever."""
    for _round in range(6):
        (ended, _moved), rows = ends_and_moves()
        assert rows[-1][1] == ended or isinstance(ended, Conflict), "acknowledged, it holds; else it is refused"


def no_lock() -> Unlocked:
    """The service as it would be without its first line, and on a busy day: all look before anybody writes."""
    return Unlocked(Responsibility, parties=RIVALS)


def test_exactly_one_wins_and_the_others_read_why() -> None:
    told, rows = contest()
    assert (told.count("done"), rows) == (1, 1)
    assert all("is responsible for" in answer for answer in told if answer != "done")


def test_the_constraint_alone_holds_too() -> None:
    """Rows that wait for each other in an exclusion constraint may be a deadlock: that too is a refusal in words."""
    told, rows = contest(no_lock())
    assert (told.count("done"), rows) == (1, 1)
    assert set(told) <= {"done", str(DutyTaken.default_message), repr(Conflict())}


@pytest.mark.usefixtures("without_constraint")
def test_without_lock_and_constraint_all_of_them_answer() -> None:
    told, rows = contest(no_lock())
    assert (told.count("done"), rows) == (RIVALS, RIVALS)
