"""Applications as the API shows them, and what its steps take."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.enums import ChannelKind
from accounts.models import Territory
from core.api.fields import VisibleField
from onboarding.enums import ApplicationStatus, Criterion, FileKind, FileState, RefusalReason
from onboarding.models import Application, ApplicationFile, ApplicationMark, Template
from onboarding.selectors.applications import score_of_application


class ApplicationFileSerializer(serializers.ModelSerializer[ApplicationFile]):
    kind = serializers.ChoiceField(choices=FileKind.choices)
    state = serializers.ChoiceField(choices=FileState.choices)

    class Meta:
        model = ApplicationFile
        fields = ("id", "kind", "name", "media_type", "size", "sha256", "state", "note", "checked_at")


class ApplicationMarkSerializer(serializers.ModelSerializer[ApplicationMark]):
    criterion = serializers.ChoiceField(choices=Criterion.choices)

    class Meta:
        model = ApplicationMark
        fields = ("criterion", "mark", "evidence_text", "evidence_name", "evidence_hash", "marked_at")


class ApplicationRowSerializer(serializers.ModelSerializer[Application]):
    """`score` is over what is marked, `measured` the weight of that in percent: final at 100, provisional below."""

    status = serializers.ChoiceField(choices=ApplicationStatus.choices)
    channel_kind = serializers.ChoiceField(choices=ChannelKind.choices, allow_blank=True)
    territory = serializers.CharField(source="territory.code", allow_null=True, default=None)
    distributor = serializers.CharField(source="distributor.code", allow_null=True, default=None)
    score = serializers.SerializerMethodField()
    measured = serializers.SerializerMethodField()

    class Meta:
        model = Application
        fields = (
            "id", "number", "status", "company_name", "country", "city", "tax_number", "contact_name", "phone", "email",
            "territory", "channel_kind", "submitted_at", "decided_at", "refusal_reason", "distributor", "score", "measured",
            "version",
        )  # fmt: skip

    @extend_schema_field(serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True))
    def get_score(self, row: Application) -> Decimal | None:
        return score_of_application(row).value

    def get_measured(self, row: Application) -> int:
        return score_of_application(row).measured


class ApplicationSerializer(ApplicationRowSerializer):
    brands = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)
    files = ApplicationFileSerializer(many=True)
    marks = ApplicationMarkSerializer(many=True)

    class Meta(ApplicationRowSerializer.Meta):
        fields = (
            *ApplicationRowSerializer.Meta.fields, "address", "categories", "sales_staff", "warehouse_area",
            "years_in_business", "present_brands", "message", "refusal_text", "brands", "files", "marks",
        )  # type: ignore[assignment]  # fmt: skip  # a longer tuple


class CheckFileSerializer(serializers.Serializer[Any]):
    file = serializers.IntegerField(min_value=1, max_value=10**18)
    state = serializers.ChoiceField(choices=FileState.choices)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class MarkSerializer(serializers.Serializer[Any]):
    criterion = serializers.ChoiceField(choices=Criterion.choices)
    mark = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=Decimal(0), max_value=Decimal(100))
    evidence_text = serializers.CharField(max_length=1000)
    evidence = serializers.FileField(required=False)


class QuestionSerializer(serializers.Serializer[Any]):
    question = serializers.CharField(max_length=1000)


class RefuseSerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(choices=RefusalReason.choices)
    text = serializers.CharField(max_length=1000)


class ApproveSerializer(serializers.Serializer[Any]):
    template = VisibleField(Template)
    territory = VisibleField(Territory)


class WaitingStepSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(choices=ApplicationStatus.choices)
    number = serializers.IntegerField(source="waiting.number")
    longest_days = serializers.IntegerField(source="waiting.days")


class WaitingPersonSerializer(serializers.Serializer[Any]):
    """`person` is null where nobody is responsible in the territory."""

    person = serializers.CharField(source="person.login", default=None, allow_null=True)
    to_check = serializers.IntegerField()
    to_assess = serializers.IntegerField()
    longest_days = serializers.IntegerField(source="waiting.days")


class WaitingApplicationsSerializer(serializers.Serializer[Any]):
    steps = WaitingStepSerializer(many=True)
    people = WaitingPersonSerializer(many=True)
