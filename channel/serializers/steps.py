"""What the steps of an agreement take, and what is not kept of it."""

from typing import Any

from rest_framework import serializers

from channel.enums import ControlSubject, DepartureStatus
from channel.models import ControlDeparture


class AcceptSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class SignSerializer(serializers.Serializer[Any]):
    """As JSON with a reference, or as a form with the stamped scan."""

    signature_reference = serializers.CharField(max_length=200, required=False, allow_blank=True)
    scan = serializers.FileField(required=False, allow_null=True)


class EndSerializer(ReasonSerializer):
    last_on = serializers.DateField()


class ReviseSerializer(serializers.Serializer[Any]):
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)


class AgentSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class DepartureSerializer(serializers.ModelSerializer[ControlDeparture]):
    """What was not kept of an agreement, with its evidence."""

    distributor = serializers.CharField(source="agreement.distributor.code", read_only=True)
    number = serializers.CharField(source="agreement.number", read_only=True)

    class Meta:
        model = ControlDeparture
        fields = (
            "id", "agreement", "number", "distributor", "subject", "noticed_on", "text", "status", "recorded_at", "closed_at",
            "outcome", "evidence_name", "evidence_hash", "version",
        )  # fmt: skip


class GivenDepartureSerializer(serializers.Serializer[Any]):
    """As JSON, or as a form with the evidence."""

    agreement = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    subject = serializers.ChoiceField(choices=ControlSubject.choices)
    noticed_on = serializers.DateField()
    text = serializers.CharField(max_length=1000)
    evidence = serializers.FileField(required=False, allow_null=True)


class CloseDepartureSerializer(serializers.Serializer[Any]):
    status = serializers.ChoiceField(
        choices=[choice for choice in DepartureStatus.choices if choice[0] != DepartureStatus.OPEN]
    )
    outcome = serializers.CharField(max_length=1000)
