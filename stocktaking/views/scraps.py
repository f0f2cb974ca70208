"""Pages of scrap: the list, one with its lines, prepared, submitted, approved, returned, undone, cancelled."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.errors import Problem
from core.paths import whole_number
from core.state import available_actions
from core.ui.actions import ActionView
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from inventory.models import StockBlock
from inventory.permissions import can_see_stock
from inventory.selectors.documents import written_lines
from stocktaking.enums import ScrapStatus
from stocktaking.filters import ScrapFilterSet
from stocktaking.forms.scraps import DecisionForm, ScrapForm, UndoForm
from stocktaking.models import Scrap, ScrapLine
from stocktaking.permissions import SCRAP_STATES, can_approve_scrap, can_return_scrap, can_scrap
from stocktaking.selectors.figures import scrap_totals
from stocktaking.services.scraps import (
    approve_scrap,
    cancel_scrap,
    return_scrap,
    save_scrap,
    submit_scrap,
    undo_scrap,
)
from stocktaking.tables.scraps import ScrapLineTable, ScrapTable

LIST = "stocktaking:scraps"
_AT_ONCE = frozenset({"submit", "cancel"})
"""Steps that ask nothing more."""


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(ScrapListView.title), url=reverse(LIST))]


class ScrapListView(ScopedListView):
    permission_required = can_see_stock
    title = pgettext_lazy("document", "Scrap")
    model = Scrap
    table_class = ScrapTable
    filterset_class = ScrapFilterSet
    sorts = {"created_at": ["created_at", "pk"]}
    default_sort = "-created_at"
    related = ("warehouse", "company", "created_by", "posted_by")
    template_name = "stocktaking/scraps.html"
    lines_table_class = ScrapLineTable
    lines_title = _("Lines")
    empty = EmptyState(
        title=_("Nothing scrapped yet."),
        text=_(
            "Goods that are broken, expired, lost or given as samples leave the stock here, once somebody else approves."
        ),
    )

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        return scrap_totals(super().get_rows(ids))

    def get_lines(self, ids: Sequence[Any]) -> Sequence[Any]:
        lines = ScrapLine.objects.visible_to(self.actor).filter(scrap__in=ids)
        place = {pk: number for number, pk in enumerate(ids)}
        rows = lines.select_related("product", "scrap__warehouse", "scrap__company").order_by("pk")
        return sorted(rows, key=lambda line: place[line.scrap_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_scrap=can_scrap(self.actor), **kwargs)


class ScrapView(ScopedDetailView):
    permission_required = can_see_stock
    model = Scrap
    related = ("warehouse", "company", "block", "reverses", "created_by", "submitted_by", "posted_by")
    template_name = "stocktaking/scrap.html"

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def state(self) -> ScrapStatus:
        return ScrapStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        scrap = self.object
        steps = [
            NextStep(
                label=move.label,
                url=reverse(f"stocktaking:scrap-{move.action}", args=[scrap.pk]),
                opens=move.action not in _AT_ONCE,
                primary=move.action in {"submit", "approve"},
                dangerous=move.dangerous,
                confirm=_("Cancel this scrap?") if move.action == "cancel" else "",
                version=scrap.version,
            )
            for move in available_actions(SCRAP_STATES, scrap, self.actor)
            if not (move.action == "reverse" and scrap.reverses_id)
        ]
        if scrap.status == ScrapStatus.DRAFT and can_scrap(self.actor):
            url = reverse("stocktaking:scrap-change", args=[scrap.pk])
            steps.insert(1, NextStep(label=_("Change"), url=url, opens=True))
        return steps

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("scrap", self.object.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (scrap,) = scrap_totals([self.object])
        lines = list(scrap.lines.select_related("product").order_by("pk"))
        counter = Scrap.objects.visible_to(self.actor).filter(reverses=scrap).first()
        return super().get_context_data(lines=lines, counter=counter, **kwargs)


class _ScrapFormView(ServiceFormView):
    """Products and quantities, typed or in a file."""

    abstract = True
    permission_required = can_scrap
    form_class = ScrapForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def take(self, form: BaseForm, **of_scrap: Any) -> None:
        found: Any = form
        data = form.cleaned_data
        scrap = save_scrap(
            warehouse_id=data["warehouse"].pk,
            reason=data["reason"],
            note=data["note"],
            lines=found.found,
            actor=self.actor,
            now=timezone.now(),
            **of_scrap,
        )
        self.success_url = scrap.get_absolute_url()

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field.split(".")[0] or None


class NewScrapView(_ScrapFormView):
    title = _("New scrap")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def back_url(self) -> str:
        return reverse(LIST)

    @cached_property
    def block(self) -> StockBlock | None:
        """The blocked goods that are to be scrapped, if the address names some."""
        pk = whole_number(self.request.GET.get("block", ""))
        found: StockBlock | None = (
            StockBlock.objects.visible_to(self.actor).filter(pk=pk).select_related("product").first()
        )
        return found

    def get_initial(self) -> dict[str, Any]:
        if self.block is None:
            return {"lines": self.request.GET.get("product", "")}
        lines = f"{self.block.product.code} {self.block.open_pieces}"
        return {"warehouse": self.block.warehouse_id, "lines": lines, "note": str(self.block)}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.take(form, block_id=self.block and self.block.pk)
        return super().form_valid(form)


class ChangeScrapView(_ScrapFormView, ScopedServiceFormView):
    title = _("Change scrap")
    model = Scrap

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=str(self.object), url=self.object.get_absolute_url())]

    def back_url(self) -> str:
        return str(self.object.get_absolute_url())

    def get_initial(self) -> dict[str, Any]:
        scrap = self.object
        lines = scrap.lines.select_related("product").order_by("pk")
        return {
            **{name: getattr(scrap, name) for name in ("warehouse", "reason", "note")},
            "lines": written_lines(lines),
        }

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.take(form, scrap_id=self.object.pk, expected_version=self.expected_version())
        return super().form_valid(form)


class _ScrapActionView(ActionView):
    abstract = True
    permission_required = can_scrap
    model = Scrap

    def take(self, service: Any) -> None:
        service(scrap_id=self.object.pk, actor=self.actor, now=timezone.now(), expected_version=self.expected_version())


class SubmitScrapView(_ScrapActionView):
    success_message = _("Submitted. Somebody else has to approve it.")

    def perform(self) -> None:
        self.take(submit_scrap)


class CancelScrapView(_ScrapActionView):
    success_message = _("Scrap cancelled.")

    def perform(self) -> None:
        self.take(cancel_scrap)


class _OfScrapView(ScopedServiceFormView):
    abstract = True
    model = Scrap
    related = ("warehouse",)
    form_class: type[forms.Form] = DecisionForm

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=str(self.object), url=self.object.get_absolute_url())]

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field if problem.field in self.get_form().fields else None

    def take(self, form: BaseForm, service: Any) -> Any:
        return service(
            scrap_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
            **form.cleaned_data,
        )


class ApproveScrapView(_OfScrapView):
    permission_required = can_approve_scrap
    title = pgettext_lazy("scrap", "Approve scrap")
    submit_label = _("Approve and post")
    success_message = _("Posted. The goods have left the stock.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.take(form, approve_scrap)
        return super().form_valid(form)


class ReturnScrapView(_OfScrapView):
    permission_required = can_return_scrap
    title = pgettext_lazy("scrap", "Return")
    submit_label = pgettext_lazy("scrap", "Return")
    success_message = _("Returned as a draft.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.take(form, return_scrap)
        return super().form_valid(form)


class UndoScrapView(_OfScrapView):
    permission_required = can_approve_scrap
    title = _("Undo scrap")
    form_class = UndoForm
    submit_label = pgettext_lazy("scrap", "Undo")
    success_message = _("Undone: the goods are in stock again.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.success_url = self.take(form, undo_scrap).get_absolute_url()
        return super().form_valid(form)
