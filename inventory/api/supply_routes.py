"""Supply routes over the API: which warehouse supplies a distributor, from when, in how many days."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import DateFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Distributor
from core.api.fields import VisibleField
from core.api.viewsets import ScopedReadOnlyViewSet
from core.filters import CodeFilter, ListFilterSet, visible_rows
from inventory.models import SupplyRoute, Warehouse
from inventory.services.supply_routes import open_supply_route


class SupplyRouteSerializer(serializers.ModelSerializer[SupplyRoute]):
    distributor = serializers.CharField(source="distributor.code", read_only=True)
    warehouse = serializers.CharField(source="warehouse.code", read_only=True)

    class Meta:
        model = SupplyRoute
        fields = ("id", "distributor", "warehouse", "lead_days", "priority", "starts_on", "ends_on")


class SupplyRouteInput(serializers.Serializer[Any]):
    """The route of this priority ends the day before; `lead_days` from dispatch to arrival."""

    distributor = VisibleField(Distributor)
    warehouse = VisibleField(Warehouse)
    lead_days = serializers.IntegerField(min_value=0, max_value=365)
    priority = serializers.IntegerField(min_value=1, max_value=99, default=1)
    starts_on = serializers.DateField()


class SupplyRouteFilterSet(ListFilterSet):
    """`on` is a day; without it, the routes of all times."""

    search_fields = ("distributor__search_text", "warehouse__code__istartswith")
    distributor = CodeFilter(queryset=visible_rows(Distributor), label=_("Distributor"))
    warehouse = CodeFilter(queryset=visible_rows(Warehouse), label=_("Warehouse"))
    on = DateFilter(method="valid_on", label=_("in force on"))

    class Meta:
        model = SupplyRoute
        fields = ("distributor", "warehouse", "on")

    def valid_on(self, queryset: Any, _name: str, value: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = queryset.on(value)
        return found


class SupplyRouteViewSet(ScopedReadOnlyViewSet):
    """Which warehouse supplies which distributor. A later one of the same priority ends the one before."""

    queryset = SupplyRoute.objects.all()
    serializer_class = SupplyRouteSerializer
    filterset_class = SupplyRouteFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("distributor", "warehouse")
        return joined

    @extend_schema(request=SupplyRouteInput, responses={201: SupplyRouteSerializer})
    def create(self, _request: Request) -> Response:
        """Supply a distributor from a warehouse of the company from a day on."""
        values = self.parse(SupplyRouteInput)
        distributor, warehouse = values.pop("distributor"), values.pop("warehouse")
        route = open_supply_route(distributor_id=distributor.pk, warehouse_id=warehouse.pk, actor=self.actor, **values)
        return self.answer(route.pk, status=201)
