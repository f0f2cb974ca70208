"""Returns and return policies over the API: whatever a page does, an ERP can do."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Distributor
from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import InvalidInput
from messaging.services.files import Attachment, as_download
from orders.ordering.models import OrderLine
from orders.pages.return_filters import ReturnedGoodsFilterSet, ReturnFilterSet, ReturnPolicyFilter
from orders.pages.selectors.returns import room_of
from orders.pages.serializers.papers import PDF, SIZE_OF_RETURN_NOTE, PdfRenderer, ReturnNoteQuery
from orders.pages.serializers.returns import (
    InspectReturnInput,
    ReceiveReturnInput,
    ReturnInput,
    ReturnNoteInput,
    ReturnPhotoInput,
    ReturnPolicyChange,
    ReturnPolicyInput,
    ReturnPolicySerializer,
    ReturnRoomSerializer,
    ReturnSerializer,
    SendReturnInput,
    inspected_goods,
)
from orders.pages.serializers.shipments import ReturnedGoodsSerializer
from orders.papers.services.printing import print_return
from orders.returns.models import Return, ReturnedGoods, ReturnPhoto, ReturnPolicy
from orders.returns.services.deciding import authorise_return, cancel_return, close_return, refuse_return
from orders.returns.services.inspecting import inspect_return
from orders.returns.services.moving import receive_return, send_return
from orders.returns.services.photos import add_photo
from orders.returns.services.policies import change_return_policy, create_return_policy
from orders.returns.services.requesting import AskedGoods, request_return

NUMBER = OpenApiParameter("number", str, OpenApiParameter.PATH, description="The return's number.")
_OF = OpenApiParameter("distributor", str, description="The distributor's code; one's own company where it is empty.")


@extend_schema_view(
    list=extend_schema(summary="Returns, the newest first"),
    retrieve=extend_schema(summary="One return with its lines", parameters=[NUMBER]),
)
class ReturnViewSet(ScopedReadOnlyViewSet):
    """Goods that come back: asked for, authorised, sent, received, inspected. Versioned: `If-Match` is the version seen."""

    queryset = Return.objects.all()
    serializer_class = ReturnSerializer
    filterset_class = ReturnFilterSet
    lookup_field = "number"
    ordering = ("-requested_at", "-id")
    versioned = True
    action_scopes = dict.fromkeys(("create", "send", "cancel", "photos"), "order")

    def rows(self, visible: Any) -> Any:
        joined = visible.select_related("distributor", "agreement", "policy", "carrier", "warehouse")
        return joined.prefetch_related(
            "lines__order_line__order", "lines__order_line__product", "lines__inspected_goods__warehouse",
            "lines__inspected_goods__block", "lines__photos",
        )  # fmt: skip

    @extend_schema(summary="Ask for goods to be taken back", request=ReturnInput, responses={201: ReturnSerializer})
    def create(self, _request: Request) -> Response:
        """What meets every rule is authorised at once; `broken_rules` say why not."""
        values = self.parse(ReturnInput)
        document = request_return(
            distributor_id=self._distributor(values["distributor"]),
            goods=self._goods(values["lines"]),
            note=values["note"],
            actor=self.actor,
            now=timezone.now(),
        )
        return self.answer(document.pk, status=HTTPStatus.CREATED)

    @extend_schema(
        summary="What may still be returned", parameters=[_OF], responses=ReturnRoomSerializer, filters=False
    )
    @action(detail=False, methods=["get"], filterset_class=None, pagination_class=None)
    def room(self, request: Request) -> Response:
        """Under the return rate, in the agreement year of today; 404 where none is agreed."""
        code = request.query_params.get("distributor", "")
        found = Distributor.objects.visible_to(self.actor).filter(code=code).first() if code else None
        if code and found is None:
            raise NotFound
        room = room_of(distributor_id=self._distributor(found))
        if room is None:
            raise NotFound
        return Response(ReturnRoomSerializer(room, context=self.get_serializer_context()).data)

    @extend_schema(summary="Authorise", request=ReturnNoteInput, responses=ReturnSerializer, parameters=[NUMBER])
    @action(detail=True, methods=["post"])
    def authorise(self, _request: Request, **_kwargs: str) -> Response:
        """Where a rule is not met the note says why."""
        return self._take(authorise_return, **self.parse(ReturnNoteInput))

    @extend_schema(summary="Refuse", request=ReturnNoteInput, responses=ReturnSerializer, parameters=[NUMBER])
    @action(detail=True, methods=["post"])
    def refuse(self, _request: Request, **_kwargs: str) -> Response:
        """The distributor reads the note."""
        return self._take(refuse_return, **self.parse(ReturnNoteInput))

    @extend_schema(
        summary="The goods have left", request=SendReturnInput, responses=ReturnSerializer, parameters=[NUMBER]
    )
    @action(detail=True, methods=["post"])
    def send(self, _request: Request, **_kwargs: str) -> Response:
        values = self.parse(SendReturnInput)
        carrier = values.pop("carrier")
        return self._take(send_return, carrier_id=carrier and carrier.pk, **values)

    @extend_schema(
        summary="The goods have come", request=ReceiveReturnInput, responses=ReturnSerializer, parameters=[NUMBER]
    )
    @action(detail=True, methods=["post"])
    def receive(self, _request: Request, **_kwargs: str) -> Response:
        ids = self._line_ids()
        values = self.parse(ReceiveReturnInput)
        came = None
        if "lines" in values:
            came = {ids.get(line["position"], 0): line["pieces"] for line in values["lines"]}
        return self._take(receive_return, warehouse_id=values["warehouse"].pk, pieces=came)

    @extend_schema(
        summary="Say what becomes of every piece", request=InspectReturnInput, responses=ReturnSerializer,
        parameters=[NUMBER],
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def inspect(self, _request: Request, **_kwargs: str) -> Response:
        """What is accepted is to be credited."""
        ids = self._line_ids()
        goods = self.parse(InspectReturnInput)["goods"]
        return self._take(inspect_return, goods=inspected_goods(goods, ids))

    @extend_schema(summary="Close", request=None, responses=ReturnSerializer, parameters=[NUMBER])
    @action(detail=True, methods=["post"])
    def close(self, _request: Request, **_kwargs: str) -> Response:
        return self._take(close_return)

    @extend_schema(summary="Give it up", request=ReturnNoteInput, responses=ReturnSerializer, parameters=[NUMBER])
    @action(detail=True, methods=["post"])
    def cancel(self, _request: Request, **_kwargs: str) -> Response:
        """Before the goods have left; room and pieces are free again."""
        return self._take(cancel_return, **self.parse(ReturnNoteInput))

    @extend_schema(
        summary="Add a photo", request={"multipart/form-data": ReturnPhotoInput}, responses={201: ReturnSerializer},
        parameters=[NUMBER],
    )  # fmt: skip
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def photos(self, _request: Request, **_kwargs: str) -> Response:
        """While nobody decided. With it, a return may meet every rule, and is authorised."""
        values = self.parse(ReturnPhotoInput)
        row = self.get_object()
        add_photo(
            return_id=row.pk,
            position=values["position"],
            photo=Attachment.of(values["photo"]),
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return self.answer(row.pk, status=HTTPStatus.CREATED)

    @extend_schema(
        summary="A photo",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
        parameters=[NUMBER, OpenApiParameter("photo_id", int, OpenApiParameter.PATH)],
        filters=False,
    )
    @action(
        detail=True,
        methods=["get"],
        url_path=r"photos/(?P<photo_id>[0-9]{1,18})",
        url_name="photo",
        pagination_class=None,
        filterset_class=None,
    )
    def photo(self, _request: Request, photo_id: str, **_kwargs: str) -> HttpResponseBase:
        rows = ReturnPhoto.objects.visible_to(self.actor).filter(line__document=self.get_object())
        found = rows.filter(pk=photo_id).first()
        if found is None:
            raise NotFound
        return as_download(found.file, name=found.name, media_type=found.media_type)

    @extend_schema(
        summary="The return note", parameters=[NUMBER, SIZE_OF_RETURN_NOTE], responses=PDF, filters=False,
        operation_id="return_pdf",
    )  # fmt: skip
    @action(detail=True, methods=["get"], pagination_class=None, renderer_classes=[JSONRenderer, PdfRenderer])
    def pdf(self, request: Request, **_kwargs: str) -> HttpResponse:
        """As PDF in the distributor's language, without prices."""
        content = print_return(
            return_id=self.get_object().pk, size=ReturnNoteQuery.read(request.query_params), actor=self.actor
        )
        return HttpResponse(content, content_type="application/pdf")

    def _distributor(self, named: Distributor | None) -> int:
        if named is not None:
            return named.pk
        if self.actor.distributor_id is None:
            raise InvalidInput(_("Select a distributor."), code="required", field="distributor")
        return self.actor.distributor_id

    def _goods(self, lines: Any) -> list[AskedGoods]:
        wanted = {(line["order"], line["position"]) for line in lines}
        rows = OrderLine.objects.visible_to(self.actor).filter(order__number__in={number for number, _place in wanted})
        known = {(number, position): pk for pk, number, position in rows.values_list("pk", "order__number", "position")}
        return [
            AskedGoods(order_line_id=known.get((line.pop("order"), line.pop("position")), 0), **line)
            for line in map(dict, lines)
        ]

    def _line_ids(self) -> dict[int, int]:
        """Of the return of the address, which is not there for whoever does not see it, whatever is sent."""
        return dict(self.get_object().lines.values_list("position", "pk"))

    def _take(self, service: Callable[..., object], **values: Any) -> Response:
        row = self.get_object()
        service(
            return_id=row.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
            **values,
        )
        return self.answer(row.pk)


@extend_schema_view(list=extend_schema(summary="Return policies"), retrieve=extend_schema(summary="One return policy"))
class ReturnPolicyViewSet(ScopedReadOnlyViewSet):
    """When returns authorise themselves, beside the agreement's return rate."""

    queryset = ReturnPolicy.objects.all()
    serializer_class = ReturnPolicySerializer
    filterset_class = ReturnPolicyFilter
    lookup_field = "code"
    ordering = ("code",)
    versioned = True

    def rows(self, visible: Any) -> Any:
        return visible.select_related("tier")

    @extend_schema(summary="Create a return policy", request=ReturnPolicyInput, responses={201: ReturnPolicySerializer})
    def create(self, _request: Request) -> Response:
        row = create_return_policy(actor=self.actor, **self.parse(ReturnPolicyInput))
        return self.answer(row.pk, status=HTTPStatus.CREATED)

    @extend_schema(summary="Change a return policy", request=ReturnPolicyChange, responses=ReturnPolicySerializer)
    def partial_update(self, _request: Request, **_kwargs: str) -> Response:
        row = self.get_object()
        change_return_policy(
            actor=self.actor,
            policy_id=row.pk,
            expected_version=self.expected_version(),
            **self.parse(ReturnPolicyChange),
        )
        return self.answer(row.pk)


@extend_schema_view(
    list=extend_schema(summary="Returned goods of an imported history, the newest first"),
    retrieve=extend_schema(summary="Returned goods of an imported history"),
)
class ReturnedGoodsViewSet(ScopedReadOnlyViewSet):
    """Goods that distributors gave back before returns were kept here."""

    queryset = ReturnedGoods.objects.all()
    serializer_class = ReturnedGoodsSerializer
    filterset_class = ReturnedGoodsFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-returned_on", "-id")

    def rows(self, visible: Any) -> Any:
        return visible.select_related("distributor", "order", "product")
