"""Messages about documents and distributors: written, withdrawn, read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F, Max
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_brand
from accounts.querysets import distributors
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible
from core.events import record_event
from core.idempotency import lock_number
from core.locks import lock_row
from core.models import Event
from core.permissions import require
from messaging.conversations import LONGEST_TEXT, ConversationType, find_subject
from messaging.enums import MESSAGE_KINDS, ConversationEvent
from messaging.models import ConversationMessage, ConversationRead, MessageFile, Notification
from messaging.permissions import can_converse, can_converse_internally
from messaging.selectors.conversation_people import mentionable, named_in, people_to_tell
from messaging.services.files import Attachment, stored

WITHDRAWABLE: Final = timedelta(minutes=10)
MOST_FILES: Final = 5


@dataclass(frozen=True, kw_only=True)
class NewMessage:
    """`distributor_id` says whose conversation it is where the subject is about several; `mentions` are keys of people."""

    text: str
    internal: bool = False
    distributor_id: int | None = None
    mentions: Collection[int] = ()
    attachments: Sequence[Attachment] = ()


def post_message(
    *, subject_type: str, subject_id: int, message: NewMessage, actor: Actor, now: datetime
) -> ConversationMessage:
    """Write a message about a subject that the actor sees; whom it concerns is notified, who is mentioned by name.

    Raises NotVisible, NotAllowed (internal), InvalidInput (text, distributor, mentions, files). A person that may not
    read it is refused like one who does not exist.
    """
    require(can_converse(actor))
    kind, row = find_subject(subject_type, subject_id, actor=actor)
    if message.internal:
        require(can_converse_internally(actor))
    text = _checked_text(message)
    distributor_id = _distributor_of(kind, row, message, actor)
    with explained(), transaction.atomic():
        _lock(subject_type, subject_id)
        written = ConversationMessage.objects.create(
            subject_type=subject_type,
            subject_id=subject_id,
            distributor_id=distributor_id,
            author_id=actor.pk,
            is_by_brand=is_brand(actor),
            is_internal=message.internal,
            text=text,
            created_at=now,
        )
        mentioned = _mentioned(written, message.mentions, actor)
        written.mentions.set(mentioned)
        for attachment in message.attachments:
            MessageFile.objects.create(message=written, **stored(attachment, field="files"))
        _record(written, [person.pk for person in mentioned])
        _note_read(actor.pk, subject_type, subject_id, written.pk)
    return written


def withdraw_message(*, message_id: int, actor: Actor, now: datetime) -> ConversationMessage:
    """Take back what one wrote within ten minutes; that it was there stays. Raises NotVisible, NotAllowed, Conflict."""
    with explained(), transaction.atomic():
        found: ConversationMessage = lock_row(ConversationMessage.objects.visible_to(actor), message_id)
        require(found.author_id == actor.pk)
        if found.withdrawn_at is not None or now > found.created_at + WITHDRAWABLE:
            raise Conflict(_("A message can be withdrawn within ten minutes."), code="too_late")
        found.withdrawn_at = now
        found.save(update_fields=["withdrawn_at"])
        _event(found, ConversationEvent.WITHDRAWN)
    return found


def mark_conversation_read(*, subject_type: str, subject_id: int, actor: Actor) -> None:
    """All that the actor may read of it now has been read, the notifications of it too. Raises NotVisible."""
    find_subject(subject_type, subject_id, actor=actor)
    messages = ConversationMessage.objects.about(subject_type, subject_id).of_side(actor)
    last = messages.aggregate(last=Max("pk"))["last"]
    if last is not None:
        with transaction.atomic():
            _note_read(actor.pk, subject_type, subject_id, last)
            events = Event.objects.filter(subject_type="conversation_message", subject_id__in=messages.values("pk"))
            mine = Notification.objects.filter(recipient=actor.pk, kind__in=MESSAGE_KINDS, read_at=None)
            mine.filter(event__in=events.order_by().values("pk")).update(read_at=timezone.now())


def _checked_text(message: NewMessage) -> str:
    text = message.text.strip()
    if not text:
        raise InvalidInput(_("Write a message."), code="required", field="text")
    if len(text) > LONGEST_TEXT:
        raise InvalidInput(_("A message has at most 4,000 characters."), code="too_long", field="text")
    if "\0" in text:
        raise InvalidInput(_("This text has characters that cannot be stored."), code="invalid", field="text")
    if len(message.attachments) > MOST_FILES:
        text = _("At most %(count)d files can be attached.") % {"count": MOST_FILES}
        raise InvalidInput(text, code="too_many_files", field="files")
    return text


def _distributor_of(kind: ConversationType, row: Any, message: NewMessage, actor: Actor) -> int | None:
    """Whose conversation it is: the subject's distributor, else one's own, else the one that the brand names."""
    fixed = kind.distributor_of(row)
    wanted = message.distributor_id
    if fixed is None and not is_brand(actor):
        fixed = actor.distributor_id
    if fixed is not None:
        if wanted not in {None, fixed}:
            raise InvalidInput(_("Choose a distributor that this is about."), code="unknown", field="distributor")
        return fixed
    if wanted is None:
        if message.internal:
            return None
        raise InvalidInput(_("Choose the distributor to write to."), code="required", field="distributor")
    if not distributors().visible_to(actor).filter(pk=wanted).exists():
        raise InvalidInput(_("Choose a distributor that this is about."), code="unknown", field="distributor")
    return wanted


def _mentioned(written: ConversationMessage, ids: Collection[int], actor: Actor) -> list[User]:
    """Those named by key, who must be able to read it, and those whose name stands after an @ in the text."""
    people = {person.pk: person for person in mentionable(written, actor=actor)}
    if not set(ids) <= people.keys():
        raise InvalidInput(_("Choose people who may read this message."), code="unknown_person", field="mentions")
    named = named_in(written.text, people.values())
    return [person for pk, person in people.items() if pk in set(ids) or person in named]


def _record(written: ConversationMessage, mentioned: Sequence[int]) -> None:
    told = [pk for pk in people_to_tell(written) if pk not in mentioned]
    if not written.is_internal:
        record_event(
            kind=ConversationEvent.POSTED,
            subject_type=written.subject_type,
            subject_id=written.subject_id,
            actor_id=written.author_id,
            distributor_id=written.distributor_id,
            data={"message": written.pk},
        )
    _event(written, ConversationEvent.INTERNAL if written.is_internal else ConversationEvent.TOLD, people=told)
    if mentioned:
        _event(written, ConversationEvent.MENTIONED, people=list(mentioned))


def _event(written: ConversationMessage, kind: ConversationEvent, **data: Any) -> None:
    """About the message itself, which nobody sees who may not read it: not about its subject."""
    about = {"author": written.author_id, "about_type": written.subject_type, "about": written.subject_id}
    record_event(
        kind=kind,
        subject_type="conversation_message",
        subject_id=written.pk,
        actor_id=written.author_id,
        data={**about, **data},
    )


def _lock(subject_type: str, subject_id: int) -> None:
    """One writer of a conversation at a time: numbers are in the order of commits, so that nothing is read unseen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number("conversation", subject_type, str(subject_id))])


def _note_read(person_id: int, subject_type: str, subject_id: int, message_id: int) -> None:
    """A later read is never taken back by an earlier one that was slower."""
    row, created = ConversationRead.objects.get_or_create(
        person_id=person_id, subject_type=subject_type, subject_id=subject_id, defaults={"message_id": message_id}
    )
    if not created:
        newest = Greatest(F("message_id"), message_id)
        ConversationRead.objects.filter(pk=row.pk).update(message_id=newest)


def visible_file(*, file_id: int, actor: Actor) -> MessageFile:
    """A file that the actor may read. Raises NotVisible."""
    found = MessageFile.objects.visible_to(actor).filter(pk=file_id).first()
    if found is None:
        raise NotVisible
    return found
