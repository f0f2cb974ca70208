"""Which notifications reach a person by which channel, as chosen or by default."""

from collections.abc import Mapping

from core.actors import Actor
from messaging.enums import ChannelName
from messaging.kinds import group_names, is_mailed_by_default
from messaging.models import Preference


def chosen_channels(actor: Actor) -> Mapping[tuple[str, str], bool]:
    """By group and channel, without the page, which is always on. One query."""
    rows = Preference.objects.visible_to(actor).values_list("group", "channel", "is_on")
    by_default = {
        **{(group, ChannelName.MAIL.value): is_mailed_by_default(group) for group in group_names()},
        **{(group, ChannelName.WEBHOOK.value): True for group in group_names()},
    }
    return {**by_default, **{(group, channel): is_on for group, channel, is_on in rows}}
