"""By which channels somebody is notified."""

from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import InvalidInput
from messaging.kinds import NOTIFICATION_KINDS
from messaging.models import Preference
from messaging.services.channels import CHANNELS


def set_preference(*, actor: Actor, group: str, channel: str, is_on: bool) -> Preference:
    """Turn a channel on or off for a group of the actor's notifications. Raises InvalidInput (group, channel)."""
    if group not in {kind.group for kind in NOTIFICATION_KINDS}:
        raise InvalidInput(_("There is no such group of notifications."), field="group")
    chosen = CHANNELS.get(channel)
    if chosen is None or chosen.is_fixed:
        raise InvalidInput(_("This channel cannot be chosen."), field="channel")
    preference, _created = Preference.objects.update_or_create(
        person_id=actor.pk, group=group, channel=channel, defaults={"is_on": is_on}
    )
    return preference
