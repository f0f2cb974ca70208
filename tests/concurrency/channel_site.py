"""A whole channel to publish a policy to; part of `crash_site`."""

from typing import Any

PER_HANGING = 17
"""Every so many people have their robot on the server that hangs."""


def make_channel(count: int, hook: str, hanging: str) -> int:
    """Distributors with an owner each, who has a robot of a chat; in a few statements."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from accounts.enums import ChannelKind, Role
    from accounts.models import Distributor, Membership, User
    from messaging.models import ChatAddress

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
        ChatAddress(
            person=person,
            kind="generic",
            url=f"{hook if number % PER_HANGING else hanging}/{person.email}",
            changed_at=timezone.now(),
        )
        for number, person in enumerate(people)
    )
    return len(people)


def publish_policy() -> int:
    from tests.factories.announcements import published

    return int(published(blocks_orders=True, grace_days=5).pk)


def acknowledge(policy: int, count: int) -> dict[str, int]:
    """So many owners acknowledge; what the brand then counts."""
    from accounts.enums import Role
    from accounts.models import User
    from policies.models import Announcement, AnnouncementRecipient
    from policies.selectors.policies import acknowledged_count
    from policies.services.publishing import acknowledge_announcement

    for reader in User.objects.filter(memberships__role=Role.OWNER).order_by("pk")[:count]:
        acknowledge_announcement(announcement_id=policy, name="Li", actor=reader)
    director = User.objects.get(memberships__role=Role.DIRECTOR)
    counted = acknowledged_count(director, Announcement.objects.get(pk=policy))
    return {
        "recipients": counted.recipients,
        "acknowledged": counted.acknowledged,
        "open": AnnouncementRecipient.objects.to_acknowledge().count(),
    }


def told() -> dict[str, Any]:
    """How many have it on their page, and how far what was sent is, by channel."""
    from django.db.models import Count

    from core.models import Delivery
    from messaging.models import Notification, Sending

    sendings = Sending.objects.order_by().values_list("channel", "state").annotate(Count("pk"))
    return {
        "page": Notification.objects.filter(kind="announcement.sent").count(),
        "sendings": {f"{channel} {state}": number for channel, state, number in sendings},
        "undelivered": Delivery.objects.exclude(status="delivered").count(),
    }
