"""What is done with the draft as a whole: its header, a confirmed check, who works on it, throwing it away."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import InvalidInput
from core.sentences import sentences
from orders.entry.draft_lock import take_over
from orders.entry.forms import DetailsForm
from orders.entry.views.changes import DraftChange
from orders.ordering.services.cancelling import cancel_order

_LINE_FIELD = re.compile(r"^(quantity|unit|wanted)-(\d{1,18}(?:-\w{1,16})?)$")


class ConfirmCheck(DraftChange):
    """What looked odd was looked at and is meant so."""

    def change(self, request: HttpRequest) -> str:
        self.order_entry.confirm(request.POST.get("key", "")[:64])
        return _("Left as it is.")


class TakeOver(DraftChange):
    """The draft on which somebody else works."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if self.order_entry.order is not None:
            take_over(self.order_entry.order.pk, self.actor)
            self.order_entry.forget()
        return super().post(request, **kwargs)

    def change(self, _request: HttpRequest) -> str:
        return _("You work on this draft now.")


class SaveDetails(DraftChange):
    """The buyer's own order number, where the goods go, and a note."""

    refused: DetailsForm | None = None

    def details_form(self) -> DetailsForm:
        """What was refused stands there as it was typed."""
        return self.refused or super().details_form()

    def change(self, request: HttpRequest) -> str:
        entry = self.order_entry
        form = DetailsForm(request.POST, distributor_id=entry.distributor.pk, actor=self.actor, order=entry.order)
        if not form.is_valid():
            self.refused = form
            raise InvalidInput(sentences(error for errors in form.errors.values() for error in errors))
        details = form.details()
        # What is being typed beside the field that was saved stays: only another type changes the lines.
        # and another consignee the addresses.
        self.only_summary = entry.order is not None and all(
            getattr(details, name) == getattr(entry.order, name)
            for name in ("type_id", "consignee_distributor_id", "consignee_outlet_id")
        )
        entry.change({}, details=details)
        return _("Draft saved.")


class DiscardDraft(DraftChange):
    """Throw the draft away."""

    def change(self, _request: HttpRequest) -> str:
        self.order_entry.keep_unread([])
        self.order_entry.keep_remarks([])
        self.order_entry.forget_confirmed()
        order = self.order_entry.order
        if order is not None:
            reason = _("Discarded by the buyer.")
            cancel_order(order_id=order.pk, actor=self.order_entry.user, now=timezone.now(), reason=reason)
        self.order_entry.forget()
        return _("Draft discarded.")
