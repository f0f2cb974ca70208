"""Who is away when, through the API."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.filters import AbsenceFilter
from accounts.models import Absence, User
from accounts.selectors.people import colleagues_of
from accounts.serializers.absences import AbsenceChangeInput, AbsenceInput, AbsenceSerializer
from accounts.services.absences import cancel_absence, change_absence, record_absence
from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import InvalidInput


class AbsenceViewSet(ScopedReadOnlyViewSet):
    """Absences: your own, those you stand in for, and those of the people you see."""

    queryset = Absence.objects.all()
    serializer_class = AbsenceSerializer
    filterset_class = AbsenceFilter
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-starts_on",)
    versioned = True

    def rows(self, visible: Any) -> models.QuerySet[Any]:
        found: models.QuerySet[Any] = visible.select_related("person", "stand_in")
        return found

    @extend_schema(request=AbsenceInput, responses={201: AbsenceSerializer})
    def create(self, _request: Request) -> Response:
        data = self.parse(AbsenceInput)
        person = data.pop("person", self.actor)
        absence = record_absence(actor=self.actor, person_id=person.pk, **_days(person, data))
        return self.answer(absence.pk, status=201)

    @extend_schema(request=AbsenceChangeInput, responses=AbsenceSerializer)
    def update(self, _request: Request, **_kwargs: str) -> Response:
        absence = self.get_object()
        data = _days(absence.person, self.parse(AbsenceChangeInput))
        change_absence(actor=self.actor, absence_id=absence.pk, expected_version=self.expected_version(), **data)
        return self.answer(absence.pk)

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_kwargs: str) -> Response:
        cancel_absence(actor=self.actor, absence_id=self.get_object().pk)
        return Response(status=204)


def _days(person: User, data: dict[str, Any]) -> dict[str, Any]:
    email = data.get("stand_in")
    stand_in = colleagues_of(person).filter(email=email.lower()).first() if email else None
    if email and stand_in is None:
        message = _("The stand-in must be an active person of the same company.")
        raise InvalidInput(message, code="cannot_stand_in", field="stand_in")
    return {
        "starts_on": data["starts_on"],
        "ends_on": data.get("ends_on"),
        "stand_in_id": stand_in.pk if stand_in else None,
        "note": data.get("note", ""),
    }
