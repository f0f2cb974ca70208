"""Orders over the API: whatever a page does, an ERP can do."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
    extend_schema_view,
)
from rest_framework.decorators import action
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Distributor
from core.actors import Actor
from core.errors import InvalidInput
from core.models import Event
from orders.entry.checks import warn_of_entry
from orders.entry.lines import save_draft
from orders.ordering.enums import OrderSource
from orders.ordering.models import Order
from orders.ordering.selectors.usual_order import usual_lines
from orders.ordering.serializers import (
    DraftInput,
    OrderInput,
    OrderQuoteInput,
    PlacedOrderSerializer,
    QuoteSerializer,
    UsualLineSerializer,
    lines_of,
    placed_body,
    type_id_of,
)
from orders.ordering.services.checking import check_order
from orders.ordering.services.placing import place_order
from orders.pages.api.availability import AvailabilityMixin
from orders.pages.api.feed import ChangeFeed
from orders.pages.api.line_steps import LineSteps
from orders.pages.filters import OrderFilterSet
from orders.pages.serializers.orders import EventSerializer, OrderDetailSerializer, OrderSerializer
from orders.pages.serializers.papers import OF_ORDER, PDF, PaperQuery, PdfRenderer
from orders.papers.services.printing import print_order
from outlets.models import Outlet

PLACED_OR_DRAFT = PolymorphicProxySerializer(
    component_name="PlacedOrDraft",
    serializers=[PlacedOrderSerializer, OrderDetailSerializer],
    resource_type_field_name=None,
)
NUMBER = OpenApiParameter(
    "number", str, OpenApiParameter.PATH, description="The order's number, or `draft-` and the id of a draft."
)


def _chosen(values: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """What an order names beside its lines."""
    return {
        "delivery_address_id": values["delivery_address"],
        **_consignee(values, actor),
        "contact_id": values["contact"],
        "invoice_title_id": values["invoice_title"],
        "printed_note": values["printed_note"],
        "type_id": type_id_of(values["type"]),
    }


def _consignee(values: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """Who is to get the goods, by code. Asked only where one is named."""
    named: tuple[tuple[str, Any, str], ...] = (
        ("consignee_distributor", Distributor, _("Unknown distributor.")),
        ("consignee_outlet", Outlet, _("Unknown outlet.")),
    )
    found = {}
    for field, model, message in named:
        code = values[field].strip()
        pk = model.objects.visible_to(actor).filter(code=code).values_list("pk", flat=True).first() if code else None
        if code and pk is None:
            raise InvalidInput(message, code="unknown", field=field)
        found[f"{field}_id"] = pk
    return found


@extend_schema_view(
    list=extend_schema(summary="Orders, the newest first", responses=OrderSerializer(many=True)),
    retrieve=extend_schema(summary="One order with lines, shipments and the steps open to you", parameters=[NUMBER]),
)
class OrderViewSet(AvailabilityMixin, ChangeFeed, LineSteps):
    """Orders: placed, followed, approved, shipped and received."""

    queryset = Order.objects.all()
    serializer_class = OrderDetailSerializer
    filterset_class = OrderFilterSet
    lookup_field = "number"
    ordering = ("-ordered_at", "-id")
    versioned = True
    action_scopes = dict.fromkeys(
        (
            "create",
            "update",
            "quote",
            "availability",
            "submit",
            "change",
            "confirm",
            "request_change",
            "answer_question",
            "cancel",
            "copy",
            "receive",
            "remind",
        ),
        "order",
    )

    def get_serializer_class(self) -> Any:
        return OrderSerializer if self.action == "list" else OrderDetailSerializer

    def rows(self, visible: Any) -> Any:
        joined = visible.select_related(
            "company", "distributor", "manager", "warehouse", "type", "seller_distributor", "agreement",
            "consignee_distributor", "consignee_outlet",
        )  # fmt: skip
        if self.action == "list":
            return joined.narrowed_for(self.actor)
        return joined.prefetch_related(
            "holds", "lines__warehouse", "lines__product", "lines__adjustments", "shipments__carrier",
            "shipments__order", "shipments__tracking", "shipments__lines__order_line__product", "shipments__proof",
            "promise_changes",
        )  # fmt: skip

    @extend_schema(
        summary="Save a draft, or place an order",
        request=OrderInput,
        responses={201: OpenApiResponse(PLACED_OR_DRAFT, description="Placed, or the draft as it was saved.")},
    )
    def create(self, _request: Request) -> Response:
        """With `submit` it is checked, priced, promised and its stock reserved at once, or every problem named.

        Send `agreed_total` or a line's `agreed_unit_price`, and an order that would cost more is refused.
        """
        values = OrderInput.read(self.request.data)
        arguments = {
            "distributor_id": self._distributor_id(values),
            "actor": self.actor,
            "lines": lines_of(values["lines"]),
            "purchase_order_number": values["purchase_order_number"],
            "note": values["note"],
            "wanted_on": values["wanted_on"],
            **_chosen(values, self.actor),
            "source": OrderSource.API,
            "now": timezone.now(),
        }
        if not values["submit"]:
            return self.answer(save_draft(**arguments).pk, status=HTTPStatus.CREATED)
        placed = place_order(**arguments, agreed_total=values["agreed_total"])
        return Response(placed_body(placed), status=HTTPStatus.CREATED, headers={"ETag": f'"{placed.version}"'})

    @extend_schema(summary="Replace a draft", request=DraftInput, responses=OrderDetailSerializer, parameters=[NUMBER])
    def update(self, _request: Request, number: str) -> Response:
        values = self.parse(DraftInput)
        order_id = self.order_id(number)
        save_draft(
            distributor_id=0,  # a draft knows its distributor
            order_id=order_id,
            actor=self.actor,
            lines=lines_of(values["lines"]),
            purchase_order_number=values["purchase_order_number"],
            note=values["note"],
            wanted_on=values["wanted_on"],
            **_chosen(values, self.actor),
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return self.answer(order_id)

    @extend_schema(summary="Price and check lines without ordering", request=OrderQuoteInput, responses=QuoteSerializer)
    @action(detail=False, methods=["post"])
    def quote(self, _request: Request) -> Response:
        values = OrderQuoteInput.read(self.request.data)
        now = timezone.now()
        quote = check_order(
            distributor_id=self._distributor_id(values),
            actor=self.actor,
            lines=lines_of(values["lines"]),
            purchase_order_number=values["purchase_order_number"],
            wanted_on=values["wanted_on"],
            delivery_address_id=values["delivery_address"],
            **_consignee(values, self.actor),
            contact_id=values["contact"],
            invoice_title_id=values["invoice_title"],
            type_id=type_id_of(values["type"]),
            with_load=True,
            now=now,
        )
        quote.warnings += warn_of_entry(quote, agreed_total=values["agreed_total"], today=timezone.localdate(now))
        return Response(QuoteSerializer(quote).data)

    @extend_schema(
        summary="What a distributor usually orders",
        parameters=[
            OpenApiParameter("distributor", str, description="Code; your own distributor where it is left out.")
        ],
        responses=UsualLineSerializer(many=True),
        filters=False,
    )
    @action(detail=False, methods=["get"], pagination_class=None)
    def usual(self, request: Request) -> Response:
        """The products of the last half year with the quantity of a typical order: the start of the next one."""
        asked = request.query_params.get("distributor", "")
        distributor_id = self._distributor_id({"distributor": asked} if asked else {})
        lines: Any = usual_lines(distributor_id=distributor_id, today=timezone.localdate())
        return Response(UsualLineSerializer(lines, many=True).data)

    @extend_schema(
        summary="An order on paper",
        parameters=[NUMBER, *OF_ORDER],
        responses=PDF,
        filters=False,
        operation_id="order_pdf",
    )
    @action(detail=True, methods=["get"], pagination_class=None, renderer_classes=[JSONRenderer, PdfRenderer])
    def pdf(self, request: Request, number: str) -> HttpResponse:
        """The order, or the pick list of what has not left yet, as PDF in the distributor's language."""
        choice = PaperQuery.read(request.query_params)
        content = print_order(order_id=self.order_id(number), choice=choice, actor=self.actor)
        return HttpResponse(content, content_type="application/pdf")

    @extend_schema(
        summary="What happened to an order", responses=EventSerializer(many=True), parameters=[NUMBER], filters=False
    )
    @action(detail=True, methods=["get"], pagination_class=None)
    def events(self, _request: Request, number: str) -> Response:
        events = Event.objects.about([("order", self.order_id(number))]).select_related("actor")
        return Response(EventSerializer(events.order_by("id"), many=True, context=self.get_serializer_context()).data)

    def _distributor_id(self, values: dict[str, Any]) -> int:
        """The distributor that is named, else the person's own."""
        user = self.actor
        if "distributor" in values:
            found = Distributor.objects.visible_to(user).filter(code=values["distributor"])
            pk = found.values_list("pk", flat=True).first()
            if pk is None:
                raise InvalidInput(_("Unknown distributor."), code="unknown", field="distributor")
            return int(pk)
        if user.distributor_id is None:
            raise InvalidInput(_("Select a distributor."), code="required", field="distributor")
        return int(user.distributor_id)
