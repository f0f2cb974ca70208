"""Every change of the draft: a POST that saves it and answers with the changed part, or without htmx goes back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from catalogue.rules.pasted_lines import MAX_QUANTITY, parse_quantity
from catalogue.selectors import find_products_by_code
from core.errors import InvalidInput
from core.paths import whole_number
from core.sentences import sentences
from core.ui.actions import next_or
from orders.entry.catalogue import catalogue_row
from orders.entry.forms import DetailsForm
from orders.entry.lines import details_of
from orders.entry.views.tabs import EntryPage
from orders.ordering.enums import WhenShort
from orders.ordering.errors import DAY_FIX
from orders.ordering.selectors.draft_lines import LineKey
from orders.ordering.services.quote import LineInput

_LINE_FIELD = re.compile(r"^(quantity|unit|wanted)-(\d{1,18}(?:-\w{1,16})?)$")
_PRODUCT_TARGET = re.compile(r"^product-(\d{1,18})$")
_LINE_TARGET = re.compile(r"^line-(\d{1,18}(?:-\w{1,16})?)$")


class DraftChange(EntryPage):
    """Does `change`, then shows what is asked for: one line, one card of the catalogue, or the whole draft."""

    abstract = True
    tab = "quick"
    only_summary = False
    http_method_names = ["post", "options"]

    def change(self, request: HttpRequest) -> str:
        """Save what was sent; return what to tell the person."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        try:
            status_message = self.change(request) if self.order_entry.lock is None else _("Take over the draft first.")
        except InvalidInput as error:
            status_message = sentences(problem.message for problem in error.problems)
        if self.is_partial() and self.order_entry.lock is not None:
            return HttpResponse(headers={"HX-Refresh": "true"})  # the whole page says who works on the draft
        if self.is_partial():
            return self._partial(status_message)
        if status_message:
            messages.info(request, status_message)
        return HttpResponseRedirect(next_or(request, self.fallback_url()))

    def fallback_url(self) -> str:
        """Where to go without htmx: to the lines."""
        return reverse("orders:entry") + self.order_entry.query

    def _partial(self, status_message: str) -> HttpResponse:
        target = self.request.headers.get("HX-Target", "")
        context = self.get_context_data(status_message=status_message, partial=True)
        if target == "summary" and self.only_summary:
            return TemplateResponse(self.request, "orders/entry/summary.html", context | {"partial": False})
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
            key = LineKey.parse(found.group(1))
            line = next((line for line in self.order_entry.quote.lines if line.key == key), None)
            if line is not None:
                return TemplateResponse(self.request, "orders/entry/line.html#with_summary", context | {"line": line})
        context["details"] = self.details_form()
        response = TemplateResponse(self.request, "orders/entry/draft.html#with_summary", context)
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#draft", "outerHTML"
        return response

    def details_form(self) -> DetailsForm:
        return DetailsForm.of(self.order_entry.order, distributor_id=self.order_entry.distributor.pk, actor=self.actor)


class SetLines(DraftChange):
    """The quantities of the submitted fields; a fix and a removal name their product."""

    def change(self, request: HttpRequest) -> str:
        pressed = request.POST.get("fix", "")
        if pressed.startswith(DAY_FIX):
            named, _colon, value = pressed.removeprefix(DAY_FIX).partition(":")
            return self._want(LineKey.parse(named), _day(value))
        changes: dict[LineKey, int] = {}
        for key, value in self._sent("quantity"):
            quantity = parse_quantity(value) if value.strip() else 0
            if quantity is None or quantity > MAX_QUANTITY:
                raise InvalidInput(_("“%(text)s” is not a quantity.") % {"text": value[:20]})
            changes[key] = quantity
        chosen, _colon, choice = pressed.partition(":")
        key_chosen = LineKey.parse(chosen)
        if key_chosen and choice in {WhenShort.WAIT, WhenShort.PART}:
            self.order_entry.change(changes, choices={key_chosen: choice})
            return str(WhenShort(choice).label)
        fix = self._fix(pressed)
        changes = fix or changes | self._in_other_units(changes)
        days = {} if pressed else {key: _day(value) for key, value in self._sent("wanted")}
        self.order_entry.change(changes, days=days)
        return self._status_message(changes)

    def _want(self, key: LineKey | None, day: date | None) -> str:
        """Another wanted day of a line, or of the order."""
        if key:
            self.order_entry.change({}, days={key: day})
        else:
            self.order_entry.change({}, details=replace(details_of(self.order_entry.order), wanted_on=day))
        return _("Draft saved.")

    def _fix(self, sent: str) -> dict[LineKey, int]:
        """What the button beside a problem does: line, quantity, and where it is replaced the product that takes its place."""
        line, quantity, successor = [*sent.split(":"), "", ""][:3]
        key, wanted, other = LineKey.parse(line), whole_number(quantity), whole_number(successor)
        if key is None or wanted is None:
            return {}
        if other is None:
            return {key: wanted}
        return {key: 0, LineKey(other): self.order_entry.quantities.get(LineKey(other), 0) + wanted}

    def _sent(self, what: str) -> Iterator[tuple[LineKey, str]]:
        """The fields of one kind, each by its line."""
        for name, value in self.request.POST.items():
            found = _LINE_FIELD.match(name)
            key = LineKey.parse(found[2]) if found and found[1] == what else None
            if key is not None:
                yield key, str(value)

    def _in_other_units(self, changes: Mapping[LineKey, int]) -> dict[LineKey, int]:
        """Lines of which another unit is chosen: the same goods, rounded up to whole units, beside what is there of it."""
        wanted = {key: LineKey(key.product_id, unit) for key, unit in self._sent("unit") if unit != key.unit}
        quantities = self.order_entry.quantities
        moved: dict[LineKey, int] = {}
        for key, other in wanted.items():
            sizes = {unit.code: unit.pieces for unit in self.order_entry.units.get(key.product_id, ())}
            if key not in quantities or not {key.unit, other.unit} <= sizes.keys():
                continue
            pieces = changes.get(key, quantities[key]) * sizes[key.unit]
            before = changes.get(other, quantities.get(other, 0))
            moved |= {key: 0, other: before - (-pieces // sizes[other.unit])}
        return moved

    def _status_message(self, changes: Mapping[LineKey, int]) -> str:
        kept = [key for key, quantity in changes.items() if quantity]
        if len(changes) > 1 and len(kept) != 1:
            return _("Draft saved.")
        if not kept:
            return _("Line removed.")
        line = next((line for line in self.order_entry.quote.lines if line.key == kept[0]), None)
        return f"{line.code}: {line.units} {line.unit_label}" if line else ""


class SetGift(DraftChange):
    """How much of a product is given with a line; zero takes the gift out."""

    def change(self, request: HttpRequest) -> str:
        earned_by, code = whole_number(request.POST.get("with", "")), request.POST.get("code", "").strip()[:64]
        quantity = parse_quantity(request.POST.get("quantity", ""))
        if not self.order_entry.may_give:
            raise InvalidInput(_("You cannot order gifts."))
        if earned_by not in {key.product_id for key in self.order_entry.quantities} or not code:
            raise InvalidInput(_("Enter the product of the gift and the line that it goes with."))
        if quantity is None or quantity > MAX_QUANTITY:
            raise InvalidInput(_("“%(text)s” is not a quantity.") % {"text": request.POST.get("quantity", "")[:20]})
        found = find_products_by_code([code], distributor_id=self.order_entry.distributor.pk).get(code)
        if found is None:
            raise InvalidInput(_("Unknown product “%(code)s”.") % {"code": code})
        self.order_entry.change({}, gift=LineInput(found, quantity, gift_with=earned_by))
        return _("Gift saved.") if quantity else _("Line removed.")


def _day(text: str) -> date | None:
    """A day as browsers send it; none where it was taken away."""
    try:
        found = parse_date(text.strip()) if text.strip() else None
    except ValueError:
        found = None
    if text.strip() and found is None:
        raise InvalidInput(_("“%(text)s” is not a day.") % {"text": text[:20]})
    return found
