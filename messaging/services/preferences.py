"""What each person chose: which notifications by which channel, and the robot of one's chat."""

import time
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import InvalidInput
from messaging.enums import ChatKind
from messaging.kinds import NOTIFICATION_KINDS
from messaging.models import ChatAddress, Preference
from messaging.services.channels import CHANNELS
from messaging.services.chat import ChatText, send_chat
from messaging.services.outgoing import CallRefused, check_address

LONGEST_SECRET = 200


def set_preference(*, actor: Actor, group: str, channel: str, is_on: bool) -> Preference:
    """Turn a channel on or off for a group of the actor's notifications. Raises InvalidInput (group, channel)."""
    if group not in {kind.group for kind in NOTIFICATION_KINDS}:
        raise InvalidInput(_("Unknown group of notifications."), field="group")
    chosen = CHANNELS.get(channel)
    if chosen is None or chosen.is_fixed:
        raise InvalidInput(_("This channel cannot be selected."), field="channel")
    preference, _created = Preference.objects.update_or_create(
        person_id=actor.pk, group=group, channel=channel, defaults={"is_on": is_on}
    )
    return preference


def set_preferences(*, actor: Actor, choices: Mapping[tuple[str, str], bool]) -> None:
    """The same for several, by group and channel, all or none."""
    with transaction.atomic():
        for (group, channel), is_on in choices.items():
            set_preference(actor=actor, group=group, channel=channel, is_on=is_on)


def set_chat_address(*, actor: Actor, kind: str, url: str, secret: str, now: datetime) -> ChatAddress:
    """Where the actor's notifications are written to in a chat. Raises InvalidInput (kind, url, secret)."""
    if kind not in ChatKind.values:
        raise InvalidInput(_("Unknown kind of chat."), field="kind")
    check_address(url)
    if len(secret) > LONGEST_SECRET:
        raise InvalidInput(_("This secret is too long."), field="secret")
    address, _created = ChatAddress.objects.update_or_create(
        person_id=actor.pk, defaults={"kind": kind, "url": url, "secret": secret, "changed_at": now}
    )
    return address


def remove_chat_address(*, actor: Actor) -> None:
    """Nothing is written into the actor's chat any more."""
    ChatAddress.objects.filter(person=actor.pk).delete()


def try_chat_address(*, actor: Actor) -> None:
    """Write a line into the actor's chat at once, so that a wrong address is noticed now. Raises InvalidInput (url)."""
    address = ChatAddress.objects.visible_to(actor).first()
    if address is None:
        raise InvalidInput(_("Enter the address of a chat webhook first."), field="url")
    text = ChatText(id="test", kind="test", level="info", text=_("This is a test from Tributary."), url="")
    try:
        send_chat(kind=address.kind, url=address.url, secret=address.secret, text=text, now=int(time.time()))
    except CallRefused as error:
        message = _("The chat did not take the message: %(reason)s") % {"reason": error}
        raise InvalidInput(message, code="chat_refused", field="url") from error
