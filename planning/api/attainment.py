"""Attainment of distributors and actual sales, over the API."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Distributor
from company.models import BusinessYear
from company.selectors import year_named
from core.api.viewsets import ScopedReadOnlyViewSet, ScopedViewSet
from planning.enums import PlanLevel
from planning.filters import ProgressFilterSet, SalesActualFilterSet
from planning.models import SalesActual
from planning.selectors.attainment import read_attainment
from planning.selectors.attainment_order import ATTAINMENT_SORTS, with_attainment
from planning.selectors.owners import PlanOwner
from planning.selectors.progress import read_progress_rows
from planning.serializers.plans import AttainmentSerializer, ProgressRowSerializer, SalesActualSerializer

YEAR = OpenApiParameter("year", str, description="Code of the business year; without it the one of today.")


class AttainmentViewSet(ScopedViewSet):
    """Distributors against their plan of a business year, to date and expected; those furthest behind it first."""

    queryset = Distributor.objects.all()
    serializer_class = ProgressRowSerializer
    filterset_class = ProgressFilterSet
    own_parameters = ("year",)
    ordering = ("gap_to_date", "id")
    orders: ClassVar = {
        "code": ("code",),
        "-code": ("-code",),
        **{
            f"{sign}{name}": (f"{sign}{figure}", f"{sign}id")
            for name, figure in ATTAINMENT_SORTS.items()
            for sign in ("", "-")
        },
    }

    def rows(self, visible: Any) -> QuerySet[Any]:
        flat: QuerySet[Any] = visible.without_tree_fields()
        column = self.request.query_params.get("order", "").lstrip("-")
        if self.action != "list" or column == "code":
            return flat
        return with_attainment(flat, year=_year(self.request), today=timezone.localdate(), growth=column == "growth")

    @extend_schema(parameters=[YEAR], responses=ProgressRowSerializer(many=True))
    def list(self, request: Request) -> Response:
        page: Any = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        ids = [distributor.pk for distributor in page]
        found = read_progress_rows(PlanLevel.DISTRIBUTOR, ids, year=_year(request), today=timezone.localdate())
        by_id = {row.pk: row for row in found}
        return self.get_paginated_response(ProgressRowSerializer([by_id[pk] for pk in ids], many=True).data)

    @extend_schema(parameters=[YEAR], responses=AttainmentSerializer)
    def retrieve(self, request: Request, **_kwargs: str) -> Response:
        distributor = self.get_object()
        owner = PlanOwner(level=PlanLevel.DISTRIBUTOR, distributor_id=distributor.pk)
        found = read_attainment(owner, year=_year(request), today=timezone.localdate(), currency=distributor.currency)
        return Response(AttainmentSerializer(found).data)


class SalesActualViewSet(ScopedReadOnlyViewSet):
    """What was sold by month, distributor and category, posted from the orders."""

    queryset = SalesActual.objects.ordered_sales()
    serializer_class = SalesActualSerializer
    filterset_class = SalesActualFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-month", "-pk")

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("distributor", "category")
        return joined


def _year(request: Request) -> BusinessYear:
    return year_named(request.query_params.get("year", ""), today=timezone.localdate())
