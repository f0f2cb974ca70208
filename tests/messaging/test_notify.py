"""Who is notified of what. Where this breaks, work waits for somebody who never hears of it, or everybody hears everything."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.enums import Role
from accounts.services.responsibilities.assignments import DutyOf, assign_responsibility, assign_selection
from core.enums import DeliveryStatus
from core.errors import InvalidInput
from core.events import record_event
from core.models import Delivery, Event
from core.outbox import relay, subscribe_message
from core.registry import registry
from messaging.enums import ChannelName, NotificationLevel
from messaging.kinds import (
    ANY,
    NOTIFICATION_KINDS,
    NotificationKind,
    ToAccountable,
    ToBrand,
    ToDistributor,
    ToPeople,
    ToPerson,
)
from messaging.models import Notification, Sending
from messaging.selectors.notifications import shown
from messaging.services.channels import CHANNELS
from messaging.services.notifications import CONSUMER, acknowledge_notifications, mark_notifications_read, notify
from messaging.services.preferences import set_preference
from tests.factories.accounts import (
    AbsenceFactory,
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    KeeperFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
)
from tests.factories.messaging import NotificationFactory, PreferenceFactory
from tests.messaging.sending import relay_and_send
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1)
"""Messages are due by the clock of the database, which the tests' own clock does not move."""


def deliver() -> None:
    relay_and_send(now=timezone.now() + TOMORROW)


def order_event(kind: str, distributor: Any, *, actor: Any = None, **data: Any) -> Event:
    return record_event(
        kind=kind,
        subject_type="order",
        subject_id=1,
        distributor_id=distributor.pk,
        actor_id=actor.pk if actor else None,
        data={"number": "SO1", **data},
    )


def recipients() -> set[tuple[int, str]]:
    return set(Notification.objects.values_list("recipient_id", "level"))


def test_who_acts_for_the_first_duty_is_notified() -> None:
    first = ResponsibilityFactory.create(duty=DutyFactory.create(position=1))
    ResponsibilityFactory.create(duty=DutyFactory.create(position=2), distributor=first.distributor)
    notify([order_event("order.waits", first.distributor)])
    assert recipients() == {(first.user_id, "action")}


@pytest.mark.parametrize("how", ["absent", "inactive", "gone"])
def test_the_stand_in_is_notified_of_somebody_who_is_away(how: str) -> None:
    """An order would wait for a manager on leave, and nobody else would hear of it."""
    person = ManagerFactory.create(
        is_active=how != "inactive", leaves_on=timezone.localdate() - timedelta(days=1) if how == "gone" else None
    )
    held = ResponsibilityFactory.create(user=person, stand_in=ManagerFactory.create())
    if how == "absent":
        AbsenceFactory.create(person=person)
    notify([order_event("order.waits", held.distributor)])
    assert recipients() == {(held.stand_in_id, "action")}


def test_a_stand_in_is_left_alone_while_the_person_is_there() -> None:
    held = ResponsibilityFactory.create(stand_in=ManagerFactory.create())
    notify([order_event("order.waits", held.distributor)])
    assert recipients() == {(held.user_id, "action")}


def test_without_a_stand_in_the_supervisor_is_notified_and_of_a_gap_nobody() -> None:
    boss = ManagerFactory.create()
    held = ResponsibilityFactory.create(user=AbsenceFactory.create(person__supervisor=boss).person)
    notify([order_event("order.waits", held.distributor)])
    assert recipients() == {(boss.pk, "action")}
    notify([order_event("order.waits", DistributorFactory.create())])
    assert Notification.objects.count() == 1


def test_the_distributors_people_are_notified_by_role() -> None:
    owner = OwnerFactory.create()
    buyer, _keeper = (
        BuyerFactory.create(distributor=owner.distributor),
        KeeperFactory.create(distributor=owner.distributor),
    )
    BuyerFactory.create(distributor=owner.distributor, is_active=False)
    BuyerFactory.create()
    notify([order_event("order.approved", owner.distributor)])
    assert recipients() == {(owner.pk, "info"), (buyer.pk, "info")}


def test_nobody_is_notified_of_what_they_did_themselves() -> None:
    owner = OwnerFactory.create()
    notify([order_event("order.cancelled", owner.distributor, actor=owner)])
    assert recipients() == set()


def test_nobody_is_notified_twice_of_one_event_and_the_most_urgent_level_counts() -> None:
    """Who is buyer and responsible at once would read everything twice."""
    both = BuyerFactory.create()
    ResponsibilityFactory.create(distributor=both.distributor, user=both)
    event = order_event("order.late", both.distributor)
    notify([event])
    notify([event])
    assert recipients() == {(both.pk, "warning")}
    assert Notification.objects.count() == 1


def test_what_failed_is_tried_again_and_notifies_once() -> None:
    """A fault of a moment would swallow a notification, or the retry double those that were written."""
    owner = OwnerFactory.create()
    failing = {"times": 1}

    class Failing:
        name = ChannelName.WEBHOOK
        is_fixed = False

        def is_on_by_default(self, _group: str) -> bool:
            return True

        def deliver(self, _rows: Any) -> None:
            if failing["times"]:
                failing["times"] -= 1
                raise RuntimeError("the chat does not answer")

    held = CHANNELS._entries[ChannelName.WEBHOOK]
    CHANNELS._entries[ChannelName.WEBHOOK] = Failing()
    try:
        order_event("order.approved", owner.distributor)
        relay(now=timezone.now() + TOMORROW)
        assert not Notification.objects.exists()
        assert Delivery.objects.get(consumer=CONSUMER).status == DeliveryStatus.WAITING
        Delivery.objects.update(available_at=timezone.now())
        deliver()
    finally:
        CHANNELS._entries[ChannelName.WEBHOOK] = held
    assert recipients() == {(owner.pk, "info")}
    assert Delivery.objects.get(consumer=CONSUMER).attempts == 2
    Delivery.objects.update(status=DeliveryStatus.WAITING, delivered_at=None)
    deliver()
    assert Notification.objects.count() == 1


def test_a_duty_notifies_its_person_and_many_duties_once() -> None:
    director, manager, sales = DirectorFactory.create(), ManagerFactory.create(), DutyFactory.create(name="Sales")
    acme = DistributorFactory.create(code="ACME", name="Acme")
    options = {"actor": director, "user_id": manager.pk, "starts_on": timezone.localdate()}
    assign_responsibility(distributor_id=acme.pk, duty_id=sales.pk, **options)
    deliver()
    (line,) = shown(Notification.objects.all(), actor=manager)
    assert line.text.startswith("You are responsible for “Sales” of ACME Acme as of ")
    assert (line.address, line.level) == (acme.get_absolute_url(), NotificationLevel.ACTION)
    shops = [DutyOf(distributor_id=DistributorFactory.create().pk, duty_id=sales.pk) for _ in range(3)]
    assign_selection(selection=shops, **options)
    deliver()
    lines = shown(Notification.objects.exclude(pk=line.notification.pk), actor=manager)
    assert [one.text.split(" as of")[0] for one in lines] == ["You are responsible for 3 more duties"]
    assert lines[0].address == "/responsibilities/"


def test_text_and_link_are_made_for_whoever_reads() -> None:
    """A name or an address of the day on which it was written would lie tomorrow."""
    held = ResponsibilityFactory.create(duty__name="Sales", duty__name_zh="销售")
    shop = held.distributor
    row = NotificationFactory.create(recipient=held.user, distributor=shop, duty=held.duty)
    shop.name, shop.name_zh = "Renamed", "新名"
    shop.save()
    (line,) = shown([row], actor=held.user)
    assert (line.text.count("Renamed"), line.address) == (1, shop.get_absolute_url())
    with translation.override("zh-hans"):
        (line,) = shown([row], actor=held.user)
    assert ("新名" in line.text, "销售" in line.text) == (True, True)
    (line,) = shown([row], actor=ManagerFactory.create())
    assert (line.address, "Renamed" in line.text) == ("", True), "what somebody no longer sees has no link"


def test_a_sentence_reads_even_where_something_is_missing() -> None:
    shop = DistributorFactory.create()
    row = NotificationFactory.create(params={"distributor": shop.pk})
    (line,) = shown([row], actor=row.recipient)
    assert line.text.count("–") == 2
    unheard = NotificationFactory.create(kind="unheard.of", subject_type="unheard")
    (line,) = shown([unheard], actor=unheard.recipient)
    assert ("unheard.of" in line.text, line.address) == (True, "")


@pytest.mark.parametrize("size", [1, 30])
def test_many_notifications_are_a_fixed_number_of_queries(size: int) -> None:
    director = DirectorFactory.create()
    for _ in range(size):
        NotificationFactory.create(recipient=director)
    with CaptureQueriesContext(connection) as queries:
        lines = shown(Notification.objects.visible_to(director), actor=director)
    assert (len(queries), len(lines)) == (4, size)


def test_the_mail_goes_to_who_wants_it() -> None:
    """Everybody would get mails, or nobody, or twice."""
    owner = OwnerFactory.create(language="zh-hans")
    buyer = BuyerFactory.create(distributor=owner.distributor)
    PreferenceFactory.create(person=owner, group="order", channel=ChannelName.MAIL)
    PreferenceFactory.create(person=buyer, group="evaluation", channel=ChannelName.MAIL)
    order_event("order.approved", owner.distributor)
    order_event("order.approved", owner.distributor)
    relay(now=timezone.now() + TOMORROW)
    read = Notification.objects.filter(recipient=owner).order_by("pk").last()
    assert read is not None
    mark_notifications_read(actor=owner, now=timezone.now(), notification_ids=[read.pk])
    deliver()
    assert [one.to for one in mail.outbox] == [[owner.email]], "what was read meanwhile is not sent"
    assert "SO1" in mail.outbox[0].body
    assert Sending.objects.filter(channel=ChannelName.MAIL).count() == 2
    assert Notification.objects.count() == 4


def test_events_of_many_distributors_are_a_fixed_number_of_queries() -> None:
    """An announcement to five thousand would take minutes until it stands on the last one's page."""

    def count(number: int) -> int:
        owners = [OwnerFactory.create() for _ in range(number)]
        events = [order_event("order.approved", owner.distributor) for owner in owners]
        with CaptureQueriesContext(connection) as queries:
            notify(events)
        assert Notification.objects.filter(event__in=events).count() == number
        return len(queries)

    assert count(1) == count(30)


def test_one_event_that_cannot_be_told_keeps_no_other_back() -> None:
    """They are written together: what is wrong with one would undo all."""
    good = OwnerFactory.create()
    order_event("order.approved", good.distributor)
    order_event("responsibility.assigned", good.distributor, person="nobody")
    deliver()
    assert recipients() >= {(good.pk, "info")}
    waiting = Delivery.objects.filter(consumer=CONSUMER, status=DeliveryStatus.WAITING)
    assert list(waiting.values_list("message__topic", flat=True)) == ["responsibility.assigned"]


def test_a_preference_names_what_there_is() -> None:
    person = ManagerFactory.create()
    for _ in range(2):
        assert set_preference(actor=person, group="order", channel="mail", is_on=True).is_on
    for wrong in ({"group": "nothing"}, {"channel": "page"}, {"channel": "pigeon"}):
        with refused(InvalidInput):
            set_preference(actor=person, **{"group": "order", "channel": "mail", "is_on": False, **wrong})
    assert person.notification_preferences.count() == 1


def test_only_ones_own_notifications_are_read_and_acknowledged() -> None:
    mine, foreign = NotificationFactory.create(), NotificationFactory.create()
    now = timezone.now()
    ids = [mine.pk, foreign.pk]
    assert acknowledge_notifications(actor=mine.recipient, now=now, notification_ids=ids) == 1
    assert acknowledge_notifications(actor=mine.recipient, now=now, notification_ids=ids) == 0
    assert mark_notifications_read(actor=mine.recipient, now=now) == 0, "who acknowledged has read"
    foreign.refresh_from_db()
    assert (foreign.read_at, foreign.acknowledged_at) == (None, None)
    assert mark_notifications_read(actor=foreign.recipient, now=now, notification_ids=ids) == 1


def test_every_kind_can_be_delivered_and_shown() -> None:
    """A blank that nothing fills, an unknown type of subject or route shows as a dash on everybody's page."""
    assert len(NOTIFICATION_KINDS) >= 15
    for kind in NOTIFICATION_KINDS:
        assert isinstance(kind, NotificationKind)
        assert kind.kind in registry.event_kinds
        assert set(kind.subjects.values()) <= {ANY, *registry.subject_types.keys()}
        str(kind.text) % dict.fromkeys((*kind.params, *kind.subjects), "x")
        assert all(
            isinstance(one, ToAccountable | ToBrand | ToDistributor | ToPeople | ToPerson) for one in kind.audiences
        )
        for audience in kind.audiences:
            if isinstance(audience, ToBrand | ToDistributor):
                assert audience.roles <= set(Role.values)
    with pytest.raises(ValueError, match="consumer"):
        subscribe_message("order.waits", CONSUMER, print)
