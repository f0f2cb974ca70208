"""Scorecards, runs, evaluations and complaints as the API shows and takes them."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from evaluation.enums import Metric, ResultStatus
from evaluation.models import Criterion, CriterionScore, Evaluation, EvaluationRun, Scorecard
from evaluation.models.scorecard import MINIMUM_COVERAGE


class CriterionSerializer(serializers.ModelSerializer[Criterion]):
    class Meta:
        model = Criterion
        fields = ("metric", "weight", "floor", "target")


class GradeSerializer(serializers.Serializer[Any]):
    """A grade and the least score that earns it."""

    name = serializers.CharField(max_length=8)
    least = serializers.DecimalField(max_digits=7, decimal_places=4, min_value=0, max_value=100)


class ScorecardSerializer(serializers.ModelSerializer[Scorecard]):
    criteria = CriterionSerializer(many=True, read_only=True)
    grades = serializers.SerializerMethodField()

    class Meta:
        model = Scorecard
        fields = ("id", "code", "version", "name", "name_zh", "status", "minimum_coverage", "grades", "criteria")

    @extend_schema_field(GradeSerializer(many=True))
    def get_grades(self, card: Scorecard) -> list[dict[str, str]]:
        return [{"name": str(name), "least": str(least)} for name, least in card.grades]


class CriterionInputSerializer(serializers.Serializer[Any]):
    """A measure: its weight and band, in units of the measure (a share of 90 % is 0.9)."""

    metric = serializers.ChoiceField(choices=Metric.choices)
    weight = serializers.DecimalField(max_digits=6, decimal_places=2)
    floor = serializers.DecimalField(max_digits=18, decimal_places=6)
    target = serializers.DecimalField(max_digits=18, decimal_places=6)


class SaveScorecardSerializer(serializers.Serializer[Any]):
    code = serializers.SlugField(max_length=64)
    name = serializers.CharField(max_length=200)
    name_zh = serializers.CharField(max_length=200, allow_blank=True, default="")
    criteria = CriterionInputSerializer(many=True)
    grades = GradeSerializer(many=True)
    minimum_coverage = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=0, max_value=100, default=MINIMUM_COVERAGE
    )


class RunSerializer(serializers.ModelSerializer[EvaluationRun]):
    """`result_status` says what the results are worth: `final`, `provisional`, `replaced` or `voided`."""

    result_status = serializers.ChoiceField(choices=ResultStatus.choices, read_only=True)
    replaced_by = serializers.IntegerField(source="replaced_by_id", read_only=True, allow_null=True)
    scorecard = serializers.CharField(source="scorecard.code")
    scorecard_version = serializers.IntegerField(source="scorecard.version")
    year = serializers.CharField(source="year.code")

    class Meta:
        model = EvaluationRun
        fields = (
            "id",
            "scorecard",
            "scorecard_version",
            "year",
            "starts_on",
            "ends_on",
            "status",
            "created_at",
            "computed_at",
            "result_status",
            "replaced_by",
            "voided_at",
            "void_reason",
        )


class StartRunSerializer(serializers.Serializer[Any]):
    """`scorecard` is the code: the version in force is used. Both days are bounds of business periods.

    Days that are not over yet are evaluated only with `provisional`.
    """

    scorecard = serializers.SlugField(max_length=64)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    provisional = serializers.BooleanField(default=False)


class VoidRunSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)


class StepSerializer(serializers.ModelSerializer[CriterionScore]):
    """Without data value and score are null, the points 0, and the weight does not count."""

    inputs = serializers.DictField(read_only=True)

    class Meta:
        model = CriterionScore
        fields = ("metric", "weight", "value", "score", "points", "inputs")


class EvaluationSerializer(serializers.ModelSerializer[Evaluation]):
    """`coverage` is the share of the weight that was measured, in per cent.

    Below the minimum of the scorecard there is a score, but neither grade nor rank.
    """

    distributor = serializers.CharField(source="distributor.code")
    distributor_name = serializers.CharField(source="distributor.name")
    run = serializers.IntegerField(source="run_id")
    starts_on = serializers.DateField(source="run.starts_on")
    ends_on = serializers.DateField(source="run.ends_on")
    result_status = serializers.ChoiceField(source="run.result_status", choices=ResultStatus.choices, read_only=True)

    class Meta:
        model = Evaluation
        fields: ClassVar[tuple[str, ...]] = (
            "id",
            "run",
            "starts_on",
            "ends_on",
            "distributor",
            "distributor_name",
            "result_status",
            "score",
            "coverage",
            "grade",
            "rank",
            "contest",
            "contested_at",
            "answer",
            "answered_at",
        )


class EvaluationDetailSerializer(EvaluationSerializer):
    """With the steps, whose points add up to the score."""

    steps = StepSerializer(many=True, read_only=True)

    class Meta(EvaluationSerializer.Meta):
        fields: ClassVar[tuple[str, ...]] = (*EvaluationSerializer.Meta.fields, "steps")


class TextSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=4000)
