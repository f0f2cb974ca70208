"""Sessions listed and ended: whoever lost a phone could not put the finder out, nor could an administrator."""

import signal
import subprocess
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import User
from core.models import Event
from sign_in.sessions import device_of
from tests.factories.accounts import PASSWORD, AdministratorFactory, DirectorFactory, ManagerFactory
from tests.platform.processes import wait_until

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0"


@pytest.fixture
def person() -> User:
    one: User = ManagerFactory.create()
    return one


def browser_of(person: User, agent: str = "") -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return bool(client.get(reverse("home")).status_code == 200)


def session_of(client: Client) -> Any:
    return UserSession.objects.get(session_key=client.session.session_key)


def test_a_lost_phone_is_signed_out(person: User) -> None:
    here, lost = browser_of(person), browser_of(person, PHONE)
    assert is_in(lost)
    page = here.get(reverse("sessions")).content.decode()
    assert "WeChat · Android" in page
    assert page.count("This session") == 1
    assert here.post(reverse("session_end", args=[session_of(lost).pk])).url == reverse("sessions")
    assert (is_in(lost), is_in(here)) == (False, True)
    event = Event.objects.get(kind="user.session_ended")
    assert (event.subject_id, event.actor_id, event.data) == (person.pk, person.pk, {"address": "127.0.0.1"})


def test_everywhere_else_at_once(person: User) -> None:
    here, *others = (browser_of(person) for _number in range(3))
    stranger = browser_of(ManagerFactory.create())
    here.post(reverse("sessions"))
    assert [is_in(client) for client in (here, *others, stranger)] == [True, False, False, True]


def test_nobody_ends_the_session_of_somebody_else(person: User) -> None:
    theirs = browser_of(person)
    number = session_of(theirs).pk
    for other in (ManagerFactory.create(), DirectorFactory.create()):
        mine = browser_of(other)
        assert mine.post(reverse("session_end", args=[number])).status_code == 404
        assert mine.get(reverse("person_sessions", args=[person.pk])).status_code == 403
    assert browser_of(person).post(reverse("session_end", args=[0])).status_code == 404
    assert is_in(theirs)
    assert not Event.objects.filter(kind="user.session_ended").exists()


def test_an_administrator_ends_those_of_anybody(person: User) -> None:
    theirs, admin = browser_of(person, PHONE), AdministratorFactory.create()
    office = browser_of(admin)
    assert reverse("person_sessions", args=[person.pk]) in office.get(person.get_absolute_url()).content.decode()
    assert "WeChat" in office.get(reverse("person_sessions", args=[person.pk])).content.decode()
    office.post(reverse("session_end", args=[session_of(theirs).pk]))
    again = browser_of(person)
    office.post(reverse("person_sessions", args=[person.pk]))
    assert [is_in(client) for client in (theirs, again, office)] == [False, False, True]
    assert set(Event.objects.filter(kind="user.session_ended").values_list("actor_id", flat=True)) == {admin.pk}


def test_ending_the_present_one_signs_out(person: User) -> None:
    here = browser_of(person)
    assert here.post(reverse("session_end", args=[session_of(here).pk])).url == reverse("account_login")
    assert not is_in(here)


def test_another_password_leaves_only_this_session(person: User) -> None:
    """The list would name sessions that are refused already."""
    here, other = browser_of(person), browser_of(person)
    form = {"oldpassword": PASSWORD, "password1": "another-horse-battery", "password2": "another-horse-battery"}
    here.post(reverse("account_change_password"), form)
    assert (is_in(here), is_in(other)) == (True, False)
    assert [row.session_key for row in UserSession.objects.filter(user=person)] == [here.session.session_key]


def test_while_redis_is_away_nothing_claims_to_be_ended(person: User) -> None:
    """The session would live on in the cache when Redis is back."""
    here, lost = browser_of(person), browser_of(person)
    number = session_of(lost).pk
    away = {
        **settings.CACHES,
        "watched": {**settings.CACHES["watched"], "LOCATION": "redis://127.0.0.1:9/0", "OPTIONS": {}},
    }
    with override_settings(CACHES=away):
        answer = here.post(reverse("session_end", args=[number]))
    assert (answer.status_code, "Try again in a minute" in answer.content.decode()) == (409, True)
    assert UserSession.objects.filter(pk=number).exists()
    here.post(reverse("session_end", args=[number]))
    assert not is_in(lost)


@pytest.mark.parametrize(
    ("agent", "device"), [(PHONE, "WeChat · Android"), ("", "Unknown device"), ("curl/8", "Unknown device")]
)
def test_a_device_has_a_name(agent: str, device: str) -> None:
    assert device_of(agent) == device


def test_signing_out_while_redis_is_away_ends_the_session(
    person: User, own_redis: tuple[str, "subprocess.Popen[bytes]"]
) -> None:
    """Whoever copied the cookie would be in again as soon as Redis, which still has the session, is back."""
    address, server = own_redis
    options = {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}
    caches_then = {name: {**one, "LOCATION": address, "OPTIONS": options} for name, one in settings.CACHES.items()}
    with override_settings(CACHES=caches_then):
        here, copied = browser_of(person), Client()
        copied.cookies[settings.SESSION_COOKIE_NAME] = here.cookies[settings.SESSION_COOKIE_NAME].value
        assert is_in(copied)
        server.send_signal(signal.SIGSTOP)
        assert here.post(reverse("account_logout")).status_code == 302
        server.send_signal(signal.SIGCONT)
        wait_until(lambda: cache.add("there", 1) and cache.get("there") == 1, seconds=20, what="the cache")
        assert not is_in(copied)
        assert is_in(browser_of(person))
