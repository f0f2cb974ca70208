"""What conversations can be about: types of subject that an app declares, found in the scope of who asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse

from accounts.querysets import distributors
from core.actors import Actor
from core.errors import NotVisible
from core.registry import Slot
from core.subjects import subject_type
from messaging.permissions import can_converse, can_converse_internally

LONGEST_TEXT: Final = 4000


@dataclass(frozen=True, kw_only=True)
class ConversationType:
    """`distributor` is the column with the distributor that a subject is about, empty where it is about several or none.

    About several, each distributor has a conversation of its own with the brand.
    """

    name: str
    distributor: str = "distributor_id"

    def distributor_of(self, row: Any) -> int | None:
        found: int | None = attrgetter(self.distributor)(row) if self.distributor else None
        return found


CONVERSATIONS: Slot[str, ConversationType] = Slot("conversation about")


def declare_conversations(name: str, *, distributor: str = "distributor_id") -> None:
    """Let people write about subjects of this type, whose page is a detail page. Called from AppConfig.ready."""
    CONVERSATIONS.add(name, ConversationType(name=name, distributor=distributor))


def find_subject(name: str, number: int, *, actor: Actor) -> tuple[ConversationType, Any]:
    """What the conversation is about, as its app scopes it. Raises NotVisible."""
    kind = CONVERSATIONS.get(name)
    row = subject_type(name).rows([number], actor=actor).get(number) if kind else None
    if kind is None or row is None:
        raise NotVisible
    return kind, row


def may_see(person: Any, name: str, number: int, *, distributor_id: int | None, internal: bool) -> bool:
    """Whether the person may read such a message there: the subject, the distributor, and what is internal."""
    if not can_converse(person) or (internal and not can_converse_internally(person)):
        return False
    if not subject_type(name).rows([number], actor=person):
        return False
    return distributor_id is None or distributors().visible_to(person).filter(pk=distributor_id).exists()


def visible_subjects_filter(actor: Actor) -> Q:
    """Messages about whatever the actor may see, one subquery a type."""
    found = Q(pk__in=())
    for kind in CONVERSATIONS:
        model: Any = subject_type(kind.name).model
        found |= Q(subject_type=kind.name, subject_id__in=model.objects.visible_to(actor).order_by().values("pk"))
    return found


def conversation_panel(actor: Actor, row: Any) -> Mapping[str, str] | None:
    """The conversation about a row, below its page: loaded by the page itself, as it has a form and queries of its own."""
    if not can_converse(actor):
        return None
    for kind in CONVERSATIONS:
        if subject_type(kind.name).model is type(row):
            address = reverse("messaging:conversation", args=[kind.name, row.pk])
            return {"template": "messaging/panel.html", "address": address}
    return None
