"""Pages of blocked stock: the list, one of them, blocked, changed, unblocked."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.permissions import has_permission
from core.state import available_actions
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from inventory.enums import BlockStatus
from inventory.filters import StockBlockFilterSet
from inventory.forms.blocks import BlockForm, ChangeBlockForm, UnblockForm
from inventory.models import StockBlock
from inventory.permissions import BLOCK_STATES, can_block_stock, can_see_stock
from inventory.services.blocks import block_stock, change_block, unblock_stock
from inventory.tables.blocks import StockBlockTable

LIST = "inventory:blocks"


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(StockBlockListView.title), url=reverse(LIST))]


class StockBlockListView(ScopedListView):
    permission_required = can_see_stock
    title = _("Blocked stock")
    model = StockBlock
    table_class = StockBlockTable
    filterset_class = StockBlockFilterSet
    sorts = {"blocked_at": ["blocked_at", "pk"], "until": ["until", "pk"]}
    default_sort = "-blocked_at"
    related = ("product", "warehouse", "blocked_by")
    template_name = "inventory/blocks.html"
    empty = EmptyState(
        title=_("Nothing is blocked."),
        text=_("Goods that nobody may get for now: for inspection, customs, a recall, or because they are damaged."),
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_block=can_block_stock(self.actor), **kwargs)


class StockBlockView(ScopedDetailView):
    permission_required = can_see_stock
    model = StockBlock
    related = ("product", "warehouse", "lot", "blocked_by")
    template_name = "inventory/block.html"

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def state(self) -> BlockStatus:
        state: BlockStatus = self.object.current_state
        return state

    def next_steps(self) -> Sequence[NextStep]:
        steps = [
            NextStep(
                label=move.label,
                url=reverse(f"inventory:block-{move.action}", args=[self.object.pk]),
                opens=True,
                primary=move.action == "release",
            )
            for move in available_actions(BLOCK_STATES, self.object, self.actor)
            if move.action != "release" or not self.object.by_freeze
        ]
        if self.object.open_pieces and has_permission(self.actor, "stocktaking.scrap_stock"):
            url = reverse("stocktaking:scrap-new", query={"block": self.object.pk})
            steps.append(NextStep(label=_("Scrap these goods"), url=url, opens=True))
        return steps

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("stock_block", self.object.pk)]


class BlockStockView(ServiceFormView):
    permission_required = can_block_stock
    title = _("Block stock")
    form_class = BlockForm
    submit_label = pgettext_lazy("stock", "Block")
    success_message = _("Blocked. These pieces are no longer available.")

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def back_url(self) -> str:
        return reverse(LIST)

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET.get(name, "") for name in ("product", "warehouse")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data = dict(form.cleaned_data)
        block = block_stock(
            warehouse_id=data.pop("warehouse").pk,
            product_id=data.pop("product").pk,
            actor=self.actor,
            now=timezone.now(),
            **data,
        )
        self.success_url = block.get_absolute_url()
        return super().form_valid(form)


class _OfBlockView(ScopedServiceFormView):
    abstract = True
    permission_required = can_block_stock
    model = StockBlock
    related = ("product", "warehouse")

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=str(self.object), url=self.object.get_absolute_url())]


class ChangeBlockView(_OfBlockView):
    title = _("Change")
    form_class = ChangeBlockForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("reason", "until", "note")}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        change_block(
            block_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
            **form.cleaned_data,
        )
        return super().form_valid(form)


class UnblockView(_OfBlockView):
    title = _("Unblock stock")
    form_class = UnblockForm
    submit_label = pgettext_lazy("stock", "Unblock")
    success_message = _("Unblocked. Back orders were filled first.")

    def get_initial(self) -> dict[str, Any]:
        return {"pieces": self.object.open_pieces}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        unblock_stock(
            block_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
            **form.cleaned_data,
        )
        return super().form_valid(form)
