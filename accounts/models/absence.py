import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.errors import AbsenceOverlap
from accounts.querysets import AbsenceQuerySet
from core.models import COUNT_VERSIONS, Versioned, ends_after_start, no_overlap


@pghistory.track(exclude=["version"])
class Absence(Versioned):
    """Days on which a person does not work, and who stands in where a duty names nobody. Never two at once."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences", verbose_name=_("person")
    )
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stand-in")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-starts_on", "person"]
        constraints = [
            ends_after_start("absence_dates"),
            no_overlap(
                "one_absence_at_a_time",
                same=["person_id"],
                message=AbsenceOverlap.default_message,
                code=AbsenceOverlap.code,
            ),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("person")),
                name="absence_stand_in_other",
                violation_error_message=_("The stand-in must be somebody else."),
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def get_absolute_url(self) -> str:
        return reverse("accounts:absence-change", args=[self.pk])

    def __str__(self) -> str:
        return f"{self.person_id}: {self.starts_on} – {self.ends_on or '…'}"
