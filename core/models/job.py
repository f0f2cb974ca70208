from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.enums import JobKind, JobStatus
from core.querysets import ScopedQuerySet
from core.state import legal_values


class JobQuerySet(ScopedQuerySet["Job"]):
    def scope(self, actor: Actor) -> Self:
        """Administrators see every job, others their own."""
        if getattr(actor, "is_staff", False):
            return self
        return self.filter(created_by=actor.pk)


class Job(models.Model):
    """Long work with progress, result and row errors; the page shows a bar."""

    kind = models.CharField(_("kind"), max_length=32, choices=JobKind)
    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(_("status"), max_length=16, choices=JobStatus, default=JobStatus.QUEUED)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("started by")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    total = models.PositiveIntegerField(_("total steps"), default=0)
    stage = models.CharField(_("stage"), max_length=200, blank=True)
    params = models.JSONField(_("parameters"), default=dict, blank=True)
    result = models.JSONField(_("result"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)
    file = models.FileField(_("file"), upload_to="jobs/%Y/%m/", blank=True)
    exclusive = models.CharField(
        _("concurrency key"), max_length=32, blank=True, help_text=_("Jobs with the same value run one after another.")
    )
    available_at = models.DateTimeField(_("not before"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    max_attempts = models.PositiveSmallIntegerField(_("maximum attempts"), default=3)
    lease_owner = models.CharField(_("leased by"), max_length=64, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["created_at", "id"], name="job_due", condition=Q(status__in=["queued", "running"])),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["exclusive"], name="job_one_at_a_time", condition=Q(status="running") & ~Q(exclusive="")
            ),
            models.CheckConstraint(
                condition=Q(status="running", lease_until__isnull=False)
                | (~Q(status="running") & Q(lease_until__isnull=True)),
                name="job_running_has_lease",
            ),
            legal_values("status", JobStatus, "job_status_legal"),
            models.CheckConstraint(condition=Q(total=0) | Q(done__lte=F("total")), name="job_done_within_total"),
        ]

    def __str__(self) -> str:
        return self.display_title

    def get_absolute_url(self) -> str:
        return reverse("core:job", args=[self.pk])

    @property
    def display_title(self) -> str:
        """In the reader's language where the program named the job: `params["title"]` has the text and what fills it."""
        named = self.params.get("title")
        return gettext(named["text"]) % named if named else self.title

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


class JobRowError(models.Model):
    """One rejected row of a file, with what to correct."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="row_errors", verbose_name=_("job"))
    file = models.CharField(_("file"), max_length=200, blank=True)
    row = models.PositiveIntegerField(_("row"))
    column = models.CharField(_("column"), max_length=200, blank=True)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("row error")
        verbose_name_plural = _("row errors")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.file}:{self.row} {self.column}"
