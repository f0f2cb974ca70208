"""Sales plans over the API: started, negotiated, agreed, split, replaced."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import InvalidInput
from planning.enums import PlanLevel
from planning.filters import SalesPlanFilterSet
from planning.models import SalesPlan
from planning.selectors.attainment import read_attainment
from planning.selectors.owners import PlanOwner
from planning.serializers.plans import (
    AttainmentSerializer,
    PlanCellsSerializer,
    PlanRowSerializer,
    PlanSerializer,
    ReopenSerializer,
    SpreadSerializer,
    StartPlanSerializer,
)
from planning.services.advance_plan import agree_plan, lock_plan, reopen_plan
from planning.services.plan_cells import PlanCell
from planning.services.save_plan import save_plan_cells, spread_plan, start_plan
from planning.services.split_plan import split_plan


class SalesPlanViewSet(ScopedReadOnlyViewSet):
    """Sales plans of the company, its territories, managers and distributors, in versions."""

    queryset = SalesPlan.objects.all()
    serializer_class = PlanSerializer
    filterset_class = SalesPlanFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("-pk",)
    versioned = True

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("year", "territory", "manager", "distributor")
        if self.action == "list":
            return joined
        return joined.prefetch_related("periods__period", "periods__mix__category")

    def get_serializer_class(self) -> Any:
        return PlanRowSerializer if self.action == "list" else PlanSerializer

    @extend_schema(request=StartPlanSerializer, responses={201: PlanSerializer})
    def create(self, _request: Request) -> Response:
        values = self.parse(StartPlanSerializer)
        owner = PlanOwner(
            level=PlanLevel(values["level"]),
            **{f"{name}_id": values[name].pk for name in ("territory", "manager", "distributor") if name in values},
        )
        user = self.actor
        plan = start_plan(
            owner=owner,
            year_id=values["year"].pk,
            amount=values["amount"],
            currency=values["currency"],
            with_mix=values["with_mix"],
            actor=user,
        )
        return self.answer(plan.pk, status=201)

    @extend_schema(request=PlanCellsSerializer, responses=PlanSerializer)
    def partial_update(self, _request: Request, **_kwargs: str) -> Response:
        """Set some cells of a draft; the sums follow."""
        plan = self.get_object()
        cells = _cells(plan, self.parse(PlanCellsSerializer)["cells"], "cells")
        user = self.actor
        save_plan_cells(plan_id=plan.pk, cells=cells, actor=user, expected_version=self.expected_version())
        return self.answer(plan.pk)

    @extend_schema(request=SpreadSerializer, responses=PlanSerializer)
    @action(detail=True, methods=["post"])
    def spread(self, _request: Request, **_kwargs: str) -> Response:
        """Give a draft another amount for the year."""
        plan = self.get_object()
        values = self.parse(SpreadSerializer)
        user = self.actor
        spread_plan(
            plan_id=plan.pk,
            amount=values["amount"],
            keep=_cells(plan, values.get("keep", []), "keep"),
            actor=user,
            expected_version=self.expected_version(),
        )
        return self.answer(plan.pk)

    @extend_schema(request=None, responses=PlanSerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, **_kwargs: str) -> Response:
        """Confirm the plan: its figures are fixed from now on."""
        return self._act(agree_plan, request)

    @extend_schema(request=None, responses=PlanSerializer)
    @action(detail=True, methods=["post"])
    def lock(self, request: Request, **_kwargs: str) -> Response:
        """Lock an agreed plan for the year."""
        return self._act(lock_plan, request)

    @extend_schema(request=None, responses=PlanSerializer)
    @action(detail=True, methods=["post"])
    def split(self, request: Request, **_kwargs: str) -> Response:
        """Split the plan down to the distributors, in proportion to last year's sales."""
        return self._act(split_plan, request)

    @extend_schema(request=ReopenSerializer, responses={201: PlanSerializer})
    @action(detail=True, methods=["post"])
    def reopen(self, _request: Request, **_kwargs: str) -> Response:
        """Replace an agreed plan by a new version, which is answered."""
        plan = self.get_object()
        values = self.parse(ReopenSerializer)
        user = self.actor
        new = reopen_plan(
            plan_id=plan.pk, actor=user, expected_version=self.expected_version(), reason=values["reason"]
        )
        return self.answer(new.pk, status=201)

    @extend_schema(responses=AttainmentSerializer, filters=False)
    @action(detail=True, methods=["get"])
    def attainment(self, _request: Request, **_kwargs: str) -> Response:
        """Attainment of the plan's owner to date, by period."""
        plan = self.get_object()
        found = read_attainment(PlanOwner.of(plan), year=plan.year, today=timezone.localdate(), currency=plan.currency)
        return Response(AttainmentSerializer(found).data)

    def _act(self, service: Any, _request: Request) -> Response:
        plan = self.get_object()
        service(plan_id=plan.pk, actor=self.actor, expected_version=self.expected_version())
        return self.answer(plan.pk)


def _cells(plan: SalesPlan, sent: Iterable[Mapping[str, Any]], field: str) -> dict[PlanCell, Decimal]:
    """The cells by id, from the number of the period and the category."""
    periods = dict(plan.year.periods.values_list("number", "pk"))
    cells: dict[PlanCell, Decimal] = {}
    for index, cell in enumerate(sent):
        period = periods.get(cell["period"])
        if period is None:
            raise InvalidInput(_("This period is not in this year."), code="unknown", field=f"{field}.{index}.period")
        category = cell.get("category")
        cells[period, category.pk if category else None] = cell["amount"]
    return cells
