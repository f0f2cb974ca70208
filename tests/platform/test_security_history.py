"""What happened with somebody's sign-in stands in the person's history: else a stolen account leaves no trace."""

import pytest
from allauth.core.context import request_context
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from accounts.models import User
from core.models import Event
from core.outbox import relay
from core.ui.timeline import timeline
from sign_in.adapter import SignIn
from tests.factories.accounts import PASSWORD, AdministratorFactory, ManagerFactory
from tests.platform.test_sign_in import LIMITS

pytestmark = pytest.mark.django_db
NEW = "another-horse-battery"


def kinds(person: User) -> list[str]:
    rows = Event.objects.filter(subject_type="user", subject_id=person.pk).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def signed_in(person: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client


def test_signing_in_with_the_address() -> None:
    person = ManagerFactory.create()
    signed_in(person)
    event = Event.objects.get(subject_type="user", subject_id=person.pk)
    assert (event.kind, event.actor_id, event.data) == ("user.signed_in", person.pk, {"address": "127.0.0.1"})
    assert [row.label for row in timeline([("user", person.pk)], actor=AdministratorFactory.create())] == ["Signed in"]


def test_a_wrong_password_is_no_sign_in() -> None:
    person = ManagerFactory.create()
    Client().post(reverse("account_login"), {"login": person.email, "password": "wrong"})
    assert kinds(person) == []


def test_a_changed_password() -> None:
    person = ManagerFactory.create()
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    signed_in(person).post(reverse("account_change_password"), form)
    assert kinds(person)[:2] == ["user.signed_in", "user.password_changed"]


@pytest.mark.parametrize(
    ("template", "kind"),
    [
        ("mfa/email/totp_activated", "user.second_step_added"),
        ("mfa/email/totp_deactivated", "user.second_step_removed"),
        ("mfa/email/recovery_codes_generated", "user.recovery_codes_made"),
        ("account/email/password_reset", "user.password_reset"),
    ],
)
def test_what_the_person_is_mailed_of_is_recorded(template: str, kind: str, rf: RequestFactory) -> None:
    person = ManagerFactory.create()
    request = rf.post("/")
    with request_context(request):
        SignIn(request).send_notification_mail(template, person)
    assert kinds(person) == [kind]


@override_settings(**LIMITS)
def test_refused_attempts_are_nobodys_act() -> None:
    person = ManagerFactory.create()
    for _try in range(7):
        Client().post(reverse("account_login"), {"login": person.email, "password": "wrong"})
    relay()
    (event,) = Event.objects.filter(kind="user.sign_in_refused")
    assert (event.subject_id, event.actor_id) == (person.pk, None)
    assert [one.to for one in mail.outbox] == [[person.email]]


def test_a_second_step_that_is_there_is_asked_for_before_anything_is_recorded() -> None:
    person = ManagerFactory.create()
    TOTP.activate(person, generate_totp_secret())
    signed_in(person)
    assert "user.signed_in" not in kinds(person)
