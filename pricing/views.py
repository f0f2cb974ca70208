"""Pages of price lists and prices, and why a distributor pays what it pays."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db.models import F
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.models import Product
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from pricing.filters import PriceFilterSet, PriceListFilterSet
from pricing.forms import AskPriceForm, PriceListForm, SetPriceForm
from pricing.models import Price, PriceList
from pricing.permissions import can_change_prices, can_see_price_lists
from pricing.selectors.prices import for_whom, named_price_lists, price_lines, price_steps
from pricing.services.prices import create_price_list, set_price
from pricing.tables import PriceListTable, PriceTable

SCOPE = ("distributor", "territory", "tier")


class PriceListListView(ScopedListView):
    """Price lists and whom they are for."""

    permission_required = can_see_price_lists
    title = _("Price lists")
    model = PriceList
    table_class = PriceListTable
    filterset_class = PriceListFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"code": ["code"], "priority": ["priority", "pk"]}
    default_sort = "code"
    related = (*SCOPE, "owner")
    template_name = "pricing/price_lists.html"
    empty = EmptyState(
        title=_("No price lists yet."), text=_("A price list says what everybody pays, or one distributor.")
    )

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        return named_price_lists(super().get_rows(ids))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.actor
        return super().get_context_data(may_change=can_change_prices(user), **kwargs)


class PriceListView(ScopedDetailView):
    """One price list: whom it is for, and the way to its prices."""

    permission_required = can_see_price_lists
    model = PriceList
    lookup_field = "code"
    related = SCOPE
    template_name = "pricing/price_list.html"

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(PriceListListView.title), url=reverse("pricing:price-lists"))]

    def next_steps(self) -> Sequence[NextStep]:
        user = self.actor
        if not can_change_prices(user):
            return []
        url = f"{reverse('pricing:price-set')}?price_list={self.object.code}"
        return [NextStep(label=_("Set a price"), url=url, primary=True, opens=True)]

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("price_list", self.object.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        prices = Price.objects.visible_to(self.actor).filter(price_list=self.object)
        today = timezone.localdate()
        return super().get_context_data(
            for_whom=for_whom(self.object), price_count=prices.count(), today=today.isoformat(), **kwargs
        )


class PriceListCreateView(ServiceFormView):
    """A new price list, preset for the distributor of the address; its prices follow."""

    permission_required = can_change_prices
    title = _("New price list")
    form_class = PriceListForm
    success_message = _("Price list created. Set its prices.")

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(PriceListListView.title), url=reverse("pricing:price-lists"))]

    def back_url(self) -> str:
        return reverse("pricing:price-lists")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def get_initial(self) -> dict[str, Any]:
        code = self.request.GET.get("distributor", "")
        buyer = Distributor.objects.visible_to(self.actor).filter(code=code).first()
        return {"distributor": code, "currency": buyer.currency} if buyer else {}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data = dict(form.cleaned_data)
        buyer = data.pop("distributor")
        made = create_price_list(actor=self.actor, distributor_id=buyer.pk if buyer else None, **data)
        self.success_url = made.get_absolute_url()
        return super().form_valid(form)


class PriceListingView(ScopedListView):
    """The prices of all lists."""

    permission_required = can_see_price_lists
    title = _("Prices")
    model = Price
    table_class = PriceTable
    filterset_class = PriceFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "product": ["product_id", "price_list_id", "from_quantity", "starts_on"],
        "starts_on": ["starts_on", "pk"],
    }
    default_sort = "product"
    related = ("product", "price_list", "unit")
    empty = EmptyState(title=_("No prices yet."))

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(PriceListListView.title), url=reverse("pricing:price-lists"))]


class SetPriceView(ServiceFormView):
    """Give a product a price from a day on."""

    permission_required = can_change_prices
    title = _("Set a price")
    form_class = SetPriceForm
    success_message = _("Price set. The previous price ends the day before.")

    def back_url(self) -> str:
        return reverse("pricing:price-lists")

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        return {
            "price_list": asked.get("price_list", ""),
            "product": asked.get("product", ""),
            "starts_on": timezone.localdate(),
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data, actor = dict(form.cleaned_data), self.actor
        price_list, product = data.pop("price_list"), data.pop("product")
        set_price(price_list_id=price_list.pk, product_id=product.pk, actor=actor, **data)
        self.success_url = reverse("pricing:product-prices", args=[product.code])
        return super().form_valid(form)


class ProductPricesView(ScopedDetailView):
    """What a distributor pays for a product, and why; a distributor sees its own."""

    model = Product
    lookup_field = "code"
    template_name = "pricing/product_prices.html"

    def page_title(self) -> str:
        return str(_("Price of %(product)s") % {"product": self.object.display_name})

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=self.object.display_name, url=self.object.get_absolute_url())]

    def next_steps(self) -> Sequence[NextStep]:
        if not can_change_prices(self.actor):
            return []
        url = f"{reverse('pricing:price-set')}?product={self.object.code}"
        return [NextStep(label=_("Set a price"), url=url, primary=True, opens=True)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.actor
        form = AskPriceForm(self._asked(), user=user, product=self.object)
        line, steps = None, []
        if form.is_valid():
            data = form.cleaned_data
            asked = {"distributor_id": data["distributor"].pk, "on": data["on"]}
            units = [data.get("unit", "")]
            line = price_lines(product_ids=[self.object.pk], quantities=[data["quantity"]], units=units, **asked)[0]
            steps = price_steps(product_id=self.object.pk, minimum=self.object.minimum_quantity, **asked)
        rows = Price.objects.visible_to(user).filter(product=self.object).select_related("price_list", "unit")
        prices = rows.order_by(
            "price_list__code", F("unit__pieces").asc(nulls_first=True), "from_quantity", "-starts_on"
        )[:100]
        return super().get_context_data(form=form, line=line, steps=steps, prices=prices, **kwargs)

    def _asked(self) -> Mapping[str, Any]:
        """The question of the address, else a sensible one: the own distributor, the least to order, today."""
        user = self.actor
        mine = Distributor.objects.visible_to(user).order_by("code")
        if user.distributor_id:
            mine = mine.filter(pk=user.distributor_id)
        first = "" if "distributor" in self.request.GET else mine.values_list("code", flat=True).first()
        usual = {
            "unit": "",
            "distributor": first or "",
            "quantity": self.object.minimum_quantity,
            "on": timezone.localdate(),
        }
        return {name: self.request.GET.get(name) or value for name, value in usual.items()}
