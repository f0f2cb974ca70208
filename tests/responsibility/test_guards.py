"""What must be handed over before somebody goes, and what passes on at the day of a handover dated ahead.

Where this breaks, open work stays with somebody who has left, or a duty belongs to an account that nobody can open.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.errors import StillResponsible
from accounts.models import Membership, PendingHandOver, User
from accounts.services.absences import change_absence, record_absence
from accounts.services.memberships import end_membership, grant_membership
from accounts.services.people import change_role
from accounts.services.responsibilities.hand_over_all import hand_over_everything
from core.errors import InvalidInput
from core.models import Event
from orders.models import Order
from orders.ordering.services.placing import place_order
from responsibility.tasks import finish_hand_overs
from tests.factories.accounts import (
    AbsenceFactory,
    AdministratorFactory,
    DirectorFactory,
    DistributorFactory,
    GrantFactory,
    ManagerFactory,
    ResponsibilityFactory,
)
from tests.factories.orders import OrderFactory, shop
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


def test_open_work_of_a_handover_dated_ahead_passes_on_at_its_day() -> None:
    lead = DirectorFactory.create()
    old, new, third = ManagerFactory.create_batch(3, supervisor=lead)
    report = ManagerFactory.create(supervisor=old)
    rows = [ResponsibilityFactory.create(user=old) for _number in range(2)]
    orders = [OrderFactory.create(distributor=row.distributor, manager=old) for row in rows]
    on = timezone.localdate() + timedelta(days=5)
    hand_over_everything(actor=lead, from_user_id=old.pk, to_user_ids=[new.pk], on=on)
    finish_hand_overs()
    assert set(Order.objects.values_list("manager", flat=True)) == {old.pk}, "not before the day"
    with time_machine.travel(datetime(on.year, on.month, on.day, 9, tzinfo=UTC), tick=True):
        rows[1].distributor.responsibilities.filter(user=new).update(user=third)  # moved on once more in between
        finish_hand_overs()
        finish_hand_overs()
    managers = {
        order.distributor_id: order.manager_id for order in Order.objects.filter(pk__in=[one.pk for one in orders])
    }
    assert managers == {rows[0].distributor_id: new.pk, rows[1].distributor_id: third.pk}
    report.refresh_from_db()
    assert report.supervisor == lead
    assert PendingHandOver.objects.get().done_at is not None
    assert Event.objects.get(kind="responsibility.work_handed_over").data["work"] == {"orders": 2}


def test_whoever_answers_for_a_duty_keeps_the_role_that_it_needs(client: Client) -> None:
    administrator, distributor = AdministratorFactory.create(), DistributorFactory.create()
    responsibility = ResponsibilityFactory.create()
    person = responsibility.user
    membership = Membership.objects.get(person=person)
    today = timezone.localdate()
    with refused(StillResponsible):
        change_role(actor=administrator, user_id=person.pk, role=Role.BUYER, distributor_id=distributor.pk)
    with refused(StillResponsible):
        end_membership(actor=administrator, membership_id=membership.pk, ends_on=today)
    client.force_login(administrator)
    answer = client.post(reverse("accounts:membership-end", args=[membership.pk]), {"ends_on": today})
    assert answer.url == f"{reverse('responsibility:hand-over')}?from={person.pk}", "the handover is offered"
    change_role(actor=administrator, user_id=person.pk, role=Role.FINANCE)
    grant_membership(actor=administrator, person_id=person.pk, role=Role.WAREHOUSE, starts_on=today)
    current = Membership.objects.get(person=person, role=Role.FINANCE)
    end_membership(actor=administrator, membership_id=current.pk, ends_on=today)
    last = Membership.objects.get(person=person, role=Role.WAREHOUSE)
    responsibility.ends_on = today + timedelta(days=3)
    responsibility.save()
    with refused(StillResponsible):
        end_membership(actor=administrator, membership_id=last.pk, ends_on=today + timedelta(days=2))
    end_membership(actor=administrator, membership_id=last.pk, ends_on=today + timedelta(days=3))


def test_a_stand_in_is_there_and_does_not_count_on_the_person() -> None:
    me, other = ManagerFactory.create(), ManagerFactory.create()
    until = DAY + timedelta(days=4)
    record_absence(actor=other, person_id=other.pk, starts_on=DAY, ends_on=until, stand_in_id=me.pk)
    gone = ManagerFactory.create(leaves_on=DAY + timedelta(days=1))
    away = AbsenceFactory.create(starts_on=DAY - timedelta(days=3)).person
    for stand_in in (other, gone, away):
        with refused(InvalidInput):
            record_absence(
                actor=me, person_id=me.pk, starts_on=DAY, ends_on=DAY + timedelta(days=2), stand_in_id=stand_in.pk
            )
    partly = AbsenceFactory.create(starts_on=DAY + timedelta(days=1), ends_on=DAY + timedelta(days=1)).person
    mine = record_absence(
        actor=me, person_id=me.pk, starts_on=DAY, ends_on=DAY + timedelta(days=2), stand_in_id=partly.pk
    )
    with refused(InvalidInput):
        change_absence(actor=me, absence_id=mine.pk, starts_on=DAY, ends_on=DAY, stand_in_id=other.pk, note="")


def test_what_a_stand_in_places_in_one_statement_says_for_whom() -> None:
    """Set-based services write their events themselves: the history must not lose the absent person there."""
    place = shop(products=1)
    GrantFactory.create(permission="orders.place", role=Role.MANAGER)
    responsibility = ResponsibilityFactory.create(distributor=place.distributor)
    today = timezone.localdate()
    stand_in = AbsenceFactory.create(
        person=responsibility.user, stand_in=ManagerFactory.create(), starts_on=today, ends_on=today
    ).stand_in
    for person, expected in ((stand_in, responsibility.user), (responsibility.user, None)):
        placed = place_order(
            distributor_id=place.distributor.pk,
            actor=User.objects.get(pk=person.pk),
            lines=place.wishes(1),
            now=timezone.now(),
        )
        event = Event.objects.get(subject_type="order", subject_id=placed.id, kind__startswith="order.")
        assert event.on_behalf_of == expected
