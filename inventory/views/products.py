"""Pages of the catalogue."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_parts import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from inventory.enums import ProductStatus
from inventory.filters import ProductFilterSet
from inventory.forms import ProductForm
from inventory.models import Product
from inventory.rules import can_change_catalogue, can_move_stock, can_see_stock
from inventory.selectors.catalogue import available_by_warehouse, product_rows
from inventory.services.save_product import ProductFacts, save_product
from inventory.tables import ProductTable


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
        text=_("Here stands what may be bought: the catalogue of the brands, or your part of it."),
    )

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        user: Any = self.request.user
        return product_rows(user, ids)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(may_change=can_change_catalogue(user), **kwargs)


class ProductView(ScopedDetailView):
    """One product: its facts, and where it lies."""

    model = Product
    lookup_field = "code"
    related = ("brand", "category")
    template_name = "inventory/product.html"

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(ProductListView.title), url=reverse("inventory:products"))]

    def state(self) -> ProductStatus:
        return ProductStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        user: Any = self.request.user
        steps = []
        if can_change_catalogue(user):
            url = reverse("inventory:product-change", args=[self.object.code])
            steps.append(NextStep(label=_("Change"), url=url, primary=True, opens=True))
        if can_move_stock(user):
            url = f"{reverse('inventory:adjust')}?product={self.object.code}"
            steps.append(NextStep(label=_("Correct the stock"), url=url, primary=not steps, opens=True))
        return steps

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        user: Any = self.request.user
        return [("product", self.object.pk)] if can_see_stock(user) else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        stock = available_by_warehouse(self.object.pk) if can_see_stock(user) else []
        return super().get_context_data(row=product_rows(user, [self.object.pk])[0], stock=stock, **kwargs)


class _ProductForm(ServiceFormView):
    abstract = True
    permission_required = can_change_catalogue
    form_class = ProductForm
    product_id: int | None = None

    def back_url(self) -> str:
        return reverse("inventory:products")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        wish = dict(form.cleaned_data)
        for name in ("brand", "category"):
            wish[f"{name}_id"] = wish.pop(name).pk
        user: Any = self.request.user
        product = save_product(product_id=self.product_id, facts=ProductFacts(**wish), actor=user)
        self.success_url = product.get_absolute_url()
        return super().form_valid(form)


class ProductCreateView(_ProductForm):
    permission_required = can_change_catalogue
    title = _("New product")


class ProductChangeView(ScopedServiceFormView, _ProductForm):
    permission_required = can_change_catalogue
    model = Product
    lookup_field = "code"
    title = _("Change the product")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "instance": Product.objects.visible_to(self.request.user).get(pk=self.object.pk),
        }

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.product_id = self.object.pk
        return super().form_valid(form)
