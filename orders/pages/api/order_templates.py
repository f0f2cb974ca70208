"""Order templates and favourites over the API."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import CharFilter
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Distributor
from catalogue.selectors import find_products_by_code
from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import InvalidInput, Problem
from core.filters import ListFilterSet
from orders.ordering.models import OrderTemplate
from orders.ordering.services.templates import TemplateLine, change_template, create_template, remove_template
from orders.pages.serializers.order_templates import OrderTemplateChange, OrderTemplateInput, OrderTemplateSerializer


class OrderTemplateFilterSet(ListFilterSet):
    distributor = CharFilter(field_name="distributor__code", label=gettext_lazy("Distributor"))

    class Meta:
        model = OrderTemplate
        fields = ("distributor", "name")


@extend_schema_view(
    list=extend_schema(summary="Order templates"), retrieve=extend_schema(summary="One order template with its lines")
)
class OrderTemplateViewSet(ScopedReadOnlyViewSet):
    """What a distributor orders again and again; the template without a name holds its favourites."""

    queryset = OrderTemplate.objects.all()
    serializer_class = OrderTemplateSerializer
    filterset_class = OrderTemplateFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)
    action_scopes = dict.fromkeys(("create", "update", "destroy"), "order")

    def rows(self, visible: Any) -> Any:
        return visible.select_related("distributor").prefetch_related("lines__product")

    @extend_schema(summary="Create a template", request=OrderTemplateInput, responses={201: OrderTemplateSerializer})
    def create(self, _request: Request) -> Response:
        values = self.parse(OrderTemplateInput)
        distributor_id = self._distributor_id(values.get("distributor"))
        lines = _lines(values["lines"], distributor_id)
        row = create_template(distributor_id=distributor_id, actor=self.actor, name=values["name"], lines=lines)
        return self.answer(row.pk, status=201)

    @extend_schema(summary="Replace a template", request=OrderTemplateChange, responses=OrderTemplateSerializer)
    def update(self, _request: Request, **_kwargs: str) -> Response:
        values, row = self.parse(OrderTemplateChange), self.get_object()
        lines = _lines(values["lines"], row.distributor_id)
        change_template(template_id=row.pk, actor=self.actor, name=values["name"], lines=lines)
        return self.answer(row.pk)

    @extend_schema(summary="Remove a template", responses={204: None})
    def destroy(self, _request: Request, **_kwargs: str) -> Response:
        remove_template(template_id=self.get_object().pk, actor=self.actor)
        return Response(status=204)

    def _distributor_id(self, code: str | None) -> int:
        seen = Distributor.objects.visible_to(self.actor)
        found = seen.filter(code=code) if code else seen.filter(pk=self.actor.distributor_id)
        pk = found.values_list("pk", flat=True).first()
        if pk is None:
            raise InvalidInput(_("Select a distributor."), code="required", field="distributor")
        return int(pk)


def _lines(sent: Sequence[dict[str, Any]], distributor_id: int) -> list[TemplateLine]:
    meant = find_products_by_code([line["product"] for line in sent], distributor_id=distributor_id)
    unknown = [
        Problem(
            message=_("Unknown product “%(code)s”.") % {"code": line["product"]},
            code="unknown_product",
            field=f"lines.{number}.product",
        )
        for number, line in enumerate(sent)
        if line["product"] not in meant
    ]
    if unknown:
        raise InvalidInput(problems=unknown)
    return [TemplateLine(meant[line["product"]], line["unit"], line["quantity"]) for line in sent]
