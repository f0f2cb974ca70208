from decimal import Decimal

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.codes import CodeField, unique_code
from core.models import localised
from core.state import legal_values
from evaluation.enums import Metric, ScorecardStatus
from evaluation.querysets import ScorecardQuerySet

MINIMUM_COVERAGE = Decimal(60)


@pghistory.track()
class Scorecard(models.Model):
    """The rules of one evaluation. Once a run used a version it is never changed; a new version is created instead."""

    code = CodeField(_("code"), max_length=64)
    version = models.PositiveIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("Chinese name"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=ScorecardStatus, default=ScorecardStatus.DRAFT)
    grades = models.JSONField(
        _("grades"), help_text=_('Minimum score of each grade, best first: [["A", 85], ["B", 70]].')
    )
    minimum_coverage = models.DecimalField(
        _("weight that must be measured (%)"),
        max_digits=5,
        decimal_places=2,
        default=MINIMUM_COVERAGE,
        help_text=_("Below this share of the weight a score is shown without grade and rank."),
    )

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        ordering = ["code", "-version"]
        constraints = [
            unique_code("scorecard_version_once", "version"),
            unique_code("scorecard_one_in_force", condition=Q(status="active")),
            legal_values("status", ScorecardStatus, "scorecard_status_legal"),
            models.CheckConstraint(
                condition=Q(minimum_coverage__gte=0, minimum_coverage__lte=100), name="scorecard_coverage_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.display_name} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:card", args=[self.pk])

    @property
    def display_name(self) -> str:
        """The name in the reader's language."""
        return localised(self.name, self.name_zh)


@pghistory.track()
class Criterion(models.Model):
    """One measure, its weight and its target band: from `floor` (0 points) to `target` (100 points), linear between.

    A floor above the target means that less is better.
    """

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="criteria", verbose_name=_("scorecard"))
    metric = models.CharField(_("measure"), max_length=32, choices=Metric)
    weight = models.DecimalField(_("weight"), max_digits=6, decimal_places=2)
    floor = models.DecimalField(_("value at 0 points"), max_digits=18, decimal_places=6)
    target = models.DecimalField(_("value at 100 points"), max_digits=18, decimal_places=6)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["scorecard", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "metric"], name="criterion_once"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="criterion_weight_positive"),
            models.CheckConstraint(condition=~Q(floor=models.F("target")), name="criterion_band"),
            legal_values("metric", Metric, "criterion_metric_legal"),
        ]

    def __str__(self) -> str:
        return f"{self.get_metric_display()} {self.weight}"
