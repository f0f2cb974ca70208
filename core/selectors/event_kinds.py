"""The declared kinds of events, in groups by what they are about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.errors import Message
from core.importing.fields import entity_name
from core.registry import registry

KindGroup = tuple[str, Sequence[tuple[str, Message]]]


def grouped_event_kinds() -> Sequence[KindGroup]:
    """Every declared kind of event with its name, by the thing it is about; the others last. No query."""
    groups: dict[str, list[tuple[str, Message]]] = defaultdict(list)
    for kind in sorted(registry.event_kinds.keys()):
        groups[_group_of(kind)].append((kind, registry.event_kinds[kind]))
    others = groups.pop("", [])
    found: list[KindGroup] = sorted(groups.items())
    return [*found, (_("Others"), others)] if others else found


def _group_of(kind: str) -> str:
    """What the kind begins with names a type of subject, or a model; empty where it names neither."""
    name = kind.split(".", maxsplit=1)[0]
    subject = registry.subject_types.get(name)
    model = subject.model if subject else _models_by_name().get(name)
    return capfirst(str(model._meta.verbose_name)) if model else ""


@cache
def _models_by_name() -> Mapping[str, type[models.Model]]:
    return {entity_name(model): model for model in apps.get_models()}
