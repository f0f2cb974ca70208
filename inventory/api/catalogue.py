"""Brands, categories and products over the API."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalogue.fields import ProductChangeSerializer, ProductInputSerializer, ProductRowsSerializer
from catalogue.filters import ProductFilterSet
from catalogue.models import Product
from catalogue.services.bulk_products import save_products
from catalogue.services.products import ProductInput, product_input_of, save_product
from core.api.bulk import RowOutcomeSerializer
from core.api.parsers import RowsParser
from core.api.viewsets import ScopedReadOnlyViewSet
from inventory.selectors.catalogue import product_rows
from inventory.serializers import ProductSerializer, TrackingSwitchSerializer
from inventory.services.tracking import set_tracking


class ProductViewSet(ScopedReadOnlyViewSet):
    """Products; a distributor sees what it may buy."""

    queryset = Product.objects.all()
    serializer_class = ProductSerializer
    filterset_class = ProductFilterSet
    ordering = ("code",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("brand", "category", "successor", "family")
        return joined

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """Rows get their stock light here, for a whole page at once."""
        if args:
            args = (self._with_availability(args[0]), *args[1:])
        return super().get_serializer(*args, **kwargs)

    def _with_availability(self, found: Any) -> Any:
        user = self.actor
        if isinstance(found, Product):
            return product_rows(user, [found.pk])[0]
        products: Sequence[Product] = list(found)
        return product_rows(user, [product.pk for product in products])

    @extend_schema(request=ProductInputSerializer, responses={201: ProductSerializer})
    def create(self, _request: Request) -> Response:
        data = _by_id(self.parse(ProductInputSerializer))
        user = self.actor
        product = save_product(product_id=None, values=ProductInput(**data), actor=user)
        return self.answer(product.pk, status=201)

    @extend_schema(request=ProductChangeSerializer, responses=ProductSerializer)
    def partial_update(self, _request: Request, **_kwargs: str) -> Response:
        product = self.get_object()
        data = _by_id(self.parse(ProductChangeSerializer))
        user = self.actor
        save_product(product_id=product.pk, values=replace(product_input_of(product), **data), actor=user)
        return self.answer(product.pk)

    @extend_schema(request=TrackingSwitchSerializer, responses=ProductSerializer)
    @action(detail=True, methods=["post"])
    def tracking(self, _request: Request, **_kwargs: str) -> Response:
        """Turn stock by lot, and serial numbers, on or off."""
        product = self.get_object()
        set_tracking(
            product_id=product.pk, actor=self.actor, now=timezone.now(), **self.parse(TrackingSwitchSerializer)
        )
        return self.answer(product.pk)

    @extend_schema(request=ProductRowsSerializer, responses=RowOutcomeSerializer(many=True))
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None, parser_classes=[RowsParser])
    def bulk(self, _request: Request) -> Response:
        """Make or change many by their codes; answers with the result of each row, in their order."""
        results = save_products(actor=self.actor, **self.parse(ProductRowsSerializer))
        return Response(RowOutcomeSerializer(results, many=True).data)


def _by_id(data: dict[str, Any]) -> dict[str, Any]:
    """What is named by code as ids, as the service takes them."""
    named = {name: data.pop(name) for name in ("brand", "category", "successor") if name in data}
    return data | {f"{name}_id": row.pk if row else None for name, row in named.items()}
