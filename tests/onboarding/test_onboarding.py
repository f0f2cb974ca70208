"""From the approval to the first order: steps of both sides, certificates that run out, and the day it may order."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.models import Event
from messaging.services.files import Attachment
from onboarding.enums import CertificateState
from onboarding.errors import NotReady
from onboarding.models import Certificate
from onboarding.services.certificates import record_certificate, warn_of_certificates
from onboarding.services.onboarding import begin_onboarding, do_step, open_for_orders, reopen_step
from tests.factories.accounts import (
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
)
from tests.factories.onboarding import (
    CertificateFactory,
    OnboardingFactory,
    OnboardingStepFactory,
    assessed,
    template,
)
from tests.onboarding.test_approving import approve

pytestmark = pytest.mark.django_db


def test_each_side_does_its_steps_and_the_brand_both() -> None:
    """A distributor would tick off that it was visited, or the brand could not write down what it was told."""
    onboarding = OnboardingFactory.create()
    owner = OwnerFactory.create(distributor=onboarding.distributor)
    ours = OnboardingStepFactory.create(onboarding=onboarding, side="brand")
    theirs = OnboardingStepFactory.create(onboarding=onboarding, side="distributor")
    third = OnboardingStepFactory.create(onboarding=onboarding, side="distributor")
    with pytest.raises(NotAllowed):
        do_step(step_id=ours.pk, actor=owner)
    assert do_step(step_id=theirs.pk, actor=owner, note=" by us ").note == "by us"
    with pytest.raises(Conflict):
        do_step(step_id=theirs.pk, actor=owner)
    director = DirectorFactory.create()
    do_step(step_id=ours.pk, actor=director)
    do_step(step_id=third.pk, actor=director)
    reopened = reopen_step(step_id=third.pk, actor=owner)
    assert (reopened.done_at, reopened.done_by_id) == (None, None)
    with pytest.raises(NotVisible):
        do_step(step_id=third.pk, actor=OwnerFactory.create())
    with pytest.raises(NotAllowed):
        do_step(step_id=third.pk, actor=BuyerFactory.create(distributor=onboarding.distributor))
    assert Event.objects.filter(kind="onboarding.step_done", distributor_id=onboarding.distributor_id).count() == 3


def test_a_distributor_is_opened_once_nothing_is_missing() -> None:
    """An order would be placed that nobody can supply, price or answer for."""
    director = DirectorFactory.create()
    approval = approve(assessed(), template(), director)
    with pytest.raises(NotReady) as refused:
        open_for_orders(onboarding_id=approval.onboarding.pk, actor=director, expected_version=None)
    words = " ".join(str(problem.message) for problem in refused.value.problems)
    assert "Agreement in force" in words
    assert "Required steps of the onboarding" in words
    assert "Somebody of the distributor can sign in" in words
    assert "Status that allows orders" not in words
    approval.distributor.refresh_from_db()
    assert approval.distributor.status == "applicant"
    with pytest.raises(NotAllowed):
        open_for_orders(
            onboarding_id=approval.onboarding.pk,
            actor=OwnerFactory.create(distributor=approval.distributor),
            expected_version=None,
        )


def test_a_training_is_proved_by_its_certificate() -> None:
    director, today = DirectorFactory.create(), timezone.localdate()
    step = OnboardingStepFactory.create(kind="training", name="Products", valid_months=12)
    row = record_certificate(
        distributor_id=step.onboarding.distributor_id,
        course="",
        holder="Li Ming",
        issued_on=today,
        step_id=step.pk,
        file=Attachment(name="certificate.pdf", content=b"%PDF-1.7 done"),
        actor=director,
    )
    step.refresh_from_db()
    assert step.done_by_id == director.pk
    assert (row.course, row.valid_until) == (
        "Products",
        date(today.year + 1, today.month, today.day) - timedelta(days=1),
    )
    assert row.file_name == "certificate.pdf"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issued_on": date(2099, 1, 1)}, "issued_on"),
        ({"valid_until": date(2020, 1, 1)}, "valid_until"),
        ({"holder": "  "}, "holder"),
        ({"course": " "}, "course"),
        ({"file": Attachment(name="a.pdf", content=b"MZ")}, "file"),
    ],
)
def test_a_certificate_that_cannot_be_is_refused(changes: dict[str, Any], field: str) -> None:
    values = {"course": "Products", "holder": "Li", "issued_on": date(2026, 1, 1), "actor": DirectorFactory.create()}
    with pytest.raises(InvalidInput) as refused:
        record_certificate(distributor_id=DistributorFactory.create().pk, **{**values, **changes})
    assert refused.value.problems[0].field == field
    assert not Certificate.objects.exists()


def test_strangers_record_nothing_and_see_nothing() -> None:
    row, stranger = CertificateFactory.create(), OwnerFactory.create()
    assert not Certificate.objects.visible_to(stranger).exists()
    with pytest.raises(NotVisible):
        record_certificate(
            distributor_id=row.distributor_id, course="X", holder="Y", issued_on=date(2026, 1, 1), actor=stranger
        )


@pytest.mark.parametrize(
    ("left", "state", "kind"),
    [
        (61, CertificateState.VALID, None),
        (60, CertificateState.VALID, "certificate.expiring"),
        (31, CertificateState.VALID, "certificate.expiring"),
        (30, CertificateState.EXPIRING, "certificate.expiring"),
        (0, CertificateState.EXPIRING, "certificate.expiring"),
        (-1, CertificateState.LAPSED, "certificate.lapsed"),
    ],
)
def test_a_certificate_is_warned_of_once_and_lapses(left: int, state: CertificateState, kind: str | None) -> None:
    """Somebody would sell for months what they may not sell any more."""
    today, now = timezone.localdate(), timezone.now()
    row = CertificateFactory.create(valid_until=today + timedelta(days=left))
    assert row.state_on(today) == state
    assert warn_of_certificates(today=today, now=now) == (1 if kind else 0)
    assert warn_of_certificates(today=today, now=now) == 0
    assert [event.kind for event in Event.objects.filter(distributor_id=row.distributor_id)] == ([kind] if kind else [])


def test_warnings_come_60_30_and_14_days_ahead_and_a_standstill_is_made_up_for() -> None:
    today, now = timezone.localdate(), timezone.now()
    CertificateFactory.create(valid_until=today + timedelta(days=70))
    warned = [days for days in range(80) if warn_of_certificates(today=today + timedelta(days=days), now=now)]
    assert warned == [10, 40, 56, 71]
    late = CertificateFactory.create(valid_until=today + timedelta(days=10))
    assert warn_of_certificates(today=today, now=now) == 1
    late.refresh_from_db()
    assert late.warned_days == 14


def test_a_renewed_certificate_is_not_warned_of() -> None:
    today = timezone.localdate()
    old = CertificateFactory.create(valid_until=today - timedelta(days=1))
    CertificateFactory.create(
        distributor=old.distributor, course=old.course, holder=old.holder, valid_until=today + timedelta(days=300)
    )
    assert warn_of_certificates(today=today, now=timezone.now()) == 0
    CertificateFactory.create(valid_until=today - timedelta(days=1))
    assert warn_of_certificates(today=today, now=timezone.now()) == 1


def test_both_sides_read_the_tab_and_a_lapsed_certificate() -> None:
    onboarding = OnboardingFactory.create()
    OnboardingStepFactory.create(onboarding=onboarding, side="distributor", name="Shop sign <b>")
    CertificateFactory.create(
        distributor=onboarding.distributor, valid_until=date(2020, 1, 1), issued_on=date(2019, 1, 1)
    )
    manager = ResponsibilityFactory.create(user=ManagerFactory.create(), distributor=onboarding.distributor).user
    for person in (manager, OwnerFactory.create(distributor=onboarding.distributor)):
        client = Client()
        client.force_login(person)
        page = client.get(onboarding.get_absolute_url()).content.decode()
        assert "Shop sign &lt;b&gt;" in page
        assert "Lapsed" in page
        assert "Mark as done" in page


def test_one_distributor_has_one_onboarding() -> None:
    start, distributor, director = template(), DistributorFactory.create(), DirectorFactory.create()
    DutyFactory.create()
    values = {"distributor_id": distributor.pk, "template_id": start.pk, "today": timezone.localdate()}
    begin_onboarding(**values, actor=director)
    with pytest.raises(Conflict):
        begin_onboarding(**values, actor=director)
    with pytest.raises(NotAllowed):
        begin_onboarding(**values, actor=ManagerFactory.create())
