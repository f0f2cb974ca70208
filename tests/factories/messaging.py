"""Notifications, each with its event, and preferences."""

import hashlib
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from messaging.enums import ChannelName, ChatKind, NotificationLevel
from messaging.models import (
    ChatAddress,
    ConversationMessage,
    ConversationRead,
    Endpoint,
    MessageFile,
    Notification,
    Preference,
    Sending,
)
from tests.factories.accounts import DistributorFactory, DutyFactory, UserFactory
from tests.factories.core import EventFactory

PHOTO = b"\x89PNG\r\n\x1a\n photo"


class NotificationFactory(factory.django.DjangoModelFactory[Notification]):
    """About a duty of a distributor; `distributor=acme`, `duty=sales` name others."""

    class Meta:
        model = Notification
        exclude = ("distributor", "duty")

    distributor = factory.SubFactory(DistributorFactory)
    duty = factory.SubFactory(DutyFactory)
    recipient = factory.SubFactory(UserFactory)
    kind = "responsibility.assigned"
    level = NotificationLevel.INFO
    subject_type = "distributor"
    subject_id = factory.LazyAttribute(lambda row: row.distributor.pk)
    event: Any = factory.SubFactory(
        EventFactory,
        kind=factory.SelfAttribute("..kind"),
        subject_type="distributor",
        subject_id=factory.SelfAttribute("..distributor.pk"),
    )
    params = factory.LazyAttribute(
        lambda row: {"distributor": row.distributor.pk, "duty": row.duty.pk, "since": "2026-01-01"}
    )
    created_at = factory.LazyFunction(timezone.now)


class PreferenceFactory(factory.django.DjangoModelFactory[Preference]):
    class Meta:
        model = Preference

    person = factory.SubFactory(UserFactory)
    group = "order"
    channel = ChannelName.MAIL
    is_on = True


class ChatAddressFactory(factory.django.DjangoModelFactory[ChatAddress]):
    class Meta:
        model = ChatAddress

    person = factory.SubFactory(UserFactory)
    kind = ChatKind.GENERIC
    url = "https://chat.example/robot"
    changed_at = factory.LazyFunction(timezone.now)


class SendingFactory(factory.django.DjangoModelFactory[Sending]):
    class Meta:
        model = Sending

    notification = factory.SubFactory(NotificationFactory)
    channel = ChannelName.MAIL
    endpoint = "mail server"
    available_at = factory.LazyFunction(timezone.now)
    created_at = factory.LazyFunction(timezone.now)


class EndpointFactory(factory.django.DjangoModelFactory[Endpoint]):
    class Meta:
        model = Endpoint

    name = factory.Sequence(lambda number: f"chat{number}.example")
    failures = 1


class ConversationMessageFactory(factory.django.DjangoModelFactory[ConversationMessage]):
    """About a distributor, by one of its people, for both sides."""

    class Meta:
        model = ConversationMessage
        skip_postgeneration_save = True

    distributor = factory.SubFactory(DistributorFactory)
    subject_type = "distributor"
    subject_id = factory.LazyAttribute(lambda row: row.distributor.pk)
    author = factory.SubFactory(UserFactory)
    is_by_brand = False
    is_internal = False
    text = "Hello"
    created_at = factory.LazyFunction(timezone.now)


class MessageFileFactory(factory.django.DjangoModelFactory[MessageFile]):
    class Meta:
        model = MessageFile

    message = factory.SubFactory(ConversationMessageFactory)
    file = factory.LazyFunction(lambda: ContentFile(PHOTO, name="photo.png"))
    name = "photo.png"
    media_type = "image/png"
    size = len(PHOTO)
    sha256 = hashlib.sha256(PHOTO).hexdigest()
    added_at = factory.LazyFunction(timezone.now)


class ConversationReadFactory(factory.django.DjangoModelFactory[ConversationRead]):
    class Meta:
        model = ConversationRead

    person = factory.SubFactory(UserFactory)
    subject_type = "distributor"
    subject_id = 1
    message_id = 1
