"""Delivery claims over the API: read, decided by the seller, surplus accepted or sent back by the buyer."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import NotVisible
from messaging.services.files import Attachment, as_download
from orders.fulfilment.claims.enums import ClaimOutcome
from orders.fulfilment.claims.models import ClaimPhoto, DeliveryClaim
from orders.fulfilment.claims.services.deciding import Decision, decide_claim
from orders.fulfilment.claims.services.photos import add_photos
from orders.fulfilment.claims.services.surplus import dispose_damaged, settle_surplus
from orders.pages.claim_filters import DeliveryClaimFilter
from orders.pages.serializers.claims import (
    DecideInput,
    DeliveryClaimSerializer,
    MakeGoodInput,
    PhotosInput,
    RefuseClaimInput,
    SurplusInput,
)

_NUMBER = OpenApiParameter("number", str, OpenApiParameter.PATH, description="The claim's number.")


def _step(summary: str, request: Any) -> Callable[..., Any]:
    return extend_schema(summary=summary, request=request, responses=DeliveryClaimSerializer, parameters=[_NUMBER])


@extend_schema_view(
    list=extend_schema(summary="Delivery claims, the newest first"),
    retrieve=extend_schema(summary="One delivery claim with its lines and decisions", parameters=[_NUMBER]),
)
class DeliveryClaimViewSet(ScopedReadOnlyViewSet):
    """What differed when shipments were received; POST to `/shipments/{number}/receive/` opens one."""

    queryset = DeliveryClaim.objects.all()
    serializer_class = DeliveryClaimSerializer
    filterset_class = DeliveryClaimFilter
    lookup_field = "number"
    ordering = ("-id",)
    versioned = True
    action_scopes = {"accept": "order", "send_back": "order", "dispose": "order", "photos": "order"}

    def rows(self, visible: Any) -> Any:
        joined = visible.select_related("order", "shipment", "distributor")
        return joined.prefetch_related("lines__product", "lines__photos", "lines__decisions__replacement_line__order")

    @_step("Decide about lines, each in its way", DecideInput)
    @action(detail=True, methods=["post"])
    def decide(self, _request: Request, **_kwargs: str) -> Response:
        lines = self.parse(DecideInput)["lines"]
        return self._decide(
            decide_claim,
            [
                Decision(
                    line_id=one["line"],
                    outcome=ClaimOutcome(one["outcome"]),
                    pieces=one["pieces"],
                    cause=one["cause"],
                    reason=one["reason"],
                )
                for one in lines
            ],
        )

    @_step("Send missing or damaged pieces once more, at no price", MakeGoodInput)
    @action(detail=True, methods=["post"])
    def reship(self, _request: Request, **_kwargs: str) -> Response:
        return self._same(ClaimOutcome.RESHIP, MakeGoodInput)

    @_step("Credit missing or damaged pieces", MakeGoodInput)
    @action(detail=True, methods=["post"])
    def credit(self, _request: Request, **_kwargs: str) -> Response:
        return self._same(ClaimOutcome.CREDIT, MakeGoodInput)

    @_step("Refuse the claim for missing or damaged pieces", RefuseClaimInput)
    @action(detail=True, methods=["post"])
    def refuse(self, _request: Request, **_kwargs: str) -> Response:
        return self._same(ClaimOutcome.REFUSE, RefuseClaimInput)

    @_step("Accept goods that nobody ordered", SurplusInput)
    @action(detail=True, methods=["post"])
    def accept(self, _request: Request, **_kwargs: str) -> Response:
        return self._same(ClaimOutcome.ACCEPT, SurplusInput)

    @_step("Send goods back that nobody ordered", SurplusInput)
    @action(detail=True, methods=["post"])
    def send_back(self, _request: Request, **_kwargs: str) -> Response:
        return self._same(ClaimOutcome.SEND_BACK, SurplusInput)

    @_step("Dispose of the damaged pieces that were made good", None)
    @action(detail=True, methods=["post"])
    def dispose(self, _request: Request, **_kwargs: str) -> Response:
        claim = self.get_object()
        dispose_damaged(
            claim_id=claim.pk, actor=self.actor, now=timezone.now(), expected_version=self.expected_version()
        )
        return self.answer(claim.pk)

    @_step("Add photos to a line", {"multipart/form-data": PhotosInput})
    @action(detail=True, methods=["post"])
    def photos(self, _request: Request, **_kwargs: str) -> Response:
        claim = self.get_object()
        data = self.parse(PhotosInput)
        add_photos(
            claim_id=claim.pk,
            line_id=data["line"],
            photos=[Attachment.of(upload) for upload in data["photos"]],
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return self.answer(claim.pk)

    @extend_schema(
        summary="A photo of a line",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
        parameters=[_NUMBER],
        filters=False,
    )
    @action(
        detail=True,
        methods=["get"],
        url_path=r"photos/(?P<photo>[0-9]{1,18})",
        pagination_class=None,
        filterset_class=None,
    )
    def photo(self, _request: Request, number: str, photo: str) -> HttpResponseBase:
        found = ClaimPhoto.objects.visible_to(self.actor).filter(pk=int(photo), line__claim__number=number).first()
        if found is None:
            raise NotVisible
        return as_download(found.file, name=found.name, media_type=found.media_type)

    def _same(self, outcome: ClaimOutcome, serializer: Any) -> Response:
        """One outcome for the lines that are named, or for all that are open and can end so."""
        data = self.parse(serializer)
        lines = data["lines"] or [{"line": pk, "pieces": None} for pk in self._open_lines(outcome)]
        said = {"reason": data["reason"], "cause": data.get("cause", "")}
        decisions = [Decision(line_id=one["line"], outcome=outcome, pieces=one["pieces"], **said) for one in lines]
        return self._decide(settle_surplus if outcome.is_of_buyer else decide_claim, decisions)

    def _open_lines(self, outcome: ClaimOutcome) -> list[int]:
        lines = self.get_object().lines.all()
        return [line.pk for line in lines if line.open_pieces and line.is_unordered == outcome.is_of_buyer]

    def _decide(self, service: Callable[..., Any], decisions: Sequence[Decision]) -> Response:
        claim = self.get_object()
        service(
            claim_id=claim.pk,
            decisions=decisions,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return self.answer(claim.pk)
