"""Pages of the catalogue."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import is_brand
from catalogue.enums import ProductStatus
from catalogue.filters import ProductFilterSet
from catalogue.models import Product
from catalogue.permissions import can_change_catalogue
from catalogue.rules.variants import Layout, lay_out
from catalogue.selectors import axes_of, variant_labels
from core.models import localised
from core.registry import registry
from core.ui.details import NextStep, ScopedDetailView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from inventory.permissions import can_move_stock, can_see_stock, has_product_list
from inventory.selectors.catalogue import available_by_warehouse, product_rows
from inventory.selectors.lots import lots_of_product
from inventory.tables.stock import ProductTable


class ProductListView(ScopedListView):
    """The products a person may see."""

    title = _("Products")
    model = Product
    table_class = ProductTable
    filterset_class = ProductFilterSet
    sorts = {"code": ["code"], "display_name": ["name"]}
    default_sort = "code"
    template_name = "inventory/products.html"
    empty = EmptyState(
        title=_("No products yet."),
        text=_("Products you can order appear here."),
    )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who orders has one catalogue: the one with prices and a button, which the app of orders registered."""
        catalogue = registry.navigation.get("catalogue")
        if catalogue is not None and not has_product_list(self.actor):
            return redirect(catalogue.route)
        return super().get(request, *args, **kwargs)

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        user = self.actor
        return product_rows(user, ids)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.actor
        return super().get_context_data(may_change=can_change_catalogue(user), **kwargs)


class ProductView(ScopedDetailView):
    """One product: its facts, and where it lies."""

    model = Product
    lookup_field = "code"
    related = ("brand", "category", "successor", "family")
    template_name = "inventory/product.html"

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(ProductListView.title), url=reverse("inventory:products"))]

    def state(self) -> ProductStatus:
        return ProductStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        user = self.actor
        steps = []
        if can_change_catalogue(user):
            url = reverse("catalogue:product-change", args=[self.object.code])
            steps.append(NextStep(label=_("Change"), url=url, primary=True, opens=True))
            picture = reverse("catalogue:product-file-add", args=[self.object.code])
            steps.append(NextStep(label=_("Add a picture"), url=picture, opens=True))
        if can_change_catalogue(user):
            url = reverse("inventory:product-tracking", args=[self.object.code])
            steps.append(NextStep(label=_("Lots and serial numbers"), url=url, opens=True))
        if can_move_stock(user):
            url = f"{reverse('inventory:adjust')}?product={self.object.code}"
            steps.append(NextStep(label=_("Adjust stock"), url=url, primary=not steps, opens=True))
        return steps

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        user = self.actor
        return [("product", self.object.pk)] if can_see_stock(user) else []

    def variants(self) -> dict[str, Any]:
        """The product among those of its family that the person sees. Three queries, none without a family."""
        family = self.object.family
        if family is None:
            return {"layout": Layout()}
        axes = axes_of(family)
        products = Product.objects.visible_to(self.actor).filter(family=family).order_by("code")
        layout = lay_out(axes, [(product.variant, product) for product in products])
        return {"layout": layout, "axes": axes, "own_values": variant_labels(axes, self.object.variant)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.actor
        stock = available_by_warehouse(self.object.pk) if can_see_stock(user) else []
        files = list(self.object.files.select_related("product"))
        row = product_rows(user, [self.object.pk])[0]
        return super().get_context_data(
            row=row,
            missing=[(criterion, criterion.url(self.object.code)) for criterion in row.missing],
            stock=stock,
            lots=lots_of_product(self.object) if stock else [],
            units=self.object.units.all(),
            images=[file for file in files if file.is_image],
            documents=[file for file in files if not file.is_image],
            description=localised(self.object.description, self.object.description_zh),
            may_change=can_change_catalogue(user),
            is_brand=is_brand(user),
            **self.variants(),
            **kwargs,
        )
