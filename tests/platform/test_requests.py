"""What every request gets: strict headers, the person's own language, a limit, a name in the logs."""

import json
import logging
import re
import socket
import time
from datetime import timedelta
from typing import Any

import pytest
import structlog
import time_machine
from django.conf import settings
from django.contrib.auth.hashers import get_hashers_by_algorithm
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.enums import Role
from accounts.models import User
from core.outbox import relay
from core.ui import numbers
from distribution.middleware import ReaderMiddleware
from distribution.settings import accounts as sign_in_settings
from tests.factories.accounts import DistributorFactory, UserFactory

PASSWORD = "quite-long-enough-1"


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user(
        "p@brand.example", PASSWORD, role=Role.ADMINISTRATOR, full_name="P", language="zh-hans"
    )


def test_pages_forbid_what_they_do_not_need(client: Client, db: None) -> None:
    """A comment with a script in it must not run in a manager's browser."""
    reply = client.get("/accounts/login/")
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "geolocation=()" in reply.headers["Permissions-Policy"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert not re.search(rb"<style|<script>| style=| on(click|load)=", reply.content)


def test_each_person_reads_his_own_language(client: Client, person: User) -> None:
    """A Chinese distributor on an English browser reads Chinese."""
    client.force_login(person)
    reply = client.get("/admin/", headers={"Accept-Language": "en"})
    assert reply.headers["Content-Language"] == "zh-hans"


def test_the_admin_is_for_administrators(client: Client, person: User) -> None:
    """Raw records of everybody are not for a distributor who guesses the address."""
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")
    client.force_login(User.objects.create_user("m@brand.example", role=Role.MANAGER))
    assert client.get("/admin/", follow=True).status_code == 403
    client.force_login(person)
    assert client.get("/admin/").status_code == 200


def test_nobody_makes_an_account_for_himself(client: Client, db: None) -> None:
    """A stranger must not become a distributor."""
    form = {"email": "x@elsewhere.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/accounts/signup/", form)
    assert not User.objects.exists()


def test_a_password_is_reset_by_mail_and_strangers_learn_no_address(client: Client, person: User) -> None:
    """A forgotten password must not need an administrator, nor tell who works here."""
    known = client.post("/accounts/password/reset/", {"email": person.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@elsewhere.example"})
    assert known.headers["Location"] == unknown.headers["Location"]
    relay()
    assert [message.to for message in mail.outbox] == [[person.email]]


def test_passwords_are_kept_by_argon2() -> None:
    """A stolen table of passwords must be worth little."""
    assert sign_in_settings.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    with override_settings(PASSWORD_HASHERS=sign_in_settings.PASSWORD_HASHERS):
        assert get_hashers_by_algorithm()["argon2"].encode("x", "somesalt").startswith("argon2$argon2id$")


@override_settings(SIGN_IN_LIMITS=sign_in_settings.SIGN_IN_LIMITS)
def test_guessing_passwords_ends_whatever_address_the_guesser_claims(client: Client, person: User) -> None:
    """Without a proxy in front anyone can send their own X-Forwarded-For, a new one for each guess."""
    cache.clear()
    answers = [
        client.post(
            "/accounts/login/",
            {"login": f"{number}@brand.example", "password": "wrong"},
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )
        for number in range(32)
    ]
    assert b"Too many failed login attempts" not in answers[0].content
    assert b"Too many failed login attempts" in answers[-1].content


@override_settings(API_REQUESTS_PER_MINUTE=2)
def test_a_stranger_is_counted_by_the_address_he_comes_from(client: Client, db: None) -> None:
    """The carriers' door is open to everybody: a made-up X-Forwarded-For must not make somebody new."""
    cache.clear()
    door = "/api/v1/carriers/none/webhook/"
    statuses = [client.post(door, headers={"X-Forwarded-For": f"10.0.0.{number}"}).status_code for number in range(6)]
    assert 429 in statuses


DEAD = {name: {**cache, "LOCATION": "redis://127.0.0.1:9/0", "OPTIONS": {}} for name, cache in settings.CACHES.items()}


@override_settings(CACHES=DEAD, ACCOUNT_RATE_LIMITS={"login": "30/m/ip", "login_failed": "10/m/ip"})
def test_people_sign_in_and_machines_are_answered_while_redis_is_down(client: Client, person: User) -> None:
    """A cache that fails must not stop the sales of a day."""
    reply = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD}, follow=True)
    assert (reply.status_code, reply.context["user"].pk) == (200, person.pk)
    assert client.get("/api/v1/docs/").status_code == 200
    assert client.get("/readyz").status_code == 200
    assert client.get("/readyz?full").json()["redis"] == "failed: ConnectionError"


def test_a_redis_that_hangs_costs_a_page_one_short_wait(client: Client, person: User) -> None:
    """Each of its questions waited five seconds: a page took longer than a person does."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(50)
        place = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        plain = {name: value for name, value in settings.CACHES["default"]["OPTIONS"].items() if name != "pool_class"}
        hung = {name: {**one, "LOCATION": place, "OPTIONS": plain} for name, one in settings.CACHES.items()}
        with override_settings(CACHES=hung):
            client.force_login(person)
            began = time.monotonic()
            for _ in range(5):
                assert client.get("/people/").status_code == 200
            assert time.monotonic() - began < 15, "it was a minute"


@override_settings(API_REQUESTS_PER_MINUTE=2)
def test_one_key_cannot_take_everything(client: Client, person: User) -> None:
    """A loop in one distributor's ERP must not slow down the others."""
    client.force_login(person)
    statuses = [client.get("/api/v1/docs/").status_code for _ in range(4)]
    assert 429 in statuses


@pytest.mark.parametrize("state", ["down", "full"])
@override_settings(API_REQUESTS_PER_MINUTE=2)
def test_the_limit_of_a_key_holds_while_redis_does_not(
    client: Client, person: User, full_redis: str, state: str
) -> None:
    """Whoever fills Redis, or waits for an outage, took everything."""
    full = {name: {**one, "LOCATION": full_redis, "OPTIONS": {}} for name, one in settings.CACHES.items()}
    client.force_login(person)
    with override_settings(CACHES=DEAD if state == "down" else full):
        assert [client.get("/api/v1/docs/").status_code for _ in range(4)] == [200, 200, 429, 429]
        with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=True):
            assert client.get("/api/v1/docs/").status_code == 200, "a minute later"


def test_no_statement_counts_a_request_while_redis_does(client: Client, person: User) -> None:
    """A limit that asks the database for each request would cost more than most requests."""
    client.force_login(person)
    client.get("/api/v1/docs/")
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/api/v1/docs/").status_code == 200
    assert not [one["sql"] for one in seen.captured_queries if "securityvalue" in one["sql"]]


def test_the_api_is_documented_for_those_who_sign_in(client: Client, person: User) -> None:
    """An ERP's developer needs the schema; nothing is loaded from elsewhere."""
    assert client.get("/api/v1/schema/").status_code in {401, 403}
    client.force_login(person)
    page = client.get("/api/v1/docs/")
    assert b"swagger-ui-bundle.js" in page.content
    assert not re.search(rb'(src|href)="https?:', page.content)
    assert not re.search(rb"<style|<script>", page.content)
    script = client.get("/api/v1/docs/?script=")
    assert script.headers["Content-Type"].startswith("application/javascript")
    assert client.get("/api/v1/schema/").status_code == 200


def test_the_schema_is_kept_for_each_language_and_format(client: Client, person: User) -> None:
    """Made for every request, it would take a web process for seconds; kept wrongly, some would get another's."""
    client.force_login(person)

    def schema(**options: str) -> tuple[str, bytes]:
        response = client.get("/api/v1/schema/", options)
        return response.headers["Content-Type"], response.content

    for options in ({"format": "yaml"}, {"format": "json"}, {"format": "json", "lang": "zh-hans"}):
        assert schema(**options) == schema(**options)
    assert schema(format="json")[0].startswith("application/vnd.oai.openapi+json")
    assert schema(format="yaml")[1].startswith(b"openapi: 3")
    assert json.loads(schema(format="json")[1])["info"]["title"] == "Tributary"
    assert schema(format="json", lang="tlh")[1] == schema(format="json")[1]


def test_every_log_line_of_a_request_bears_its_id(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Without it nobody finds the lines that belong to one person's trouble."""
    with caplog.at_level(logging.INFO, logger="django_structlog"):
        client.get("/healthz")
    ids = {line.msg["request_id"] for line in caplog.records if isinstance(line.msg, dict)}
    assert len(ids) == 1
    assert "request_id" not in structlog.contextvars.get_contextvars()


def test_settings_name_both_languages() -> None:
    """Dropping one would leave half the company without words."""
    assert [code for code, _name in settings.LANGUAGES] == ["en", "zh-hans"]


@pytest.mark.parametrize(("asked", "wanted"), [("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"), ("de", "en"), ("en-GB", "en")])
def test_a_new_browser_is_answered_in_its_language(client: Client, db: None, asked: str, wanted: str) -> None:
    """A Chinese distributor would meet an English sign-in page and, after it, English pages until the profile is found."""
    assert client.get("/accounts/login/", headers={"Accept-Language": asked}).headers["Content-Language"] == wanted
    client.force_login(User.objects.create_user("new@brand.example", role=Role.ADMINISTRATOR, full_name="N"))
    assert client.get("/", headers={"Accept-Language": asked}).headers["Content-Language"] == wanted


def test_a_person_has_a_name_in_each_script(person: User) -> None:
    """Chinese pages would name their people in pinyin, of which three share each."""
    person.full_name, person.full_name_zh = "Lin Wei", "林伟"
    assert (str(person), person.initials) == ("Lin Wei", "LW")
    with translation.override("zh-hans"):
        assert (str(person), person.initials) == ("林伟", "林伟")


@pytest.mark.parametrize(("own", "wanted"), [("CNY", "¥1,200"), ("USD", "CNY\u202f1,200")])
def test_amounts_stand_in_the_readers_currency_without_a_code(
    rf: RequestFactory, db: None, own: str, wanted: str
) -> None:
    """The currency of the page would be said thirty times, or a foreign one not at all."""
    buyer: Any = UserFactory(role=Role.OWNER, distributor=DistributorFactory(currency=own))
    request = rf.get("/", headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}=x"})
    request.user = buyer
    reply = ReaderMiddleware(lambda _request: HttpResponse(numbers.money_short(1200, "CNY")))(request)
    assert reply.content.decode() == wanted
    assert numbers.money_short(1200, "CNY") == "CNY\u202f1,200"


def test_a_request_without_an_address_is_answered(client: Client) -> None:
    """A server behind a socket of its own machine would refuse every page, and its own probe."""
    assert client.get("/healthz", REMOTE_ADDR="").status_code == 200


def test_the_log_takes_no_address_from_a_stranger(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever writes a header would choose whom the log accuses."""
    with caplog.at_level("INFO"):
        client.get("/accounts/login/", headers={"X-Forwarded-For": "203.0.113.9"})
    assert "127.0.0.1" in caplog.text
    assert "203.0.113.9" not in caplog.text
