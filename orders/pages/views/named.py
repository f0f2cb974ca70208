"""Pages of one order, by what addresses name it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from orders.ordering.models import Order


class NamedOrderMixin:
    """Finds the order of the address by its number, or a draft by `draft-` and its id."""

    model = Order
    kwargs: dict[str, Any]

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        rows: Any = self.get_queryset() if queryset is None else queryset  # type: ignore[attr-defined]  # of the page
        order = rows.named(self.kwargs["number"]).first()
        if order is None:
            raise Http404
        return order
