"""Single sign-on against a provider that is a program of its own. A token that is believed too easily opens any account."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import User
from accounts.services.change_email import ask_email_change, confirm_email_change
from core.errors import InvalidInput, NotAllowed
from core.models import Event, OutboxMessage
from core.outbox import relay
from messaging.services.sms import SMS_TOPIC
from tests.factories.accounts import PASSWORD, AdministratorFactory, BuyerFactory, ManagerFactory
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET, running_provider
from tests.oidc_provider import Running as Provider
from tests.platform.test_sign_in import is_in, sign_in

pytestmark = pytest.mark.django_db
EMAIL = "anna@brand.example"
GOOD = {"email": EMAIL, "email_verified": True}
COMPULSORY = override_settings(SSO_DOMAINS=frozenset({"brand.example"}))


@pytest.fixture(scope="module")
def process() -> Iterator[Provider]:
    with running_provider() as there:
        yield there


@pytest.fixture
def provider(process: Provider) -> Iterator[Provider]:
    there = process
    there.configure(claims=GOOD)
    values = {
        "OIDC_ISSUER": there.url, "OIDC_CLIENT_ID": CLIENT_ID, "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "OIDC_NAME": "Brand account", "PUBLIC_URL": "http://testserver",
    }  # fmt: skip
    with override_settings(**values):
        yield there


@pytest.fixture
def person() -> User:
    anna: User = ManagerFactory.create(email=EMAIL)
    return anna


def by_sso(provider: Provider, client: Client, way: str = "") -> Any:
    """What a browser does from the button on."""
    away = client.get(reverse("sso_login") + way)
    if away.status_code != 302:
        return away
    back, _body = provider.ask("GET", away.url.removeprefix(provider.url))
    assert back.startswith("http://testserver/accounts/sso/callback/?")
    return client.get(back.removeprefix("http://testserver"))


def whose(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_person_with_an_account_signs_in(client: Client, provider: Provider, person: User) -> None:
    page = client.get(reverse("account_login") + "?next=/orders/").content.decode()
    assert "Sign in with Brand account" in page
    (button,) = re.findall(r'href="(/accounts/sso/login/[^"]*)"', page)
    assert by_sso(provider, client, button.removeprefix(reverse("sso_login"))).url == "/orders/"
    assert whose(client) == str(person.pk)
    assert client.get(reverse("home")).status_code == 200
    kinds = (
        Event.objects.filter(subject_type="user", subject_id=person.pk).order_by("pk").values_list("kind", flat=True)
    )
    assert list(kinds) == ["user.sso_linked", "user.signed_in"]
    sent = json.loads(provider.ask("GET", "/last")[1])
    assert set(sent["scope"].split()) == {"openid", "email", "profile"}
    assert (sent["code_challenge_method"], bool(sent["nonce"])) == ("S256", True)


def test_afterwards_the_identity_counts_and_not_the_address(client: Client, provider: Provider, person: User) -> None:
    """Who marries has another address; who gets an old address must not get the old account."""
    by_sso(provider, client)
    other = ManagerFactory.create(email="other@brand.example")
    provider.configure(claims={**GOOD, "email": other.email})
    again = Client()
    by_sso(provider, again)
    assert whose(again) == str(person.pk)
    provider.configure(claims={**GOOD, "sub": "s-2"})
    newcomer = Client()
    assert by_sso(provider, newcomer).status_code == 401
    assert whose(newcomer) is None
    assert SocialAccount.objects.count() == 1


WRONG: dict[str, dict[str, Any]] = {
    "state of another browser": {"state": "made-up"},
    "nonce of another sign-in": {"claims": {"nonce": "made-up"}},
    "no nonce": {"claims": {"nonce": None}},
    "foreign issuer": {"claims": {"iss": "https://elsewhere.example"}},
    "provider that calls itself otherwise": {"discovery": {"issuer": "https://elsewhere.example"}},
    "made for another program": {"claims": {"aud": "another"}},
    "made for several, asked for by none": {"claims": {"aud": [CLIENT_ID, "another"]}},
    "asked for by another": {"claims": {"aud": [CLIENT_ID, "another"], "azp": "another"}},
    "expired": {"lasts": -3600},
    "without an end": {"claims": {"exp": None}},
    "signed by another": {"signed": "by another"},
    "not signed": {"signed": "not"},
    "signed with the public key": {"signed": "with the public key"},
    "signed with a key nobody publishes": {"kid": "two"},
    "address not verified": {"claims": {"email_verified": False}},
    "verified only in words": {"claims": {"email_verified": "false"}},
    "nothing said of verification": {"claims": {"email_verified": None}},
    "address of nobody": {"claims": {"email": "nobody@brand.example"}},
    "no address": {"claims": {"email": None, "email_verified": None}},
    "somebody else's address beside the token": {
        "claims": {"email": None, "email_verified": None},
        "userinfo": {"sub": "s-9", **GOOD},
    },
    "cancelled": {"error": "access_denied"},
    "provider without keys": {"discovery": {"jwks_uri": ""}},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_nothing_else_opens_the_account(wrong: str, client: Client, provider: Provider, person: User) -> None:
    provider.configure(**{**WRONG[wrong], "claims": {**GOOD, **WRONG[wrong].get("claims", {})}})
    answer = by_sso(provider, client)
    assert answer.status_code == 401
    assert "You could not be signed in" in answer.content.decode()
    assert whose(client) is None
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1, "nobody registers by themselves"


def test_a_closed_account_stays_closed(client: Client, provider: Provider, person: User) -> None:
    by_sso(provider, client)
    User.objects.filter(pk=person.pk).update(is_active=False)
    late = Client()
    by_sso(provider, late)
    assert whose(late) is None


def test_an_address_that_the_provider_keeps_beside_the_token(client: Client, provider: Provider, person: User) -> None:
    """Some providers name it only when asked for the person."""
    provider.configure(claims={**GOOD, "email": None, "email_verified": None}, userinfo={"sub": "s-1", **GOOD})
    by_sso(provider, client)
    assert whose(client) == str(person.pk)


def test_a_code_works_once(client: Client, provider: Provider, person: User) -> None:
    """A link from the history of a browser signed the next person in."""
    away = client.get(reverse("sso_login"))
    back, _body = provider.ask("GET", away.url.removeprefix(provider.url))
    client.get(back.removeprefix("http://testserver"))
    for browser in (Client(), client):
        browser.logout()
        assert browser.get(back.removeprefix("http://testserver")).status_code == 401
        assert whose(browser) is None


def test_an_address_of_ours_brings_nothing_but_where_to_go(client: Client, provider: Provider) -> None:
    """A link that links somebody's identity to the account of whoever clicks, or asks for more than is needed."""
    way = (
        reverse("sso_login")
        + "?process=connect&scope=admin&auth_params=nonce%3Dmine%26prompt%3Dnone&next=//evil.example/"
    )
    sent = parse_qs(urlsplit(client.get(way).url).query)
    assert "admin" not in sent["scope"][0]
    assert "prompt" not in sent
    assert sent["nonce"] != ["mine"]
    [(state, _at, _provider)] = client.session["socialaccount_states"].values()
    assert state["process"] == "login"
    assert "next" not in state


def test_the_second_step_is_asked_for_as_well(client: Client, provider: Provider, person: User) -> None:
    TOTP.activate(person, generate_totp_secret())
    assert by_sso(provider, client).url.startswith(reverse("mfa_authenticate"))
    assert whose(client) is None


@pytest.mark.parametrize("name", ["sso_login", "sso_callback"])
def test_without_a_provider_there_is_no_page(name: str, client: Client) -> None:
    assert client.get(reverse(name)).status_code == 404
    assert "sso" not in client.get(reverse("account_login")).content.decode()


def test_a_provider_that_is_away_is_no_failure_of_ours(client: Client, provider: Provider) -> None:
    with override_settings(OIDC_ISSUER="http://127.0.0.1:9"):
        assert client.get(reverse("sso_login")).status_code == 401


@COMPULSORY
def test_a_compulsory_domain_cannot_use_a_password(client: Client, provider: Provider, person: User) -> None:
    person.phone = "+8613912345678"
    person.save()
    unknown = sign_in("nobody@brand.example", PASSWORD).content
    for login in (EMAIL, "Anna@Brand.Example", "139 1234 5678"):
        answer = sign_in(login, PASSWORD)
        assert not is_in(answer)
        assert b"not correct" in answer.content or answer.content.count(b"is-invalid") == unknown.count(b"is-invalid")
    assert not client.login(username=EMAIL, password=PASSWORD)
    by_sso(provider, client)
    assert whose(client) == str(person.pk)


@COMPULSORY
def test_a_compulsory_domain_cannot_reset_one(client: Client, provider: Provider, person: User) -> None:
    token = default_token_generator.make_token(person)
    answers = [client.post(reverse("account_reset_password"), {"email": email}) for email in (EMAIL, "x@brand.example")]
    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    relay()
    assert mail.outbox == []
    way = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": token})
    page = client.get(way, follow=True)
    assert "password1" not in page.content.decode(), "a link from before opens nothing"


@COMPULSORY
def test_a_compulsory_domain_is_not_left_by_an_address_of_ones_own_choice() -> None:
    """An administrator who moves to a private address would sign in by password again."""
    anna, other = AdministratorFactory.create(email=EMAIL), AdministratorFactory.create()
    with override_settings(SSO_DOMAINS=frozenset()):
        ask_email_change(actor=anna, user_id=anna.pk, email="anna@home.example")
    relay()
    old_link = re.search(r"/email/confirm/([^/]+)/", str(mail.outbox[0].body))
    assert old_link
    with pytest.raises(NotAllowed, match="single sign-on"):
        ask_email_change(actor=anna, user_id=anna.pk, email="anna@home.example")
    with pytest.raises(InvalidInput):
        confirm_email_change(token=old_link[1])
    ask_email_change(actor=other, user_id=anna.pk, email="anna@home.example")


@COMPULSORY
def test_a_compulsory_domain_cannot_use_a_code(client: Client, provider: Provider) -> None:
    BuyerFactory.create(email=EMAIL, phone="+8613912345678")
    known = client.post(reverse("account_request_login_code"), {"phone": "13912345678"})
    unknown = Client().post(reverse("account_request_login_code"), {"phone": "13812345678"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert not OutboxMessage.objects.filter(topic=SMS_TOPIC).exists()


@COMPULSORY
def test_others_sign_in_as_before(provider: Provider) -> None:
    other = ManagerFactory.create(email="buyer@distributor.example")
    assert is_in(sign_in(other.email, PASSWORD))


@COMPULSORY
def test_the_old_password_goes_with_the_first_single_sign_on(client: Client, provider: Provider, person: User) -> None:
    """It would still be asked for before the second step is changed, and never be right."""
    by_sso(provider, client)
    person.refresh_from_db()
    assert not person.has_usable_password()
    assert Event.objects.filter(kind="user.password_removed", subject_id=person.pk).count() == 1
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert "without a password" in client.get(reverse("account_change_password")).content.decode()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"SSO_DOMAINS": "brand.example"}, "would keep everybody of these domains out"),
        ({"OIDC_ISSUER": "https://login.example"}, "needs OIDC_CLIENT_ID"),
        (
            {
                "OIDC_ISSUER": "http://login.example",
                "OIDC_CLIENT_ID": "x",
                "OIDC_CLIENT_SECRET": "x",
                "DATABASE_URL": "postgres://x@127.0.0.1/x",
                "SECRET_KEY": "x",
            },
            "must begin with https",
        ),
    ],
)
def test_what_cannot_work_is_said_at_the_start(values: dict[str, str], said: str, tmp_path: Path) -> None:
    """Whoever left out a line would find out when nobody gets in."""
    process = subprocess.run(
        [sys.executable, "-c", "import distribution.settings"],
        env={"PATH": os.environ["PATH"], "TRIBUTARY_DATA_DIR": str(tmp_path), **values},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (process.returncode != 0, said in process.stderr) == (True, True), process.stderr
