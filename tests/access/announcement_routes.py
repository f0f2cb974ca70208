"""Who may open what of announcements."""

from collections.abc import Mapping
from typing import Any

from policies.services.announcements import create_announcement
from policies.services.publishing import publish_announcement
from tests.access.table import BRAND, IDLE, LEADS, OURS, OWNER, ROLELESS, SIGNED_IN, STRANGER, Route
from tests.access.world import World
from tests.factories.announcements import AnnouncementFileFactory, policy_text

BLIND = SIGNED_IN - LEADS
SEES = BRAND | OURS | {IDLE}
HIDDEN = frozenset({STRANGER, ROLELESS})
PEOPLE = BRAND | OURS | {IDLE, STRANGER}


def build(world: World) -> None:
    """A draft, and a policy of `mine` and the one below it in force."""
    director = world.people["director"]
    only = policy_text(distributor_ids=[world.mine.pk, world.child.pk])
    drafted = create_announcement(text=only, actor=director)
    world.things.announcement_draft = drafted
    world.things.announcement_draft_file = AnnouncementFileFactory.create(announcement=drafted)
    other = create_announcement(text=only, actor=director)
    AnnouncementFileFactory.create(announcement=other)
    world.things.announcement = publish_announcement(announcement_id=other.pk, actor=director, expected_version=None)
    world.things.announcement_file = world.things.announcement.files.get()


def pk_of(name: str) -> Any:
    def args(world: World) -> Mapping[str, Any]:
        return {"pk": getattr(world.things, name).pk}

    return args


def _price_list(world: World) -> Mapping[str, Any]:
    return {"code": world.things.price.price_list.code}


def _sent(_world: World) -> dict[str, object]:
    return {"kind": "policy", "title": "T", "body": "B", "roles": ["owner"], "grace_days": 1, "remind_every_days": 1}


def _name(_world: World) -> dict[str, object]:
    return {"name": "Li Ming"}


DRAFT, SENT = pk_of("announcement_draft"), pk_of("announcement")
DRAFT_FILE, SENT_FILE = pk_of("announcement_draft_file"), pk_of("announcement_file")


def _api(step: str, *, args: Any, hidden: Any, ok: int = 200, **more: Any) -> Route:
    return Route(
        name=f"api:announcements-{step}", method="POST", allowed=LEADS, hidden=hidden, args=args, ok=ok, **more
    )


def _button(step: str, args: Any) -> Route:
    return Route(name=f"policies:{step}", method="POST", allowed=LEADS, args=args, ok=302)


ROUTES = [
    Route(name="api:announcements-list", allowed=SIGNED_IN),
    Route(
        name="api:announcements-file",
        allowed=SEES,
        hidden=HIDDEN,
        args=lambda w: {"pk": w.things.announcement.pk, "file_id": w.things.announcement_file.pk},
    ),
    Route(name="api:announcements-list", method="POST", allowed=LEADS, ok=201, body=_sent),
    Route(name="api:announcements-detail", allowed=SEES, hidden=HIDDEN, args=SENT),
    Route(name="api:announcements-detail", method="PUT", allowed=LEADS, hidden=BLIND, args=DRAFT, body=_sent),
    _api("publish", args=DRAFT, hidden=BLIND),
    _api("files", args=DRAFT, hidden=BLIND, ok=400),
    _api("withdraw", args=SENT, hidden=HIDDEN),
    _api("revise", args=SENT, hidden=HIDDEN, ok=201),
    _api("rules", args=SENT, hidden=HIDDEN, body=lambda _w: {"price_lists": []}),
    Route(
        name="api:announcements-acknowledge",
        method="POST",
        allowed={OWNER},
        hidden=HIDDEN | (BRAND | {IDLE}),
        args=SENT,
        body=_name,
    ),
    Route(name="api:announcement-recipients-list", allowed=SIGNED_IN),
    Route(name="policies:announcements", allowed=PEOPLE),
    Route(name="policies:recipients", allowed=BRAND | {IDLE}),
    Route(name="policies:announcement", allowed=SEES, hidden={STRANGER}, args=SENT),
    Route(name="policies:announcement-new", allowed=LEADS),
    Route(name="policies:announcement-new", method="POST", allowed=LEADS, ok=302, body=_sent),
    Route(name="policies:announcement-change", allowed=LEADS, args=DRAFT),
    Route(name="policies:announcement-change", method="POST", allowed=LEADS, args=DRAFT, ok=302, body=_sent),
    Route(name="policies:announcement-attach", allowed=LEADS, args=DRAFT),
    Route(name="policies:announcement-attach", method="POST", allowed=LEADS, args=DRAFT, ok=400),
    Route(name="policies:announcement-rules", allowed=LEADS, args=SENT),
    Route(name="policies:announcement-rules", method="POST", allowed=LEADS, args=SENT, ok=302),
    Route(name="policies:price-list-policy", allowed=LEADS, args=_price_list),
    Route(name="policies:price-list-policy", method="POST", allowed=LEADS, args=_price_list, ok=302),
    _button("announcement-publish", DRAFT),
    _button("announcement-withdraw", SENT),
    _button("announcement-revise", SENT),
    _button("announcement-file-remove", DRAFT_FILE),
    Route(name="policies:announcement-acknowledge", allowed=OURS, hidden={STRANGER}, args=SENT),
    Route(
        name="policies:announcement-acknowledge",
        method="POST",
        allowed={OWNER},
        hidden={STRANGER},
        args=SENT,
        ok=302,
        body=_name,
    ),
    Route(name="policies:announcement-file", allowed=SEES, hidden={STRANGER}, args=SENT_FILE),
    Route(name="policies:announcement-file", allowed=LEADS, hidden=PEOPLE - LEADS, args=DRAFT_FILE),
]
