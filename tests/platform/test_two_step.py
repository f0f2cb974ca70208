"""Two-step sign-in that a role needs: without it one guessed password of an administrator opens everything."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings
from django.urls import reverse

from accounts.services.tokens import issue_token
from sign_in.two_step import check_roles
from tests.factories.accounts import PASSWORD, AdministratorFactory, ManagerFactory

pytestmark = [pytest.mark.django_db]
COMPULSORY = override_settings(TWO_STEP_ROLES=frozenset({"administrator"}))


@pytest.fixture
def admin(client: Client) -> Client:
    person = AdministratorFactory.create()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client


@COMPULSORY
@pytest.mark.parametrize("name", ["home", "accounts:people", "admin:index", "accounts:tokens"])
def test_every_page_leads_to_setting_it_up(name: str, admin: Client) -> None:
    assert admin.get(reverse(name)).url == reverse("two_step")
    assert reverse("mfa_activate_totp") in admin.get(reverse("two_step")).content.decode()


@COMPULSORY
def test_nothing_is_changed_before(admin: Client) -> None:
    assert admin.post(reverse("accounts:tokens"), {"name": "ERP", "scope": "read"}).url == reverse("two_step")
    assert admin.get("/api/v1/me/").json()["errors"][0]["code"] == "two_step_required"
    assert admin.get(reverse("home"), headers={"HX-Request": "true"}).headers["HX-Redirect"] == reverse("two_step")


@COMPULSORY
def test_once_set_up_all_is_open(admin: Client) -> None:
    again = admin.get(reverse("mfa_activate_totp"))
    page = admin.post(again.url, {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert admin.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert admin.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert admin.get(reverse("home")).status_code == 200
    assert admin.get(reverse("two_step")).url == "/"
    Authenticator.objects.filter(type=Authenticator.Type.TOTP).delete()
    assert admin.get(reverse("home")).url == reverse("two_step"), "taken away, it is asked for again"


@COMPULSORY
def test_recovery_codes_alone_are_no_second_step(admin: Client) -> None:
    person = AdministratorFactory.create()
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={})
    admin.force_login(person, backend="sign_in.backends.PasswordBackend")
    assert admin.get(reverse("home")).url == reverse("two_step")


@COMPULSORY
def test_other_roles_work_as_before(client: Client) -> None:
    client.force_login(ManagerFactory.create(), backend="sign_in.backends.PasswordBackend")
    assert client.get(reverse("home")).status_code == 200


@COMPULSORY
def test_programs_go_on(client: Client) -> None:
    """An ERP has no phone."""
    person = AdministratorFactory.create()
    _token, key = issue_token(actor=person, name="ERP", scope="read")
    assert client.get("/api/v1/me/", headers={"Authorization": f"Token {key}"}).status_code == 200


@COMPULSORY
def test_whoever_has_it_is_asked_for_the_code(client: Client) -> None:
    person = AdministratorFactory.create()
    TOTP.activate(person, generate_totp_secret())
    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert answer.url.startswith(reverse("mfa_authenticate"))


def test_nobody_is_asked_unless_it_is_set(admin: Client) -> None:
    assert admin.get(reverse("home")).status_code == 200


def test_a_role_written_wrong_is_no_start() -> None:
    """It would be asked for nothing, and nobody would notice."""
    with override_settings(TWO_STEP_ROLES=frozenset({"administrators"})), pytest.raises(ImproperlyConfigured):
        check_roles()
