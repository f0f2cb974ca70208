"""Absences as the API shows and takes them: people by e-mail."""

from typing import Any

from rest_framework import serializers

from accounts.fields import PersonField
from accounts.models import Absence


class AbsenceSerializer(serializers.ModelSerializer[Absence]):
    person = serializers.CharField(source="person.full_name", read_only=True)
    person_email = serializers.CharField(source="person.login", read_only=True)
    stand_in = serializers.CharField(source="stand_in.full_name", default=None, allow_null=True, read_only=True)
    stand_in_email = serializers.CharField(source="stand_in.login", default=None, allow_null=True, read_only=True)

    class Meta:
        model = Absence
        fields = ("id", "person", "person_email", "stand_in", "stand_in_email", "starts_on", "ends_on", "note")


class AbsenceChangeInput(serializers.Serializer[Any]):
    """`stand_in` is the e-mail address of a colleague of the person."""

    stand_in = serializers.EmailField(required=False, allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(required=False, allow_null=True)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)


class AbsenceInput(AbsenceChangeInput):
    """Without `person`, your own absence."""

    person = PersonField(required=False)
