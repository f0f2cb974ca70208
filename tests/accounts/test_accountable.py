"""Who acts for a duty on a day. Where this breaks, a distributor's order waits for somebody who is not there."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.enums import Capacity
from accounts.errors import AbsenceOverlap
from accounts.models import Absence, Distributor
from accounts.selectors.responsibilities import accountable_on, accountable_people, first_accountable
from accounts.services.absences import cancel_absence, change_absence, record_absence
from core.errors import InvalidInput, NotAllowed, NotVisible, StaleVersion
from core.models import Event
from tests.factories.accounts import (
    AbsenceFactory,
    AdministratorFactory,
    BuyerFactory,
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
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


def who(responsibility: Any, on: date = DAY) -> tuple[int | None, Capacity]:
    (row,) = accountable_on([responsibility.distributor_id], on=on)
    return row.person_id, row.capacity


def test_the_responsible_person_acts() -> None:
    responsibility = ResponsibilityFactory.create(stand_in=ManagerFactory.create())
    assert who(responsibility) == (responsibility.user_id, Capacity.RESPONSIBLE)


@pytest.mark.parametrize("how", ["absent", "inactive", "gone"])
def test_the_stand_in_acts_for_somebody_who_is_not_there(how: str) -> None:
    """Else an order waits until somebody notices that the person is away."""
    person = ManagerFactory.create(
        supervisor=ManagerFactory.create(),
        is_active=how != "inactive",
        leaves_on=YESTERDAY if how == "gone" else None,
    )
    if how == "absent":
        AbsenceFactory.create(person=person, starts_on=DAY, ends_on=DAY, stand_in=ManagerFactory.create())
    responsibility = ResponsibilityFactory.create(user=person, stand_in=ManagerFactory.create())
    assert who(responsibility) == (responsibility.stand_in_id, Capacity.STAND_IN)


def test_an_absence_counts_on_its_days_only() -> None:
    responsibility = ResponsibilityFactory.create(stand_in=ManagerFactory.create())
    AbsenceFactory.create(person=responsibility.user, starts_on=DAY, ends_on=DAY)
    assert [who(responsibility, on)[0] for on in (YESTERDAY, DAY, TOMORROW)] == [
        responsibility.user_id,
        responsibility.stand_in_id,
        responsibility.user_id,
    ]


def test_on_the_last_day_of_work_the_person_still_acts() -> None:
    responsibility = ResponsibilityFactory.create(
        user=ManagerFactory.create(leaves_on=DAY), stand_in=ManagerFactory.create()
    )
    assert [who(responsibility, on)[0] for on in (DAY, TOMORROW)] == [
        responsibility.user_id,
        responsibility.stand_in_id,
    ]


def test_the_stand_in_of_the_absence_comes_after_that_of_the_duty_and_before_the_supervisor() -> None:
    boss, deputy = ManagerFactory.create(), ManagerFactory.create()
    person = ManagerFactory.create(supervisor=boss)
    AbsenceFactory.create(person=person, stand_in=deputy)
    alone = ResponsibilityFactory.create(user=person)
    named = ResponsibilityFactory.create(user=person, stand_in=ManagerFactory.create())
    assert who(alone) == (deputy.pk, Capacity.STAND_IN)
    assert who(named) == (named.stand_in_id, Capacity.STAND_IN)
    AbsenceFactory.create(person=named.stand_in, starts_on=DAY, ends_on=DAY)
    assert who(named) == (deputy.pk, Capacity.STAND_IN), "the named one is away, too"
    AbsenceFactory.create(person=deputy, starts_on=DAY, ends_on=DAY)
    assert who(named) == who(alone) == (boss.pk, Capacity.SUPERVISOR)


def test_nobody_left_is_a_gap() -> None:
    boss = ManagerFactory.create(is_active=False)
    responsibility = ResponsibilityFactory.create(
        user=AbsenceFactory.create(person=ManagerFactory.create(supervisor=boss)).person
    )
    assert who(responsibility) == (None, Capacity.NOBODY)
    assert accountable_people([responsibility.distributor_id], on=DAY) == {}
    assert Distributor.objects.with_gaps(DAY).get(pk=responsibility.distributor_id).gaps == 1


def test_many_distributors_and_duties_are_one_query() -> None:
    first, second = DutyFactory.create(position=1), DutyFactory.create(position=2)
    stand_in = ManagerFactory.create()
    gone = ResponsibilityFactory.create(duty=first, user=ManagerFactory.create(is_active=False), stand_in=stand_in)
    here = ResponsibilityFactory.create(duty=second, distributor=gone.distributor)
    gap = ResponsibilityFactory.create(duty=first, user=ManagerFactory.create(is_active=False))
    later = ResponsibilityFactory.create(duty=second, distributor=gap.distributor)
    DutyFactory.create(is_active=False)
    ids = [gone.distributor_id, gap.distributor_id, DistributorFactory.create().pk]
    with CaptureQueriesContext(connection) as queries:
        people = accountable_people(ids, on=DAY)
        only = accountable_people(ids, on=DAY, duty_codes=[second.code])
        managers = first_accountable(ids, on=DAY)
    assert len(queries) == 3
    assert people == {gone.distributor_id: [stand_in.pk, here.user_id], gap.distributor_id: [later.user_id]}
    assert only == {gone.distributor_id: [here.user_id], gap.distributor_id: [later.user_id]}
    assert managers == {gone.distributor_id: stand_in.pk, gap.distributor_id: later.user_id}


def test_a_stand_in_always_sees_but_works_only_while_the_person_is_away() -> None:
    """Else two people decide the same order, or the one who should cannot find it."""
    responsibility = ResponsibilityFactory.create(stand_in=ManagerFactory.create())
    lead = ManagerFactory.create()
    responsibility.stand_in.supervisor = lead
    responsibility.stand_in.save()
    deputy = ManagerFactory.create()

    def sees(person: Any) -> tuple[bool, bool]:
        return Distributor.objects.visible_to(person).exists(), Distributor.objects.acted_for_by(person).exists()

    assert [sees(one) for one in (responsibility.user, responsibility.stand_in, lead, deputy)] == [
        (True, True),
        (True, False),
        (True, False),
        (False, False),
    ]
    today = timezone.localdate()
    AbsenceFactory.create(person=responsibility.user, stand_in=deputy, starts_on=today, ends_on=today)
    assert [sees(one) for one in (responsibility.user, responsibility.stand_in, lead, deputy)] == [
        (True, True),
        (True, True),
        (True, True),
        (True, False),
    ]
    AbsenceFactory.create(person=responsibility.stand_in, starts_on=today, ends_on=today)
    assert [sees(one) for one in (responsibility.user, responsibility.stand_in, deputy)] == [
        (True, True),
        (True, False),
        (True, True),
    ]


def test_absences_are_recorded_changed_and_cancelled_by_oneself() -> None:
    me, colleague = ManagerFactory.create(), FinanceFactory.create()
    absence = record_absence(actor=me, person_id=me.pk, starts_on=DAY, ends_on=TOMORROW, stand_in_id=colleague.pk)
    change_absence(actor=me, absence_id=absence.pk, starts_on=DAY, ends_on=None, stand_in_id=None, note="Longer")
    absence.refresh_from_db()
    assert (absence.ends_on, absence.stand_in, absence.note, absence.version) == (None, None, "Longer", 2)
    with refused(StaleVersion):
        change_absence(
            actor=me,
            absence_id=absence.pk,
            starts_on=DAY,
            ends_on=None,
            stand_in_id=None,
            note="",
            expected_version=1,
        )
    cancel_absence(actor=me, absence_id=absence.pk)
    assert not Absence.objects.exists()
    assert list(Event.objects.order_by("pk").values_list("kind", flat=True)) == [
        "absence.recorded",
        "absence.changed",
        "absence.cancelled",
    ]


def test_absences_of_others_are_the_administrators_business() -> None:
    lead = ManagerFactory.create()
    person, owner = ManagerFactory.create(supervisor=lead), OwnerFactory.create()
    record_absence(actor=AdministratorFactory.create(), person_id=person.pk, starts_on=DAY)
    with refused(NotAllowed):
        record_absence(actor=lead, person_id=person.pk, starts_on=TOMORROW)
    with refused(NotVisible):
        record_absence(actor=owner, person_id=person.pk, starts_on=TOMORROW)
    assert Absence.objects.visible_to(lead).count() == Absence.objects.visible_to(person).count() == 1
    assert not Absence.objects.visible_to(owner).exists()


def test_absences_that_make_no_sense_are_refused() -> None:
    me = ManagerFactory.create()
    record_absence(actor=me, person_id=me.pk, starts_on=DAY, ends_on=TOMORROW)
    with refused(AbsenceOverlap):
        record_absence(actor=me, person_id=me.pk, starts_on=TOMORROW)
    with refused(InvalidInput):
        record_absence(actor=me, person_id=me.pk, starts_on=TOMORROW, ends_on=DAY)
    for stand_in in (me, BuyerFactory.create(), ManagerFactory.create(is_active=False)):
        with refused(InvalidInput):
            record_absence(actor=me, person_id=me.pk, starts_on=date(2027, 1, 1), stand_in_id=stand_in.pk)
