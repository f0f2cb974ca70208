"""A policy to a whole channel while everything that can fail does. Each is told once per channel, and counted right."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from accounts.enums import ChannelKind, Role
from accounts.models import Distributor, Membership, User
from channel.models import AnnouncementRecipient
from channel.selectors.policies import acknowledged_count
from channel.services.publishing import acknowledge_announcement
from core import outbox
from core.outbox import relay
from messaging.enums import ChannelName
from messaging.models import ChatAddress, Notification, Sending
from messaging.services import outgoing
from tests.factories.accounts import DirectorFactory
from tests.factories.announcements import published
from tests.hook_server import HookServer, hook_server
from tests.smtp_server import mail_server


class Killed(BaseException):
    """What a kill is to the code: no handler of ours sees it, and the transaction is rolled back."""


def make_channel(count: int, hook: str) -> None:
    """Distributors with an owner each, who has a robot of a chat; in a few statements."""
    shops = Distributor.objects.bulk_create(
        Distributor(code=f"D{number:05d}", name=f"Shop {number}", channel_kind=ChannelKind.WHOLESALE, currency="USD")
        for number in range(count)
    )
    password = make_password(None)
    people = User.objects.bulk_create(
        User(email=f"owner{number}@shops.example", full_name=f"Owner {number}", password=password, language="en")
        for number in range(count)
    )
    Membership.objects.bulk_create(
        Membership(person=person, distributor=shop, role=Role.OWNER, starts_on=timezone.localdate())
        for person, shop in zip(people, shops, strict=True)
    )
    ChatAddress.objects.bulk_create(
        ChatAddress(person=person, kind="generic", url=f"{hook}/{person.email}", changed_at=timezone.now())
        for person in people
    )


def run(day: int) -> None:
    while relay(now=timezone.now() + timedelta(days=day), limit=50):
        pass


def run_until_killed(monkeypatch: pytest.MonkeyPatch, *, kills_at: int, day: int) -> None:
    """The relay as a worker runs it, killed while it delivers: right after a consumer did its work, before the commit."""
    delivered = {"count": 0}
    deliver = outbox._deliver

    def dying(delivery: Any, now: Any) -> None:
        deliver(delivery, now)
        delivered["count"] += 1
        if delivered["count"] == kills_at:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_deliver", dying)
        with pytest.raises(Killed):
            run(day=day)


def told(calls: HookServer) -> dict[str, str]:
    """Path by the number of the message: a repeat counts once, as the receiver counts."""
    return {call.body["id"]: call.path for call in calls.calls}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", [20, pytest.param(60, marks=[pytest.mark.slow])], ids=["few", "many"])
def test_each_is_told_once_per_channel_whatever_fails(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Published while the mail server is down, a chat webhook hangs and the worker is killed twice."""
    monkeypatch.setattr(outgoing, "SECONDS", 0.5)
    with hook_server() as hook, mail_server() as mails:
        make_channel(count, hook.url)
        mails.is_down, hook.hangs = True, threading.Event()
        policy = published(blocks_orders=True, grace_days=5)
        run_until_killed(monkeypatch, kills_at=count // 2, day=1)
        run(day=1)
        assert (mails.mails, hook.calls) == ([], [])
        assert Notification.objects.count() == count
        mails.is_down = False
        hook.hangs.set()
        hook.hangs = None
        cache.clear()  # its host is left alone for a minute of the real clock, which this test does not wait for
        run_until_killed(monkeypatch, kills_at=count // 2, day=3)
        for day in range(3, 9):
            run(day=day)
        addresses = [f"owner{number}@shops.example" for number in range(count)]
        assert sorted(mails.by_identity().values()) == sorted(addresses)
        assert len(mails.mails) <= count + 1, "who is killed repeats one at most, under the same number"
        assert sorted(told(hook).values()) == sorted(f"/{address}" for address in addresses)
        assert len(hook.calls) <= count + 1
        assert Sending.objects.filter(sent_at__isnull=False, channel=ChannelName.MAIL).count() == count
        assert not Sending.objects.filter(sent_at__isnull=True).exists()
    readers = list(User.objects.filter(email__in=addresses[: count // 4]))
    for reader in readers:
        acknowledge_announcement(announcement_id=policy.pk, name="Li", actor=reader)
    counted = acknowledged_count(DirectorFactory.create(), policy)
    assert (counted.recipients, counted.acknowledged) == (count, len(readers))
    assert AnnouncementRecipient.objects.to_acknowledge().count() == count - len(readers)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_delivery WHERE status <> 'delivered'")
        assert cursor.fetchone() == (0,)
