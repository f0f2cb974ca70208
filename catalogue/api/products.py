from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalogue.filters import ProductCodeFilterSet, ProductFileFilterSet, ProductUnitFilterSet
from catalogue.models import Brand, Category, ProductCode, ProductFile, ProductUnit
from catalogue.serializers.products import (
    BrandSerializer,
    CategorySerializer,
    ProductCodeInputSerializer,
    ProductCodeSerializer,
    ProductFileSerializer,
    ProductUnitInputSerializer,
    ProductUnitSerializer,
)
from catalogue.services.product_codes import add_product_code, remove_product_code
from catalogue.services.units import UnitInput, remove_unit, save_unit
from core.api.viewsets import ScopedReadOnlyViewSet
from messaging.services.files import as_download


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
        joined: QuerySet[Any] = visible.select_related("product", "distributor", "unit")
        return joined

    @extend_schema(request=ProductCodeInputSerializer, responses={201: ProductCodeSerializer})
    def create(self, _request: Request) -> Response:
        """Add another barcode or a distributor's own code; a distributor may leave its own code out."""
        values = self.parse(ProductCodeInputSerializer)
        own = self.actor.distributor_id
        distributor = values["distributor"].pk if values.get("distributor") else own
        added = add_product_code(
            product_id=values["product"].pk,
            kind=values["kind"],
            code=values["code"],
            distributor_id=distributor,
            unit=values["unit"],
            actor=self.actor,
        )
        return self.answer(added.pk, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_kwargs: str) -> Response:
        """Take a further barcode or an own code away."""
        remove_product_code(code_id=self.get_object().pk, actor=self.actor)
        return Response(status=204)


class ProductUnitViewSet(ScopedReadOnlyViewSet):
    """Units of several pieces in which products are ordered, priced and scanned."""

    queryset = ProductUnit.objects.all()
    serializer_class = ProductUnitSerializer
    filterset_class = ProductUnitFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("product")
        return joined

    @extend_schema(request=ProductUnitInputSerializer, responses={201: ProductUnitSerializer})
    def create(self, _request: Request) -> Response:
        """Make a unit of a product, or change the one that it has under this code."""
        values = self.parse(ProductUnitInputSerializer)
        unit = save_unit(product_id=values.pop("product").pk, values=UnitInput(**values), actor=self.actor)
        return self.answer(unit.pk, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_kwargs: str) -> Response:
        """Take a unit away in which no prices are kept."""
        remove_unit(unit_id=self.get_object().pk, actor=self.actor)
        return Response(status=204)


class ProductFileViewSet(ScopedReadOnlyViewSet):
    """Pictures and documents of products; the content is below `content/`."""

    queryset = ProductFile.objects.all()
    serializer_class = ProductFileSerializer
    filterset_class = ProductFileFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("product")
        return joined

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}, filters=False)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def content(self, _request: Request, **_kwargs: str) -> FileResponse:
        """The file itself."""
        file = self.get_object()
        return as_download(file.file, name=file.name, media_type=file.media_type)
