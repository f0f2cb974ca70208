"""Price lists, prices and quotes over the API."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalogue.models import Product
from catalogue.selectors import find_products_by_code
from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import InvalidInput, Problem
from pricing.filters import PriceFilterSet, PriceListFilterSet
from pricing.models import Price, PriceList
from pricing.selectors.prices import LinePrice, price_lines
from pricing.serializers import (
    PriceListSerializer,
    PriceSerializer,
    QuotedPriceSerializer,
    QuoteInputSerializer,
    SetPriceSerializer,
)
from pricing.services.prices import set_price


class PriceListViewSet(ScopedReadOnlyViewSet):
    """Price lists and whom they are for. The brand owner's to see."""

    queryset = PriceList.objects.all()
    serializer_class = PriceListSerializer
    filterset_class = PriceListFilterSet
    ordering = ("code",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("distributor", "territory", "tier")
        return joined


class PriceViewSet(ScopedReadOnlyViewSet):
    """Prices of the lists, and quotes: what a distributor pays, and why."""

    queryset = Price.objects.all()
    serializer_class = PriceSerializer
    filterset_class = PriceFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"
    ordering = ("pk",)
    action_scopes = {"quote": "read"}

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("price_list", "product")
        return joined

    @extend_schema(request=SetPriceSerializer, responses={201: PriceSerializer})
    def create(self, _request: Request) -> Response:
        """Set a price from a day on; the one before it ends the day before."""
        values = self.parse(SetPriceSerializer)
        user = self.actor
        price = set_price(
            price_list_id=values.pop("price_list").pk, product_id=values.pop("product").pk, actor=user, **values
        )
        return self.answer(price.pk, status=201)

    @extend_schema(request=QuoteInputSerializer, responses=QuotedPriceSerializer(many=True))
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def quote(self, _request: Request) -> Response:
        """The unit price of up to 200 lines for a distributor, each with its reason and the next quantity step."""
        values = self.parse(QuoteInputSerializer)
        user = self.actor
        distributor_id = values["distributor"].pk if "distributor" in values else user.distributor_id
        if distributor_id is None:
            raise InvalidInput(_("Select a distributor."), code="required", field="distributor")
        codes = [line["product"] for line in values["lines"]]
        meant = find_products_by_code(codes, distributor_id=distributor_id)
        seen = set(Product.objects.visible_to(user).filter(pk__in=meant.values()).values_list("pk", flat=True))
        known = {code: pk for code, pk in meant.items() if pk in seen}
        unknown = [
            Problem(message=_("Unknown product."), code="unknown", field=f"lines.{index}.product")
            for index, code in enumerate(codes)
            if code not in known
        ]
        if unknown:
            raise InvalidInput(problems=unknown)
        prices = price_lines(
            distributor_id=distributor_id,
            product_ids=[known[code] for code in codes],
            quantities=[line["quantity"] for line in values["lines"]],
            on=values.get("on") or timezone.localdate(),
        )
        return Response(QuotedPriceSerializer(_shown(codes, prices), many=True).data)


def _shown(codes: Sequence[str], prices: Sequence[LinePrice]) -> list[dict[str, Any]]:
    return [
        {
            "product": code,
            "quantity": line.quantity,
            "currency": line.currency,
            "unit_price": line.amount,
            "price_list": line.list_code,
            "scope": line.scope,
            "from_quantity": line.from_quantity,
            "ends_on": line.ends_on,
            "reason": line.reason,
            "next_quantity": line.next_quantity,
            "next_unit_price": line.next_amount,
        }
        for code, line in zip(codes, prices, strict=True)
    ]
