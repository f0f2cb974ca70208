from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.forms.products import BuyingRightsForm, ProductFileForm, ProductForm, ProductUnitForm
from catalogue.models import Brand, BuyingRight, Product, ProductFile, ProductUnit
from catalogue.permissions import can_change_catalogue, can_set_buying_rights
from catalogue.services.buying_rights import set_buying_rights
from catalogue.services.files import add_file, put_first, remove_file
from catalogue.services.products import ProductInput, save_product
from catalogue.services.units import UnitInput, remove_unit, save_unit
from core.permissions import is_active_user
from core.ui.actions import ActionView
from core.ui.details import ScopedObjectMixin
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from messaging.services.files import Attachment, as_download


class _ProductForm(ServiceFormView):
    abstract = True
    permission_required = can_change_catalogue
    form_class = ProductForm
    product_id: int | None = None

    def back_url(self) -> str:
        return reverse("inventory:products")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.actor}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data = dict(form.cleaned_data)
        for name in ("brand", "category", "successor"):
            row = data.pop(name)
            data[f"{name}_id"] = row.pk if row else None
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


class _OfProduct(ScopedServiceFormView):
    """A form about one product, which it goes back to."""

    abstract = True
    permission_required = can_change_catalogue
    model = Product
    lookup_field = "code"

    def page_title(self) -> str:
        return gettext("%(title)s: %(name)s") % {"title": self.title, "name": self.object.display_name}

    def back_url(self) -> str:
        return str(self.object.get_absolute_url())

    def get_success_url(self) -> str:
        return self.back_url()


class ProductUnitView(_OfProduct):
    """Add a unit, or change the one of the address."""

    title = _("Unit")
    form_class = ProductUnitForm
    success_message = _("Unit saved.")

    def get_initial(self) -> dict[str, Any]:
        unit = ProductUnit.objects.visible_to(self.actor).filter(
            product=self.object, code=self.request.GET.get("unit", "")
        )
        return next(iter(unit.values(*ProductUnitForm.base_fields)), {})

    def form_valid(self, form: BaseForm) -> HttpResponse:
        save_unit(product_id=self.object.pk, values=UnitInput(**form.cleaned_data), actor=self.actor)
        return super().form_valid(form)


class ProductUnitRemoveView(ActionView):
    permission_required = can_change_catalogue
    model = ProductUnit
    related = ("product",)
    success_message = _("Unit removed.")

    def perform(self) -> None:
        remove_unit(unit_id=self.object.pk, actor=self.actor)

    def get_success_url(self) -> str:
        return str(self.object.product.get_absolute_url())


class ProductFileAddView(_OfProduct):
    """Add a picture or a document."""

    title = _("Picture or document")
    form_class = ProductFileForm
    success_message = _("File added.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data = dict(form.cleaned_data)
        add_file(product_id=self.object.pk, attachment=Attachment.of(data.pop("file")), actor=self.actor, **data)
        return super().form_valid(form)


class ProductFileView(ScopedObjectMixin):
    """A file of a product, for whoever may see the product; `size=small` is the small picture of lists."""

    permission_required = is_active_user
    model = ProductFile

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        file = self.object
        if request.GET.get("size") == "small" and file.thumbnail:
            answer = as_download(file.thumbnail, name=f"{file.pk}.webp", media_type="image/webp")
        else:
            answer = as_download(file.file, name=file.name, media_type=file.media_type)
        answer.headers["Cache-Control"] = "private, max-age=3600"
        return answer


class ProductFileRemoveView(ActionView):
    permission_required = can_change_catalogue
    model = ProductFile
    related = ("product",)
    success_message = _("Removed.")

    def perform(self) -> None:
        remove_file(file_id=self.object.pk, actor=self.actor)

    def get_success_url(self) -> str:
        return str(self.object.product.get_absolute_url())


class ProductFileFirstView(ProductFileRemoveView):
    success_message = _("It stands first now.")

    def perform(self) -> None:
        put_first(file_id=self.object.pk, actor=self.actor)
