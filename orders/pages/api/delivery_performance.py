"""On time in full, fill rate and perfect orders over the API."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedViewSet
from orders.ordering.models import Order
from orders.pages.delivery_filters import DeliveryFilterSet, days_of
from orders.pages.selectors.delivery_rows import give_deliveries
from orders.tracking.enums import BrokenStep, DeliveryResult
from orders.tracking.selectors.delivery_performance import due_orders, read_summary


class DeliveryFiguresSerializer(serializers.Serializer[Any]):
    """Counts of orders, of their lines and pieces, and shares from 0 to 1, null where nothing was due."""

    orders = serializers.IntegerField()
    on_time = serializers.IntegerField()
    in_full = serializers.IntegerField()
    kept = serializers.IntegerField(help_text="On time in full.")
    perfect = serializers.IntegerField()
    lines = serializers.IntegerField()
    lines_on_time = serializers.IntegerField()
    lines_in_full = serializers.IntegerField()
    lines_kept = serializers.IntegerField()
    pieces = serializers.IntegerField()
    filled = serializers.IntegerField(help_text="Pieces that left with the first shipment.")
    share = serializers.DecimalField(max_digits=7, decimal_places=6, allow_null=True)
    line_share = serializers.DecimalField(max_digits=7, decimal_places=6, allow_null=True)
    fill_rate = serializers.DecimalField(max_digits=7, decimal_places=6, allow_null=True)
    perfect_share = serializers.DecimalField(max_digits=7, decimal_places=6, allow_null=True)


class GroupRowSerializer(serializers.Serializer[Any]):
    code = serializers.CharField(help_text="Empty where there is none, as of orders without a carrier.")
    label = serializers.CharField()  # type: ignore[assignment]  # as the pages call it; the base class has one of its own
    figures = DeliveryFiguresSerializer()


class DeliverySummarySerializer(serializers.Serializer[Any]):
    """A period of at most 400 days that ends before today; without days the present month and the two before."""

    since = serializers.DateField()
    until = serializers.DateField()
    figures = DeliveryFiguresSerializer()
    groups = GroupRowSerializer(many=True)


class DeliveredOrderSerializer(serializers.Serializer[Any]):
    """How one order was delivered."""

    number = serializers.CharField()
    distributor = serializers.CharField(source="distributor.code")
    promised_on = serializers.DateField(help_text="As it was promised first.")
    wanted_on = serializers.DateField(allow_null=True)
    left_on = serializers.DateField(source="delivery.left_on", allow_null=True)
    arrived_on = serializers.DateField(source="delivery.arrived_on", allow_null=True)
    lines = serializers.IntegerField(source="delivery.lines")
    lines_kept = serializers.IntegerField(source="delivery.lines_kept")
    pieces = serializers.IntegerField(source="delivery.pieces")
    filled = serializers.IntegerField(source="delivery.filled")
    is_on_time = serializers.BooleanField(source="delivery.is_on_time")
    is_in_full = serializers.BooleanField(source="delivery.is_in_full")
    result = serializers.ChoiceField(choices=DeliveryResult.choices, source="delivery.result")
    step = serializers.ChoiceField(
        choices=BrokenStep.choices, source="delivery.step", allow_blank=True, help_text="First broken step, or empty."
    )


class DeliveryPerformanceViewSet(ScopedViewSet):
    """Orders that were due in a period, against the day promised first or the day wanted, the latest first."""

    queryset = Order.objects.all()
    serializer_class = DeliveredOrderSerializer
    filterset_class = DeliveryFilterSet
    ordering = ("-promised_on", "-id")

    def rows(self, visible: Any) -> QuerySet[Any]:
        since, until = days_of(self.request.query_params)
        return due_orders(visible.select_related("distributor"), since=since, until=until)

    @extend_schema(summary="Orders that were due, with how they were delivered")
    def list(self, _request: Request) -> Response:
        page: Any = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        rows = give_deliveries(page, basis=self._filterset().basis_chosen)
        return self.get_paginated_response(DeliveredOrderSerializer(rows, many=True).data)

    @extend_schema(summary="On time in full, fill rate and perfect orders", responses=DeliverySummarySerializer)
    @action(detail=False, methods=["get"], pagination_class=None)
    def summary(self, request: Request) -> Response:
        rows = self.filter_queryset(self.get_queryset())
        filterset = self._filterset()
        since, until = days_of(request.query_params)
        group = filterset.group_chosen
        figures, groups = read_summary(rows, basis=filterset.basis_chosen, groups=[group])
        answer = {"since": since, "until": until, "figures": figures, "groups": groups[group]}
        return Response(DeliverySummarySerializer(answer).data)

    def _filterset(self) -> DeliveryFilterSet:
        filterset = DeliveryFilterSet(self.request.query_params, queryset=self.get_queryset(), request=self.request)
        filterset.form.is_valid()
        return filterset
