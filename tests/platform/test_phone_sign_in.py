"""Signing in by mobile number. Buyers without an e-mail address could not order; a guessed code would let anybody order."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.services.invitations import invite_person
from accounts.services.people import change_user
from accounts.services.phones import normal_phone
from core.errors import Conflict
from core.models import OutboxMessage
from core.outbox import relay
from distribution.settings import accounts as sign_in_settings
from messaging.services.sms import SMS_TOPIC, SmsRefused, send_sms
from tests.factories.accounts import AdministratorFactory, BuyerFactory, OwnerFactory

pytestmark = pytest.mark.django_db
NUMBER = "+8613912345678"
ASK, CONFIRM = "account_request_login_code", "account_confirm_login_code"


def sent() -> list[dict[str, str]]:
    return [message.payload for message in OutboxMessage.objects.filter(topic=SMS_TOPIC).order_by("pk")]


def buyer(**values: Any) -> User:
    person: User = BuyerFactory.create(phone=NUMBER, **values)
    return person


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("139 1234 5678", NUMBER),
        ("13912345678", NUMBER),
        ("+86 139-1234-5678", NUMBER),
        ("0086 13912345678", NUMBER),
        ("１３９１２３４５６７８", NUMBER),
        ("+44 7911 123456", "+447911123456"),
        ("12345", None),
        ("+999 1", None),
        ("", None),
        ("abc", None),
    ],
)
def test_a_number_is_kept_in_one_way(text: str, number: str | None) -> None:
    """The same person would be two, or could not sign in, for a space."""
    assert normal_phone(text) == number


def test_a_code_signs_in_once(client: Client) -> None:
    person = buyer()
    page = client.get(reverse("account_login")).content.decode()
    assert reverse(ASK) in page
    asked = client.post(reverse(ASK), {"phone": "139 1234 5678"}, follow=True)
    assert asked.status_code == 200
    [message] = sent()
    assert message["to"] == NUMBER
    assert message["code"] in message["text"]
    assert message["code"] not in asked.content.decode()
    wrong = client.post(reverse(CONFIRM), {"code": "nothing"})
    assert wrong.status_code == 200
    assert "_auth_user_id" not in client.session
    client.post(reverse(CONFIRM), {"code": message["code"]})
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.get(reverse("home")).status_code == 200, "the next page knows who it is"
    other = Client()
    other.post(reverse(CONFIRM), {"code": message["code"]})
    assert "_auth_user_id" not in other.session, "a code belongs to the browser that asked for it"


def test_a_code_is_not_found_by_trying(client: Client) -> None:
    buyer()
    client.post(reverse(ASK), {"phone": NUMBER})
    [message] = sent()
    for _try in range(3):
        client.post(reverse(CONFIRM), {"code": "AAAAAA"})
    client.post(reverse(CONFIRM), {"code": message["code"]})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("who", ["unknown", "closed"])
def test_nobody_learns_which_numbers_have_an_account(who: str, client: Client) -> None:
    known = Client()
    buyer()
    if who == "closed":
        BuyerFactory.create(phone="+8613812345678", is_active=False)
    shown = known.post(reverse(ASK), {"phone": NUMBER}, follow=True)
    answer = client.post(reverse(ASK), {"phone": "13812345678"}, follow=True)
    assert [page.redirect_chain for page in (shown, answer)] == [shown.redirect_chain] * 2
    assert answer.content.decode().replace("13812345678", "") != ""
    assert len(sent()) == 1, "no message goes to numbers that strangers choose"
    client.post(reverse(CONFIRM), {"code": sent()[0]["code"]})
    assert "_auth_user_id" not in client.session


@override_settings(ACCOUNT_RATE_LIMITS=sign_in_settings.ACCOUNT_RATE_LIMITS)
def test_a_number_is_not_flooded(client: Client) -> None:
    """Each message costs, and rings."""
    buyer()
    for _try in range(4):
        client.post(reverse(ASK), {"phone": NUMBER})
    assert len(sent()) == 1


def test_a_number_and_a_password_sign_in_as_well(client: Client) -> None:
    person = buyer()
    person.set_password("quite-long-enough-1")
    person.save()
    client.post(reverse("account_login"), {"login": "139 1234 5678", "password": "quite-long-enough-1"})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_an_invited_buyer_needs_no_address(client: Client) -> None:
    """Done with one thumb: the link from the messenger, the number, the code."""
    owner = OwnerFactory.create()
    _invitation, link = invite_person(actor=owner, role=Role.BUYER, full_name="Li Na", now=timezone.now())
    path = link[link.index("/join/") :]
    neither = client.post(path, {"full_name": "Li Na"})
    assert neither.status_code == 400
    assert "mobile number or an e-mail" in neither.content.decode()
    assert client.post(path, {"full_name": "Li Na", "phone": "139 1234"}).status_code == 400
    assert client.post(path, {"full_name": "Li Na", "phone": "139 1234 5678"}).status_code == 302
    person = User.objects.get(phone=NUMBER)
    assert not person.has_usable_password()
    client.post(reverse(ASK), {"phone": NUMBER})
    client.post(reverse(CONFIRM), {"code": sent()[0]["code"]})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_number_belongs_to_one_person(client: Client) -> None:
    buyer()
    other = BuyerFactory.create()
    with pytest.raises(Conflict):
        change_user(actor=AdministratorFactory.create(), user_id=other.pk, phone=NUMBER)
    client.force_login(AdministratorFactory.create())
    form = {"full_name": "X", "language": "en", "is_active": "on", "phone": "139 1234 5678"}
    answer = client.post(reverse("accounts:person-change", args=[other.pk]), form)
    assert answer.status_code == 409
    assert "mobile number already" in answer.content.decode()


class _Provider(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.headers["Authorization"], json.loads(body)))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_arguments: Any) -> None:
        """Quiet."""


@pytest.fixture
def provider() -> Iterator[Any]:
    server: Any = HTTPServer(("127.0.0.1", 0), _Provider)
    server.seen, server.status = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    values = {
        "SMS_URL": f"http://127.0.0.1:{server.server_port}/send",
        "SMS_HEADERS": {"Authorization": "Bearer key"},
        "SMS_BODY": '{"mobile": "{to}", "content": "{text}", "param": "{code}"}',
    }
    with override_settings(**values):
        yield server
    server.shutdown()
    server.server_close()


def test_the_provider_gets_what_it_takes(provider: Any, client: Client) -> None:
    buyer()
    client.post(reverse(ASK), {"phone": NUMBER})
    while relay():
        pass
    [(key, body)] = provider.seen
    assert key == "Bearer key"
    assert (body["mobile"], body["param"]) == (NUMBER, sent()[0]["code"])
    provider.seen.clear()
    send_sms(to=NUMBER, text='5" {code} \\ 你好', code="1")
    assert provider.seen[0][1]["content"] == '5" {code} \\ 你好'


def test_what_the_provider_refuses_is_sent_again(provider: Any) -> None:
    provider.status = 500
    with pytest.raises(SmsRefused):
        send_sms(to=NUMBER, text="x", code="")
    with override_settings(SMS_URL="http://127.0.0.1:9/"), pytest.raises(SmsRefused):
        send_sms(to=NUMBER, text="x", code="")


def test_who_has_no_address_is_shown_by_the_number(client: Client) -> None:
    """An address that leads nowhere would be written to, or typed as the sign-in."""
    person = buyer(email="buyer-1@phone.invalid")
    client.force_login(AdministratorFactory.create(), backend="sign_in.backends.PasswordBackend")
    pages = (
        reverse("accounts:people"),
        person.get_absolute_url(),
        reverse("admin:accounts_user_changelist"),
        f"{reverse('core:search')}?q={person.full_name}",
    )
    for address in pages:
        text = client.get(address).content.decode()
        assert person.full_name in text, address
        assert "phone.invalid" not in text, (address, text.partition("phone.invalid")[0][-300:])
