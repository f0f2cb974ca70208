"""Signing in: guessing ends whatever is down, strangers lock nobody out, and no page waits for a mail server."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from accounts.enums import Role
from accounts.models import ApiToken, User
from accounts.services.tokens import issue_token
from core.models import Event, OutboxMessage
from core.outbox import relay
from distribution.settings import accounts as sign_in_settings
from tests.factories.accounts import DistributorFactory

PASSWORD = "quite-long-enough-1"
WRONG = "not-the-right-one"
LIMITS = {
    "ACCOUNT_RATE_LIMITS": sign_in_settings.ACCOUNT_RATE_LIMITS,
    "SIGN_IN_LIMITS": sign_in_settings.SIGN_IN_LIMITS,
}
MOUNTED = {
    "account_login": "people sign in",
    "account_logout": "and out",
    "account_request_login_code": "people without a password ask for a code",
    "account_confirm_login_code": "and enter it",
    "account_inactive": "says to whom the account was closed that it is",
    "account_reauthenticate": "asks for the password again before the second factor is changed",
    "account_change_password": "people change their password",
    "account_reset_password": "people who forgot it ask for a link",
    "account_reset_password_done": "says that the link is on its way",
    "account_reset_password_from_key": "the link",
    "account_reset_password_from_key_done": "says that the new password holds",
    "mfa_index": "shows the second factor",
    "mfa_authenticate": "asks for its code after the password",
    "mfa_reauthenticate": "asks for its code instead of the password",
    "mfa_activate_totp": "people choose a second factor",
    "mfa_deactivate_totp": "and leave it",
    "mfa_view_recovery_codes": "codes for whoever loses the phone",
    "mfa_generate_recovery_codes": "new ones",
    "mfa_download_recovery_codes": "as a file",
}


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("p@brand.example", PASSWORD, role=Role.ADMINISTRATOR, full_name="P")


@pytest.fixture
def colleague(db: None) -> User:
    return User.objects.create_user("c@brand.example", PASSWORD, role=Role.MANAGER, full_name="C")


def sign_in(login: str, password: str = WRONG, address: str = "10.0.0.1") -> Any:
    return Client(REMOTE_ADDR=address).post("/accounts/login/", {"login": login, "password": password})


def is_in(reply: Any) -> bool:
    return bool(reply.status_code == 302)


def is_stopped(reply: Any) -> bool:
    return b"Too many failed login attempts" in reply.content


def test_allauth_shows_what_people_need_and_nothing_else() -> None:
    """With all of its pages mounted, anybody took any address, unseen."""
    names = {
        name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith(("account_", "mfa_"))
    }
    assert names == set(MOUNTED)


@override_settings(**LIMITS)
def test_guessing_a_password_ends_while_redis_refuses_writes(person: User, full_redis: str) -> None:
    """Whoever fills Redis, or waits for an outage, guessed freely."""
    full = {name: {**one, "LOCATION": full_redis, "OPTIONS": {}} for name, one in settings.CACHES.items()}
    with override_settings(CACHES=full):
        answers = [sign_in(person.email) for _ in range(7)]
        assert [is_stopped(answer) for answer in answers] == [False] * 5 + [True] * 2
        assert is_stopped(sign_in(person.email, PASSWORD))


@override_settings(**LIMITS)
def test_guessing_a_second_factor_ends_while_redis_refuses_writes(person: User, full_redis: str) -> None:
    """Six digits are few without a limit."""
    TOTP.activate(person, generate_totp_secret())
    full = {name: {**one, "LOCATION": full_redis, "OPTIONS": {}} for name, one in settings.CACHES.items()}
    with override_settings(CACHES=full):
        client = Client()
        assert client.post("/accounts/login/", {"login": person.email, "password": PASSWORD}).url.startswith(
            "/accounts/2fa/authenticate/"
        )
        pages = [client.post("/accounts/2fa/authenticate/", {"code": "000000"}).content for _ in range(7)]
    assert [b"Incorrect code" in page for page in pages] == [True] * 5 + [False] * 2


@override_settings(**LIMITS)
def test_a_stranger_locks_nobody_out(person: User) -> None:
    """Six wrong tries a few minutes kept any named person out for as long as one liked."""
    assert is_in(sign_in(person.email, PASSWORD, "10.0.0.7"))
    for number in range(60):
        sign_in(person.email, address=f"10.1.{number}.1")
    assert is_stopped(sign_in(person.email, address="10.1.99.1")), "the account as a whole is not guessed at for ever"
    assert is_in(sign_in(person.email, PASSWORD, "10.0.0.7")), "from where the person signed in before"


@override_settings(**LIMITS)
def test_one_colleagues_mistakes_lock_nobody_else_behind_the_same_address(person: User, colleague: User) -> None:
    """An office goes out by one address."""
    assert is_in(sign_in(person.email, PASSWORD))
    for number in range(40):
        sign_in(f"{number}@brand.example")
    assert is_stopped(sign_in("another@brand.example"))
    assert is_in(sign_in(person.email, PASSWORD))
    for _ in range(6):
        reply = sign_in(person.email)
    assert is_stopped(reply), "the account and the address together stay hard"


@override_settings(**LIMITS)
def test_the_person_is_told_once_and_only_who_exists(person: User) -> None:
    """Somebody whose password is being guessed wants to know; a stranger's tries must not fill the mailbox."""
    for _ in range(9):
        sign_in(person.email)
        sign_in("nobody@brand.example")
    relay()
    assert [(one.to, "10.0.0.1" in one.body) for one in mail.outbox] == [([person.email], True)]


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1)
def test_no_page_waits_for_a_mail_server(client: Client, person: User) -> None:
    """It answered 500 for people who exist and 302 for others, and kept a changed password while saying 500."""
    known = client.post("/accounts/password/reset/", {"email": person.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@brand.example"})
    assert (
        (known.status_code, known.url) == (unknown.status_code, unknown.url) == (302, "/accounts/password/reset/done/")
    )
    client.force_login(person, backend="sign_in.backends.PasswordBackend")
    form = {"oldpassword": PASSWORD, "password1": "quite-another-2", "password2": "quite-another-2"}
    assert client.post("/accounts/password/change/", form).status_code == 302
    person.refresh_from_db()
    assert check_password("quite-another-2", person.password)


@pytest.mark.django_db
def test_asking_for_a_password_does_the_same_whoever_asks(client: Client, person: User) -> None:
    """The time of an answer tells who works here as well as its text does."""
    statements = []
    for email in (person.email, "nobody@brand.example"):
        with CaptureQueriesContext(connection) as seen:
            client.post("/accounts/password/reset/", {"email": email})
        statements.append([re.sub(r"'[^']*'|\d+", "?", one["sql"]) for one in seen.captured_queries])
    assert statements[0] == statements[1]


def test_the_link_of_a_reset_goes_to_the_public_address(client: Client, person: User) -> None:
    """A forged Host header led people elsewhere, with the key to their account."""
    with override_settings(PUBLIC_URL="https://tributary.brand.example", ALLOWED_HOSTS=["*"]):
        client.post("/accounts/password/reset/", {"email": person.email}, headers={"Host": "127.0.0.1:6666"})
        relay()
    (link,) = re.findall(r"https?://\S+", mail.outbox[0].body)
    assert link.startswith("https://tributary.brand.example/accounts/password/reset/key/")
    page = client.get(link.removeprefix("https://tributary.brand.example"), follow=True)
    new = {"password1": "quite-another-2", "password2": "quite-another-2"}
    assert client.post(page.redirect_chain[-1][0], new).status_code == 302
    assert is_in(sign_in(person.email, "quite-another-2"))


def test_an_address_in_allauths_own_table_opens_nothing(client: Client, person: User, colleague: User) -> None:
    """Attached to another account, it brought the director a link that set a stranger's password."""
    EmailAddress.objects.create(user=colleague, email=person.email, verified=True, primary=True)
    client.post("/accounts/password/reset/", {"email": person.email})
    relay()
    assert [one.to for one in mail.outbox] == [[person.email]]
    colleague.set_password("only-the-colleagues-3")
    colleague.save()
    assert not is_in(sign_in(person.email, "only-the-colleagues-3"))


def test_keys_end_with_the_password_that_made_them(client: Client, person: User) -> None:
    """A thief with a session made a key and stayed."""
    for form in ({}, {"revoke_tokens": "on"}):
        issue_token(actor=person, name="ERP", scope="read")
        client.force_login(person, backend="sign_in.backends.PasswordBackend")
        new = {"oldpassword": PASSWORD, "password1": PASSWORD + "x", "password2": PASSWORD + "x"}
        assert client.post("/accounts/password/change/", {**new, **form}).status_code == 302
        assert ApiToken.objects.filter(user=person).exists() is not bool(form)
        person.refresh_from_db()
        person.set_password(PASSWORD)
        person.save()


def test_keys_end_with_a_password_that_is_reset(client: Client, person: User) -> None:
    """Whoever resets a password believes that the thief is out; the thief's key still opened everything."""
    _token, key = issue_token(actor=person, name="ERP", scope="read")
    bearer = {"Authorization": f"Token {key}"}
    asked = Client().get("/api/v1/orders/", headers=bearer).status_code
    client.post("/accounts/password/reset/", {"email": person.email})
    relay()
    (link,) = re.findall(r"https?://\S+", mail.outbox[0].body)
    page = client.get(link.removeprefix(settings.PUBLIC_URL), follow=True)
    new = {"password1": "quite-another-2", "password2": "quite-another-2"}
    assert client.post(page.redirect_chain[-1][0], new).status_code == 302
    assert not ApiToken.objects.filter(user=person).exists()
    assert (asked, Client().get("/api/v1/orders/", headers=bearer).status_code) == (200, 401)


def test_an_address_changes_once_its_owner_confirms_it(client: Client, person: User, colleague: User) -> None:
    """A mistyped or taken address would give the account away, and nobody would see it."""
    client.force_login(person, backend="sign_in.backends.PasswordBackend")
    assert client.post(f"/people/{colleague.pk}/email/", {"email": person.email}).status_code == 409, "taken"
    assert client.post(f"/people/{colleague.pk}/email/", {"email": "new@brand.example"}).status_code == 302
    colleague.refresh_from_db()
    assert colleague.email == "c@brand.example"
    relay()
    assert [one.to for one in mail.outbox] == [["new@brand.example"]]
    (link,) = re.findall(r"https?://\S+", mail.outbox[0].body)
    path = link.removeprefix(settings.PUBLIC_URL)
    stranger = Client()
    assert b"new@brand.example" in stranger.get(path).content
    assert stranger.get(path.replace("confirm/", "confirm/x")).status_code == 400
    assert stranger.post(path).status_code == 302
    colleague.refresh_from_db()
    assert colleague.email == "new@brand.example"
    assert stranger.post(path).status_code == 400, "once"
    relay()
    assert mail.outbox[-1].to == ["c@brand.example"]
    kinds = Event.objects.filter(subject_type="user", subject_id=colleague.pk).values_list("kind", "actor")
    assert list(kinds.order_by("id")) == [("user.email_change_asked", person.pk), ("user.email_changed", person.pk)]


def test_only_who_manages_a_person_changes_the_address(client: Client, person: User, colleague: User) -> None:
    """A buyer's own page took any free address."""
    client.force_login(colleague, backend="sign_in.backends.PasswordBackend")
    assert client.post(f"/people/{colleague.pk}/email/", {"email": "new@brand.example"}).status_code == 403
    assert client.post(f"/api/v1/users/{colleague.pk}/email/", {"email": "new@brand.example"}).status_code == 403
    assert not OutboxMessage.objects.filter(topic="mail").exists()


def test_a_role_of_the_brand_with_a_distributor_is_refused(client: Client, person: User, colleague: User) -> None:
    """It answered that all was well, and left the distributor out."""
    client.force_login(person, backend="sign_in.backends.PasswordBackend")
    body = {"role": Role.FINANCE, "distributor": DistributorFactory.create().code}
    reply = client.post(f"/api/v1/users/{colleague.pk}/role/", body, content_type="application/json")
    assert reply.status_code == 400, reply.content
    assert User.objects.get(pk=colleague.pk).role == Role.MANAGER
