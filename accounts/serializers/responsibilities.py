"""Responsibilities as the API shows and takes them: distributors and duties by code, people by e-mail or phone."""

from typing import Any

from rest_framework import serializers

from accounts.fields import PersonField
from accounts.models import Distributor, Duty, Responsibility, User
from accounts.selectors.responsibility_history import assignable_people
from core.api.fields import VisibleField


class ResponsibilitySerializer(serializers.ModelSerializer[Responsibility]):
    distributor = serializers.CharField(source="distributor.code", read_only=True)
    duty = serializers.CharField(source="duty.code", read_only=True)
    person = serializers.CharField(source="user.full_name", read_only=True)
    person_email = serializers.CharField(source="user.login", read_only=True)
    stand_in = serializers.CharField(source="stand_in.full_name", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Responsibility
        fields = ("id", "distributor", "duty", "person", "person_email", "stand_in", "starts_on", "ends_on", "note")


class AssignableField(PersonField):
    """Somebody a duty can be given to."""

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        return User.objects.none() if request is None else assignable_people(request.user)


class ResponsibilityInput(serializers.Serializer[Any]):
    distributor = VisibleField(Distributor)
    duty = VisibleField(Duty)
    person = AssignableField()
    stand_in = AssignableField(required=False, allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)


class EndInput(serializers.Serializer[Any]):
    ends_on = serializers.DateField()


class DutyOfInput(serializers.Serializer[Any]):
    distributor = VisibleField(Distributor)
    duty = VisibleField(Duty)


class HandOverInput(serializers.Serializer[Any]):
    from_person = AssignableField()
    to_person = AssignableField()
    on = serializers.DateField()
    selection = serializers.ListField(child=DutyOfInput(), allow_empty=False, max_length=1000)


class DutySerializer(serializers.ModelSerializer[Duty]):
    """`done_by` are the kinds of events that count as doing it; without a cadence nothing has to happen regularly."""

    class Meta:
        model = Duty
        fields = (
            "code", "name", "name_zh", "covers", "covers_zh", "cadence", "cadence_unit", "done_by", "position", "is_active",
        )  # fmt: skip
