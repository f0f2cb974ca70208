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
from evaluation.enums import ContestState, Metric, ResultStatus, RunStatus
from evaluation.models.scorecard import Scorecard
from evaluation.querysets import ByEvaluationQuerySet, EvaluationQuerySet, RunQuerySet


class EvaluationRun(models.Model):
    """One evaluation of all distributors over a span of days. What it computed from is frozen with it.

    A provisional run looks at days that are not over yet; the final run of the same days replaces it.
    """

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
    is_provisional = models.BooleanField(_("provisional"), default=False)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced", verbose_name=_("replaced by")
    )
    voided_at = models.DateTimeField(_("voided at"), null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("voided by")
    )
    void_reason = models.CharField(_("reason for voiding"), max_length=500, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation run")
        verbose_name_plural = _("evaluation runs")
        ordering = ["-ends_on", "-id"]
        constraints = [
            ends_after_start("evaluation_run_dates"),
            legal_values("status", RunStatus, "evaluation_run_status_legal"),
            models.UniqueConstraint(
                fields=["scorecard", "starts_on", "ends_on", "is_provisional"],
                condition=Q(status="queued"),
                name="evaluation_run_queued_once",
            ),
            models.UniqueConstraint(
                fields=["scorecard", "starts_on", "ends_on"], condition=Q(status="done"), name="evaluation_run_once"
            ),
            models.CheckConstraint(
                condition=Q(status="replaced", replaced_by__isnull=False)
                | (~Q(status="replaced") & Q(replaced_by__isnull=True)),
                name="evaluation_run_replaced",
            ),
            models.CheckConstraint(
                condition=(Q(status="voided", voided_at__isnull=False) & ~Q(void_reason=""))
                | (~Q(status="voided") & Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")),
                name="evaluation_run_voided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:run", args=[self.pk])

    @property
    def result_status(self) -> ResultStatus:
        """What its results are worth, or will be."""
        if self.status in {RunStatus.REPLACED, RunStatus.VOIDED}:
            return ResultStatus(self.status)
        return ResultStatus.PROVISIONAL if self.is_provisional else ResultStatus.FINAL

    @property
    def is_final(self) -> bool:
        return self.status == RunStatus.DONE and not self.is_provisional


class Evaluation(models.Model):
    """The result of one distributor in a run. Without any measured criterion score and grade are empty.

    `coverage` is the share of the weight that was measured, in per cent. Below the minimum of the scorecard the score
    stands without grade and rank: what rests on little is not put beside full scorecards.
    """

    run = models.ForeignKey(EvaluationRun, models.CASCADE, related_name="evaluations", verbose_name=_("run"))
    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="evaluations", verbose_name=_("distributor")
    )
    score = models.DecimalField(_("score"), max_digits=7, decimal_places=4, null=True, blank=True)
    coverage = models.DecimalField(_("weight measured (%)"), max_digits=5, decimal_places=2, default=Decimal(0))
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
            models.CheckConstraint(condition=Q(coverage__gte=0, coverage__lte=100), name="evaluation_coverage_range"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.distributor_id}: {self.score}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:scorecard", args=[self.pk])

    @property
    def lacks_coverage(self) -> bool:
        """There is a score, but too little of the weight was measured for a grade and a rank."""
        return self.score is not None and self.rank is None

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
