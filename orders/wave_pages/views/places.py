"""Where products lie in the warehouses: the list, places given to several products, changed, and taken back."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from core.errors import Message, Problem
from core.ui.actions import BulkActionView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import BulkAction, EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from inventory.models import Stock
from inventory.permissions import can_move_stock, can_see_stock
from inventory.services.places import ProductPlace, set_places
from orders.wave_pages.filters import PlaceFilterSet
from orders.wave_pages.place_forms import PlaceForm, PlacesForm
from orders.wave_pages.tables import PlaceTable

LIST = "orders:places"


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(PlaceList.title), url=reverse(LIST))]


class PlaceList(ScopedListView):
    """The products of the brand owner's warehouses in the order of the walk."""

    permission_required = can_see_stock
    title = pgettext_lazy("warehouse", "Places")
    model = Stock
    table_class = PlaceTable
    filterset_class = PlaceFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "place": ["warehouse_id", "zone", "place", "pk"],
        "product": ["product__code", "warehouse_id", "pk"],
    }
    default_sort = "place"
    related = ("product", "warehouse")
    page_key = "places"
    template_name = "orders/places.html"
    empty = EmptyState(
        title=gettext_lazy("Nothing lies here."),
        text=gettext_lazy(
            "Products that a warehouse has received appear here. Give them a zone and a place to sort pick lists."
        ),
    )

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.of_brand_owner()

    def bulk_actions(self) -> Sequence[BulkAction]:
        if not can_move_stock(self.actor):
            return ()
        return [BulkAction(label=_("Take off their places"), url=reverse("orders:places-retire"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_place=can_move_stock(self.actor), **kwargs)


class SetPlacesView(ServiceFormView):
    """Several products of a warehouse at once."""

    permission_required = can_move_stock
    title = pgettext_lazy("warehouse", "Set places")
    form_class = PlacesForm

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def back_url(self) -> str:
        return reverse(LIST)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.actor}

    def form_valid(self, form: Any) -> HttpResponse:
        set_places(warehouse_id=form.cleaned_data["warehouse"].pk, places=form.cleaned_data["lines"], actor=self.actor)
        return super().form_valid(form)

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field.split(".")[0]


class ChangePlaceView(ScopedServiceFormView):
    """Zone and place of one product in one warehouse."""

    permission_required = can_move_stock
    title = pgettext_lazy("warehouse", "Change place")
    model = Stock
    related = ("product", "warehouse")
    form_class = PlaceForm

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.of_brand_owner()

    def page_title(self) -> str:
        return f"{self.object.product.display_name} · {self.object.warehouse.display_name}"

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def back_url(self) -> str:
        return reverse(LIST)

    def get_initial(self) -> dict[str, Any]:
        return {"zone": self.object.zone, "place": self.object.place}

    def form_valid(self, form: Any) -> HttpResponse:
        place = ProductPlace(product_id=self.object.product_id, **form.cleaned_data)
        set_places(warehouse_id=self.object.warehouse_id, places=[place], actor=self.actor)
        return super().form_valid(form)


class RetirePlacesView(BulkActionView):
    """What is ticked lies nowhere in particular any more; the stock stays as it is."""

    permission_required = can_move_stock
    title = pgettext_lazy("warehouse", "Take off their places")

    def get_success_url(self) -> str:
        return reverse(LIST)

    def perform(self, ids: list[int]) -> Message | None:
        rows = Stock.objects.visible_to(self.actor).of_brand_owner().filter(pk__in=ids)
        places: dict[int, list[ProductPlace]] = {}
        for warehouse, product in rows.values_list("warehouse_id", "product_id"):
            places.setdefault(warehouse, []).append(ProductPlace(product_id=product))
        for warehouse, some in places.items():
            set_places(warehouse_id=warehouse, places=some, actor=self.actor)
        count = sum(map(len, places.values()))
        return ngettext(
            "%(count)d product has no place any more.", "%(count)d products have no place any more.", count
        ) % {"count": count}
