"""The events that can count as doing a duty, in groups by what they are about."""

from collections import defaultdict
from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.errors import Message
from core.registry import registry


def countable_events() -> Sequence[tuple[str, Sequence[tuple[str, Message]]]]:
    """Every declared kind of event with its name, by the thing it is about. No query."""
    groups: dict[str, list[tuple[str, Message]]] = defaultdict(list)
    for kind in registry.event_kinds.keys():  # noqa: SIM118 - a slot goes over its entries, not its keys
        subject = registry.subject_types.get(kind.split(".")[0])
        name = capfirst(str(subject.model._meta.verbose_name)) if subject else _("Others")
        groups[name].append((kind, registry.event_kinds[kind]))
    return sorted(groups.items())
