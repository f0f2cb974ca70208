"""Price and availability of many products in one call, without ordering."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedViewSet
from orders.ordering.serializers import (
    LinesInput,
    OrderLineInput,
    QuotedLineSerializer,
    ScheduleLineSerializer,
    lines_of,
)
from orders.ordering.services.checking import check_order
from orders.ordering.services.quote import PricedLine
from orders.ordering.services.shortage import look_up_promises

MOST_LINES = 500


class AvailabilityInput(serializers.Serializer[Any]):
    """Up to 500 products with the quantities that are asked for."""

    distributor = LinesInput().fields["distributor"]
    lines = serializers.ListField(child=OrderLineInput(), allow_empty=False, max_length=MOST_LINES)


class AvailableLineSerializer(QuotedLineSerializer):
    """A line with its price and when it can come: as a whole, or in parts. `free_now` is at most what is asked for."""

    free_now = serializers.SerializerMethodField()
    whole = ScheduleLineSerializer(source="promise.whole", allow_null=True, default=None)
    parts = ScheduleLineSerializer(source="promise.parts", many=True, default=[])

    def get_free_now(self, line: PricedLine) -> int:
        return min(line.promise.free_now, line.quantity) if line.promise else 0


class AvailabilitySerializer(serializers.Serializer[Any]):
    currency = serializers.CharField()
    lines = AvailableLineSerializer(many=True)


class AvailabilityMixin(ScopedViewSet):
    """The action of the orders' view set; it knows for which distributor somebody asks."""

    abstract = True

    def _distributor_id(self, values: dict[str, Any]) -> int:
        raise NotImplementedError

    @extend_schema(
        summary="Price and availability of up to 500 products",
        request=AvailabilityInput,
        responses=AvailabilitySerializer,
    )
    @action(detail=False, methods=["post"])
    def availability(self, _request: Request) -> Response:
        """Nothing is reserved. What is missing says when it comes; null where nobody knows."""
        values = self.parse(AvailabilityInput)
        now = timezone.now()
        asked = [{**line, "when_short": ""} for line in values["lines"]]
        quote = check_order(
            distributor_id=self._distributor_id(values), actor=self.actor, lines=lines_of(asked), now=now
        )
        look_up_promises(quote, {line.product_id for line in quote.lines if line.product_id is not None}, now=now)
        return Response(AvailabilitySerializer(quote).data)
