"""Pages of distributors' own codes: the list, a new one, a change, away with one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.enums import CodeKind
from catalogue.filters import DistributorCodeFilterSet
from catalogue.forms.codes import DistributorCodeForm
from catalogue.models import ProductCode
from catalogue.permissions import can_name_products, has_distributor_codes
from catalogue.services.product_codes import add_product_code, change_distributor_code, remove_product_code
from catalogue.tables import DistributorCodeTable
from core.actors import Actor
from core.registry import registry
from core.ui.actions import ActionView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb

LIST = "catalogue:distributor-codes"


def _of_distributors(rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Own codes of the distributors that the reader sees."""
    return rows.filter(kind=CodeKind.OWN, distributor__in=Distributor.objects.visible_to(actor).order_by().values("pk"))


class DistributorCodeListView(ScopedListView):
    """What distributors call the products: codes of their own, by which they order, paste and scan."""

    permission_required = has_distributor_codes
    title = _("Own codes")
    model = ProductCode
    page_key = "distributor-codes"
    table_class = DistributorCodeTable
    filterset_class = DistributorCodeFilterSet
    sorts = {"code": ["code"], "product": ["product__code"], "distributor": ["distributor__code", "code"]}
    default_sort = "code"
    related = ("product", "distributor", "unit")
    template_name = "catalogue/distributor_codes.html"
    empty = EmptyState(
        title=_("No own codes yet."),
        text=_("Record the codes a distributor uses itself, and its lists and orders are recognised as they are."),
    )

    def get_queryset(self) -> QuerySet[Any]:
        return _of_distributors(super().get_queryset(), self.actor)

    def hidden_columns(self) -> tuple[str, ...]:
        return ("distributor", "distributor_code") if self.actor.distributor_id is not None else ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        imports = registry.navigation.get("imports")
        import_url = reverse("imports:upload") if imports is not None and imports.allowed(self.actor) else ""
        may_change = can_name_products(self.actor)
        return super().get_context_data(may_change=may_change, import_url=import_url, **kwargs)


class _DistributorCodeForm(ServiceFormView):
    abstract = True
    permission_required = can_name_products
    form_class = DistributorCodeForm
    code: ProductCode | None = None

    def back_url(self) -> str:
        return reverse(LIST)

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(label=str(DistributorCodeListView.title), url=reverse(LIST)),)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.actor, "is_new": self.code is None}


class DistributorCodeCreateView(_DistributorCodeForm):
    permission_required = can_name_products
    title = _("New own code")
    success_message = _("Own code saved.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data = form.cleaned_data
        distributor = data.get("distributor")
        add_product_code(
            product_id=data["product"].pk,
            kind=CodeKind.OWN,
            code=data["code"],
            distributor_id=distributor.pk if distributor else self.actor.distributor_id,
            unit=data["unit"],
            actor=self.actor,
        )
        return super().form_valid(form)


class DistributorCodeChangeView(ScopedServiceFormView, _DistributorCodeForm):
    permission_required = can_name_products
    title = _("Change own code")
    success_message = _("Own code saved.")
    model = ProductCode
    related = ("product", "distributor", "unit")
    template_name = "catalogue/distributor_code.html"

    def get_queryset(self) -> QuerySet[Any]:
        return _of_distributors(super().get_queryset(), self.actor)

    def prepare(self) -> None:
        super().prepare()
        self.code = self.object

    def page_title(self) -> str:
        return str(self.object.code)

    def back_url(self) -> str:
        return reverse(LIST)

    def get_initial(self) -> dict[str, Any]:
        row = self.object
        return {"product": row.product.code, "code": row.code, "unit": row.unit.code if row.unit else ""}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data = form.cleaned_data
        change_distributor_code(
            code_id=self.object.pk,
            product_id=data["product"].pk,
            code=data["code"],
            unit=data["unit"],
            actor=self.actor,
        )
        return super().form_valid(form)


class DistributorCodeRemoveView(ActionView):
    permission_required = can_name_products
    model = ProductCode
    success_message = _("Removed.")

    def get_queryset(self) -> QuerySet[Any]:
        return _of_distributors(super().get_queryset(), self.actor)

    def perform(self) -> None:
        remove_product_code(code_id=self.object.pk, actor=self.actor)

    def get_success_url(self) -> str:
        return reverse(LIST)
