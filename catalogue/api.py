from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from catalogue.filters import ProductCodeFilterSet
from catalogue.models import Brand, Category, ProductCode
from catalogue.serializers import BrandSerializer, CategorySerializer, ProductCodeInputSerializer, ProductCodeSerializer
from catalogue.services.product_codes import add_product_code, remove_product_code
from core.api.viewsets import ScopedReadOnlyViewSet


class BrandViewSet(ScopedReadOnlyViewSet):
    """The brands of the catalogue."""

    queryset = Brand.objects.all()
    serializer_class = BrandSerializer
    ordering = ("code",)


class CategoryViewSet(ScopedReadOnlyViewSet):
    """Product groups in a tree; `parent` is the code of the group above."""

    queryset = Category.objects.all()
    serializer_class = CategorySerializer
    ordering = ("code",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("parent")
        return joined


class ProductCodeViewSet(ScopedReadOnlyViewSet):
    """The codes by which products are found: their code and barcode, those of units, and distributors' own ones."""

    queryset = ProductCode.objects.all()
    serializer_class = ProductCodeSerializer
    filterset_class = ProductCodeFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("product", "distributor")
        return joined

    @extend_schema(request=ProductCodeInputSerializer, responses={201: ProductCodeSerializer})
    def create(self, request: Request) -> Response:  # noqa: ARG002 - DRF's form
        """Add the barcode of a unit or a distributor's own code; a distributor may leave its own code out."""
        values = self.parse(ProductCodeInputSerializer)
        own = self.actor.distributor_id
        distributor = values["distributor"].pk if values.get("distributor") else own
        added = add_product_code(
            product_id=values["product"].pk,
            kind=values["kind"],
            code=values["code"],
            distributor_id=distributor,
            actor=self.actor,
        )
        return self.answer(added.pk, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:  # noqa: ARG002 - the view set finds the row itself
        """Take a unit's barcode or an own code away."""
        remove_product_code(code_id=self.get_object().pk, actor=self.actor)
        return Response(status=204)
