from collections.abc import Iterable
from typing import Any, NamedTuple, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Subject(NamedTuple):
    """What an event is about: the name of a registered subject type, and the key of the row."""

    type: str
    id: int


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subjects: Iterable[tuple[str, int]], *, also: "Iterable[models.QuerySet[Any, Any]]" = ()) -> Self:
        """Events whose primary or extra subject is one of these. Two index scans a subject, whatever the table's size.

        `also` are events by their keys that belong there as well, for who asks.
        """
        matching: list[models.QuerySet[Any, Any]] = list(also)
        for name, number in subjects:
            matching.append(Event.objects.filter(subject_type=name, subject_id=number).values("pk"))
            matching.append(EventSubject.objects.filter(subject_type=name, subject_id=number).values("event_id"))
        if not matching:
            return self.none()
        return self.filter(pk__in=matching[0].union(*matching[1:]))


class Event(models.Model):
    """A business fact: who did what to which thing, and when. Append-only."""

    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("person"),
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("on behalf of"),
    )  # fmt: skip
    # No foreign key: distributors are a table of a higher app.
    distributor_id = models.BigIntegerField(_("distributor number"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=64)
    subject_type = models.CharField(_("subject"), max_length=32)
    subject_id = models.BigIntegerField(_("subject number"))
    data = models.JSONField(_("data"), default=dict, blank=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="event_subject"),
            models.Index(
                fields=["distributor_id", "id"], name="event_distributor", condition=Q(distributor_id__isnull=False)
            ),
            models.Index(fields=["kind", "at"], name="event_kind_at"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type}:{self.subject_id}"

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_type, self.subject_id)


class EventSubject(models.Model):
    """A further thing that an event is about, beside its primary subject. Append-only."""

    event = models.ForeignKey(
        Event, models.PROTECT, related_name="extra_subjects", db_index=False, verbose_name=_("event")
    )
    subject_type = models.CharField(_("subject"), max_length=32)
    subject_id = models.BigIntegerField(_("subject number"))
    relation = models.CharField(_("relation"), max_length=32)

    class Meta:
        verbose_name = _("extra subject of an event")
        verbose_name_plural = _("extra subjects of events")
        indexes = [models.Index(fields=["subject_type", "subject_id", "event"], name="event_extra_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "subject_type", "subject_id", "relation"], name="event_extra_subject_unique"
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only_subject", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.relation} {self.subject_type}:{self.subject_id}"
