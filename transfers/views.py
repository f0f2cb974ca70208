"""Pages of transfers between warehouses: the list, one with its lines, prepared, sent, received, another day."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Problem
from core.state import available_actions
from core.ui.actions import ActionView
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from inventory.permissions import can_move_stock, can_see_stock
from inventory.selectors.documents import written_lines
from transfers.enums import TransferStatus
from transfers.filters import TransferFilterSet
from transfers.forms import ReceiveTransferForm, RescheduleForm, TransferForm
from transfers.models import Transfer, TransferLine
from transfers.permissions import TRANSFER_STATES
from transfers.selectors.totals import with_totals
from transfers.services.transfer_receipts import receive_transfer
from transfers.services.transfers import cancel_transfer, reschedule_transfer, save_transfer, send_transfer
from transfers.tables import TransferLineTable, TransferTable

LIST = "transfers:transfers"


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(TransferListView.title), url=reverse(LIST))]


class TransferListView(ScopedListView):
    permission_required = can_see_stock
    title = _("Transfers")
    model = Transfer
    table_class = TransferTable
    filterset_class = TransferFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {
        "created_at": ["created_at", "pk"],
        "expected_on": ["expected_on", "pk"],
    }
    default_sort = "-created_at"
    related = ("source", "destination")
    template_name = "transfers/transfers.html"
    lines_table_class = TransferLineTable
    lines_title = _("Lines")
    empty = EmptyState(
        title=_("No transfers yet."),
        text=_("Transfers between your warehouses appear here, with what is in transit."),
    )

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        return with_totals(super().get_rows(ids))

    def get_lines(self, ids: Sequence[Any]) -> Sequence[Any]:
        lines = TransferLine.objects.visible_to(self.actor).filter(transfer__in=ids)
        place = {pk: number for number, pk in enumerate(ids)}
        rows = lines.select_related("product", "transfer__source", "transfer__destination").order_by("pk")
        return sorted(rows, key=lambda line: place[line.transfer_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_move=can_move_stock(self.actor), **kwargs)


class TransferView(ScopedDetailView):
    permission_required = can_see_stock
    model = Transfer
    related = ("source", "destination", "transit", "created_by", "sent_by", "received_by")
    template_name = "transfers/transfer.html"

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def state(self) -> TransferStatus:
        return TransferStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        transfer = self.object
        steps = [
            NextStep(
                label=move.label,
                url=reverse(f"transfers:transfer-{move.action}", args=[transfer.pk]),
                opens=move.action in {"receive", "reschedule"},
                primary=move.action in {"send", "receive"},
                dangerous=move.dangerous,
                confirm=_("Cancel this transfer?") if move.dangerous else "",
                version=transfer.version,
            )
            for move in available_actions(TRANSFER_STATES, transfer, self.actor)
        ]
        if transfer.status == TransferStatus.DRAFT and can_move_stock(self.actor):
            url = reverse("transfers:transfer-change", args=[transfer.pk])
            steps.insert(1, NextStep(label=_("Change"), url=url, opens=True))
        return steps

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("transfer", self.object.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = list(self.object.lines.select_related("product").order_by("pk"))
        return super().get_context_data(
            lines=lines,
            has_arrived=self.object.received_at is not None,
            differs=any(line.lost or line.surplus for line in lines),
            pieces=sum(line.pieces for line in lines),
            **kwargs,
        )


class _TransferFormView(ServiceFormView):
    """Products and quantities, typed or in a file."""

    abstract = True
    permission_required = can_move_stock
    form_class = TransferForm
    success_message = _("Saved. The goods leave the stock when the transfer is sent.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def take(self, form: Any, **which: Any) -> None:
        data = form.cleaned_data
        transfer = save_transfer(
            source_id=data["source"].pk,
            destination_id=data["destination"].pk,
            expected_on=data["expected_on"],
            note=data["note"],
            lines=form.found,
            actor=self.actor,
            now=timezone.now(),
            **which,
        )
        self.success_url = transfer.get_absolute_url()

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field.split(".")[0] or None


class NewTransferView(_TransferFormView):
    title = _("New transfer")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def back_url(self) -> str:
        return reverse(LIST)

    def get_initial(self) -> dict[str, Any]:
        return {"lines": self.request.GET.get("product", "")}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.take(form)
        return super().form_valid(form)


class ChangeTransferView(_TransferFormView, ScopedServiceFormView):
    title = _("Change transfer")
    model = Transfer

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=str(self.object), url=self.object.get_absolute_url())]

    def back_url(self) -> str:
        return str(self.object.get_absolute_url())

    def get_initial(self) -> dict[str, Any]:
        transfer = self.object
        lines = transfer.lines.select_related("product").order_by("pk")
        names = ("source", "destination", "expected_on", "note")
        return {**{name: getattr(transfer, name) for name in names}, "lines": written_lines(lines)}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.take(form, transfer_id=self.object.pk, expected_version=self.expected_version())
        return super().form_valid(form)


class SendTransferView(ActionView):
    permission_required = can_move_stock
    model = Transfer
    success_message = _("Sent. The goods are in transit and expected at the destination.")

    def perform(self) -> None:
        send_transfer(
            transfer_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )


class CancelTransferView(ActionView):
    permission_required = can_move_stock
    model = Transfer
    success_message = _("Transfer cancelled.")

    def perform(self) -> None:
        cancel_transfer(
            transfer_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )


class _OfTransferView(ScopedServiceFormView):
    abstract = True
    permission_required = can_move_stock
    model = Transfer
    related = ("source", "destination")

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=str(self.object), url=self.object.get_absolute_url())]


class RescheduleTransferView(_OfTransferView):
    title = _("Change date")
    form_class = RescheduleForm
    success_message = _("Saved. Back orders that wait for these goods have new dates.")

    def get_initial(self) -> dict[str, Any]:
        return {"expected_on": self.object.expected_on}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data: Any = form
        reschedule_transfer(
            transfer_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
            **data.cleaned_data,
        )
        return super().form_valid(form)


class ReceiveTransferView(_OfTransferView):
    """A number for each line, as a keeper counts on a phone."""

    title = _("Receive goods")
    form_class = ReceiveTransferForm
    template_name = "transfers/receive_transfer.html"
    submit_label = _("Receive")
    success_message = _("Goods received. Back orders were filled first.")

    def get_form_kwargs(self) -> dict[str, Any]:
        lines = [line for line in self.object.lines.select_related("product").order_by("pk") if line.in_transit > 0]
        return {**super().get_form_kwargs(), "lines": lines}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data: Any = form
        receive_transfer(
            transfer_id=self.object.pk,
            pieces=data.pieces(),
            is_complete=data.cleaned_data["is_complete"],
            reason=data.cleaned_data["reason"],
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)

    def get_field_name(self, problem: Problem) -> str | None:
        parts = problem.field.split(".")
        return f"line-{parts[1]}" if len(parts) > 1 else problem.field or None
