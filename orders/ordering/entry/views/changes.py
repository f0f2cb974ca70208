"""Every change of the draft: a POST that saves it and answers with the changed part, or without htmx goes back."""

import re
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.errors import InvalidInput
from core.paths import whole_number
from core.ui.actions import next_or
from inventory.selectors.pasted_lines import MAX_QUANTITY, WantedLine, parse_pasted, parse_quantity
from orders.ordering.entry.catalogue import catalogue_row
from orders.ordering.entry.forms import DetailsForm, OrderUploadForm
from orders.ordering.entry.pasted import ParsedLines
from orders.ordering.entry.products import draft_quantities, suggest_products
from orders.ordering.entry.views.tabs import EntryPage
from orders.ordering.models import Order
from orders.ordering.services.cancelling import cancel_order

_LINE_FIELD = re.compile(r"^quantity-(\d{1,18})$")
_PRODUCT_TARGET = re.compile(r"^product-(\d{1,18})$")
_LINE_TARGET = re.compile(r"^line-(\d{1,18})$")


class DraftChange(EntryPage):
    """Does `change`, then shows what is asked for: one line, one card of the catalogue, or the whole draft."""

    abstract = True
    tab = "quick"
    http_method_names = ["post", "options"]

    def change(self, request: HttpRequest) -> str:
        """Save what was sent; return what to tell the person."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        try:
            status_message = self.change(request)
        except InvalidInput as error:
            status_message = " ".join(str(problem.message) for problem in error.problems)
        if self.is_partial():
            return self._partial(status_message)
        if status_message:
            messages.info(request, status_message)
        return HttpResponseRedirect(next_or(request, reverse("orders:entry") + self.order_entry.query))

    def _partial(self, status_message: str) -> HttpResponse:
        target = self.request.headers.get("HX-Target", "")
        context = self.get_context_data(status_message=status_message, partial=True)
        if found := _PRODUCT_TARGET.match(target):
            row = catalogue_row(
                distributor_id=self.order_entry.distributor.pk,
                product_id=int(found.group(1)),
                ordered=self.order_entry.quantities,
                on=timezone.localdate(),
            )
            as_rows = "view=rows" in self.request.headers.get("HX-Current-URL", "")
            context |= {"row": row, "tab": "catalogue", "as_rows": as_rows}
            return TemplateResponse(self.request, "orders/entry/product.html#with_summary", context)
        if found := _LINE_TARGET.match(target):
            product_id = int(found.group(1))
            line = next((line for line in self.order_entry.quote.lines if line.product_id == product_id), None)
            if line is not None:
                return TemplateResponse(self.request, "orders/entry/line.html#with_summary", context | {"line": line})
        context["details"] = self.details_form()
        response = TemplateResponse(self.request, "orders/entry/draft.html#with_summary", context)
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#draft", "outerHTML"
        return response

    def details_form(self) -> DetailsForm:
        return DetailsForm.of(self.order_entry.order, distributor_id=self.order_entry.distributor.pk)


class AddLine(DraftChange):
    """What the one field holds: a code, a barcode or a name, and a quantity."""

    def change(self, request: HttpRequest) -> str:
        text, quantity = request.POST.get("q", "").strip()[:200], request.POST.get("quantity", "").strip()
        if not text:
            return ""
        line = WantedLine(row=1, code=text, quantity=parse_quantity(quantity) or None, written=quantity)
        if quantity and not 1 <= (line.quantity or 0) <= MAX_QUANTITY:
            reason = _("“%(text)s” is not a quantity.") % {"text": quantity[:20]}
            line = WantedLine(row=1, code=text, written=quantity, reason=reason)
        return _status_message(self.order_entry.add_lines([self._understood(line)]))

    def _understood(self, line: WantedLine) -> WantedLine:
        """`A-100 24` in the one field is a pair; words that fit one product only mean its code."""
        if self.order_entry.knows(line.code):
            return line
        (pair, *_rest) = parse_pasted(line.code) or [line]
        if not line.written and pair.quantity and self.order_entry.knows(pair.code):
            return pair
        found = suggest_products(
            distributor_id=self.order_entry.distributor.pk, text=line.code, on=timezone.localdate(), limit=2
        )
        if len(found) == 1:
            return replace(line, code=found[0].code)
        if found:
            status_message = _("More than one product matches “%(text)s”. Enter its code.") % {"text": line.code[:64]}
            return replace(line, reason=status_message)
        return pair if pair.quantity and not line.written else line


class PasteLines(DraftChange):
    """A column pair of a spreadsheet, or any list."""

    def change(self, request: HttpRequest) -> str:
        return _status_message(self.order_entry.add_lines(parse_pasted(request.POST.get("pasted", "")[:200_000])))


class SetLines(DraftChange):
    """The quantities of the submitted fields; a fix and a removal name their product."""

    def change(self, request: HttpRequest) -> str:
        sent = {name: str(value) for name, value in request.POST.items() if _LINE_FIELD.match(name)}
        changes: dict[int, int] = {}
        for name, value in sent.items():
            quantity = parse_quantity(value) if value.strip() else 0
            if quantity is None or quantity > MAX_QUANTITY:
                raise InvalidInput(_("“%(text)s” is not a quantity.") % {"text": value[:20]})
            changes[int(name.removeprefix("quantity-"))] = quantity
        product, _colon, quantity_wanted = request.POST.get("fix", "").partition(":")
        fixed, fix = whole_number(product), whole_number(quantity_wanted)
        if fixed is not None and fix is not None:
            changes = {fixed: fix}
        self.order_entry.change(changes)
        return self._status_message(changes)

    def _status_message(self, changes: dict[int, int]) -> str:
        if len(changes) != 1:
            return _("Draft saved.")
        ((product_id, quantity),) = changes.items()
        if quantity == 0:
            return _("Line removed.")
        line = next((line for line in self.order_entry.quote.lines if line.product_id == product_id), None)
        return f"{line.code}: {quantity}" if line else ""


class CorrectRow(DraftChange):
    """A rejected row is corrected, by hand or to one of the near codes, or removed."""

    def change(self, request: HttpRequest) -> str:
        place, rows = whole_number(request.POST.get("row", "")), self.order_entry.unread
        if place is None or place >= len(rows):
            return ""
        self.order_entry.keep_unread([row for index, row in enumerate(rows) if index != place])
        if "remove" in request.POST:
            return _("Row removed.")
        code, quantity = request.POST.get("meant") or request.POST.get("code", ""), request.POST.get("quantity", "")
        return _status_message(self.order_entry.add_lines(parse_pasted(f"{code}\t{quantity}".strip("\t"))))


class AddOrder(DraftChange):
    """The lines of an earlier order, added to the draft."""

    def change(self, _request: HttpRequest) -> str:
        seen = Order.objects.visible_to(self.actor).filter(distributor=self.order_entry.distributor)
        order = get_object_or_404(seen.named(self.kwargs["number"]))
        quantities = draft_quantities(order_id=order.pk)
        self.order_entry.change(quantities, add=True)
        return _added(len(quantities))


class TakeUpload(DraftChange):
    """The rows of a file; rejected rows are shown on the quick entry."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        form = OrderUploadForm(request.POST, request.FILES)
        if not form.is_valid():
            self.template_name = "orders/entry_upload.html"
            return self.render_to_response(self.get_context_data(form=form) | {"tab": "upload"}, status=400)
        self.wanted: list[WantedLine] = form.cleaned_data["file"]
        self.rows_read = form.rows_read
        return super().post(request, **kwargs)

    def change(self, request: HttpRequest) -> str:  # noqa: ARG002 - the rows are read already
        return f"{self.rows_read} {_status_message(self.order_entry.add_lines(self.wanted))}"


class SaveDetails(DraftChange):
    """The buyer's own order number and a note."""

    def change(self, request: HttpRequest) -> str:
        form = DetailsForm(request.POST, distributor_id=self.order_entry.distributor.pk)
        if not form.is_valid():
            raise InvalidInput(" ".join(str(error) for errors in form.errors.values() for error in errors))
        self.order_entry.change({}, details=form.details())
        return _("Draft saved.")


class DiscardDraft(DraftChange):
    """Throw the draft away."""

    def change(self, request: HttpRequest) -> str:  # noqa: ARG002 - the draft is the one of the address
        self.order_entry.keep_unread([])
        order = self.order_entry.order
        if order is not None:
            reason = _("Discarded by the buyer.")
            cancel_order(order_id=order.pk, actor=self.order_entry.user, now=timezone.now(), reason=reason)
        self.order_entry.forget()
        return _("Draft discarded.")


def _added(count: int) -> str:
    return ngettext("%(count)d line added.", "%(count)d lines added.", count) % {"count": count}


def _status_message(parsed: ParsedLines) -> str:
    status_message = [_added(len(parsed.quantities))] if parsed.quantities else []
    if parsed.unread:
        count = len(parsed.unread)
        status_message.append(
            ngettext("%(count)d row needs attention.", "%(count)d rows need attention.", count) % {"count": count}
        )
    return " ".join(status_message)
