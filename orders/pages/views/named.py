"""Pages of one order, by what addresses name it."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from orders.ordering.models import Order
from orders.permissions import sells


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


class OrderStepMixin(NamedOrderMixin):
    """A step of one order: its permission is asked of the order, as the service and the button ask it.

    An order belongs to its seller: where that is a distributor, its own people take the seller's steps.
    """

    object: Any
    actor: Any
    permission_required: ClassVar[Any]

    def has_permission(self) -> bool:
        return bool(super().has_permission()) or sells(self.actor)  # type: ignore[misc]  # of the page

    def prepare(self) -> None:
        super().prepare()  # type: ignore[misc]  # of the page
        if not type(self).permission_required(self.actor, self.object):
            raise PermissionDenied
