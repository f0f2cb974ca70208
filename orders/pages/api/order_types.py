"""Order types over the API."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from orders.ordering.models import OrderType
from orders.ordering.services.order_types import change_order_type, create_order_type
from orders.pages.serializers.order_types import OrderTypeChange, OrderTypeInput, OrderTypeSerializer


@extend_schema_view(list=extend_schema(summary="Order types"), retrieve=extend_schema(summary="One order type"))
class OrderTypeViewSet(ScopedReadOnlyViewSet):
    """What an order can be for, with the switches that say what follows. An order that names none is of the default type."""

    queryset = OrderType.objects.all()
    serializer_class = OrderTypeSerializer
    ordering = ("position", "code")

    @extend_schema(summary="Create an order type", request=OrderTypeInput, responses={201: OrderTypeSerializer})
    def create(self, _request: Request) -> Response:
        row = create_order_type(actor=self.actor, **self.parse(OrderTypeInput))
        return self.answer(row.pk, status=201)

    @extend_schema(summary="Change an order type", request=OrderTypeChange, responses=OrderTypeSerializer)
    def partial_update(self, _request: Request, **_kwargs: str) -> Response:
        row = self.get_object()
        change_order_type(actor=self.actor, type_id=row.pk, **self.parse(OrderTypeChange))
        return self.answer(row.pk)
