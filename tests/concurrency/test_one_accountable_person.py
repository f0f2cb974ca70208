"""Two people assign one duty at the same moment: exactly one wins, the other reads who was quicker.

The twin without lock and constraint shows that the race is real.
"""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections

from accounts.errors import DutyTaken
from accounts.models import Distributor, Duty, Responsibility, User
from accounts.services import assign_responsibility as service
from core.errors import Conflict
from tests.factories.accounts import DirectorFactory, DistributorFactory, DutyFactory, ManagerFactory

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


def race(director: User, distributor: Distributor, duty: Duty, people: list[User]) -> list[str]:
    """Everybody assigns another person at once; what each of them was told."""
    start = threading.Barrier(len(people))
    told: list[str] = []

    def assign(person: User) -> None:
        start.wait()
        try:
            service.assign_responsibility(
                actor=director, distributor_id=distributor.pk, duty_id=duty.pk, user_id=person.pk, starts_on=DAY
            )
            told.append("done")
        except Conflict as refusal:
            told.append(str(refusal) if refusal.problems[0].code == DutyTaken.code else repr(refusal))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=assign, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def contest() -> tuple[list[str], int]:
    director, distributor, duty = DirectorFactory.create(), DistributorFactory.create(), DutyFactory.create()
    told = race(director, distributor, duty, [ManagerFactory.create() for _ in range(RIVALS)])
    return told, Responsibility.objects.filter(distributor=distributor, duty=duty).count()


def no_lock(patch: pytest.MonkeyPatch) -> None:
    """The twin: the service as it would be without its first line."""
    patch.setattr(service, "lock_distributors", lambda _actor, _ids: None)
    patch.setattr(service, "_free", slowly(service._free))


def slowly(check: Callable[..., Any]) -> Callable[..., Any]:
    """Let everybody look before anybody writes, as on a busy day."""
    looked = threading.Barrier(RIVALS)

    def look(*args: Any, **options: Any) -> Any:
        free = check(*args, **options)
        looked.wait()
        return free

    return look


def test_exactly_one_wins_and_the_others_read_why() -> None:
    told, rows = contest()
    assert (told.count("done"), rows) == (1, 1)
    assert all("answers for" in answer for answer in told if answer != "done")


def test_the_constraint_alone_holds_too(monkeypatch: pytest.MonkeyPatch) -> None:
    no_lock(monkeypatch)
    told, rows = contest()
    assert (told.count("done"), rows) == (1, 1)
    assert all(answer == str(DutyTaken.default_message) for answer in told if answer != "done")


@pytest.mark.usefixtures("without_constraint")
def test_without_lock_and_constraint_all_of_them_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    no_lock(monkeypatch)
    told, rows = contest()
    assert (told.count("done"), rows) == (RIVALS, RIVALS)
