from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.forms import BuyingRightsForm, ProductForm
from catalogue.models import Brand, BuyingRight, Product
from catalogue.permissions import can_change_catalogue, can_set_buying_rights
from catalogue.services.buying_rights import set_buying_rights
from catalogue.services.products import ProductInput, save_product
from core.ui.forms import ScopedServiceFormView, ServiceFormView


class _ProductForm(ServiceFormView):
    abstract = True
    permission_required = can_change_catalogue
    form_class = ProductForm
    product_id: int | None = None

    def back_url(self) -> str:
        return reverse("inventory:products")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data = dict(form.cleaned_data)
        for name in ("brand", "category"):
            data[f"{name}_id"] = data.pop(name).pk
        user = self.actor
        product = save_product(product_id=self.product_id, values=ProductInput(**data), actor=user)
        self.success_url = product.get_absolute_url()
        return super().form_valid(form)


class ProductCreateView(_ProductForm):
    permission_required = can_change_catalogue
    title = _("New product")


class ProductChangeView(ScopedServiceFormView, _ProductForm):
    permission_required = can_change_catalogue
    model = Product
    lookup_field = "code"
    title = _("Change product")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "instance": Product.objects.visible_to(self.actor).get(pk=self.object.pk),
        }

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.product_id = self.object.pk
        return super().form_valid(form)


class BuyingRightsView(ScopedServiceFormView):
    """What one distributor may buy."""

    permission_required = can_set_buying_rights
    title = _("Buying rights")
    model = Distributor
    lookup_field = "code"
    form_class = BuyingRightsForm

    def back_url(self) -> str:
        return str(self.object.get_absolute_url())

    def page_title(self) -> str:
        return gettext("%(title)s: %(name)s") % {"title": self.title, "name": self.object.display_name}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def get_initial(self) -> dict[str, Any]:
        user = self.actor
        rights = BuyingRight.objects.visible_to(user).current().set_by_people().filter(distributor=self.object)
        return {
            "starts_on": timezone.localdate(),
            "brands": Brand.objects.visible_to(user).filter(pk__in=rights.values("brand")),
            "products": Product.objects.visible_to(user).filter(pk__in=rights.values("product")),
        }

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data, actor = form.cleaned_data, self.actor
        set_buying_rights(
            distributor_id=self.object.pk,
            brand_ids=[brand.pk for brand in data["brands"]],
            product_ids=[product.pk for product in data["products"]],
            starts_on=data["starts_on"],
            actor=actor,
        )
        return super().form_valid(form)
