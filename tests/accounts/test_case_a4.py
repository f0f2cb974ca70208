"""A4 of the business cases: who is accountable on each day of an absence, and its neighbours.

Where this breaks, an order waits for somebody who is away, or a history names the wrong person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Distributor, User
from accounts.selectors.responsibilities import accountable_on, accountable_people, first_accountable
from core.errors import NotAllowed, NotVisible
from core.events import record_event
from core.models import Event
from core.ui.timeline import timeline
from messaging.models import Notification
from messaging.services.notifications import notify
from orders.ordering.enums import OrderEvent
from orders.ordering.models import Order
from orders.ordering.services.cancelling import reject_order
from responsibility.selectors.radar import radar_distributors
from tests.factories.accounts import (
    AbsenceFactory,
    BuyerFactory,
    DirectorFactory,
    DutyFactory,
    ManagerFactory,
    ResponsibilityFactory,
)
from tests.factories.orders import OrderFactory

pytestmark = pytest.mark.django_db
FIRST = date(2026, 11, 9)
DAYS = [FIRST + timedelta(days=number) for number in range(7)]
TWELFTH = date(2026, 11, 12)


@dataclass
class Case:
    m: User
    s: User
    v: User
    distributor: Distributor
    responsibility: Any

    def accountable(self, on: date) -> User | None:
        (row,) = accountable_on([self.distributor.pk], on=on)
        people = {person.pk: person for person in (self.m, self.s, self.v)}
        return people[row.person_id] if row.person_id else None


@pytest.fixture
def case() -> Case:
    """M is away from the 9th to the 13th with S as stand-in; S is away on the 12th; V is the supervisor of M."""
    v = ManagerFactory.create(full_name="V")
    m, s = ManagerFactory.create(full_name="M", supervisor=v), ManagerFactory.create(full_name="S")
    AbsenceFactory.create(person=m, starts_on=FIRST, ends_on=date(2026, 11, 13), stand_in=s)
    AbsenceFactory.create(person=s, starts_on=TWELFTH, ends_on=TWELFTH)
    responsibility = ResponsibilityFactory.create(user=m)
    return Case(m=m, s=s, v=v, distributor=responsibility.distributor, responsibility=responsibility)


@pytest.fixture(params=range(7), ids=lambda number: f"{DAYS[number]}")
def day(request: pytest.FixtureRequest) -> Iterator[date]:
    chosen = DAYS[request.param]
    with time_machine.travel(datetime(chosen.year, chosen.month, chosen.day, 10, tzinfo=UTC), tick=True):
        yield chosen


def gaps(case: Case, on: date) -> int:
    director = DirectorFactory.create()
    return int(radar_distributors(director, on=on).get(pk=case.distributor.pk).gaps)


def test_who_is_accountable_on_each_day(case: Case) -> None:
    m, s, v = case.m, case.s, case.v
    assert [case.accountable(day) for day in DAYS] == [s, s, s, v, s, m, m]
    assert [gaps(case, day) for day in DAYS] == [0] * 7
    assert [first_accountable([case.distributor.pk], on=day)[case.distributor.pk] for day in DAYS] == [
        person.pk for person in (s, s, s, v, s, m, m)
    ]


@pytest.mark.parametrize("how", ["away", "inactive", "gone"])
def test_with_the_supervisor_away_too_the_twelfth_is_the_only_gap(case: Case, how: str) -> None:
    if how == "away":
        AbsenceFactory.create(person=case.v, starts_on=TWELFTH, ends_on=TWELFTH)
    else:
        case.v.is_active = how != "inactive"
        case.v.leaves_on = date(2026, 11, 11) if how == "gone" else None
        case.v.save()
    assert [case.accountable(day) for day in DAYS] == [case.s, case.s, case.s, None, case.s, case.m, case.m]
    assert [gaps(case, day) for day in DAYS] == [0, 0, 0, 1, 0, 0, 0]


def test_the_stand_in_of_the_duty_goes_before_that_of_the_absence(case: Case) -> None:
    named = ManagerFactory.create()
    case.responsibility.stand_in = named
    case.responsibility.save()
    rows = [accountable_on([case.distributor.pk], on=day)[0].person_id for day in DAYS]
    assert rows == [named.pk] * 5 + [case.m.pk] * 2


def test_the_accountable_person_sees_is_told_may_act_and_the_history_says_for_whom(case: Case, day: date) -> None:
    """A page would show one person, the notification reach another, and a third could decide."""
    expected = case.accountable(day)
    assert expected is not None
    order = OrderFactory.create(distributor=case.distributor)
    event = Event.objects.create(
        at=timezone.now(), kind=OrderEvent.WAITS, subject_type="order", subject_id=order.pk,
        distributor_id=case.distributor.pk, data={"number": order.number},
    )  # fmt: skip
    notify([event])
    assert list(Notification.objects.values_list("recipient", flat=True)) == [expected.pk]
    actor = User.objects.get(pk=expected.pk)
    assert Order.objects.visible_to(actor).work_of(actor).filter(pk=order.pk).exists()
    for other in (case.s,) if expected != case.s else ():
        with pytest.raises((NotAllowed, NotVisible)):
            reject_order(order_id=order.pk, actor=User.objects.get(pk=other.pk), now=timezone.now(), reason="No")
    reject_order(order_id=order.pk, actor=actor, now=timezone.now(), reason="No")
    (line, *_others) = timeline([("order", order.pk)], actor=actor)
    assert (line.person, line.on_behalf_of) == (expected.full_name, "" if expected == case.m else "M")


def test_the_page_of_the_order_says_who_acted_for_whom(case: Case, client: Client) -> None:
    order = OrderFactory.create(distributor=case.distributor)
    with time_machine.travel(datetime(2026, 11, 10, 10, tzinfo=UTC), tick=True):
        reject_order(order_id=order.pk, actor=User.objects.get(pk=case.s.pk), now=timezone.now(), reason="No")
        client.force_login(case.s)
        assert "S for M" in client.get(order.get_absolute_url()).content.decode()


def test_the_page_of_an_order_names_who_decides_today(case: Case, client: Client) -> None:
    """A buyer would ring somebody who is away: the order keeps the manager whose sales it is."""
    order = OrderFactory.create(distributor=case.distributor, manager=case.m)
    client.force_login(BuyerFactory.create(distributor=case.distributor))
    for day, name in ((10, "S"), (12, "V"), (14, "M")):
        with time_machine.travel(datetime(2026, 11, day, 10, tzinfo=UTC), tick=True):
            page = client.get(order.get_absolute_url()).content.decode()
            assert f"Waiting for {name} to approve it." in page
            assert f"Waiting for {name} to approve it." in client.get("/").content.decode()


def test_nobody_acts_for_others_with_what_is_theirs_anyway(case: Case) -> None:
    """The buyer's order, the stand-in's own duty and a director's decision would be booked on the absent manager."""
    with time_machine.travel(datetime(2026, 11, 10, 10, tzinfo=UTC), tick=True):
        ResponsibilityFactory.create(distributor=case.distributor, duty=DutyFactory.create(), user=case.s)
        for person in (case.s, case.v, DirectorFactory.create(), BuyerFactory.create(distributor=case.distributor)):
            order = OrderFactory.create(distributor=case.distributor)
            event = record(order, person)
            assert event.on_behalf_of is None, person
        assert accountable_people([case.distributor.pk], on=timezone.localdate())[case.distributor.pk] == [case.s.pk]


def record(order: Order, person: User) -> Event:
    return record_event(
        kind=OrderEvent.SUBMITTED, subject_type="order", subject_id=order.pk, actor_id=person.pk,
        distributor_id=order.distributor_id,
    )  # fmt: skip
