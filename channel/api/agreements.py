"""Agreements over the API: written, sent, accepted, put in force, revised and ended."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from channel.filters import AgreementFilterSet, DepartureFilterSet
from channel.models import Agreement, ControlDeparture
from channel.serializers.agreements import AgreementRowSerializer, AgreementSerializer
from channel.serializers.steps import (
    AcceptSerializer,
    AgentSerializer,
    CloseDepartureSerializer,
    DepartureSerializer,
    EndSerializer,
    GivenDepartureSerializer,
    ReasonSerializer,
    ReviseSerializer,
    SignSerializer,
)
from channel.serializers.terms import NewAgreementSerializer, TermsSerializer, terms_from
from channel.services.agreements import confirm_agent, create_agreement, revise_agreement, save_agreement
from channel.services.departures import close_departure, record_departure
from channel.services.steps import (
    accept_agreement,
    decline_agreement,
    end_agreement,
    put_in_force,
    send_agreement,
    withdraw_agreement,
)
from core.api.viewsets import ScopedReadOnlyViewSet
from messaging.services.files import Attachment

_ROWS = (
    "subjects__brand", "subjects__category", "territories__territory", "carve_outs__other", "carve_outs__brand",
    "carve_outs__territory", "minimums__brand", "instalments", "control_rules", "data_duties", "kind_terms", "shops",
)  # fmt: skip


class AgreementViewSet(ScopedReadOnlyViewSet):
    """What a seller and a distributor agreed, in revisions; a distributor sees its own from the day they were sent."""

    queryset = Agreement.objects.all()
    serializer_class = AgreementSerializer
    filterset_class = AgreementFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-pk",)
    versioned = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("company", "distributor")
        return joined if self.action == "list" else joined.prefetch_related(*_ROWS)

    def get_serializer_class(self) -> Any:
        return AgreementRowSerializer if self.action == "list" else AgreementSerializer

    @extend_schema(request=NewAgreementSerializer, responses={201: AgreementSerializer})
    def create(self, _request: Request) -> Response:
        """Write a draft."""
        values = self.parse(NewAgreementSerializer)
        agreement = create_agreement(
            distributor_id=values["distributor"].pk, terms=terms_from(values), actor=self.actor
        )
        return self.answer(agreement.pk, status=201)

    @extend_schema(request=TermsSerializer, responses=AgreementSerializer)
    def update(self, _request: Request, **_kwargs: str) -> Response:
        """Replace all terms of a draft."""
        agreement = self.get_object()
        terms = terms_from(self.parse(TermsSerializer))
        save_agreement(
            agreement_id=agreement.pk, terms=terms, actor=self.actor, expected_version=self.expected_version()
        )
        return self.answer(agreement.pk)

    @extend_schema(request=None, responses=AgreementSerializer)
    @action(detail=True, methods=["post"])
    def send(self, _request: Request, **_kwargs: str) -> Response:
        """Send the draft to the distributor."""
        return self._take(send_agreement)

    @extend_schema(request=AcceptSerializer, responses=AgreementSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, _request: Request, **_kwargs: str) -> Response:
        """Accept it, as the distributor's owner. Send the ETag that was read as `If-Match`; without it, 409."""
        return self._take(accept_agreement, AcceptSerializer)

    @extend_schema(request=ReasonSerializer, responses={200: AgreementSerializer, 204: None})
    @action(detail=True, methods=["post"])
    def decline(self, _request: Request, **_kwargs: str) -> Response:
        """Decline it, as the distributor's owner: it is the seller's draft again."""
        return self._take(decline_agreement, ReasonSerializer)

    @extend_schema(request=ReasonSerializer, responses=AgreementSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, _request: Request, **_kwargs: str) -> Response:
        """Take back what was sent: it is a draft again."""
        return self._take(withdraw_agreement, ReasonSerializer)

    @extend_schema(request=SignSerializer, responses=AgreementSerializer)
    @action(detail=True, methods=["post"], url_path="put-in-force")
    def put_in_force(self, _request: Request, **_kwargs: str) -> Response:
        """Put an accepted agreement in force, with the stamped scan or a signature reference."""
        agreement = self.get_object()
        values = self.parse(SignSerializer)
        upload = values.get("scan")
        put_in_force(
            agreement_id=agreement.pk,
            actor=self.actor,
            expected_version=self.expected_version(),
            scan=Attachment.of(upload) if upload else None,
            signature_reference=values.get("signature_reference", ""),
        )
        return self.answer(agreement.pk)

    @extend_schema(request=EndSerializer, responses=AgreementSerializer)
    @action(detail=True, methods=["post"])
    def end(self, _request: Request, **_kwargs: str) -> Response:
        """End it before its time."""
        return self._take(end_agreement, EndSerializer)

    @extend_schema(request=ReviseSerializer, responses={201: AgreementSerializer})
    @action(detail=True, methods=["post"])
    def revise(self, _request: Request, **_kwargs: str) -> Response:
        """Begin the next revision, which is answered."""
        agreement = self.get_object()
        values = self.parse(ReviseSerializer)
        new = revise_agreement(
            agreement_id=agreement.pk,
            actor=self.actor,
            expected_version=self.expected_version(),
            starts_on=values["starts_on"],
            ends_on=values.get("ends_on"),
        )
        return self.answer(new.pk, status=201)

    @extend_schema(request=AgentSerializer, responses=AgreementSerializer)
    @action(detail=True, methods=["post"], url_path="confirm-agent")
    def confirm_agent(self, _request: Request, **_kwargs: str) -> Response:
        """Confirm, with a reason, that the distributor of a draft is a true agent: its resale price may be fixed."""
        return self._take(confirm_agent, AgentSerializer)

    def _take(self, service: Any, serializer_class: Any = None) -> Response:
        agreement = self.get_object()
        values = self.parse(serializer_class) if serializer_class else {}
        service(agreement_id=agreement.pk, actor=self.actor, expected_version=self.expected_version(), **values)
        return self.answer(agreement.pk)


class DepartureViewSet(ScopedReadOnlyViewSet):
    """What was not kept of what agreements say, with evidence; it never stops an order."""

    queryset = ControlDeparture.objects.all()
    serializer_class = DepartureSerializer
    filterset_class = DepartureFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-pk",)
    versioned = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("agreement__distributor")
        return joined

    @extend_schema(request=GivenDepartureSerializer, responses={201: DepartureSerializer})
    def create(self, _request: Request) -> Response:
        """Record what was seen."""
        values = self.parse(GivenDepartureSerializer)
        upload = values.pop("evidence", None)
        departure = record_departure(
            agreement_id=values.pop("agreement"),
            evidence=Attachment.of(upload) if upload else None,
            actor=self.actor,
            **values,
        )
        return self.answer(departure.pk, status=201)

    @extend_schema(request=CloseDepartureSerializer, responses=DepartureSerializer)
    @action(detail=True, methods=["post"])
    def close(self, _request: Request, **_kwargs: str) -> Response:
        """Say how it ended."""
        departure = self.get_object()
        values = self.parse(CloseDepartureSerializer)
        close_departure(departure_id=departure.pk, actor=self.actor, expected_version=self.expected_version(), **values)
        return self.answer(departure.pk)
