"""What brings lines into the draft: a code, a paste, an earlier order, a template, a file."""

import re
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalogue.rules.pasted_lines import MAX_QUANTITY, WantedLine, parse_quantity
from core.errors import InvalidInput
from core.paths import whole_number
from core.sentences import sentences
from orders.entry.catalogue import catalogue_rows_of
from orders.entry.forms import OrderUploadForm
from orders.entry.lines import details_of
from orders.entry.pasted import ParsedLines
from orders.entry.pasted_text import PastedLine, of_row, parse_line, parse_text
from orders.entry.products import suggest_products
from orders.entry.views.changes import DraftChange
from orders.ordering.models import Order
from orders.ordering.selectors.draft_lines import LineKey, draft_quantities

_LINE_FIELD = re.compile(r"^(quantity|unit|wanted)-(\d{1,18}(?:-\w{1,16})?)$")


class AddLine(DraftChange):
    """What the one field holds: a code, a barcode or a name, and a quantity; or a line that was chosen (`key`)."""

    def change(self, request: HttpRequest) -> str:
        key = LineKey.parse(request.POST.get("key", ""))
        if key is not None:
            return self._add(key, request.POST.get("quantity", ""))
        text, quantity = (" ".join(request.POST.get(name, "").split())[:200] for name in ("q", "quantity"))
        if not text:
            return ""
        lines = [self._understood(text, quantity[:20])]
        if quantity and lines[0].quantity is None and self.order_entry.knows(quantity):
            # A scanner that types ends each code with Enter, and so comes to the field of the quantity with the next one.
            lines = [self._understood(text, ""), self._understood(quantity, "")]
        return _status_message(self.order_entry.add_lines(lines, as_usual=True))

    def _add(self, key: LineKey, written: str) -> str:
        """A product and its unit that were chosen, not typed."""
        quantity = parse_quantity(written) if written.strip() else 1
        if not quantity or quantity > MAX_QUANTITY:
            raise InvalidInput(_("“%(text)s” is not a quantity.") % {"text": written[:20]})
        self.order_entry.change({key: quantity}, add=True)
        return _added(1)

    def _understood(self, text: str, quantity: str) -> PastedLine:
        """`A-100 24` in the one field is a pair; words that fit one product only mean its code."""
        line = PastedLine(row=1, text=text, references=(text,))
        line = next(iter(parse_text(f"{text}\t{quantity}")), line) if quantity else line
        if line.reason or self.order_entry.knows(text):
            return line
        pair = next(iter(parse_line(1, text)), line)
        if not quantity and pair.quantity and any(map(self.order_entry.knows, pair.references)):
            return pair
        found = suggest_products(
            distributor_id=self.order_entry.distributor.pk, text=text, on=timezone.localdate(), limit=2
        )
        if len(found) == 1:
            return replace(line, references=(found[0].entered,))
        if found:
            message = _("More than one product matches “%(text)s”. Enter its code.") % {"text": text[:64]}
            return replace(line, reason=message)
        return pair if pair.quantity and not quantity else replace(line, is_row=True)


class PasteLines(DraftChange):
    """A mail, a chat, a list or a part of a table."""

    def change(self, request: HttpRequest) -> str:
        return _status_message(self.order_entry.add_lines(parse_text(request.POST.get("pasted", "")[:200_000])))


class DismissRemarks(DraftChange):
    """The pasted lines without a product were read: away with them, or into the note of the order."""

    def change(self, request: HttpRequest) -> str:
        remarks, order = self.order_entry.remarks, self.order_entry.order
        self.order_entry.keep_remarks([])
        if "note" not in request.POST or not remarks:
            return _("Lines without a product removed.")
        note = "\n".join(filter(None, [order.note if order else "", *remarks]))[:500]
        self.order_entry.change({}, details=replace(details_of(order), note=note))
        return _("Added to the note.")


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
        return _status_message(self.order_entry.add_lines(parse_text(f"{code}\t{quantity}".strip("\t"))))


class TakeLines(DraftChange):
    """Lines from elsewhere: looked at and ticked, or all of them added to the draft at once."""

    abstract = True
    template_name = "orders/entry_take_lines.html"
    http_method_names = ["get", "post", "options"]

    def wanted(self) -> dict[LineKey, int]:
        """How many units by product and unit, in the order of the lines."""
        raise NotImplementedError

    def source(self) -> dict[str, Any]:
        """What the page says about where the lines come from: title, url and the way back."""
        raise NotImplementedError

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        rows = catalogue_rows_of(
            self.wanted(), distributor_id=self.order_entry.distributor.pk, actor=self.actor, on=timezone.localdate()
        )
        return self.render_to_response(self.get_context_data(source=self.source(), rows=rows))

    def change(self, request: HttpRequest) -> str:
        quantities = self.wanted()
        ticked = {LineKey.parse(str(sent)) for sent in request.POST.getlist("ids")}
        if "ticked" in request.POST:
            quantities = {key: quantity for key, quantity in quantities.items() if key in ticked}
        if not quantities:
            return _("Tick at least one line.")
        self.order_entry.change(quantities, add=True)
        return _added(len(quantities))


class AddOrder(TakeLines):
    """The lines of an earlier order."""

    tab = "again"

    @cached_property
    def earlier(self) -> Order:
        seen = Order.objects.visible_to(self.actor).filter(distributor=self.order_entry.distributor)
        order: Order = get_object_or_404(seen.named(self.kwargs["number"]))
        return order

    def wanted(self) -> dict[LineKey, int]:
        return draft_quantities(order_id=self.earlier.pk)

    def source(self) -> dict[str, Any]:
        back = reverse("orders:entry-again") + self.order_entry.query
        return {"title": str(self.earlier), "url": self.earlier.get_absolute_url(), "back": back}


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

    def change(self, _request: HttpRequest) -> str:
        return sentences(
            (self.rows_read, _status_message(self.order_entry.add_lines([of_row(line) for line in self.wanted])))
        )


def _added(count: int) -> str:
    return ngettext("%(count)d line added.", "%(count)d lines added.", count) % {"count": count}


def _status_message(parsed: ParsedLines) -> str:
    status_message = [_added(len(parsed.quantities))] if parsed.quantities else []
    if parsed.remarks:
        count = len(parsed.remarks)
        status_message.append(
            ngettext("%(count)d line names no product.", "%(count)d lines name no product.", count) % {"count": count}
        )
    if parsed.unread:
        count = len(parsed.unread)
        status_message.append(
            ngettext("%(count)d row needs attention.", "%(count)d rows need attention.", count) % {"count": count}
        )
    return sentences(status_message)
