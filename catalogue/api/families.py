"""Product families and attributes over the API."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from catalogue.filters import AttributeFilterSet, FamilyFilterSet
from catalogue.models import Product, ProductAttribute, ProductFamily
from catalogue.rules.variants import Choice
from catalogue.selectors import axes_by_category
from catalogue.serializers.families import (
    ProductAttributeInputSerializer,
    ProductAttributeSerializer,
    ProductFamilyInputSerializer,
    ProductFamilySerializer,
    VariantsInputSerializer,
)
from catalogue.services.families import remove_attribute, remove_family, save_attribute, save_family, set_variants
from core.api.viewsets import ScopedReadOnlyViewSet


class ProductAttributeViewSet(ScopedReadOnlyViewSet):
    """What the products of families differ in, declared for a category and those below it."""

    queryset = ProductAttribute.objects.all()
    serializer_class = ProductAttributeSerializer
    filterset_class = AttributeFilterSet
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("category")
        return joined

    @extend_schema(request=ProductAttributeInputSerializer, responses={201: ProductAttributeSerializer})
    def create(self, _request: Request) -> Response:
        """Declare an attribute of a category, or change the one that it has under this code."""
        values = self.parse(ProductAttributeInputSerializer)
        category = values.pop("category")
        known = self.get_queryset().filter(category=category, code=values["code"]).first()
        choices = [Choice(**row) for row in values.pop("choices")]
        saved = save_attribute(
            attribute_id=known.pk if known else None,
            category_id=category.pk,
            choices=choices,
            actor=self.actor,
            **values,
        )
        return self.answer(saved.pk, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_kwargs: str) -> Response:
        """Take an attribute away of which no product has a value."""
        remove_attribute(attribute_id=self.get_object().pk, actor=self.actor)
        return Response(status=204)


class ProductFamilyViewSet(ScopedReadOnlyViewSet):
    """Products that are one article in variants; a distributor sees what it may buy."""

    queryset = ProductFamily.objects.all()
    serializer_class = ProductFamilySerializer
    filterset_class = FamilyFilterSet
    ordering = ("code",)

    def rows(self, visible: Any) -> QuerySet[Any]:
        joined: QuerySet[Any] = visible.select_related("category")
        return joined

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """Families get their variants here, for a whole page at once."""
        if args:
            self._fill([args[0]] if isinstance(args[0], ProductFamily) else args[0])
        return super().get_serializer(*args, **kwargs)

    def _fill(self, families: Sequence[Any]) -> None:
        axes = axes_by_category()
        products: dict[int | None, list[Product]] = {}
        seen = Product.objects.visible_to(self.actor).filter(family__in=[family.pk for family in families])
        for product in seen.order_by("code"):
            products.setdefault(product.family_id, []).append(product)
        for family in families:
            family.attributes = [axis.code for axis in axes.get(family.category_id, ())]
            family.variants = products.get(family.pk, [])

    @extend_schema(request=ProductFamilyInputSerializer, responses={201: ProductFamilySerializer})
    def create(self, _request: Request) -> Response:
        """Make a family, or change the one of this code."""
        values = self.parse(ProductFamilyInputSerializer)
        known = self.get_queryset().filter(code=values["code"]).first()
        saved = save_family(
            family_id=known.pk if known else None, category_id=values.pop("category").pk, actor=self.actor, **values
        )
        return self.answer(saved.pk, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, _request: Request, **_kwargs: str) -> Response:
        """Take a family away; its products stay."""
        remove_family(family_id=self.get_object().pk, actor=self.actor)
        return Response(status=204)

    @extend_schema(request=VariantsInputSerializer, responses=ProductFamilySerializer)
    @action(detail=True, methods=["post"])
    def variants(self, _request: Request, **_kwargs: str) -> Response:
        """Put products into the family with their values, change these, or take products out of it."""
        family = self.get_object()
        rows = self.parse(VariantsInputSerializer)["variants"]
        set_variants(
            family_id=family.pk,
            values={row["product"].pk: row["values"] for row in rows if row["values"] is not None},
            take_out=[row["product"].pk for row in rows if row["values"] is None],
            actor=self.actor,
        )
        return self.answer(family.pk)
