"""Conversations. Where this breaks, a distributor reads what the brand's people say among themselves, or another's."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.models import Event
from core.outbox import relay
from core.ui.timeline import timeline
from messaging.models import ConversationMessage, ConversationRead, MessageFile, Notification
from messaging.selectors.conversations import count_unread_messages, unread_conversations
from messaging.selectors.notifications import shown
from messaging.services.conversations import (
    NewMessage,
    mark_conversation_read,
    post_message,
    visible_file,
    withdraw_message,
)
from messaging.services.files import Attachment
from tests.factories.accounts import (
    AbsenceFactory,
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
)
from tests.factories.announcements import published
from tests.factories.messaging import PHOTO, ConversationMessageFactory, MessageFileFactory
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db


class Talk:
    """A distributor with an owner and a manager who is responsible for it."""

    def __init__(self) -> None:
        self.responsibility = ResponsibilityFactory.create(user__full_name="Li Hua")
        self.shop = self.responsibility.distributor
        self.manager = self.responsibility.user
        self.owner = OwnerFactory.create(distributor=self.shop, full_name="Wang Wei")

    def write(self, actor: Any, text: str = "Hello", **values: Any) -> ConversationMessage:
        return post_message(
            subject_type="distributor",
            subject_id=self.shop.pk,
            message=NewMessage(text=text, **values),
            actor=actor,
            now=timezone.now(),
        )

    def read_by(self, actor: Any) -> list[str]:
        return list(ConversationMessage.objects.visible_to(actor).values_list("text", flat=True))


def told(person: Any) -> list[str]:
    while relay(now=timezone.now() + timedelta(days=1)):
        pass
    rows = Notification.objects.visible_to(person).filter(kind__regex="^(conversation|mention)").order_by("pk")
    return [line.text for line in shown(rows, actor=person)]


def test_both_sides_read_what_is_for_both_and_the_brand_alone_what_is_internal() -> None:
    talk = Talk()
    other = OwnerFactory.create()
    talk.write(talk.owner, "Where is it?")
    secret = talk.write(
        talk.manager, "They pay late", internal=True, attachments=[Attachment(name="a.png", content=PHOTO)]
    )
    talk.write(talk.manager, "On its way")
    assert talk.read_by(talk.manager) == ["Where is it?", "They pay late", "On its way"]
    assert talk.read_by(talk.owner) == ["Where is it?", "On its way"]
    assert talk.read_by(DirectorFactory.create()) == talk.read_by(talk.manager)
    for stranger in (other, ManagerFactory.create()):
        assert talk.read_by(stranger) == []
        with refused(NotVisible):
            talk.write(stranger)
    with refused(NotAllowed):
        talk.write(talk.owner, internal=True)
    file = secret.files.get()
    assert visible_file(file_id=file.pk, actor=talk.manager) == file
    for hidden in (talk.owner, other):
        with refused(NotVisible):
            visible_file(file_id=file.pk, actor=hidden)
    assert count_unread_messages("distributor", talk.shop.pk, actor=talk.owner) == 1, "not even counted"
    assert [row["messages"] for row in unread_conversations(talk.owner)] == [1]


def test_what_is_internal_stands_in_the_time_line_of_those_who_may_read_it() -> None:
    """The history of a thing would be silent about what its people agreed among themselves."""
    talk = Talk()
    secret = talk.write(talk.manager, "They pay late", internal=True)

    def internal(actor: Any) -> list[list[str]]:
        rows = timeline([("distributor", talk.shop.pk)], actor=actor)
        return [
            [link.label for link in row.related] for row in rows if "nternal" in row.label or "withdrawn" in row.label
        ]

    assert internal(talk.manager) == [["They pay late"]]
    assert (internal(talk.owner), timeline([], actor=talk.manager)) == ([], [])
    stranger = timeline([("distributor", DistributorFactory.create().pk)], actor=talk.manager)
    assert not any("nternal" in row.label for row in stranger), "it stands with its own subject alone"
    withdraw_message(message_id=secret.pk, actor=talk.manager, now=timezone.now())
    assert internal(talk.manager) == [["This message was withdrawn."]] * 2


def test_no_trace_of_what_is_internal_reaches_the_distributor(client: Client) -> None:
    """Its words would be hidden on the page, and read in the activity, the API or a notification."""
    talk = Talk()
    talk.write(talk.owner, "Question")
    talk.write(talk.manager, "Sensitive words", internal=True, mentions=[])
    assert told(talk.owner) == []
    assert [row.label for row in timeline([("distributor", talk.shop.pk)], actor=talk.owner)].count(
        "Message written"
    ) == 1
    assert not Event.objects.about([("distributor", talk.shop.pk)]).filter(kind__contains="internal").exists()
    client.force_login(talk.owner)
    pages = [
        reverse("messaging:conversation", args=["distributor", talk.shop.pk]),
        reverse("messaging:conversations"),
        reverse("messaging:notifications"),
        talk.shop.get_absolute_url(),
        "/api/v1/messages/",
        "/api/v1/messages/unread/",
        "/api/v1/notifications/",
    ]
    for page in pages:
        content = client.get(page).content.decode()
        assert "Sensitive" not in content, page
        assert "Internal</span>" not in content, page
    assert client.get("/api/v1/messages/").json()["results"][0]["text"] == "Question"


def test_each_distributor_has_a_conversation_of_its_own_about_an_announcement() -> None:
    """What one distributor asks of a policy would be read by all whom it was sent to."""
    first, second = Talk(), Talk()
    policy = published()

    def write(actor: Any, text: str, **values: Any) -> ConversationMessage:
        return post_message(
            subject_type="announcement",
            subject_id=policy.pk,
            message=NewMessage(text=text, **values),
            actor=actor,
            now=timezone.now(),
        )

    write(first.owner, "First asks")
    write(second.owner, "Second asks")
    director = DirectorFactory.create()
    write(director, "Answer to the first", distributor_id=first.shop.pk)
    write(director, "Among us", internal=True)
    with refused(InvalidInput):
        write(director, "To whom?")
    with refused(InvalidInput):
        write(first.owner, "As another", distributor_id=second.shop.pk)
    with refused(InvalidInput):
        write(first.manager, "Not mine", distributor_id=second.shop.pk)
    assert first.read_by(first.owner) == ["First asks", "Answer to the first"]
    assert second.read_by(second.owner) == ["Second asks"]
    assert first.read_by(first.manager) == ["First asks", "Answer to the first", "Among us"]
    assert len(first.read_by(director)) == 4


def test_the_stand_in_reads_and_whoever_has_left_does_not() -> None:
    talk = Talk()
    stand_in = ManagerFactory.create()
    talk.responsibility.stand_in = stand_in
    talk.responsibility.save()
    talk.write(talk.owner, "Question")
    assert told(stand_in) == []
    assert talk.read_by(stand_in) == ["Question"]
    AbsenceFactory.create(person=talk.manager)
    talk.write(talk.owner, "Urgent")
    assert told(stand_in) == [f"Wang Wei wrote about {talk.shop}."]
    membership = talk.owner.memberships.get()
    membership.ends_on = timezone.localdate() - timedelta(days=1)
    membership.starts_on = membership.ends_on - timedelta(days=9)
    membership.save()
    gone = type(talk.owner).objects.get(pk=talk.owner.pk)
    assert talk.read_by(gone) == []
    with refused(NotAllowed):
        talk.write(gone)


def test_people_are_told_once_and_those_mentioned_of_that() -> None:
    talk = Talk()
    buyer = BuyerFactory.create(distributor=talk.shop, full_name="Zhao Min")
    talk.write(talk.owner, "Please look, @Li Hua")
    assert told(talk.manager) == [f"Wang Wei mentioned you in a message about {talk.shop}."]
    talk.write(talk.manager, "Done", mentions=[buyer.pk])
    assert told(buyer) == [f"Li Hua mentioned you in a message about {talk.shop}."]
    assert told(talk.owner) == [f"Li Hua wrote about {talk.shop}."]
    talk.write(talk.manager, "We should talk", internal=True)
    assert (len(told(talk.owner)), len(told(buyer))) == (1, 1)


def test_strangers_are_refused_as_those_who_do_not_exist_and_never_offered(client: Client) -> None:
    """Whoever may mention could find out who works for the brand, or for another distributor."""
    talk = Talk()
    stranger = ManagerFactory.create(full_name="Nobody You Know")
    rival = OwnerFactory.create(full_name="Rival Owner")
    messages = set()
    for number in (stranger.pk, rival.pk, 2**40):
        with pytest.raises(InvalidInput) as error:
            talk.write(talk.owner, mentions=[number])
        messages.add(str(error.value.problems[0].message))
    assert len(messages) == 1
    talk.write(talk.owner, "Hello @Nobody You Know and @Rival Owner")
    assert told(stranger) == told(rival) == []
    with refused(InvalidInput):
        talk.write(talk.manager, internal=True, mentions=[talk.owner.pk])
    client.force_login(talk.owner)
    page = client.get(reverse("messaging:conversation", args=["distributor", talk.shop.pk])).content.decode()
    offered = page[page.index('name="mentions"') :]
    assert "Li Hua" in offered
    assert "Nobody You Know</label>" not in offered
    assert "Rival" not in offered


def test_nothing_of_a_message_changes_and_a_withdrawal_leaves_a_trace() -> None:
    talk = Talk()
    written = talk.write(talk.owner, "Oops", attachments=[Attachment(name="a.png", content=PHOTO)])
    for change in ({"text": "Other"}, {"is_internal": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ConversationMessage.objects.filter(pk=written.pk).update(**change)
    with refused(NotAllowed):
        withdraw_message(message_id=written.pk, actor=talk.manager, now=timezone.now())
    with refused(Conflict):
        withdraw_message(message_id=written.pk, actor=talk.owner, now=timezone.now() + timedelta(minutes=11))
    withdraw_message(message_id=written.pk, actor=talk.owner, now=timezone.now())
    with refused(Conflict):
        withdraw_message(message_id=written.pk, actor=talk.owner, now=timezone.now())
    assert not MessageFile.objects.visible_to(talk.manager).exists()
    client = Client()
    client.force_login(talk.manager)
    page = client.get(reverse("messaging:conversation", args=["distributor", talk.shop.pk])).content.decode()
    assert ("Oops" in page, "This message was withdrawn." in page) == (False, True)
    (shown_row,) = client.get("/api/v1/messages/").json()["results"]
    assert (shown_row["text"], shown_row["files"], bool(shown_row["withdrawn_at"])) == ("", [], True)


def test_stored_script_is_text_and_links_are_safe(client: Client) -> None:
    talk = Talk()
    evil = '<script>alert(1)</script> javascript:alert(2) https://ok.example/?a=<b> "onmouseover=x'
    talk.write(talk.owner, evil, attachments=[Attachment(name='"><img src=x>.png', content=PHOTO)])
    client.force_login(talk.manager)
    page = client.get(reverse("messaging:conversation", args=["distributor", talk.shop.pk])).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert 'href="https://ok.example' in page
    assert 'rel="nofollow"' in page
    file = MessageFile.objects.get()
    answer = client.get(reverse("messaging:message-file", args=[file.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "content", [b"", b"MZ program", b"<svg onload=alert(1)>", b"<html>", b"x" * (10 * 1024 * 1024 + 1)]
)
def test_files_that_lie_or_are_too_large_are_refused_beside_their_field(client: Client, content: bytes) -> None:
    talk = Talk()
    client.force_login(talk.owner)
    upload = SimpleUploadedFile("photo.png", content, content_type="image/png")
    page = reverse("messaging:conversation", args=["distributor", talk.shop.pk])
    answer = client.post(page, {"text": "A photo", "attachments": [upload]})
    assert answer.status_code == 400
    assert "A photo" in answer.content.decode(), "what was typed stays"
    assert not ConversationMessage.objects.exists()


def test_bounds_of_a_message() -> None:
    talk = Talk()
    for values in ({"text": " "}, {"text": "x" * 4001}, {"text": "\0"}):
        with refused(InvalidInput):
            talk.write(talk.owner, **values)
    with refused(InvalidInput):
        talk.write(talk.owner, attachments=[Attachment(name="a.png", content=PHOTO)] * 6)


def test_two_readers_have_each_their_own_state_and_a_slower_read_takes_nothing_back() -> None:
    talk = Talk()
    director = DirectorFactory.create()
    first = talk.write(talk.owner, "One")
    talk.write(talk.owner, "Two")
    mark_conversation_read(subject_type="distributor", subject_id=talk.shop.pk, actor=talk.manager)
    counts = [count_unread_messages("distributor", talk.shop.pk, actor=person) for person in (talk.manager, director)]
    assert counts == [0, 2]
    state = ConversationRead.objects.get(person=talk.manager)
    ConversationMessageFactory.create(distributor=talk.shop, author=talk.owner, text="Three")
    assert count_unread_messages("distributor", talk.shop.pk, actor=talk.manager) == 1
    mark_conversation_read(subject_type="distributor", subject_id=talk.shop.pk, actor=talk.manager)
    assert ConversationRead.objects.get(person=talk.manager).message_id > state.message_id > first.pk


@pytest.mark.django_db(transaction=True)
def test_what_two_write_at_once_is_unread_for_whoever_read_the_first() -> None:
    """A message that commits later with an earlier number would never be shown as new."""
    talk = Talk()
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            talk.write(talk.owner, "Slow")
            begun.set()
            go_on.wait(10)
        connection.close()

    def quick() -> None:
        talk.write(BuyerFactory.create(distributor=talk.shop), "Quick")
        connection.close()

    threads = [threading.Thread(target=slow), threading.Thread(target=quick)]
    threads[0].start()
    assert begun.wait(10)
    threads[1].start()
    mark_conversation_read(subject_type="distributor", subject_id=talk.shop.pk, actor=talk.manager)
    go_on.set()
    for thread in threads:
        thread.join(20)
    assert count_unread_messages("distributor", talk.shop.pk, actor=talk.manager) == 2
    numbers = dict(ConversationMessage.objects.values_list("text", "pk"))
    assert numbers["Slow"] < numbers["Quick"], "in the order of commits"


def test_the_api_writes_reads_withdraws_and_gives_files(client: Client) -> None:
    talk = Talk()
    client.force_login(talk.owner)
    about = {"subject_type": "distributor", "subject_id": talk.shop.pk}
    upload = SimpleUploadedFile("照片.png", PHOTO, content_type="image/png")
    sent = client.post("/api/v1/messages/", {**about, "text": "With a photo", "files": [upload]})
    assert sent.status_code == 201, sent.content
    body = sent.json()
    assert (body["files"][0]["name"], body["is_internal"]) == ("照片.png", False)
    path = f"/api/v1/messages/{body['id']}/files/{body['files'][0]['id']}/"
    assert b"".join(client.get(path).streaming_content) == PHOTO
    client.force_login(talk.manager)
    (unread,) = client.get("/api/v1/messages/unread/").json()
    assert (unread["unread"], unread["subject_id"]) == (1, talk.shop.pk)
    assert client.post("/api/v1/messages/read/", about, content_type="application/json").status_code == 204
    assert client.get("/api/v1/messages/unread/").json()[0]["unread"] == 0
    client.force_login(OwnerFactory.create())
    assert client.get(path).status_code == 404
    assert client.post(f"/api/v1/messages/{body['id']}/withdraw/").status_code == 404
    assert client.post("/api/v1/messages/", {**about, "text": "x"}).status_code == 404


def test_every_declared_subject_has_its_panel_on_its_page(client: Client) -> None:
    """One way for all: a detail page of such a row shows the conversation without a line of its own."""
    talk = Talk()
    client.force_login(talk.manager)
    page = client.get(talk.shop.get_absolute_url()).content.decode()
    assert f'hx-get="{reverse("messaging:conversation", args=["distributor", talk.shop.pk])}"' in page
    policy = published()
    client.force_login(talk.owner)
    assert 'id="conversation"' in client.get(policy.get_absolute_url()).content.decode()
    part = client.get(
        reverse("messaging:conversation", args=["announcement", policy.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert part.strip().startswith("<section")


def test_what_is_attached_lies_outside_the_pages(client: Client, settings: Any) -> None:
    file = MessageFileFactory.create()
    assert str(settings.MEDIA_ROOT) not in str(settings.STATIC_ROOT)
    client.force_login(OwnerFactory.create(distributor=DistributorFactory.create()))
    assert client.get(f"/media/{file.file.name}").status_code == 404
