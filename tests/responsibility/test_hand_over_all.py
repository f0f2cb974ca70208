"""A manager who leaves takes nothing along: duties, stand-ins and open work pass on in one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.errors import StillResponsible
from accounts.models import Absence, Distributor, Duty, Responsibility, User
from accounts.selectors.responsibilities import accountable_on
from accounts.services.people import change_user
from accounts.services.responsibilities.hand_over_all import HandOver, hand_over_everything
from core.errors import InvalidInput, NotAllowed, NotVisible
from core.events import record_event
from core.models import Event
from messaging.enums import NotificationLevel
from messaging.models import Notification
from messaging.services.notifications import notify
from onboarding.models import OnboardingStep
from orders.ordering.enums import OrderStatus
from orders.ordering.models import Order
from orders.ordering.services.cancelling import reject_order
from orders.permissions import can_decide
from responsibility.selectors.coverage import coverage_spans
from tests.factories.accounts import (
    AbsenceFactory,
    AdministratorFactory,
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
)
from tests.factories.onboarding import OnboardingStepFactory
from tests.factories.orders import OrderFactory
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db
DISTRIBUTORS, DUTIES, ORDERS = 300, 2, 40


@dataclass
class Team:
    lead: User
    old: User
    successors: list[User]
    distributors: list[Distributor]
    duties: list[Duty]
    orders: list[Order]


def team(distributors: int = DISTRIBUTORS, orders: int = ORDERS) -> Team:
    lead = ManagerFactory.create()
    old = ManagerFactory.create(supervisor=lead)
    people = ManagerFactory.create_batch(3, supervisor=lead)
    some = DistributorFactory.create_batch(distributors)
    duties = DutyFactory.create_batch(DUTIES)
    for distributor in some:
        for duty in duties:
            ResponsibilityFactory.create(distributor=distributor, duty=duty, user=old)
    OnboardingStepFactory.create(onboarding__distributor=some[0], owner=old)
    placed = [OrderFactory.create(distributor=some[number % distributors], manager=old) for number in range(orders)]
    return Team(lead=lead, old=old, successors=people, distributors=some, duties=duties, orders=placed)


def fresh(person: User) -> User:
    again: User = User.objects.get(pk=person.pk)
    return again


def require_no_gap(one: Team, *, first: date, last: date) -> None:
    spans = coverage_spans(
        [row.pk for row in one.distributors], [duty.pk for duty in one.duties], first=first, last=last, only_faults=True
    )
    assert list(spans) == []


def require_all_is_the_successors(one: Team, on: date) -> None:
    """Exhaustively: each duty, each distributor, each order; the old one nothing."""
    ids = [row.pk for row in one.distributors]
    rows = accountable_on(ids, on=on)
    assert len(rows) == len(ids) * DUTIES
    received = {pk: {row.person_id for row in rows if row.distributor_id == pk} for pk in ids}
    assert all(len(people) == 1 for people in received.values()), "a distributor has one contact person"
    sizes = [sum(person.pk in people for people in received.values()) for person in one.successors]
    assert sum(sizes) == len(ids)
    assert max(sizes) - min(sizes) <= 1
    for person in map(fresh, one.successors):
        mine = {pk for pk, people in received.items() if person.pk in people}
        assert set(Distributor.objects.visible_to(person).values_list("pk", flat=True)) == mine
        assert {order.pk for order in one.orders if can_decide(person, order)} == {
            order.pk for order in one.orders if order.distributor_id in mine
        }
        assert {order.distributor_id for order in Order.objects.filter(manager=person)} <= mine
    old = fresh(one.old)
    assert not Distributor.objects.visible_to(old).exists()
    assert not Distributor.objects.acted_for_by(old).exists()
    assert not any(can_decide(old, order) for order in one.orders)
    assert not Order.objects.filter(manager=old, status=OrderStatus.SUBMITTED).exists()
    steps = OnboardingStep.objects.select_related("onboarding").filter(onboarding__distributor__in=one.distributors)
    assert len(steps) == 1
    assert all(step.owner_id in received[step.onboarding.distributor_id] for step in steps)
    with refused(NotVisible):
        reject_order(order_id=one.orders[0].pk, actor=old, now=timezone.now(), reason="No")


def everything(one: Team, on: date, to: Sequence[User] | None = None, actor: User | None = None) -> HandOver:
    return hand_over_everything(
        actor=actor or fresh(one.lead),
        from_user_id=one.old.pk,
        to_user_ids=[person.pk for person in (to or one.successors)],
        on=on,
    )


def test_300_distributors_and_40_pieces_of_work_in_one_step() -> None:
    """Done-when 2: no gap before, on and after the day; successors see and may what they should, the old one nothing."""
    one, today = team(), timezone.localdate()
    done = everything(one, today)
    assert len(done.moved) == DISTRIBUTORS * DUTIES
    assert done.work == {"orders": ORDERS, "onboarding": 1}
    require_no_gap(one, first=today - timedelta(days=400), last=today + timedelta(days=400))
    require_all_is_the_successors(one, today)
    assert {row.user_id for row in Responsibility.objects.on(today - timedelta(days=1))} == {one.old.pk}


def test_as_many_statements_for_few_as_for_many() -> None:
    numbers = []
    for size in (3, 30):
        one = team(size, size)
        with CaptureQueriesContext(connection) as queries:
            everything(one, timezone.localdate())
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_from_a_day_to_come_the_old_one_stays_until_the_day_before() -> None:
    one, today = team(2, 1), timezone.localdate()
    day = today + timedelta(days=10)
    done = everything(one, day)
    assert done.work == {}, "the work is still the old one's"
    assert {row.user_id for row in Responsibility.objects.on(day - timedelta(days=1))} == {one.old.pk}
    assert one.old.pk not in {row.user_id for row in Responsibility.objects.on(day)}
    require_no_gap(one, first=today, last=day + timedelta(days=30))


def test_stand_ins_reports_and_absences_pass_on() -> None:
    """The old one would see distributors of others, be called for an absent colleague, and be somebody's supervisor."""
    one, today = team(1, 0), timezone.localdate()
    colleague, successor = ManagerFactory.create(supervisor=one.lead), one.successors[0]
    row = ResponsibilityFactory.create(user=colleague, stand_in=one.old)
    own = ResponsibilityFactory.create(user=successor, stand_in=one.old)
    AbsenceFactory.create(person=colleague, stand_in=one.old, starts_on=today - timedelta(days=1), ends_on=None)
    report = ManagerFactory.create(supervisor=one.old)
    everything(one, today, to=one.successors[:1])
    later = Responsibility.objects.on(today).get(distributor=row.distributor)
    assert (later.user, later.stand_in) == (colleague, successor)
    before = Responsibility.objects.on(today - timedelta(days=1)).get(distributor=row.distributor)
    assert before.stand_in == one.old, "who stood in until yesterday stays noted"
    assert Responsibility.objects.on(today).get(distributor=own.distributor).stand_in is None
    assert Absence.objects.on(today).get(person=colleague).stand_in == successor
    report.refresh_from_db()
    assert report.supervisor == one.lead
    assert not Distributor.objects.visible_to(fresh(one.old)).exists()
    change_user(actor=AdministratorFactory.create(), user_id=one.old.pk, is_active=False)


def test_notifications_that_ask_for_something_pass_on() -> None:
    one = team(1, 0)
    event = record_event(
        kind="order.waits", subject_type="order", subject_id=1, actor_id=None, distributor_id=one.distributors[0].pk
    )
    notify([event])
    assert Notification.objects.get().recipient == one.old
    everything(one, timezone.localdate(), to=one.successors[:1])
    moved = Notification.objects.get(level=NotificationLevel.ACTION, acknowledged_at=None, kind="order.waits")
    assert (moved.recipient, moved.read_at) == (one.successors[0], None)


def test_the_distributors_are_told_once_each() -> None:
    one = team(2, 0)
    owner = OwnerFactory.create(distributor=one.distributors[0])
    everything(one, timezone.localdate(), to=one.successors[:1])
    for event in Event.objects.filter(kind="responsibility.manager_changed"):
        notify([event])
    assert Notification.objects.filter(recipient=owner).count() == 1


def test_only_of_the_own_team_to_the_own_team() -> None:
    one, stranger = team(1, 0), ManagerFactory.create()
    with refused(NotVisible):
        everything(one, timezone.localdate(), actor=stranger)
    with refused(InvalidInput):
        everything(one, timezone.localdate(), to=[stranger])
    with refused(InvalidInput):
        everything(one, timezone.localdate(), to=[one.old])
    with refused(NotAllowed):
        everything(one, timezone.localdate(), actor=OwnerFactory.create())
    everything(one, timezone.localdate(), actor=fresh(one.old), to=[one.lead])


def test_an_account_that_stands_in_for_others_is_not_closed() -> None:
    row = ResponsibilityFactory.create(stand_in=ManagerFactory.create())
    with pytest.raises(StillResponsible, match="stands in"):
        change_user(actor=AdministratorFactory.create(), user_id=row.stand_in.pk, is_active=False)


def test_the_page_hands_over_and_shows_the_sheet(client: Client) -> None:
    one = team(3, 1)
    client.force_login(one.lead)
    address = f"{reverse('responsibility:hand-over')}?from={one.old.pk}"
    assert "6 duties of 3 distributors" in client.get(address).content.decode()
    form = {
        "from_user": one.old.pk, "to_user": one.successors[0].pk, "others": [one.successors[1].pk],
        "on": timezone.localdate().isoformat(),
    }  # fmt: skip
    answer = client.post(address, form, follow=True)
    sheet = answer.content.decode()
    assert f"{one.successors[0].full_name} takes over 2 distributors" in sheet
    assert f"{one.successors[1].full_name} takes over 1 distributor" in sheet
    assert "Orders waiting for approval" in sheet
    client.force_login(one.successors[1])
    own = client.get(answer.request["PATH_INFO"]).content.decode()
    assert f"{one.successors[0].full_name} takes over" not in own, "each successor reads the own part"
    client.force_login(one.successors[2])
    assert client.get(answer.request["PATH_INFO"]).status_code == 404
    client.force_login(DirectorFactory.create())
    assert client.get(answer.request["PATH_INFO"]).status_code == 200
