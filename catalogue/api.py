from typing import Any

from django.db.models import QuerySet

from catalogue.models import Brand, Category
from catalogue.serializers import BrandSerializer, CategorySerializer
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
