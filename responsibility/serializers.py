"""What the API is asked for and answers: coverage, and templates of assignment."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import Distributor, Duty
from core.api.fields import VisibleField
from responsibility.enums import CoverageState
from responsibility.models import AssignmentTemplate, AssignmentTemplateLine
from responsibility.selectors.coverage import LONGEST_DAYS, CoverageSpan


class CoverageInput(serializers.Serializer[Any]):
    distributor = serializers.ListField(child=VisibleField(Distributor), min_length=1, max_length=100)
    duty = serializers.ListField(child=VisibleField(Duty), required=False, max_length=100)
    first = serializers.DateField()
    last = serializers.DateField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["last"] < attrs["first"]:
            raise serializers.ValidationError({"last": _("The end date must not be before the start date.")})
        if (attrs["last"] - attrs["first"]).days >= LONGEST_DAYS:
            raise serializers.ValidationError({"last": _("Choose at most ten years.")})
        return attrs


class CoverageSerializer(serializers.Serializer[CoverageSpan]):
    """Days in a row, both included. `person` is accountable, null for a gap; `responsible` was given the duty."""

    distributor = serializers.CharField(source="distributor_code")
    duty = serializers.CharField(source="duty_code")
    first = serializers.DateField(source="first_on")
    last = serializers.DateField(source="last_on")
    state = serializers.ChoiceField(choices=CoverageState.choices)
    responsible = serializers.CharField(allow_null=True)
    person = serializers.CharField(allow_null=True)


class TemplateLineSerializer(serializers.ModelSerializer[AssignmentTemplateLine]):
    """A person by e-mail, or a role."""

    duty = serializers.CharField(source="duty.code", read_only=True)
    role = serializers.CharField(read_only=True)
    person = serializers.CharField(source="person.login", default=None, allow_null=True, read_only=True)
    stand_in = serializers.CharField(source="stand_in.login", default=None, allow_null=True, read_only=True)

    class Meta:
        model = AssignmentTemplateLine
        fields = ("duty", "person", "role", "stand_in")


class TemplateSerializer(serializers.ModelSerializer[AssignmentTemplate]):
    territory = serializers.CharField(source="territory.code", default=None, allow_null=True, read_only=True)
    lines = TemplateLineSerializer(many=True, read_only=True)

    class Meta:
        model = AssignmentTemplate
        fields = ("code", "name", "name_zh", "territory", "channel_kind", "is_active", "lines")


class ApplyInput(serializers.Serializer[Any]):
    distributor = VisibleField(Distributor)
    template = VisibleField(AssignmentTemplate, required=False, allow_null=True)
    on = serializers.DateField(required=False)


class AppliedSerializer(serializers.Serializer[Any]):
    """Duties by code: those assigned now, and those for which nobody answers still."""

    template = serializers.CharField(source="template.code", default=None, allow_null=True)
    assigned = serializers.SerializerMethodField()
    left = serializers.SerializerMethodField()

    def get_assigned(self, done: Any) -> list[str]:
        return [row.duty.code for row in done.assigned]

    def get_left(self, done: Any) -> list[str]:
        return [duty.code for duty in done.left]
