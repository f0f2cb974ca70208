"""Pages of goods that are expected: the list, a new one, another day, received, called off."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Problem
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from inventory.enums import ReceiptStatus
from inventory.filters import ExpectedReceiptFilterSet
from inventory.forms.stock import (
    CallOffForm,
    ChangeExpectedForm,
    ExpectedReceiptForm,
    ReceiveExpectedForm,
    ReceiveLotForm,
)
from inventory.models import ExpectedReceipt
from inventory.permissions import can_move_stock, can_see_stock
from inventory.services.expected_receipts import (
    Expected,
    cancel_expected,
    change_expected,
    receive_expected,
    save_expected_receipts,
)
from inventory.tables.stock import ExpectedReceiptTable

LIST = "inventory:expected-receipts"


class ExpectedReceiptListView(ScopedListView):
    permission_required = can_see_stock
    title = _("Expected receipts")
    model = ExpectedReceipt
    table_class = ExpectedReceiptTable
    filterset_class = ExpectedReceiptFilterSet
    sorts = {"expected_on": ["expected_on", "pk"]}
    default_sort = "expected_on"
    related = ("product", "warehouse")
    template_name = "inventory/expected_receipts.html"
    empty = EmptyState(
        title=_("No receipts expected."),
        text=_("Goods that you have ordered from your suppliers appear here. Their days decide what can be promised."),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_move=can_move_stock(self.actor), **kwargs)


class NewExpectedReceiptView(ServiceFormView):
    permission_required = can_move_stock
    title = _("New expected receipt")
    form_class = ExpectedReceiptForm
    success_message = _("Expected receipt saved.")

    def back_url(self) -> str:
        return reverse(LIST)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data = form.cleaned_data
        row = Expected(
            external_id=data["external_id"],
            warehouse_id=data["warehouse"].pk,
            product_id=data["product"].pk,
            quantity=data["quantity"],
            expected_on=data["expected_on"],
            note=data["note"],
        )
        save_expected_receipts(rows=[row], actor=self.actor, now=timezone.now())
        return super().form_valid(form)


class _OfReceiptView(ScopedServiceFormView):
    """A form about one expected receipt, back to the list."""

    abstract = True
    permission_required = can_move_stock
    model = ExpectedReceipt
    lookup_field = "pk"

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(_("Expected receipts")), url=reverse(LIST))]

    def back_url(self) -> str:
        return reverse(LIST)

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field or None


class ExpectedReceiptView(_OfReceiptView):
    """What is expected, with another day or quantity; from here it is received or called off."""

    title = _("Expected receipt")
    form_class = ChangeExpectedForm
    template_name = "inventory/expected_receipt.html"
    success_message = _("Expected receipt saved.")

    def get_initial(self) -> dict[str, Any]:
        row = self.object
        return {"quantity": row.quantity, "expected_on": row.expected_on, "note": row.note}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        is_open = row.status == ReceiptStatus.OPEN
        return super().get_context_data(receipt=row, is_open=is_open, state=row.state(timezone.localdate()), **kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        change_expected(receipt_id=self.object.pk, actor=self.actor, now=timezone.now(), **form.cleaned_data)
        return super().form_valid(form)


class ReceiveExpectedView(_OfReceiptView):
    title = _("Receive goods")
    form_class = ReceiveExpectedForm
    submit_label = _("Receive")
    success_message = _("Goods received. Back orders were filled first.")

    def get_form_class(self) -> type[ReceiveExpectedForm]:
        return ReceiveLotForm if self.object.product.tracks_lots else ReceiveExpectedForm

    def get_initial(self) -> dict[str, Any]:
        return {"quantity": self.object.outstanding}

    def form_valid(self, form: Any) -> HttpResponse:
        receive_expected(
            receipt_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            quantity=form.cleaned_data["quantity"],
            is_complete=form.cleaned_data["is_complete"],
            lots=form.pieces_by_lot(),
        )
        return super().form_valid(form)

    def get_field_name(self, problem: Problem) -> str | None:
        return "lot" if problem.field.startswith("lots") else super().get_field_name(problem)


class CancelExpectedView(_OfReceiptView):
    title = _("Cancel expected receipt")
    form_class = CallOffForm
    submit_label = _("Cancel expected receipt")
    success_message = _("Expected receipt cancelled. Whoever waits for it has a new date.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        cancel_expected(receipt_id=self.object.pk, actor=self.actor, now=timezone.now(), **form.cleaned_data)
        return super().form_valid(form)
