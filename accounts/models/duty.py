from collections.abc import Sequence

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import CadenceUnit
from accounts.errors import DutyTaken
from accounts.models.distributor import Distributor
from accounts.querysets import EveryoneQuerySet, ResponsibilityQuerySet
from core.codes import unique_code
from core.events import kind_label
from core.models import COUNT_VERSIONS, Bilingual, Versioned, ends_after_start, localised, no_overlap

MOST_PERIODS = 1000


class Duty(Bilingual):
    """One thing somebody must answer for, for each distributor; what it covers is written down."""

    covers = models.TextField(_("what it covers"))
    covers_zh = models.TextField(_("what it covers, in Chinese"), blank=True)
    cadence = models.PositiveSmallIntegerField(
        _("how often"), null=True, blank=True, help_text=_("Leave blank where nothing has to happen regularly.")
    )
    cadence_unit = models.CharField(_("unit of time"), max_length=8, choices=CadenceUnit, blank=True)
    done_by = ArrayField(
        models.CharField(max_length=64), verbose_name=_("events that count as doing it"), default=list, blank=True
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    objects = EveryoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["position", "code"]
        constraints = [
            unique_code("duty_code_once"),
            models.CheckConstraint(
                condition=Q(cadence__isnull=True, cadence_unit="")
                | Q(cadence__gte=1, cadence__lte=MOST_PERIODS, cadence_unit__in=CadenceUnit.values),
                name="duty_cadence",
                violation_error_message=_("Say how often and in which unit of time, or neither."),
            ),
        ]

    @property
    def covers_in_words(self) -> str:
        """What it covers, in the reader's language."""
        return localised(self.covers, self.covers_zh)

    @property
    def cadence_in_words(self) -> str:
        """How often it must happen, empty where nothing says so."""
        number = self.cadence
        if number is None:
            return ""
        one, several = {
            CadenceUnit.DAY: (gettext("every day"), gettext("every %(number)d days")),
            CadenceUnit.WEEK: (gettext("every week"), gettext("every %(number)d weeks")),
            CadenceUnit.MONTH: (gettext("every month"), gettext("every %(number)d months")),
        }[CadenceUnit(self.cadence_unit)]
        return one if number == 1 else several % {"number": number}  # no plural: Chinese has one form, which needs both

    @property
    def done_by_in_words(self) -> Sequence[str]:
        """The events that count as doing it, in the reader's language."""
        return [kind_label(kind) for kind in self.done_by]

    def get_absolute_url(self) -> str:
        return reverse("responsibility:duty-change", args=[self.code])


@pghistory.track(exclude=["version"])
class Responsibility(Versioned):
    """Who answers for one duty of one distributor, from when to when. Never two at once."""

    distributor = models.ForeignKey(
        Distributor, models.CASCADE, related_name="responsibilities", verbose_name=_("distributor")
    )
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="responsibilities", verbose_name=_("duty"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="responsibilities", verbose_name=_("accountable person")
    )
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stand-in")
    )
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ["distributor", "duty", "starts_on"]
        indexes = [
            models.Index(fields=["user", "starts_on"], name="responsibility_user"),
            models.Index(
                fields=["distributor", "user", "stand_in", "duty", "starts_on"],
                condition=Q(ends_on__isnull=True),
                name="responsibility_open",
            ),
            models.Index(
                fields=["ends_on", "starts_on"], condition=Q(ends_on__isnull=False), name="responsibility_ending"
            ),
        ]
        constraints = [
            ends_after_start("responsibility_dates"),
            no_overlap(
                "one_accountable_person",
                same=["distributor_id", "duty_id"],
                message=DutyTaken.default_message,
                code=DutyTaken.code,
            ),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("user")),
                name="responsibility_stand_in_other",
                violation_error_message=_("The stand-in must be somebody else."),
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def get_absolute_url(self) -> str:
        return reverse("responsibility:duty-of", args=[self.distributor.code, self.duty.code])

    def __str__(self) -> str:
        return f"{self.distributor_id}/{self.duty_id}: {self.user_id}"
