"""Two directors approve one applicant at once: one distributor, and the second is told."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Distributor
from core.errors import Conflict
from core.models import Event
from onboarding.models import Application, Onboarding
from onboarding.services.applying import submit_application
from onboarding.services.approving import approve_application
from tests.concurrency.together import Unlocked, failed, succeeded, together
from tests.factories.accounts import DirectorFactory
from tests.factories.onboarding import assessed, filled_in, template

pytestmark = pytest.mark.django_db(transaction=True)


def _approvals() -> list[Any]:
    application, start = assessed(), template()

    def by(actor: Any) -> Any:
        return lambda: approve_application(
            application_id=application.pk,
            template_id=start.pk,
            territory_id=application.territory_id,
            actor=actor,
            expected_version=None,
            now=timezone.now(),
        )

    return [by(DirectorFactory.create()), by(DirectorFactory.create())]


def test_of_two_approvers_the_second_is_told() -> None:
    """One applicant would become two distributors, each with an owner, an agreement and goods."""
    results = together(*_approvals())
    assert len(succeeded(results)) == 1
    (error,) = failed(results)
    assert isinstance(error, Conflict)
    assert "Approved" in str(error)
    assert Distributor.objects.filter(code__startswith="DI").count() == Onboarding.objects.count() == 1
    assert Event.objects.filter(kind="application.approved").count() == 1


def test_without_the_lock_both_begin() -> None:
    """The lock is what decides: without it both get as far as the constraints."""
    results = together(*_approvals(), previous_period=Unlocked(Application))
    assert not all(isinstance(error, Conflict) and error.problems[0].code == "wrong_state" for error in failed(results))


def test_an_application_is_submitted_once() -> None:
    _draft, secret = filled_in()
    results = together(*[lambda: submit_application(secret=secret, now=timezone.now()) for _number in range(2)])
    assert (len(succeeded(results)), len(failed(results))) == (1, 1)
    assert Event.objects.filter(kind="application.received").count() == 1
