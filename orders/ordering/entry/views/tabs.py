"""The order entry: quick entry, catalogue, ordering again and upload, all filling one draft that the server keeps."""

from typing import Any, ClassVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.ui.page import Page
from orders.ordering.entry.catalogue import brand_facets, catalogue_page, category_facets, with_stock
from orders.ordering.entry.forms import CatalogueForm, DetailsForm, OrderUploadForm
from orders.ordering.entry.products import earlier_orders, suggest_products
from orders.ordering.entry.session import OrderEntry
from orders.ordering.selectors.usual_order import usual_lines
from orders.permissions import can_order

TABS = (
    ("quick", _("Quick entry"), "orders:entry"),
    ("catalogue", _("Catalogue"), "orders:entry-catalogue"),
    ("again", _("Order again"), "orders:entry-again"),
    ("upload", _("Upload"), "orders:entry-upload"),
)


class EntryPage(Page):
    """What the tabs share: the entry, the tabs themselves, and the bar with total and button."""

    abstract = True
    permission_required = can_order
    title = _("New order")
    tab: ClassVar[str]

    @cached_property
    def order_entry(self) -> OrderEntry:
        return OrderEntry(self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tabs = [
            {"key": key, "label": label, "url": reverse(route) + self.order_entry.query} for key, label, route in TABS
        ]
        return super().get_context_data(
            order_entry=self.order_entry, entry_tabs=tabs, tab=self.tab, key=uuid4().hex, **kwargs
        )


class QuickEntry(EntryPage):
    """One field, the lines, what is wrong with them."""

    tab = "quick"
    template_name = "orders/entry_quick.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:  # noqa: ARG002 - Django's signature
        return self.render_to_response(
            self.get_context_data(details=self.details_form(), rises=self.order_entry.take_rises())
        )

    def details_form(self) -> DetailsForm:
        return DetailsForm.of(self.order_entry.order, distributor_id=self.order_entry.distributor.pk)


class CatalogueEntry(EntryPage):
    """Cards or rows of what may be bought, each with its quantity in the draft."""

    tab = "catalogue"
    template_name = "orders/entry_catalogue.html"
    partial_name = "products"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        distributor_id = self.order_entry.distributor.pk
        brands, categories = brand_facets(distributor_id=distributor_id), category_facets(distributor_id=distributor_id)
        form = CatalogueForm(request.GET, brands=brands, categories=categories)
        query = form.query(cursor=request.GET.get("after", ""))
        page = catalogue_page(
            distributor_id=distributor_id, query=query, ordered=self.order_entry.quantities, on=timezone.localdate()
        )
        if self.is_partial() and query.cursor:
            self.partial_name = "more"
        return self.render_to_response(
            self.get_context_data(
                form=form,
                page=page,
                as_rows=request.GET.get("view") == "rows",
                more_url=self._more_url(page.following),
                narrowed=bool(query.text or query.brand_id or query.category_id),
            )
        )

    def _more_url(self, following: str) -> str:
        if not following:
            return ""
        query = self.request.GET.copy()
        query["after"] = following
        return f"{self.request.path}?{query.urlencode()}"


class OrderAgain(EntryPage):
    """What is usually ordered, and the last orders, to be added to the draft."""

    tab = "again"
    template_name = "orders/entry_again.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        distributor_id, today = self.order_entry.distributor.pk, timezone.localdate()
        text = request.GET.get("q", "").strip()[:64]
        recent = earlier_orders(actor=self.order_entry.user, distributor_id=distributor_id, text=text, on=today)
        usual = usual_lines(distributor_id=distributor_id, today=today, limit=20)
        return self.render_to_response(
            self.get_context_data(recent=recent, text=text, usual=usual, in_draft=self.order_entry.quantities)
        )


class UploadEntry(EntryPage):
    """A file of codes and quantities, read row by row."""

    tab = "upload"
    template_name = "orders/entry_upload.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:  # noqa: ARG002 - Django's signature
        return self.render_to_response(self.get_context_data(form=OrderUploadForm()))


class Suggest(Page):
    """What may be meant by what is being typed, as options under the field."""

    permission_required = can_order
    template_name = "orders/entry/suggestions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        distributor_id = OrderEntry(self.request).distributor.pk
        text = request.GET.get("q", "")[:100]
        found = suggest_products(distributor_id=distributor_id, text=text, on=timezone.localdate())
        rows = with_stock(found, distributor_id=distributor_id, ordered={})
        return self.render_to_response({"suggestions": rows, "text": request.GET.get("q", "").strip()})
