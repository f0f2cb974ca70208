from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from company.models import BusinessYear
from core.models import ends_after_start
from core.state import legal_values
from evaluation.enums import ContestState, Metric, RunStatus
from evaluation.models.scorecard import Scorecard
from evaluation.querysets import ByEvaluationQuerySet, EvaluationQuerySet, RunQuerySet


class EvaluationRun(models.Model):
    """One evaluation of all distributors over a span of days. What it computed from is frozen with it."""

    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="runs", verbose_name=_("scorecard"))
    year = models.ForeignKey(BusinessYear, models.PROTECT, related_name="+", verbose_name=_("business year"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    status = models.CharField(_("status"), max_length=16, choices=RunStatus, default=RunStatus.QUEUED)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("started by")
    )
    created_at = models.DateTimeField(_("created at"))
    computed_at = models.DateTimeField(_("computed at"), null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation run")
        verbose_name_plural = _("evaluation runs")
        ordering = ["-ends_on", "-id"]
        constraints = [
            ends_after_start("evaluation_run_dates"),
            legal_values("status", RunStatus, "evaluation_run_status_legal"),
            models.UniqueConstraint(
                fields=["scorecard", "starts_on", "ends_on"], condition=~Q(status="failed"), name="evaluation_run_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:run", args=[self.pk])


class Evaluation(models.Model):
    """The result of one distributor in a run. Without any measured criterion score and grade are empty."""

    run = models.ForeignKey(EvaluationRun, models.CASCADE, related_name="evaluations", verbose_name=_("run"))
    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="evaluations", verbose_name=_("distributor")
    )
    score = models.DecimalField(_("score"), max_digits=7, decimal_places=4, null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=8, blank=True)
    rank = models.PositiveIntegerField(_("rank"), null=True, blank=True)
    contest = models.TextField(_("objection"), blank=True)
    contested_at = models.DateTimeField(_("contested at"), null=True, blank=True)
    contested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contested by"),
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["run", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["run", "distributor"], name="evaluation_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | (Q(score__gte=0) & Q(score__lte=100)), name="evaluation_score_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.distributor_id}: {self.score}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:scorecard", args=[self.pk])

    @property
    def contest_state(self) -> ContestState | None:
        """The state of the objection; None where there is none."""
        if self.contested_at is None:
            return None
        return ContestState.OPEN if self.answered_at is None else ContestState.ANSWERED


class CriterionScore(models.Model):
    """One step of the score. `inputs` is what was frozen; `points` of the steps add up to the score exactly."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="steps", verbose_name=_("evaluation"))
    metric = models.CharField(_("measure"), max_length=32, choices=Metric)
    inputs = models.JSONField(_("inputs"), default=dict)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=8, null=True, blank=True)
    score = models.DecimalField(_("score of the measure"), max_digits=7, decimal_places=4, null=True, blank=True)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2)
    points = models.DecimalField(_("points"), max_digits=7, decimal_places=4, default=Decimal(0))

    objects = ByEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of the score")
        verbose_name_plural = _("steps of the score")
        ordering = ["evaluation", "id"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "metric"], name="criterion_score_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True, value__isnull=True, points=0)
                | Q(score__gte=0, score__lte=100, value__isnull=False),
                name="criterion_score_or_no_data",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.metric}: {self.score}"
