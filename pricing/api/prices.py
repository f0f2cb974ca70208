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
from catalogue.selectors import find_by_code, unit_codes
from core.api.bulk import RowOutcomeSerializer
from core.api.parsers import RowsParser
from core.api.viewsets import ScopedReadOnlyViewSet
from core.errors import InvalidInput, Problem
from pricing.filters import PriceFilterSet, PriceListFilterSet
from pricing.models import Price, PriceList
from pricing.selectors.prices import LinePrice, price_lines
from pricing.serializers import (
    PriceListInput,
    PriceListSerializer,
    PriceRowsSerializer,
    PriceSerializer,
    QuotedPriceSerializer,
    QuoteInputSerializer,
    SetPriceSerializer,
)
from pricing.services.bulk_prices import save_prices
from pricing.services.prices import create_price_list, set_price


class PriceListViewSet(ScopedReadOnlyViewSet):
    """Price lists and whom they are for. The brand owner's to see."""

    queryset = PriceList.objects.all()
    serializer_class = PriceListSerializer
    filterset_class = PriceListFilterSet
    ordering = ("code",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("distributor", "territory", "tier")
        return joined

    @extend_schema(request=PriceListInput, responses={201: PriceListSerializer})
    def create(self, _request: Request) -> Response:
        """Make an empty price list."""
        values = self.parse(PriceListInput)
        buyer = values.pop("distributor", None)
        made = create_price_list(actor=self.actor, distributor_id=buyer.pk if buyer else None, **values)
        return self.answer(made.pk, status=201)


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
        joined: QuerySet[Any] = visible.select_related("price_list", "product", "unit")
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

    @extend_schema(request=PriceRowsSerializer, responses=RowOutcomeSerializer(many=True))
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None, parser_classes=[RowsParser])
    def bulk(self, _request: Request) -> Response:
        """Set many prices; answers with the result of each row, in their order."""
        results = save_prices(actor=self.actor, **self.parse(PriceRowsSerializer))
        return Response(RowOutcomeSerializer(results, many=True).data)

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
        meant = find_by_code(codes, distributor_id=distributor_id)
        asked = {meaning.product_id for meaning in meant.values()}
        seen = set(Product.objects.visible_to(user).filter(pk__in=asked).values_list("pk", flat=True))
        known = {code: meaning for code, meaning in meant.items() if meaning.product_id in seen}
        unknown = [
            Problem(message=_("Unknown product."), code="unknown", field=f"lines.{index}.product")
            for index, code in enumerate(codes)
            if code not in known
        ]
        if unknown:
            raise InvalidInput(problems=unknown)
        units = unit_codes([(known[line["product"]], line["unit"]) for line in values["lines"]])
        prices = price_lines(
            distributor_id=distributor_id,
            product_ids=[known[code].product_id for code in codes],
            units=units,
            quantities=[line["quantity"] for line in values["lines"]],
            on=values.get("on") or timezone.localdate(),
        )
        return Response(QuotedPriceSerializer(_shown(codes, prices), many=True).data)


def _shown(codes: Sequence[str], prices: Sequence[LinePrice]) -> list[dict[str, Any]]:
    return [
        {
            "product": code,
            "unit": line.unit,
            "price_unit": line.price_unit,
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
