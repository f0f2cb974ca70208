"""Coverage as the API is asked for it and answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models import Distributor, Duty
from core.api.fields import VisibleField
from responsibility.enums import CoverageState
from responsibility.selectors import LONGEST_DAYS, CoverageSpan


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
