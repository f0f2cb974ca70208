"""Fields of input serializers."""

from typing import Any

from django.db import models
from rest_framework import serializers


class ScopedSlugField(serializers.SlugRelatedField[Any]):
    """A row named by its code (or another unique field), taken only from those that the person sees.

    One that is not there and one that is another's are the same error.
    """

    def __init__(self, *, slug_field: str = "code", **options: Any) -> None:
        super().__init__(slug_field=slug_field, **options)

    def get_queryset(self) -> Any:
        queryset: Any = super().get_queryset()
        request = self.context.get("request")
        return queryset.none() if request is None else queryset.visible_to(request.user)

    def to_internal_value(self, data: Any) -> Any:
        """Text or a number; nothing that the database could choke on."""
        if not isinstance(data, str | int) or isinstance(data, bool) or "\x00" in str(data):
            self.fail("invalid")
        return super().to_internal_value(str(data))


class VisibleField(ScopedSlugField):
    """The same, named by the model: `VisibleField(Product)`."""

    def __init__(self, model: type[models.Model], *, slug_field: str = "code", **options: Any) -> None:
        super().__init__(slug_field=slug_field, queryset=model._default_manager.all(), **options)  # noqa: SLF001 - Django's documented way to a manager

    def __deepcopy__(self, memo: Any) -> "VisibleField":
        """A relation is copied with the arguments it was made with; the model is not one that may be copied."""
        queryset: Any = self.queryset
        options = {name: value for name, value in self._kwargs.items() if name not in {"queryset", "slug_field"}}
        return type(self)(queryset.model, slug_field=self.slug_field or "code", **options)
