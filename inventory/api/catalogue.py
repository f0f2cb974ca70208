"""Brands, categories and products over the API."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalogue.filters import ProductFilterSet
from catalogue.models import Product
from catalogue.services.products import ProductInput, product_input_of, save_product
from core.api.viewsets import ScopedReadOnlyViewSet
from inventory.selectors.catalogue import product_rows
from inventory.serializers import ProductChangeSerializer, ProductInputSerializer, ProductSerializer


class ProductViewSet(ScopedReadOnlyViewSet):
    """Products; a distributor sees what it may buy."""

    queryset = Product.objects.all()
    serializer_class = ProductSerializer
    filterset_class = ProductFilterSet
    ordering = ("code",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("brand", "category")
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
    def partial_update(self, request: Request, code: str) -> Response:  # noqa: ARG002 - the view set finds the row itself
        product = self.get_object()
        data = _by_id(self.parse(ProductChangeSerializer))
        user = self.actor
        save_product(product_id=product.pk, values=replace(product_input_of(product), **data), actor=user)
        return self.answer(product.pk)


def _by_id(data: dict[str, Any]) -> dict[str, Any]:
    """Brand and category as ids, as the service takes them."""
    return {
        f"{name}_id" if name in {"brand", "category"} else name: value.pk if name in {"brand", "category"} else value
        for name, value in data.items()
    }
