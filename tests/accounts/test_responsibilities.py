"""Who is responsible for what. Where this breaks, a distributor calls and nobody is responsible, or two people are."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import AccountsEvent
from accounts.errors import DutyTaken
from accounts.models import Responsibility
from accounts.services.responsibilities.assignments import (
    DutyOf,
    assign_responsibility,
    assign_selection,
    end_responsibility,
)
from accounts.services.responsibilities.hand_over import hand_over
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.models import Event, OutboxMessage
from tests.factories.accounts import (
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    FinanceFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
)
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


def test_an_assigned_duty_is_recorded_and_told() -> None:
    director, manager = DirectorFactory.create(), ManagerFactory.create()
    acme, sales = DistributorFactory.create(), DutyFactory.create()
    responsibility = assign_responsibility(
        actor=director, distributor_id=acme.pk, duty_id=sales.pk, user_id=manager.pk, starts_on=DAY
    )
    event = Event.objects.get()
    assert (event.kind, event.subject_type, event.subject_id) == ("responsibility.assigned", "distributor", acme.pk)
    assert (event.data["person"], event.data["since"], event.actor_id) == (manager.pk, "2026-06-15", director.pk)
    assert OutboxMessage.objects.get().event == event
    assert Responsibility.objects.get() == responsibility


@pytest.mark.parametrize(
    ("starts", "ends"), [(DAY, None), (DAY - timedelta(days=40), DAY), (DAY + timedelta(days=30), None)]
)
def test_nobody_answers_beside_somebody_else(starts: date, ends: date | None) -> None:
    """One day of two people is one day of none."""
    responsibility = ResponsibilityFactory.create(starts_on=DAY, ends_on=DAY + timedelta(days=30))
    with refused(DutyTaken) as refusal:
        assign_responsibility(
            actor=DirectorFactory.create(),
            distributor_id=responsibility.distributor_id,
            duty_id=responsibility.duty_id,
            user_id=ManagerFactory.create().pk,
            starts_on=starts,
            ends_on=ends,
        )
    assert responsibility.user.full_name in str(refusal.value)
    assert Responsibility.objects.count() == 1
    assert not Event.objects.exists()


def test_the_day_after_is_free() -> None:
    responsibility = ResponsibilityFactory.create(starts_on=DAY, ends_on=DAY)
    assign_responsibility(
        actor=DirectorFactory.create(),
        distributor_id=responsibility.distributor_id,
        duty_id=responsibility.duty_id,
        user_id=ManagerFactory.create().pk,
        starts_on=DAY + timedelta(days=1),
    )
    assert Responsibility.objects.count() == 2


def test_only_active_people_of_the_brand_answer() -> None:
    director, acme, sales = DirectorFactory.create(), DistributorFactory.create(), DutyFactory.create()
    manager = ManagerFactory.create()
    for person, stand_in, field in (
        (OwnerFactory.create(), None, "user"),
        (ManagerFactory.create(is_active=False), None, "user"),
        (manager, OwnerFactory.create(), "stand_in"),
        (manager, manager, "stand_in"),
    ):
        with refused(InvalidInput) as refusal:
            assign_responsibility(
                actor=director,
                distributor_id=acme.pk,
                duty_id=sales.pk,
                user_id=person.pk,
                stand_in_id=stand_in.pk if stand_in else None,
                starts_on=DAY,
            )
        assert [problem.field for problem in refusal.value.problems] == [field]
    assert not Responsibility.objects.exists()


def test_who_may_not_assign_changes_nothing() -> None:
    sales, mine = DutyFactory.create(), ResponsibilityFactory.create()
    for actor, distributor, error in (
        (FinanceFactory.create(), mine.distributor, NotAllowed),
        (OwnerFactory.create(distributor=mine.distributor), mine.distributor, NotAllowed),
        (mine.user, DistributorFactory.create(), NotVisible),
    ):
        with refused(error):
            assign_responsibility(
                actor=actor, distributor_id=distributor.pk, duty_id=sales.pk, user_id=mine.user_id, starts_on=DAY
            )
    assert Responsibility.objects.count() == 1


def test_a_selection_is_given_whole_or_not_at_all() -> None:
    director, manager, sales = DirectorFactory.create(), ManagerFactory.create(), DutyFactory.create()
    shops = [DistributorFactory.create() for _ in range(3)]
    selection = [DutyOf(distributor_id=shop.pk, duty_id=sales.pk) for shop in shops]
    taken = ResponsibilityFactory.create(distributor=shops[1], duty=sales)
    with refused(DutyTaken):
        assign_selection(actor=director, selection=selection, user_id=manager.pk, starts_on=DAY)
    assert Responsibility.objects.count() == 1
    taken.delete()
    assign_selection(actor=director, selection=selection, user_id=manager.pk, starts_on=DAY)
    assert Responsibility.objects.filter(user=manager).count() == 3
    together = Event.objects.get(kind=AccountsEvent.RESPONSIBILITIES_RECEIVED)
    assert (together.subject, together.data["count"]) == (("user", manager.pk), 3)


@pytest.mark.parametrize("size", [1, 30])
def test_a_hand_over_moves_everything_in_one_step(size: int) -> None:
    """Somebody leaves: no duty may be forgotten, no day may be empty, and thirty cost what one costs."""
    director, old, new, sales = (
        DirectorFactory.create(),
        ManagerFactory.create(),
        ManagerFactory.create(),
        DutyFactory.create(),
    )
    rows = [
        ResponsibilityFactory.create(user=old, duty=sales, stand_in=new, ends_on=DAY + timedelta(days=100))
        for _ in range(size)
    ]
    selection = [DutyOf(distributor_id=row.distributor_id, duty_id=row.duty_id) for row in rows]
    with CaptureQueriesContext(connection) as queries:
        hand_over(actor=director, selection=selection, from_user_id=old.pk, to_user_id=new.pk, on=DAY)
    assert len(queries) <= 16
    assert set(Responsibility.objects.filter(user=old).values_list("ends_on", flat=True)) == {DAY - timedelta(days=1)}
    moved = Responsibility.objects.filter(user=new)
    assert moved.count() == size
    assert set(moved.values_list("starts_on", "ends_on", "stand_in")) == {(DAY, DAY + timedelta(days=100), None)}
    assert Event.objects.filter(kind=AccountsEvent.RESPONSIBILITY_HANDED_OVER).count() == size
    assert Event.objects.filter(kind=AccountsEvent.RESPONSIBILITIES_RECEIVED).count() == (size > 1)


def test_a_stretch_that_begins_later_changes_its_person() -> None:
    old, new = ManagerFactory.create(), ManagerFactory.create()
    row = ResponsibilityFactory.create(user=old, starts_on=DAY + timedelta(days=5))
    hand_over(
        actor=DirectorFactory.create(),
        selection=[DutyOf(distributor_id=row.distributor_id, duty_id=row.duty_id)],
        from_user_id=old.pk,
        to_user_id=new.pk,
        on=DAY,
    )
    row.refresh_from_db()
    assert (row.user, row.starts_on) == (new, DAY + timedelta(days=5))


def test_what_somebody_does_not_hold_is_not_handed_over() -> None:
    old, new = ManagerFactory.create(), ManagerFactory.create()
    row, other = ResponsibilityFactory.create(user=old), ResponsibilityFactory.create()
    with refused(InvalidInput, match="not responsible"):
        hand_over(
            actor=DirectorFactory.create(),
            selection=[
                DutyOf(distributor_id=responsibility.distributor_id, duty_id=responsibility.duty_id)
                for responsibility in (row, other)
            ],
            from_user_id=old.pk,
            to_user_id=new.pk,
            on=DAY,
        )
    assert not Responsibility.objects.filter(user=new).exists()


def test_an_end_is_dated_and_leaves_a_gap_that_shows() -> None:
    responsibility = ResponsibilityFactory.create(starts_on=DAY)
    director = DirectorFactory.create()
    with refused(InvalidInput):
        end_responsibility(actor=director, responsibility_id=responsibility.pk, ends_on=DAY - timedelta(days=1))
    end_responsibility(actor=director, responsibility_id=responsibility.pk, ends_on=DAY)
    with refused(Conflict):
        end_responsibility(actor=director, responsibility_id=responsibility.pk, ends_on=DAY + timedelta(days=1))
    responsibility.refresh_from_db()
    assert responsibility.ends_on == DAY
