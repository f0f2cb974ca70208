"""Templates, onboardings and certificates as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from accounts.enums import ChannelKind
from accounts.models import Distributor
from core.api.fields import VisibleField
from onboarding.enums import CertificateState, Side, StepKind
from onboarding.models import Certificate, Onboarding, OnboardingStep, Template


class OnboardingTemplateSerializer(serializers.ModelSerializer[Template]):
    channel_kind = serializers.ChoiceField(choices=ChannelKind.choices)
    price_list = serializers.CharField(source="price_list.code")
    warehouse = serializers.CharField(source="warehouse.code")
    brands = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)

    class Meta:
        model = Template
        fields = (
            "id", "code", "name", "name_zh", "channel_kind", "is_active", "currency", "price_list", "warehouse", "lead_days",
            "term_months", "grace_days", "brands", "version",
        )  # fmt: skip


class OnboardingStepSerializer(serializers.ModelSerializer[OnboardingStep]):
    kind = serializers.ChoiceField(choices=StepKind.choices)
    side = serializers.ChoiceField(choices=Side.choices)

    class Meta:
        model = OnboardingStep
        fields = ("id", "position", "name", "name_zh", "kind", "side", "due_on", "is_required", "done_at", "note")


class OnboardingSerializer(serializers.ModelSerializer[Onboarding]):
    distributor = serializers.CharField(source="distributor.code")
    template = serializers.CharField(source="template.code")
    application = serializers.IntegerField(source="application_id", allow_null=True)
    steps = OnboardingStepSerializer(many=True)

    class Meta:
        model = Onboarding
        fields = ("id", "distributor", "template", "application", "started_on", "ready_at", "steps", "version")


class CertificateSerializer(serializers.ModelSerializer[Certificate]):
    distributor = serializers.CharField(source="distributor.code")
    step = serializers.IntegerField(source="step_id", allow_null=True)
    state = serializers.ChoiceField(choices=CertificateState.choices)

    class Meta:
        model = Certificate
        fields = (
            "id", "distributor", "step", "course", "holder", "issued_on", "valid_until", "state", "file_name", "file_hash",
            "recorded_at",
        )  # fmt: skip


class StepDoneSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300, required=False, allow_blank=True, default="")


class CertificateInput(serializers.Serializer[Any]):
    """`step` is the training that it proves; without `valid_until` it gets the end that the training says."""

    distributor = VisibleField(Distributor)
    course = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    holder = serializers.CharField(max_length=150)
    issued_on = serializers.DateField()
    valid_until = serializers.DateField(required=False, allow_null=True, default=None)
    step = serializers.IntegerField(min_value=1, max_value=10**18, required=False, allow_null=True, default=None)
    file = serializers.FileField(required=False)
