"""Fields of input serializers."""

from typing import Any

from django.db import models
from rest_framework import serializers

from core.ui.page import objects_of


class VisibleField(serializers.SlugRelatedField[Any]):
    """A row of `model` named by its code (or another unique field), chosen only from those that the person sees.

    One that is not there and one that is another's are the same error.
    """

    def __init__(self, model: type[models.Model], *, slug_field: str = "code", **options: Any) -> None:
        self.model = model
        super().__init__(slug_field=slug_field, queryset=objects_of(model).none(), **options)

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        rows = objects_of(self.model)
        return rows.none() if request is None else rows.visible_to(request.user)

    def to_internal_value(self, data: Any) -> Any:
        """Text or a number; nothing that the database could choke on."""
        if not isinstance(data, str | int) or isinstance(data, bool) or "\x00" in str(data):
            self.fail("invalid")
        return super().to_internal_value(str(data))

    def __deepcopy__(self, memo: Any) -> "VisibleField":
        """DRF copies a field from the arguments it was made with, which are no longer those of its base."""
        made_with: Any = vars(self)["_kwargs"]
        return type(self)(self.model, **made_with)
