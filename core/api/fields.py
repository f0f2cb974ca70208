"""Fields of input serializers."""

from typing import Any

from django.db import models
from rest_framework import serializers


class VisibleField(serializers.SlugRelatedField[Any]):
    """A row named by its code (or another unique field), taken only from those that the person sees.

    One that is not there and one that is another's are the same error.
    """

    def __init__(self, model: type[models.Model], *, slug_field: str = "code", **options: Any) -> None:
        self.model: Any = model
        super().__init__(slug_field=slug_field, queryset=model._default_manager.none(), **options)

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        if request is None:
            return self.model._default_manager.none()  # noqa: SLF001 - Django's documented way to a manager
        return self.model.objects.visible_to(request.user)

    def __deepcopy__(self, memo: Any) -> "VisibleField":
        """A relation is copied with the arguments it was made with; the model is not one that may be copied."""
        options = {name: value for name, value in self._kwargs.items() if name not in {"queryset", "slug_field"}}
        return type(self)(self.model, slug_field=self.slug_field or "code", **options)
