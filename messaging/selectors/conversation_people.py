"""Who can be mentioned in a message, and who is told of it."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import is_brand
from accounts.selectors.responsibilities import accountable_people
from core.actors import Actor
from messaging.conversations import may_see
from messaging.models import ConversationMessage

MOST = 60
_TOLD_ROLES = (Role.OWNER, Role.BUYER)


def mentionable(message: ConversationMessage, *, actor: Actor) -> list[User]:
    """Those who may read this message (written or about to be) and are known to its author: nobody else is ever named.

    Who is accountable for the distributor, who has written before, for the brand's people their directors, and the
    distributor's own people where they may read it.
    """
    ids = {*_accountable(message), *_authors(message, internal=message.is_internal or is_brand(actor))}
    found = User.objects.filter(pk__in=ids)
    if is_brand(actor):
        found |= User.objects.with_roles([Role.DIRECTOR])
    if message.distributor_id is not None and not message.is_internal:
        found |= User.objects.of_distributors([message.distributor_id])
    people = found.filter(is_active=True).exclude(pk=actor.pk).order_by("full_name", "pk").distinct()[:MOST]
    return [person for person in people if _may_read(person, message)]


def named_in(text: str, people: Iterable[User]) -> list[User]:
    """Those whose name stands in the text after an @, in either script."""
    if "@" not in text:
        return []
    return [
        person
        for person in people
        if any(name and f"@{name}".lower() in text.lower() for name in (person.full_name, person.full_name_zh))
    ]


def people_to_tell(message: ConversationMessage) -> Sequence[int]:
    """The other side, and who has written before; of an internal one the brand's people alone. Not its author."""
    ids = set(_authors(message, internal=message.is_internal))
    if message.distributor_id is not None:
        if message.is_by_brand and not message.is_internal:
            people = User.objects.of_distributors([message.distributor_id], [role.value for role in _TOLD_ROLES])
            ids |= set(people.values_list("pk", flat=True))
        else:
            ids |= set(_accountable(message)[:1])
    people = User.objects.filter(pk__in=ids - {message.author_id}, is_active=True).order_by("pk")[:MOST]
    return [person.pk for person in people if _may_read(person, message)]


def _accountable(message: ConversationMessage) -> list[int]:
    if message.distributor_id is None:
        return []
    people = accountable_people([message.distributor_id], on=timezone.localdate())
    return people.get(message.distributor_id, [])


def _authors(message: ConversationMessage, *, internal: bool) -> list[int]:
    """Of the same distributor's conversation; of internal messages only where they are meant."""
    rows = ConversationMessage.objects.about(message.subject_type, message.subject_id)
    rows = rows.filter(distributor=message.distributor_id)
    if not internal:
        rows = rows.filter(is_internal=False)
    return list(rows.order_by("author").values_list("author", flat=True).distinct()[:MOST])


def _may_read(person: User, message: ConversationMessage) -> bool:
    return may_see(
        person,
        message.subject_type,
        message.subject_id,
        distributor_id=message.distributor_id,
        internal=message.is_internal,
    )
