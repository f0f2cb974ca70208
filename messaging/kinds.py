"""Which events notify whom, how urgently, and in which words: declared by the app that records the event.

A kind is data; `messaging.services.notifications` finds the people and writes the notifications.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.enums import AccountsEvent, Role
from core.errors import Message
from core.registry import Slot
from messaging.enums import ConversationEvent, NotificationLevel


@dataclass(frozen=True, kw_only=True)
class ToAccountable:
    """Who acts today for the event's distributor: for its first duty that is no gap, or for every duty (or those named)."""

    level: NotificationLevel
    every_duty: bool = False
    duty_codes: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class ToDistributor:
    """The people of the event's distributor with one of the roles, or of those that the event's data has under `roles_key`."""

    level: NotificationLevel
    roles: frozenset[str] = frozenset()
    roles_key: str = ""


@dataclass(frozen=True, kw_only=True)
class ToBrand:
    """The brand owner's people with one of the roles."""

    level: NotificationLevel
    roles: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class ToPerson:
    """The one whose key the event's data has under `key`."""

    level: NotificationLevel
    key: str


@dataclass(frozen=True, kw_only=True)
class ToPeople:
    """Those whose keys the event's data has as a list under `key`."""

    level: NotificationLevel
    key: str


Audience = ToAccountable | ToBrand | ToDistributor | ToPeople | ToPerson


@dataclass(frozen=True, kw_only=True)
class NotificationKind:
    """One kind of event. `text` has `%(name)s` blanks.

    The blanks are filled from those of the event's data that `params` names, and with the labels of subjects in the
    reader's language: `subjects` says by blank which type of subject the number in the data is of ("distributor" without
    one in the data is the event's). The notification leads to the event's subject, or to `route`. With `condition` only
    some events of the kind notify anybody. `mailed_by_default` are those that nobody should have to look for.
    """

    kind: str
    text: Message
    audiences: tuple[Audience, ...]
    params: tuple[str, ...] = ()
    subjects: Mapping[str, str] = field(default_factory=dict)
    route: str = ""
    condition: Callable[[Mapping[str, Any]], bool] | None = None
    mailed_by_default: bool = False

    @property
    def group(self) -> str:
        """What preferences are set for: all notifications about one type of thing."""
        return self.kind.split(".", 1)[0]


ANY = "*"
"""In `subjects`: of whichever type the data names under the blank's name with `_type` after it."""
NOTIFICATION_KINDS: Slot[str, NotificationKind] = Slot("notification of")
GROUPS: Slot[str, Message] = Slot("group of notifications")
"""What people call the groups that they choose channels for."""


def group_names() -> tuple[str, ...]:
    return GROUPS.keys()


def group_label(group: str) -> Message:
    return GROUPS.get(group) or group


def is_mailed_by_default(group: str) -> bool:
    return any(kind.mailed_by_default for kind in NOTIFICATION_KINDS if kind.group == group)


def _is_alone(data: Mapping[str, Any]) -> bool:
    """Of many duties at once one notification says it, see RESPONSIBILITIES_RECEIVED."""
    return int(data.get("together", 1)) == 1


_DUTY: Mapping[str, str] = {"duty": "duty", "distributor": "distributor"}
ACCOUNTS_KINDS = (
    NotificationKind(
        kind=AccountsEvent.RESPONSIBILITY_ASSIGNED,
        text=_("You are responsible for “%(duty)s” of %(distributor)s as of %(since)s."),
        audiences=(ToPerson(level=NotificationLevel.ACTION, key="person"),),
        params=("since",),
        subjects=_DUTY,
        condition=_is_alone,
    ),
    NotificationKind(
        kind=AccountsEvent.RESPONSIBILITY_HANDED_OVER,
        text=_("You are responsible for “%(duty)s” of %(distributor)s as of %(since)s."),
        audiences=(ToPerson(level=NotificationLevel.ACTION, key="person"),),
        params=("since",),
        subjects=_DUTY,
        condition=_is_alone,
    ),
    NotificationKind(
        kind=AccountsEvent.MANAGER_CHANGED,
        text=_("As of %(since)s, %(person)s is your contact person."),
        audiences=(ToDistributor(level=NotificationLevel.INFO, roles=frozenset({Role.OWNER, Role.BUYER})),),
        params=("since",),
        subjects={"person": "user"},
    ),
    NotificationKind(
        kind=AccountsEvent.RESPONSIBILITY_ENDED,
        text=_("Your responsibility for “%(duty)s” of %(distributor)s ends on %(until)s."),
        audiences=(ToPerson(level=NotificationLevel.INFO, key="person"),),
        params=("until",),
        subjects=_DUTY,
    ),
    NotificationKind(
        kind=AccountsEvent.RESPONSIBILITIES_RECEIVED,
        text=_("You are responsible for %(count)s more duties as of %(since)s."),
        audiences=(ToPerson(level=NotificationLevel.ACTION, key="person"),),
        params=("count", "since"),
        route="responsibility:radar",
    ),
)

_ABOUT: Mapping[str, str] = {"author": "user", "about": ANY}
CONVERSATION_KINDS = (
    NotificationKind(
        kind=ConversationEvent.TOLD,
        text=_("%(author)s wrote about %(about)s."),
        audiences=(ToPeople(level=NotificationLevel.ACTION, key="people"),),
        params=("about_type",),
        subjects=_ABOUT,
    ),
    NotificationKind(
        kind=ConversationEvent.INTERNAL,
        text=_("%(author)s wrote internally about %(about)s."),
        audiences=(ToPeople(level=NotificationLevel.ACTION, key="people"),),
        params=("about_type",),
        subjects=_ABOUT,
    ),
)
MENTION_KINDS = (
    NotificationKind(
        kind=ConversationEvent.MENTIONED,
        text=_("%(author)s mentioned you in a message about %(about)s."),
        audiences=(ToPeople(level=NotificationLevel.ACTION, key="people"),),
        params=("about_type",),
        subjects=_ABOUT,
        mailed_by_default=True,
    ),
)
