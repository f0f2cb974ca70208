"""Mail and chat against real servers. Where this breaks, people are told twice, never, or in a form that they cannot read."""

import base64
import hashlib
import hmac
import threading
import time
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import Sum
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from core.errors import InvalidInput, NotAllowed
from core.outbox import MOST_ATTEMPTS
from messaging.enums import ChannelName, ChatKind, SendingState
from messaging.models import ChatAddress, Endpoint, Notification, Preference, Sending
from messaging.services import outgoing
from messaging.services.mail_sender import send_mails
from messaging.services.network import is_public
from messaging.services.notifications import notify
from messaging.services.outgoing import CallRefused, check_address, post
from messaging.services.preferences import set_chat_address, set_preference, try_chat_address
from messaging.services.sendings import give_up, replay_sendings
from tests.factories.accounts import AdministratorFactory, ManagerFactory, OwnerFactory
from tests.factories.messaging import ChatAddressFactory, NotificationFactory, PreferenceFactory, SendingFactory
from tests.hook_server import HookServer, hook_server
from tests.messaging.sending import relay_and_send, send_due
from tests.messaging.test_notify import order_event
from tests.orders.refusals import refused
from tests.smtp_server import mail_server

pytestmark = pytest.mark.django_db


def deliver(*, after: timedelta = timedelta(days=1)) -> None:
    relay_and_send(now=timezone.now() + after)


def owner_with_mail(**values: Any) -> Any:
    owner = OwnerFactory.create(**values)
    PreferenceFactory.create(person=owner, group="order", channel=ChannelName.MAIL)
    return owner


def states() -> list[str]:
    return [row.state for row in Sending.objects.order_by("pk")]


def test_a_mail_is_text_and_html_in_the_readers_language() -> None:
    """Half the readers would get a mail in the other language, or one without a link to press."""
    owner = owner_with_mail(language="zh-hans")
    notify([order_event("order.approved", owner.distributor, number="SO<1>")])
    with mail_server() as server:
        deliver()
    (sent,) = server.mails
    parts = {part.get_content_type(): part.get_content() for part in sent.iter_parts()}
    assert sorted(parts) == ["text/html", "text/plain"]
    assert "SO<1>" in parts["text/plain"]
    assert "SO&lt;1&gt;" in parts["text/html"]
    assert 'lang="zh-hans"' in parts["text/html"]
    assert sent["To"] == owner.email
    assert states() == [SendingState.SENT]


def test_a_dead_mail_server_delays_and_doubles_nothing() -> None:
    """What was written while the mail server was away would be lost, or come twice afterwards."""
    owner = owner_with_mail()
    with mail_server() as server:
        server.is_down = True
        notify([order_event("order.approved", owner.distributor)])
        deliver()
        assert (server.mails, states()) == ([], [SendingState.RETRYING])
        server.is_down = False
        deliver(after=timedelta(days=2))
        deliver(after=timedelta(days=3))
    assert [mail["To"] for mail in server.mails] == [owner.email]
    assert states() == [SendingState.SENT]


def test_a_mailbox_that_is_refused_fails_after_all_attempts_and_is_replayed_by_an_administrator() -> None:
    owner = owner_with_mail()
    notify([order_event("order.approved", owner.distributor)])
    with mail_server() as server:
        server.refuses = {owner.email}
        for day in range(1, MOST_ATTEMPTS + 2):
            deliver(after=timedelta(days=day))
        assert states() == [SendingState.FAILED]
        ids = list(Sending.objects.values_list("pk", flat=True))
        with refused(NotAllowed):
            replay_sendings(sending_ids=ids, actor=owner, now=timezone.now())
        server.refuses = set()
        administrator = AdministratorFactory.create()
        assert replay_sendings(sending_ids=ids, actor=administrator, now=timezone.now()) == 1
        deliver()
        assert states() == [SendingState.SENT]
        replay_sendings(sending_ids=ids, actor=administrator, now=timezone.now())
        deliver()
    assert len(server.mails) == len(server.by_identity()) == 2, "a repeat that is meant is not dropped as one"


def test_what_was_sent_long_ago_is_sent_again_too() -> None:
    """The outbox has forgotten the message after a month."""
    row = SendingFactory.create(state=SendingState.SENT, sent_at=timezone.now())
    replay_sendings(sending_ids=[row.pk], actor=AdministratorFactory.create(), now=timezone.now())
    with mail_server() as server:
        deliver()
    assert [mail["To"] for mail in server.mails] == [row.notification.recipient.email]


def chat(server: HookServer, kind: ChatKind, *, secret: str = "") -> Any:
    owner = OwnerFactory.create(language="en")
    url = f"{server.url}/robot?key=K"
    set_chat_address(actor=owner, kind=kind, url=url, secret=secret, now=timezone.now())
    return owner


@pytest.mark.parametrize(
    ("kind", "text_of", "taken"),
    [
        (ChatKind.WECOM, lambda body: (body["msgtype"], body["text"]["content"]), b'{"errcode": 0, "errmsg": "ok"}'),
        (ChatKind.DINGTALK, lambda body: (body["msgtype"], body["text"]["content"]), b'{"errcode": 0}'),
        (ChatKind.FEISHU, lambda body: (body["msg_type"], body["content"]["text"]), b'{"code": 0}'),
        (ChatKind.GENERIC, lambda body: ("text", body["text"]), b"ok"),
    ],
)
def test_each_robot_gets_its_own_shape(kind: ChatKind, text_of: Any, taken: bytes) -> None:
    """A robot drops what it does not understand, with status 200: nobody would notice."""
    with hook_server() as server:
        owner = chat(server, kind)
        server.answer = lambda _call: (200, b'{"errcode": 93000, "code": 9499}', {})
        notify([order_event("order.approved", owner.distributor)])
        deliver()
        refused_first = kind != ChatKind.GENERIC
        assert states() == [SendingState.RETRYING if refused_first else SendingState.SENT]
        server.answer = lambda _call: (200, taken, {})
        deliver(after=timedelta(days=2))
    assert states() == [SendingState.SENT]
    assert len(server.calls) == (2 if refused_first else 1)
    shape, text = text_of(server.calls[-1].body)
    assert (shape, "SO1" in text, server.calls[-1].path) == ("text", True, "/robot?key=K")


def test_signatures_are_those_of_the_robots() -> None:
    """A robot that checks signatures refuses everything that is signed otherwise."""
    with hook_server() as server:
        server.answer = lambda _call: (200, b'{"errcode": 0, "code": 0}', {})
        for kind in (ChatKind.DINGTALK, ChatKind.FEISHU):
            try_chat_address(actor=chat(server, kind, secret="SEC1"))
    ding, feishu = server.calls
    query = parse_qs(urlsplit(ding.path).query)
    stamp = query["timestamp"][0]
    expected = hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()
    assert query["sign"] == [base64.b64encode(expected).decode()]
    assert len(stamp) == 13, "milliseconds"
    stamp = feishu.body["timestamp"]
    expected = hmac.new(f"{stamp}\nSEC1".encode(), b"", hashlib.sha256).digest()
    assert (feishu.body["sign"], len(stamp)) == (base64.b64encode(expected).decode(), 10)


def test_a_chat_that_hangs_delays_nobody_elses(monkeypatch: pytest.MonkeyPatch) -> None:
    """One robot that never answers would keep everybody's notifications waiting, once for each of its messages."""
    monkeypatch.setattr(outgoing, "SECONDS", 1.0)
    with hook_server() as hanging, hook_server() as other, mail_server() as mails:
        hanging.hangs = threading.Event()
        people = [chat(server, ChatKind.GENERIC) for server in [hanging] * 40 + [other] * 40]
        for person in people:
            PreferenceFactory.create(person=person, group="order", channel=ChannelName.MAIL)
        notify([order_event("order.approved", person.distributor) for person in people])
        now = timezone.now() + timedelta(days=1)
        began = time.monotonic()
        for _ in range(3):
            send_due(now=now)
        assert time.monotonic() - began < 20, "two calls that wait, not forty"
        assert (len(mails.mails), len(other.calls)) == (80, 40)
        hung = Sending.objects.filter(endpoint=urlsplit(hanging.url).netloc)
        assert sorted(hung.values_list("attempts", flat=True)) == [0] * 38 + [1] * 2
        hanging.hangs.set()
        hanging.hangs = None
        for _ in range(2):
            send_due(now=now + timedelta(minutes=5))
        assert len({call.body["id"] for call in hanging.calls}) == 40
    assert set(states()) == {SendingState.SENT}


def test_who_gives_another_address_is_written_to_there() -> None:
    with hook_server() as old, hook_server() as new:
        owner = chat(old, ChatKind.GENERIC)
        notify([order_event("order.approved", owner.distributor)])
        set_chat_address(actor=owner, kind="generic", url=new.url, secret="", now=timezone.now())
        deliver()
    assert (len(old.calls), len(new.calls)) == (0, 1)


def test_choices_hold_for_each_channel() -> None:
    """Whoever turned chat off is written to there anyway, or whoever gave an address is not."""
    with hook_server() as server:
        off, on, mailed = (chat(server, ChatKind.GENERIC) for _ in range(3))
        set_preference(actor=off, group="order", channel="webhook", is_on=False)
        set_preference(actor=mailed, group="order", channel="mail", is_on=True)
        for person in (off, on, mailed):
            notify([order_event("order.approved", person.distributor)])
    found = Sending.objects.values_list("notification__recipient", "channel").order_by(
        "notification__recipient", "channel"
    )
    assert list(found) == sorted([(on.pk, "webhook"), (mailed.pk, "mail"), (mailed.pk, "webhook")])
    assert Notification.objects.count() == 3, "all on the page"


def test_who_has_no_mail_or_no_robot_any_more_is_not_waited_for() -> None:
    nobody = owner_with_mail(email="phone-1@people.invalid")
    notify([order_event("order.approved", nobody.distributor)])
    assert not Sending.objects.exists()
    gone = ChatAddressFactory.create(person=OwnerFactory.create()).person
    notify([order_event("order.approved", gone.distributor)])
    ChatAddress.objects.all().delete()
    deliver()
    assert states() == [SendingState.SKIPPED]


@override_settings(WEBHOOK_PRIVATE_ADDRESSES=False)
@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "169.254.169.254",
        "10.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "0.0.0.0",  # noqa: S104 - is asked for, not listened on
    ],
)
def test_a_robots_address_is_no_way_to_ones_own_machines(host: str) -> None:
    """Anybody who is signed in could make the server ask its own services, or the cloud's for its secrets."""
    with hook_server() as server:
        port = server.url.rsplit(":", 1)[1]
        with refused(InvalidInput):
            check_address(f"http://{host}:{port}/")
        with pytest.raises(CallRefused):
            post(f"http://{host}:{port}/", b"{}", {})
    assert server.calls == []


@override_settings(WEBHOOK_PRIVATE_ADDRESSES=False)
def test_what_a_name_means_is_asked_at_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of the public Internet can point at this machine; its owner decides, at any time."""
    with hook_server() as server:
        port = int(server.url.rsplit(":", 1)[1])
        check_address(f"http://robot.example:{port}/")
        monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("127.0.0.1", port))])
        with pytest.raises(CallRefused):
            post(f"http://robot.example:{port}/", b"{}", {})
    assert server.calls == []


def test_a_redirect_is_not_followed() -> None:
    with hook_server() as server, hook_server() as inner:
        server.answer = lambda _call: (307, b"", {"Location": inner.url})
        with pytest.raises(CallRefused):
            post(server.url, b"{}", {})
    assert inner.calls == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://chat.example/",
        "file:///etc/passwd",
        "https://user:word@chat.example/",
        "chat.example",
        "https://",
        "http://[::1",
        "https://a.example/ x",
    ],
)
def test_only_web_addresses_are_taken(url: str) -> None:
    with refused(InvalidInput):
        set_chat_address(actor=ManagerFactory.create(), kind="generic", url=url, secret="", now=timezone.now())


def test_addresses_of_the_internet_are_told_apart() -> None:
    inner = ("2002:7f00:1::", "fe80::1%eth0", "224.0.0.1", "100.64.0.1", "64:ff9b::a00:1", "::1", "192.168.1.1")
    assert [text for text in inner if is_public(text)] == []
    assert [text for text in ("8.8.8.8", "2001:4860:4860::8888", "64:ff9b::808:808") if not is_public(text)] == []


def test_the_pages_set_show_and_remove(client: Client) -> None:
    """What people choose on the page is what holds, and nobody reads a robot's address there."""
    owner = OwnerFactory.create()
    client.force_login(owner)
    with hook_server() as server:
        url = f"{server.url}/secret-part"
        assert client.post(reverse("messaging:chat"), {"kind": "generic", "url": url}).status_code == 302
        client.post(reverse("messaging:chat-test"))
    assert [call.path for call in server.calls] == ["/secret-part"]
    assert client.post(reverse("messaging:settings"), {"order": ["mail"]}).status_code == 302
    assert set(Preference.objects.filter(is_on=True).values_list("group", "channel")) == {("order", "mail")}
    page = client.get(reverse("messaging:settings")).content.decode()
    assert "secret-part" not in page
    notify([order_event("order.approved", owner.distributor)])
    SendingFactory.create(notification=NotificationFactory.create())
    listed = client.get(reverse("messaging:sendings")).content.decode()
    assert (listed.count("SO1"), "You are responsible" in listed) == (1, False)
    client.post(reverse("messaging:chat-remove"))
    assert not ChatAddress.objects.exists()
    client.force_login(AdministratorFactory.create())
    admin = client.get(reverse("admin:messaging_sending_changelist"))
    assert admin.status_code == 200
    ids = list(Sending.objects.values_list("pk", flat=True))
    again = client.post(
        reverse("admin:messaging_sending_changelist"), {"action": "send_again", "_selected_action": ids}, follow=True
    )
    assert "Sending 2 notifications again." in again.content.decode()
    assert not Sending.objects.filter(state=SendingState.FAILED).exists()


def test_what_was_not_saved_by_a_kill_is_repeated_under_the_same_number() -> None:
    """A worker that dies between the mail server's answer and its own commit repeats the one it was at, and no other."""
    people = [owner_with_mail() for _ in range(3)]
    for person in people:
        notify([order_event("order.approved", person.distributor)])
    with mail_server() as server:
        deliver()
        was_at = Sending.objects.filter(notification__recipient=people[0].pk)
        was_at.update(state=SendingState.WAITING, sent_at=None, claimed_at=timezone.now())
        send_mails(seconds=5, now=timezone.now() + timedelta(days=1))
        assert len(server.mails) == 3, "what another run has claimed is left to it"
        deliver()
    assert (len(server.mails), len(server.by_identity())) == (4, 3)
    assert states() == [SendingState.SENT] * 3


def test_mails_of_a_batch_share_a_connection_and_one_that_is_refused_stops_no_other() -> None:
    """A connection a mail would make five thousand of them; one wrong address would keep the others from theirs."""
    people = [owner_with_mail() for _ in range(5)]
    for person in people:
        notify([order_event("order.approved", person.distributor)])
    with mail_server() as server:
        server.refuses = {people[2].email}
        deliver()
    assert server.connections == 1
    assert states() == [SendingState.SENT] * 2 + [SendingState.RETRYING] + [SendingState.SENT] * 2


def test_a_server_that_does_not_answer_is_left_alone_longer_each_time_and_nothing_is_lost() -> None:
    """Each of three hundred messages would wait for its own time-out, and use up its attempts."""
    people = [owner_with_mail() for _ in range(6)]
    for person in people:
        notify([order_event("order.approved", person.distributor)])
    now = timezone.now() + timedelta(days=1)
    with mail_server() as server:
        server.is_down = True
        pauses = []
        for _ in range(4):
            send_due(now=now)
            send_due(now=now + timedelta(seconds=9))
            pause = Endpoint.objects.get().paused_until or now
            pauses.append((pause - now).total_seconds())
            now = pause
        assert pauses == [10, 20, 40, 80]
        assert server.connections == 5, "two questions at first, then one after each pause"
        assert Sending.objects.aggregate(tried=Sum("attempts"))["tried"] == 5
        server.is_down = False
        send_due(now=now + timedelta(hours=1))
    assert states() == [SendingState.SENT] * 6
    assert not Endpoint.objects.exists(), "who answers is trusted again"


def test_what_waits_for_a_week_has_failed() -> None:
    """A robot of a company that is gone would be called until the end of days."""
    now = timezone.now()
    for days in (6, 8):
        SendingFactory.create(available_at=now - timedelta(days=days))
    assert give_up(now=now) == 1
    assert states() == [SendingState.WAITING, SendingState.FAILED]
