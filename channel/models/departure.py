from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from channel.enums import ControlSubject, DepartureStatus
from channel.models.agreement import Agreement
from channel.querysets import ByAgreementQuerySet
from core.models import COUNT_VERSIONS, Versioned
from core.state import legal_values


class ControlDeparture(Versioned):
    """What was not kept of what the brand decides, or both agreed: seen on a day by somebody, with evidence.

    It is a record that is talked about. It never stops an order.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="departures", verbose_name=_("agreement"))
    subject = models.CharField(_("subject"), max_length=16, choices=ControlSubject)
    noticed_on = models.DateField(_("noticed on"))
    text = models.CharField(_("what was seen"), max_length=1000)
    status = models.CharField(_("status"), max_length=16, choices=DepartureStatus, default=DepartureStatus.OPEN)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("closed by"),
    )  # fmt: skip
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=1000, blank=True)
    evidence = models.FileField(_("evidence"), upload_to="departures/%Y/%m/", blank=True)
    evidence_name = models.CharField(_("file name of the evidence"), max_length=200, blank=True)
    evidence_type = models.CharField(_("media type of the evidence"), max_length=40, blank=True)
    evidence_hash = models.CharField(_("SHA-256 of the evidence"), max_length=64, blank=True)

    objects = ByAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("departure from an agreement")
        verbose_name_plural = _("departures from agreements")
        ordering = ["-noticed_on", "-id"]
        constraints = [
            legal_values("subject", ControlSubject, "control_departure_subject_legal"),
            legal_values("status", DepartureStatus, "control_departure_status_legal"),
            models.CheckConstraint(condition=~Q(text=""), name="control_departure_says_what"),
            models.CheckConstraint(
                condition=Q(status=DepartureStatus.OPEN, closed_at__isnull=True, closed_by__isnull=True)
                | (~Q(status=DepartureStatus.OPEN) & Q(closed_at__isnull=False, closed_by__isnull=False)),
                name="control_departure_closed_by_somebody",
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.noticed_on.isoformat()}"

    @property
    def state(self) -> DepartureStatus:
        return DepartureStatus(self.status)

    def get_absolute_url(self) -> str:
        return reverse("channel:departure", args=[self.pk])
