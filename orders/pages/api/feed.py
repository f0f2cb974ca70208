"""What happened to orders since a system last asked."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedViewSet
from core.models import OutboxMessage
from orders.ordering.models import Order
from orders.pages.selectors.change_feed import changes_after
from orders.pages.serializers.orders import EventSerializer

MOST = 500


class FeedInput(serializers.Serializer[Any]):
    after = serializers.IntegerField(
        min_value=0,
        max_value=2**63 - 1,
        default=0,
        help_text="`next_after` of the last answer; without it from the oldest that is kept (30 days).",
    )
    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=100)


class OrderChangeSerializer(serializers.ModelSerializer[OutboxMessage]):
    """One thing that happened to an order. `order` and `status` are of now; drafts have no number."""

    position = serializers.IntegerField()
    order = serializers.CharField(source="order_number", allow_null=True)
    status = serializers.CharField(source="order_status")
    event = EventSerializer()

    class Meta:
        model = OutboxMessage
        fields = ("position", "order", "status", "event")


class OrderChangesSerializer(serializers.Serializer[Any]):
    results = OrderChangeSerializer(many=True)
    next_after = serializers.IntegerField(help_text="Ask with this next time, also where nothing new is there.")


class ChangeFeed(ScopedViewSet):
    """The action of the orders' view set."""

    abstract = True

    @extend_schema(
        summary="What happened to orders since a position", parameters=[FeedInput], responses=OrderChangesSerializer,
        filters=False,
    )  # fmt: skip
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def changes(self, request: Request) -> Response:
        """Each event of each order that you see, once, in the order of commits: neither equal times nor late commits lose one."""
        asked = FeedInput(data=request.query_params)
        asked.is_valid(raise_exception=True)
        after = asked.validated_data["after"]
        seen = Order.objects.visible_to(self.actor)
        rows = changes_after(seen, position=after, limit=asked.validated_data["limit"])
        found = {"results": rows, "next_after": rows[-1].position if rows else after}
        return Response(OrderChangesSerializer(found, context=self.get_serializer_context()).data)
