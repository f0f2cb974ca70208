from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from company.querysets import StaffQuerySet
from core.codes import unique_code
from core.models import Bilingual


class WorkingCalendar(Bilingual):
    """Which days a warehouse or a carrier works. What is no working day by its weekday or otherwise stands in its days."""

    weekdays = models.CharField(
        _("working weekdays"),
        max_length=7,
        default="12345",
        validators=[RegexValidator(r"^[1-7]+$", _("Enter digits from 1 (Monday) to 7 (Sunday)."))],
        help_text=_("1 is Monday, 7 is Sunday: 12345 is Monday to Friday."),
    )

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("working calendar")
        verbose_name_plural = _("working calendars")
        ordering = ["code"]
        constraints = [
            unique_code("working_calendar_code_once"),
            models.CheckConstraint(
                condition=Q(weekdays__regex=r"^[1-7]+$"),
                name="working_calendar_weekdays",
                violation_error_message=_("Enter digits from 1 (Monday) to 7 (Sunday)."),
            ),
        ]


class CalendarDay(models.Model):
    """A day that is otherwise than its weekday: a holiday, or a day that is worked for one."""

    calendar = models.ForeignKey(
        WorkingCalendar, models.CASCADE, related_name="days", db_index=False, verbose_name=_("working calendar")
    )
    day = models.DateField(_("day"))
    is_working = models.BooleanField(_("working day"), default=False)
    name = models.CharField(_("name"), max_length=100, blank=True)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["calendar", "day"]
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}".strip()
