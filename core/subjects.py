"""What events, notifications and reservations are about: the name of a type leads to its model, scope and page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.actors import Actor
from core.models import Subject
from core.registry import registry


@dataclass(frozen=True, kw_only=True)
class SubjectType:
    """A type of subject. Its model's manager has `visible_to`; a row with a page has `get_absolute_url`.

    `related` names what label and address need, so that many subjects are one query.
    """

    name: str
    model: type[models.Model]
    label: Callable[[Any], str] = str
    related: tuple[str, ...] = ()

    def rows(self, ids: Iterable[int], *, actor: Actor) -> Mapping[int, models.Model]:
        """Those of the rows that `actor` may see, by key, in one query."""
        model: Any = self.model
        rows = model.objects.visible_to(actor).filter(pk__in=set(ids))
        return {row.pk: row for row in (rows.select_related(*self.related) if self.related else rows)}


@dataclass(frozen=True, kw_only=True)
class SubjectLink:
    """A subject as a page shows it; `address` is empty where it has no page."""

    subject: Subject
    label: str
    address: str


def register_subject_type(
    name: str, model: type[models.Model], *, label: Callable[[Any], str] = str, related: tuple[str, ...] = ()
) -> None:
    """Make a type known by its name. Called from AppConfig.ready; each name is one model."""
    registry.subject_types.add(name, SubjectType(name=name, model=model, label=label, related=related))


def subject_type(name: str) -> SubjectType:
    """The type of this name; LookupError where no app registered it."""
    return registry.subject_types[name]


def subject_types() -> Mapping[str, SubjectType]:
    return {kind.name: kind for kind in registry.subject_types}


def visible_subjects(subjects: Iterable[tuple[str, int]], *, actor: Actor) -> dict[Subject, SubjectLink]:
    """Label and address of those that `actor` may see, in one query a type. Others are left out, unknown types too."""
    by_type: dict[str, set[int]] = defaultdict(set)
    for name, number in subjects:
        by_type[name].add(number)
    found = {}
    for kind in (kind for kind in registry.subject_types if kind.name in by_type):
        for pk, row in kind.rows(by_type[kind.name], actor=actor).items():
            subject = Subject(kind.name, pk)
            found[subject] = SubjectLink(subject=subject, label=kind.label(row), address=address_of(row))
    return found


def address_of(row: models.Model) -> str:
    """The page of a row, or nothing where it has none."""
    address: str = row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
    return address
