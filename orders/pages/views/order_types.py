"""Pages of order types: the list, a new one, a change."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from orders.ordering.models import OrderType
from orders.ordering.services.order_types import FIELDS, change_order_type, create_order_type
from orders.pages.filters import OrderTypeFilter
from orders.pages.forms import OrderTypeForm
from orders.pages.tables import OrderTypeTable
from orders.permissions import can_change_order_types


def _way() -> Sequence[Crumb]:
    return (Crumb(label=str(_("Order types")), url=reverse("orders:types")),)


class OrderTypeList(ScopedListView):
    """What an order can be for, and what follows from it."""

    permission_required = can_change_order_types
    title = _("Order types")
    template_name = "orders/order_types.html"
    model = OrderType
    table_class = OrderTypeTable
    filterset_class = OrderTypeFilter
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"code": ["code"], "position": ["position", "code"]}
    default_sort = "position"
    empty = EmptyState(
        title=_("No order types yet."), text=_("They are set up with the first order, or created here one by one.")
    )


def _values(form: OrderTypeForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in FIELDS}


class OrderTypeNew(ServiceFormView):
    permission_required = can_change_order_types
    title = _("New order type")
    form_class = OrderTypeForm
    submit_label = _("Create")

    def back_url(self) -> str:
        return reverse("orders:types")

    def crumbs(self) -> Sequence[Crumb]:
        return _way()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_new": True}

    def form_valid(self, form: Any) -> HttpResponse:
        create_order_type(actor=self.actor, code=form.cleaned_data["code"], **_values(form))
        return super().form_valid(form)


class OrderTypeChange(ScopedServiceFormView):
    permission_required = can_change_order_types
    title = _("Change order type")
    model = OrderType
    lookup_field = "code"
    form_class = OrderTypeForm

    def page_title(self) -> str:
        return str(self.object.display_name)

    def back_url(self) -> str:
        return reverse("orders:types")

    def crumbs(self) -> Sequence[Crumb]:
        return _way()

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in FIELDS}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_new": False}

    def form_valid(self, form: Any) -> HttpResponse:
        change_order_type(actor=self.actor, type_id=self.object.pk, **_values(form))
        return super().form_valid(form)
