"""A manager is handed over while two others assign duties: to the manager, and at the manager's distributors."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Distributor, Duty, Responsibility, User
from accounts.services.responsibilities.assignments import DutyOf, assign_selection
from accounts.services.responsibilities.hand_over_all import HandOver, hand_over_everything
from responsibility.selectors.coverage import coverage_spans
from tests.concurrency.together import failed, together, while_waits
from tests.factories.accounts import DirectorFactory, DistributorFactory, DutyFactory, ManagerFactory
from tests.responsibility.test_hand_over_all import Team, require_all_is_the_successors, team

pytestmark = pytest.mark.django_db(transaction=True)
SIZE, ROUNDS = 12, 6


def contest(director: User, one: Team, third: Duty, outsider: User) -> list[Any]:
    """The handover, and two who give the outsider a duty that nobody has, each at half of the distributors."""
    today, half = timezone.localdate(), SIZE // 2

    def hand_over() -> HandOver:
        return hand_over_everything(
            actor=User.objects.get(pk=one.lead.pk),
            from_user_id=one.old.pk,
            to_user_ids=[person.pk for person in one.successors],
            on=today,
        )

    def assign(rows: list[Distributor]) -> list[Responsibility]:
        selection = [DutyOf(distributor_id=row.pk, duty_id=third.pk) for row in reversed(rows)]
        return assign_selection(actor=director, selection=selection, user_id=outsider.pk, starts_on=today)

    return together(hand_over, lambda: assign(one.distributors[:half]), lambda: assign(one.distributors[half:]))


def test_while_two_others_assign() -> None:
    """Done-when 2, the second half: nothing is lost between them, whoever is first."""
    director, today = DirectorFactory.create(), timezone.localdate()
    for number in range(ROUNDS):
        one, third = team(SIZE, 4), DutyFactory.create(code=f"gap{number}")
        outsider = ManagerFactory.create()
        assert failed(contest(director, one, third, outsider)) == []
        assert Responsibility.objects.filter(duty=third, user=outsider).count() == SIZE
        spans = coverage_spans(
            [row.pk for row in one.distributors], [duty.pk for duty in (*one.duties, third)], first=today,
            last=today + timedelta(days=400), only_faults=True,
        )  # fmt: skip
        assert list(spans) == []
        third.is_active = False
        third.save()
        require_all_is_the_successors(one, today)


def test_a_duty_that_the_person_is_given_meanwhile_goes_too() -> None:
    """It would stay with somebody whose account is about to be closed."""
    director, one, today = DirectorFactory.create(), team(2, 1), timezone.localdate()
    late, duty = DistributorFactory.create(), one.duties[0]

    def assign() -> list[Responsibility]:
        return assign_selection(
            actor=director,
            selection=[DutyOf(distributor_id=late.pk, duty_id=duty.pk)],
            user_id=one.old.pk,
            starts_on=today,
        )

    def hand_over() -> HandOver:
        return hand_over_everything(
            actor=User.objects.get(pk=one.lead.pk),
            from_user_id=one.old.pk,
            to_user_ids=[one.successors[0].pk],
            on=today,
        )

    _assigned, done = while_waits(assign, hand_over)
    assert isinstance(done, HandOver), done
    assert not Responsibility.objects.from_day(today).filter(user=one.old).exists()
    assert Responsibility.objects.on(today).get(distributor=late).user == one.successors[0]
