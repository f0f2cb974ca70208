"""The order entry: quick entry, catalogue, ordering again and upload, all filling one draft that the server keeps."""

from contextlib import closing
from datetime import timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.ui.exports import ExportSheet, export_response
from core.ui.page import Page
from orders.entry.catalogue import brand_facets, catalogue_page, category_facets, with_stock
from orders.entry.forms import CatalogueForm, DetailsForm, OrderUploadForm
from orders.entry.products import earlier_orders, suggest_products
from orders.entry.session import OrderEntry
from orders.entry.tables import FillInTable, buyable_rows
from orders.ordering.selectors.usual_order import usual_lines
from orders.permissions import can_order

TABS = (
    ("quick", gettext_lazy("Quick entry"), "orders:entry"),
    ("catalogue", gettext_lazy("Catalogue"), "orders:entry-catalogue"),
    ("again", gettext_lazy("Order again"), "orders:entry-again"),
    ("templates", gettext_lazy("Templates"), "orders:entry-templates"),
    ("upload", gettext_lazy("Upload"), "orders:entry-upload"),
)


class EntryPage(Page):
    """What the tabs share: the entry, the tabs themselves, and the bar with total and button."""

    abstract = True
    permission_required = can_order
    title = gettext_lazy("New order")
    tab: ClassVar[str]

    @cached_property
    def order_entry(self) -> OrderEntry:
        return OrderEntry(self.request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever orders on behalf of others begins with for whom."""
        if request.user.is_authenticated and can_order(self.actor) and self.order_entry.names_nobody:
            messages.info(request, _("Select the distributor to order for, then “Order on behalf”."))
            return HttpResponseRedirect(reverse("accounts:distributors"))
        return super().dispatch(request, *args, **kwargs)

    def page_title(self) -> str:
        if self.order_entry.is_on_behalf:
            return _("Order on behalf of %(distributor)s") % {"distributor": self.order_entry.distributor.display_name}
        return super().page_title()

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

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        return self.render_to_response(
            self.get_context_data(details=self.details_form(), rises=self.order_entry.take_rises())
        )

    def details_form(self) -> DetailsForm:
        return DetailsForm.of(self.order_entry.order, distributor_id=self.order_entry.distributor.pk, actor=self.actor)


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
        months = [today, today.replace(day=1) - timedelta(days=1)]
        return self.render_to_response(
            self.get_context_data(
                recent=recent,
                text=text,
                months=months,
                usual=usual,
                in_draft={key.product_id for key in self.order_entry.quantities},
            )
        )


class UploadEntry(EntryPage):
    """A file of codes and quantities, read row by row."""

    tab = "upload"
    template_name = "orders/entry_upload.html"

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        return self.render_to_response(self.get_context_data(form=OrderUploadForm()))


class UploadTemplate(EntryPage):
    """A workbook with what may be bought, to be filled in and uploaded."""

    tab = "upload"

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        distributor_id, today = self.order_entry.distributor.pk, timezone.localdate()
        sheet = ExportSheet(gettext_lazy("Order"), FillInTable, lambda: buyable_rows(distributor_id, today))
        name = f"order-{self.order_entry.distributor.code}"
        file: Any = export_response("xlsx", name=name, sheets=[sheet])
        with closing(file.file_to_stream):  # of the response itself, closing would end the request
            return HttpResponse(b"".join(file), headers=dict(file.items()))


class Lock(EntryPage):
    """Who else works on the draft: asked by an open page every half minute, which also keeps its own lock."""

    tab = "quick"
    template_name = "orders/entry/lock.html"

    def get(self, _request: HttpRequest) -> HttpResponseBase:
        return self.render_to_response({"order_entry": self.order_entry})


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
