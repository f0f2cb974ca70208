"""Announcements and policies. Where this breaks, a distributor lives under terms it never read, or cannot order for no reason."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from rest_framework.test import APIClient

from accounts.enums import ChannelKind, DistributorStatus, Role, TokenScope
from accounts.models import Distributor
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.events import record_event
from messaging.models import Notification
from messaging.selectors.notifications import shown
from messaging.services.files import LARGEST, Attachment
from policies.enums import AnnouncementStatus
from policies.models import Announcement, AnnouncementRecipient
from policies.selectors.policies import (
    SOURCE_TYPE,
    acknowledged_count,
    policies_in_force,
    policy_sources,
    to_acknowledge,
)
from policies.services.announcements import (
    attach_file,
    create_announcement,
    revise_announcement,
    save_announcement,
)
from policies.services.publishing import (
    acknowledge_announcement,
    publish_announcement,
    remind,
    send_to_joiners,
    withdraw_announcement,
)
from tests.factories.accounts import (
    ApiTokenFactory,
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
    TerritoryFactory,
    TierFactory,
)
from tests.factories.announcements import PDF, policy_text, published
from tests.factories.inventory import BrandFactory, BuyingRightFactory
from tests.messaging.sending import relay_and_send
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db


def recipients(announcement: Announcement) -> set[int]:
    return set(announcement.recipients.values_list("distributor_id", flat=True))


def deliver() -> None:
    relay_and_send(now=timezone.now() + timedelta(days=1))


def acknowledge(announcement: Announcement, owner: Any, name: str = "Li Ming") -> AnnouncementRecipient:
    return acknowledge_announcement(announcement_id=announcement.pk, name=name, actor=owner)


def test_the_audience_meets_every_criterion_and_a_list_stands_beside() -> None:
    """A policy would reach those it is not for, or miss those it is."""
    south = TerritoryFactory.create()
    city = TerritoryFactory.create(parent=south)
    gold, brand = TierFactory.create(), BrandFactory.create()
    meets = DistributorFactory.create(channel_kind=ChannelKind.RETAIL, tier=gold, territory=city)
    BuyingRightFactory.create(distributor=meets, brand=brand, product=None)
    others = [
        DistributorFactory.create(channel_kind=ChannelKind.RETAIL, tier=gold, territory=city),
        DistributorFactory.create(channel_kind=ChannelKind.RETAIL, tier=None, territory=south),
        DistributorFactory.create(channel_kind=ChannelKind.WHOLESALE, tier=gold, territory=None),
    ]
    criteria: dict[str, Any] = {
        "channel_kinds": [ChannelKind.RETAIL],
        "tier_ids": [gold.pk],
        "territory_ids": [south.pk],
        "brand_ids": [brand.pk],
    }
    assert recipients(published(**criteria)) == {meets.pk}
    assert recipients(published(**criteria, distributor_ids=[others[2].pk])) == {meets.pk, others[2].pk}
    assert recipients(published(distributor_ids=[others[1].pk])) == {others[1].pk}
    DistributorFactory.create(status=DistributorStatus.TERMINATED)
    DistributorFactory.create(status=DistributorStatus.APPLICANT)
    assert recipients(published()) == {meets.pk, *(one.pk for one in others)}
    with refused(InvalidInput):
        published(tier_ids=[TierFactory.create().pk])


def test_the_audience_is_frozen_and_whoever_joins_gets_all_in_force() -> None:
    """A change of tier would send old policies, and a new distributor would live under terms it never got."""
    gold = TierFactory.create()
    inside, outside = DistributorFactory.create(tier=gold), DistributorFactory.create(tier=None)
    applicant = DistributorFactory.create(tier=gold, status=DistributorStatus.APPLICANT)
    policy = published(tier_ids=[gold.pk], blocks_orders=True)
    Distributor.objects.filter(pk=outside.pk).update(tier=gold)
    Distributor.objects.filter(pk=inside.pk).update(tier=None)
    newcomer = DistributorFactory.create(tier=gold)
    DistributorFactory.create(tier=None)
    withdrawn = published(tier_ids=[gold.pk])
    withdraw_announcement(announcement_id=withdrawn.pk, actor=DirectorFactory.create(), expected_version=None)
    Distributor.objects.filter(pk=applicant.pk).update(status=DistributorStatus.ACTIVE)
    tomorrow = timezone.now() + timedelta(days=1)
    assert send_to_joiners(now=tomorrow) == 2
    assert send_to_joiners(now=tomorrow) == 0
    assert recipients(policy) == {inside.pk, newcomer.pk, applicant.pk}
    row = policy.recipients.get(distributor=newcomer)
    assert row.due_on == timezone.localdate(tomorrow) + timedelta(days=10), "its days begin when it joins"


def test_a_distributor_that_is_created_gets_what_is_in_force_at_once() -> None:
    DistributorFactory.create()
    policy, newcomer = published(), DistributorFactory.create()
    record_event(
        kind="distributor.created",
        subject_type="distributor",
        subject_id=newcomer.pk,
        distributor_id=newcomer.pk,
        actor_id=None,
    )
    deliver()
    assert newcomer.pk in recipients(policy)


def test_what_was_published_is_a_new_revision_and_never_an_edit() -> None:
    """Somebody would have acknowledged what another text said."""
    owner, director = OwnerFactory.create(), DirectorFactory.create()
    old = published(blocks_orders=True)
    with refused(Conflict):
        save_announcement(
            announcement_id=old.pk, text=policy_text(title="Other"), actor=director, expected_version=None
        )
    with pytest.raises(IntegrityError, match="announcement_frozen"), transaction.atomic():
        Announcement.objects.filter(pk=old.pk).update(body="Other")
    new = revise_announcement(announcement_id=old.pk, actor=director, expected_version=None)
    with refused(Conflict):
        revise_announcement(announcement_id=old.pk, actor=director, expected_version=None)
    acknowledge(old, owner)
    save_announcement(
        announcement_id=new.pk, text=policy_text(body="Within 14 days."), actor=director, expected_version=None
    )
    publish_announcement(announcement_id=new.pk, actor=director, expected_version=None)
    old.refresh_from_db()
    assert (old.status, old.body, old.recipients.get().blocks_on) == (
        AnnouncementStatus.SUPERSEDED,
        "Returns within 30 days.",
        None,
    )
    assert old.recipients.get().acknowledged_name == "Li Ming"
    assert [row.announcement for row in to_acknowledge(owner)] == [new], "the new text is to be read anew"
    sources = policy_sources([(SOURCE_TYPE, old.pk), (SOURCE_TYPE, new.pk), ("agreement", old.pk), (SOURCE_TYPE, None)])
    assert [(sources[pk].revision, sources[pk].is_in_force) for pk in (old.pk, new.pk)] == [(1, False), (2, True)]
    assert policies_in_force(owner.distributor_id) == [Announcement.objects.get(pk=new.pk)]


def test_acknowledged_by_a_named_role_with_name_and_time_and_the_first_counts() -> None:
    owner = OwnerFactory.create()
    buyer, stranger = BuyerFactory.create(distributor=owner.distributor), OwnerFactory.create()
    policy = published(distributor_ids=[owner.distributor_id])
    with refused(NotAllowed):
        acknowledge(policy, buyer)
    with refused(NotVisible):
        acknowledge(policy, stranger)
    with refused(NotVisible):
        acknowledge(policy, DirectorFactory.create())
    with refused(InvalidInput):
        acknowledge(policy, owner, " ")
    row = acknowledge(policy, owner)
    assert (row.acknowledged_by_id, row.acknowledged_name, row.acknowledged_role) == (owner.pk, "Li Ming", Role.OWNER)
    assert row.acknowledged_at is not None
    second = acknowledge(policy, OwnerFactory.create(distributor=owner.distributor), "Somebody else")
    assert second.acknowledged_name == "Li Ming"
    count = acknowledged_count(DirectorFactory.create(), policy)
    assert (count.recipients, count.acknowledged, count.missing) == (1, 1, 0)
    withdraw_announcement(announcement_id=policy.pk, actor=DirectorFactory.create(), expected_version=None)
    with refused(Conflict):
        acknowledge(policy, owner)


def test_its_people_are_notified_in_their_language_and_reminded_until_it_is_acknowledged() -> None:
    owner = OwnerFactory.create(language="zh-hans")
    BuyerFactory.create(distributor=owner.distributor)
    policy = published()
    deliver()
    (row,) = Notification.objects.all()
    with translation.override("zh-hans"):
        (line,) = shown([row], actor=owner)
    assert (row.recipient_id, "退货政策" in line.text, line.address) == (owner.pk, True, policy.get_absolute_url())
    today = timezone.localdate()
    assert remind(today=today + timedelta(days=2)) == 0
    assert remind(today=today + timedelta(days=3)) == 1
    assert remind(today=today + timedelta(days=3)) == 0, "once a day"
    assert remind(today=today + timedelta(days=10)) == 1, "the last day"
    acknowledge(policy, owner)
    assert remind(today=today + timedelta(days=20)) == 0
    deliver()
    assert Notification.objects.filter(kind="announcement.reminded", recipient=owner).count() == 2


def holder(person: object) -> APIClient:
    client = APIClient(raise_request_exception=False)
    secret = ApiTokenFactory.create(user=person, scope=TokenScope.ALL).secret
    client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    return client


def test_the_api_does_what_the_pages_do() -> None:
    """A distributor's ERP could not tell its people that they may not order from tomorrow on."""
    director, owner = DirectorFactory.create(), OwnerFactory.create()
    brand = holder(director)
    text = {
        "kind": "policy",
        "title": "T",
        "body": "B",
        "needs_acknowledgement": True,
        "blocks_orders": True,
        "distributors": [owner.distributor.code],
    }
    wrong = brand.post("/api/v1/announcements/", {**text, "distributors": ["NO"]}, format="json")
    assert wrong.status_code == 400
    made = brand.post("/api/v1/announcements/", text, format="json")
    assert made.status_code == 201, made.content
    address = f"/api/v1/announcements/{made.json()['id']}/"
    assert brand.put(address, {**text, "title": "T2"}, format="json").json()["title"] == "T2"
    upload = SimpleUploadedFile("a.pdf", PDF)
    assert brand.post(f"{address}files/", {"file": upload}, format="multipart").json()["files"][0]["name"] == "a.pdf"
    mine = holder(owner)
    assert mine.get(address).status_code == 404, "a draft"
    assert brand.post(f"{address}publish/").json()["status"] == "published"
    assert mine.get("/api/v1/announcements/?unacknowledged=true").json()["results"][0]["title"] == "T2"
    assert mine.post(f"{address}publish/").status_code == 403
    assert mine.post(f"{address}acknowledge/", {"name": "Li"}, format="json").status_code == 200
    (row,) = brand.get("/api/v1/announcement-recipients/?acknowledged=true").json()["results"]
    assert (row["distributor"], row["acknowledged_name"]) == (owner.distributor.code, "Li")
    assert holder(OwnerFactory.create()).get("/api/v1/announcement-recipients/").json()["results"] == []
    assert brand.post(f"{address}revise/").status_code == 201
    assert brand.post(f"{address}withdraw/").json()["status"] == "withdrawn"


def test_pages_from_draft_to_who_has_not(client: Client) -> None:
    """The whole way of one policy as people go it, and the list of those who have not, as a file too."""
    director, owner = DirectorFactory.create(), OwnerFactory.create()
    late = DistributorFactory.create(code="LATE", name="Late shop")
    manager = ManagerFactory.create()
    ResponsibilityFactory.create(user=manager, distributor=late)
    client.force_login(director)
    typed = {
        "kind": "policy",
        "title": "<script>alert(1)</script>",
        "body": "<b>bold</b>",
        "roles": ["owner"],
        "needs_acknowledgement": "on",
        "blocks_orders": "on",
        "grace_days": "0",
        "remind_every_days": "7",
    }
    bad = client.post(reverse("policies:announcement-new"), {**typed, "distributors": "NOBODY"})
    assert (bad.status_code, "NOBODY" in bad.content.decode()) == (400, True)
    client.post(reverse("policies:announcement-new"), typed)
    policy = Announcement.objects.get()
    upload = SimpleUploadedFile("../../e\u202evil<img>.pdf", PDF, content_type="text/html")
    assert client.post(reverse("policies:announcement-attach", args=[policy.pk]), {"file": upload}).status_code == 302
    change = client.get(reverse("policies:announcement-change", args=[policy.pk])).content.decode()
    assert "&lt;script&gt;" in change
    client.post(reverse("policies:announcement-publish", args=[policy.pk]))
    file = policy.files.get()
    assert file.name == "evilimg.pdf"
    client.force_login(owner)
    page = client.get(policy.get_absolute_url()).content.decode()
    assert ("<script>alert" in page, "<b>bold" in page, "&lt;b&gt;bold" in page) == (False, False, True)
    sent = client.get(reverse("policies:announcement-file", args=[file.pk]))
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    done = client.post(reverse("policies:announcement-acknowledge", args=[policy.pk]), {"name": "<i>Li</i>"})
    assert done.status_code == 302
    client.force_login(manager)
    listed = client.get(reverse("policies:recipients") + f"?announcement={policy.pk}&acknowledged=false")
    assert ("Late shop" in listed.content.decode(), owner.distributor.code in listed.content.decode()) == (True, False)
    exported = client.get(reverse("policies:recipients") + "?acknowledged=false&export=csv")
    content = b"".join(exported.streaming_content) if exported.streaming else exported.content
    assert b"LATE" in content


OOXML = "[Content_Types].xml"


def in_zip(*names: str) -> bytes:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"MZ\x90\x00",
        b"GIF89a/*<script>",
        b"PK\x03\x04 broken",
        in_zip("evil.exe"),
        in_zip(OOXML, "word/document.xml", "word/vbaProject.bin"),
        b"%PDF-" + bytes(LARGEST),
    ],
)
def test_files_that_lie_about_their_type_or_are_too_large_are_refused(content: bytes) -> None:
    """A page of a stranger would open under our address, a macro on somebody's machine."""
    draft = create_announcement(text=policy_text(), actor=DirectorFactory.create())
    with refused(InvalidInput):
        attach_file(
            announcement_id=draft.pk,
            attachment=Attachment(name="innocent.pdf", content=content),
            actor=DirectorFactory.create(),
        )
    assert not draft.files.exists()


def test_a_file_is_what_its_content_says_whatever_it_is_called() -> None:
    draft = create_announcement(text=policy_text(), actor=DirectorFactory.create())
    for name, content in (("a.html", PDF), ("b.exe", in_zip(OOXML, "xl/workbook.xml")), ("", b"\xff\xd8\xff\xe0")):
        attach_file(
            announcement_id=draft.pk, attachment=Attachment(name=name, content=content), actor=DirectorFactory.create()
        )
    assert [row.name for row in draft.files.all()] == ["a.html.pdf", "b.exe.xlsx", "file.jpg"]


@pytest.mark.parametrize("size", [1, 30])
def test_lists_cost_the_same_at_every_size(size: int, client: Client) -> None:
    for _ in range(size):
        DistributorFactory.create()
    published()
    client.force_login(DirectorFactory.create())
    counts = []
    for address in (reverse("policies:announcements"), reverse("policies:recipients")):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert max(counts) <= 12, counts
