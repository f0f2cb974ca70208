"""Pages of product families: the list, one with its variants as a grid, the values of its products; and the attributes."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.permissions import is_brand
from catalogue.filters import AttributeFilterSet, FamilyFilterSet
from catalogue.forms.families import AttributeForm, FamilyForm, VariantsForm
from catalogue.models import Product, ProductAttribute, ProductFamily
from catalogue.permissions import can_change_catalogue
from catalogue.rules.variants import lay_out
from catalogue.selectors import axes_of, variants_of_families
from catalogue.services.families import remove_attribute, remove_family, save_attribute, save_family, set_variants
from catalogue.tables import AttributeTable, FamilyTable, VariantTable
from core.ui.actions import ActionView
from core.ui.details import NextStep, ScopedDetailView, ScopedObjectMixin
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb


def _way(route: str, label: Any) -> Sequence[Crumb]:
    return (Crumb(label=str(label), url=reverse(route)),)


class FamilyListView(ScopedListView):
    """The families, each with how many products it has."""

    permission_required = is_brand
    title = _("Product families")
    model = ProductFamily
    table_class = FamilyTable
    lines_table_class = VariantTable
    lines_title = _("Variants")
    filterset_class = FamilyFilterSet
    sorts = {"code": ["code"], "display_name": ["name"]}
    default_sort = "code"
    template_name = "catalogue/families.html"
    empty = EmptyState(
        title=_("No product families yet."),
        text=_("A family groups the variants of one product, such as its sizes and colours."),
    )

    def get_lines(self, ids: Sequence[Any]) -> Sequence[Any]:
        return variants_of_families(ids)

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        rows = self.get_queryset().select_related("category").annotate(variants=Count("products")).in_bulk(list(ids))
        return [rows[pk] for pk in ids if pk in rows]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_change=can_change_catalogue(self.actor), **kwargs)


class FamilyView(ScopedDetailView):
    """One family: its products by the values in which they differ."""

    permission_required = is_brand
    model = ProductFamily
    lookup_field = "code"
    related = ("category",)
    template_name = "catalogue/family.html"

    def crumbs(self) -> Sequence[Crumb]:
        return _way("catalogue:families", FamilyListView.title)

    def next_steps(self) -> Sequence[NextStep]:
        if not can_change_catalogue(self.actor):
            return []
        code = self.object.code
        return [
            NextStep(
                label=_("Set values"), url=reverse("catalogue:family-variants", args=[code]), primary=True, opens=True
            ),
            NextStep(label=_("Change"), url=reverse("catalogue:family-change", args=[code]), opens=True),
            NextStep(
                label=_("Remove"),
                url=reverse("catalogue:family-remove", args=[code]),
                dangerous=True,
                confirm=_("Remove the family? Its products stay, without the values of its attributes."),
            ),
        ]

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("product_family", self.object.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        products = list(Product.objects.visible_to(self.actor).filter(family=self.object).order_by("code"))
        axes = axes_of(self.object)
        layout = lay_out(axes, [(product.variant, product) for product in products])
        return super().get_context_data(axes=axes, layout=layout, products=products, **kwargs)


class _FamilyForm(ServiceFormView):
    abstract = True
    permission_required = can_change_catalogue
    form_class = FamilyForm
    family_id: int | None = None

    def back_url(self) -> str:
        return reverse("catalogue:families")

    def crumbs(self) -> Sequence[Crumb]:
        return _way("catalogue:families", FamilyListView.title)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.actor}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data = dict(form.cleaned_data)
        family = save_family(family_id=self.family_id, category_id=data.pop("category").pk, actor=self.actor, **data)
        self.success_url = family.get_absolute_url()
        return super().form_valid(form)


class FamilyCreateView(_FamilyForm):
    permission_required = can_change_catalogue
    title = _("New product family")
    submit_label = _("Create")


class FamilyChangeView(ScopedServiceFormView, _FamilyForm):
    permission_required = can_change_catalogue
    title = _("Change product family")
    model = ProductFamily
    lookup_field = "code"
    related = ("category",)

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in FamilyForm.base_fields}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.family_id = self.object.pk
        return super().form_valid(form)


class FamilyRemoveView(ActionView):
    permission_required = can_change_catalogue
    model = ProductFamily
    lookup_field = "code"
    success_message = _("Removed.")

    def perform(self) -> None:
        remove_family(family_id=self.object.pk, actor=self.actor)

    def get_success_url(self) -> str:
        return reverse("catalogue:families")


class FamilyVariantsView(ScopedServiceFormView):
    """The values of each product of a family; products are added by their codes and taken out."""

    permission_required = can_change_catalogue
    title = _("Values of the variants")
    model = ProductFamily
    lookup_field = "code"
    related = ("category",)
    form_class = VariantsForm
    template_name = "catalogue/variants.html"

    def page_title(self) -> str:
        return gettext("%(title)s: %(name)s") % {"title": self.title, "name": self.object.display_name}

    def crumbs(self) -> Sequence[Crumb]:
        family = Crumb(label=self.object.display_name, url=self.object.get_absolute_url())
        return [*_way("catalogue:families", FamilyListView.title), family]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "family": self.object, "actor": self.actor}

    def form_valid(self, form: Any) -> HttpResponse:
        added = form.cleaned_data["codes"]
        set_variants(
            family_id=self.object.pk,
            values=form.values() | {product.pk: {} for product in added},
            take_out=form.taken_out(),
            actor=self.actor,
        )
        if added:  # their values come next
            self.success_url = self.request.path
        return super().form_valid(form)


class OfProductView(ScopedObjectMixin):
    """To the values of the product's family; to the families where it has none."""

    permission_required = can_change_catalogue
    model = Product
    lookup_field = "code"
    related = ("family",)

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        family = self.object.family
        if family is None:
            return redirect("catalogue:families")
        return redirect("catalogue:family-variants", code=family.code)


class AttributeListView(ScopedListView):
    """What the products of families differ in, by category."""

    permission_required = is_brand
    title = _("Attributes of products")
    model = ProductAttribute
    table_class = AttributeTable
    filterset_class = AttributeFilterSet
    sorts = {"category": ["category__code", "position", "code"]}
    default_sort = "category"
    related = ("category",)
    template_name = "catalogue/attributes.html"
    empty = EmptyState(
        title=_("No attributes yet."),
        text=_(
            "Define how the products of a category differ, such as by size or colour, and the values to choose from."
        ),
    )

    def crumbs(self) -> Sequence[Crumb]:
        return _way("catalogue:families", FamilyListView.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_change=can_change_catalogue(self.actor), **kwargs)


class _AttributeForm(ServiceFormView):
    abstract = True
    permission_required = can_change_catalogue
    form_class = AttributeForm
    attribute: ProductAttribute | None = None

    def back_url(self) -> str:
        return reverse("catalogue:attributes")

    def crumbs(self) -> Sequence[Crumb]:
        families = _way("catalogue:families", FamilyListView.title)
        return [*families, *_way("catalogue:attributes", AttributeListView.title)]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.actor, "attribute": self.attribute}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data, known = dict(form.cleaned_data), self.attribute
        category = data.pop("category", None)
        save_attribute(
            attribute_id=known.pk if known else None,
            category_id=known.category_id if known else category.pk,
            code=known.code if known else data["code"],
            **{name: value for name, value in data.items() if name != "code"},
            actor=self.actor,
        )
        return super().form_valid(form)


class AttributeCreateView(_AttributeForm):
    permission_required = can_change_catalogue
    title = _("New attribute")
    submit_label = _("Create")


class AttributeChangeView(ScopedServiceFormView, _AttributeForm):
    permission_required = can_change_catalogue
    title = _("Change attribute")
    model = ProductAttribute
    related = ("category",)
    template_name = "catalogue/attribute.html"

    def prepare(self) -> None:
        super().prepare()
        self.attribute = self.object

    def back_url(self) -> str:
        return reverse("catalogue:attributes")

    def page_title(self) -> str:
        return f"{self.object.category.display_name}: {self.object.display_name}"


class AttributeRemoveView(ActionView):
    permission_required = can_change_catalogue
    model = ProductAttribute
    success_message = _("Removed.")

    def perform(self) -> None:
        remove_attribute(attribute_id=self.object.pk, actor=self.actor)

    def get_success_url(self) -> str:
        return reverse("catalogue:attributes")
