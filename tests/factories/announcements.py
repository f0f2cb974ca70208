"""Announcements for tests: rows as they are stored, and published ones by the services as people make them."""

import hashlib
from typing import Any

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import Role
from policies.enums import AnnouncementKind
from policies.models import Announcement, AnnouncementFile, AnnouncementRecipient
from policies.services.announcements import AnnouncementText, create_announcement
from policies.services.publishing import publish_announcement
from tests.factories.accounts import DirectorFactory, DistributorFactory

PDF = b"%PDF-1.7 policy"


class AnnouncementFactory(DjangoModelFactory[Announcement]):
    """A draft for everybody."""

    class Meta:
        model = Announcement

    kind = AnnouncementKind.POLICY
    title = "Return policy"
    title_zh = "退货政策"
    body = "Returns within 30 days."
    body_zh = "三十天内可退货。"
    roles = factory.LazyFunction(lambda: [Role.OWNER.value])


class AnnouncementRecipientFactory(DjangoModelFactory[AnnouncementRecipient]):
    class Meta:
        model = AnnouncementRecipient

    announcement = factory.SubFactory(AnnouncementFactory)
    distributor = factory.SubFactory(DistributorFactory)
    added_at = factory.LazyFunction(timezone.now)


class AnnouncementFileFactory(DjangoModelFactory[AnnouncementFile]):
    class Meta:
        model = AnnouncementFile

    announcement = factory.SubFactory(AnnouncementFactory)
    file = factory.LazyFunction(lambda: ContentFile(PDF, name="policy.pdf"))
    name = "policy.pdf"
    media_type = "application/pdf"
    size = len(PDF)
    sha256 = hashlib.sha256(PDF).hexdigest()
    added_at = factory.LazyFunction(timezone.now)


def policy_text(**changes: Any) -> AnnouncementText:
    """A policy that the owner must acknowledge within ten days, for everybody unless the test says otherwise."""
    values: dict[str, Any] = {
        "kind": AnnouncementKind.POLICY,
        "title": "Return policy",
        "title_zh": "退货政策",
        "body": "Returns within 30 days.",
        "body_zh": "三十天内可退货。",
        "roles": [Role.OWNER],
        "needs_acknowledgement": True,
        "grace_days": 10,
        "remind_every_days": 3,
    }
    return AnnouncementText(**{**values, **changes})


def published(**changes: Any) -> Announcement:
    director = DirectorFactory.create()
    draft = create_announcement(text=policy_text(**changes), actor=director)
    return publish_announcement(announcement_id=draft.pk, actor=director, expected_version=None)
