"""Pages of the brand owner's warehouses: what lies where, what moved, and how it is changed."""

from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.forms import BaseForm, DateField
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.errors import Problem
from core.ui.forms import ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from inventory.filters import StockFilterSet, StockMoveFilterSet
from inventory.forms.stock import AdjustForm, ReceiptForm
from inventory.models import Stock, StockMove
from inventory.permissions import can_block_stock, can_move_stock, can_see_stock
from inventory.services.lots import GivenLot
from inventory.services.stock import adjust_stock, receive_stock
from inventory.tables.stock import StockMoveTable, StockTable


class StockListView(ScopedListView):
    permission_required = can_see_stock
    title = _("Stock")
    model = Stock
    table_class = StockTable
    filterset_class = StockFilterSet
    sorts = {"product": ["product_id", "warehouse_id"], "on_hand": ["on_hand", "pk"], "then": ["then", "pk"]}
    default_sort = "product"
    related = ("product", "warehouse")
    template_name = "inventory/stock.html"
    empty = EmptyState(title=_("Nothing in stock yet."), text=_("Goods you receive appear here."))

    @cached_property
    def day(self) -> date | None:
        """The day at whose end the stock is asked for; None for now."""
        try:
            day: date | None = DateField(required=False).clean(self.request.GET.get("on", ""))
        except ValidationError:
            return None
        return day

    def hidden_columns(self) -> tuple[str, ...]:
        """Of a past day it is known what lay there, not what was reserved."""
        return ("then",) if self.day is None else ("on_hand", "for_orders", "blocked", "available", "waiting")

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        ours = rows.of_brand_owner()
        return ours if self.day is None else ours.as_of(self.day)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.actor
        return super().get_context_data(may_move=can_move_stock(user), may_block=can_block_stock(user), **kwargs)


class StockMoveListView(ScopedListView):
    permission_required = can_see_stock
    title = _("Stock movements")
    model = StockMove
    table_class = StockMoveTable
    filterset_class = StockMoveFilterSet
    sorts = {"at": ["at", "id"]}
    default_sort = "-at"
    related = ("product", "warehouse", "actor")
    empty = EmptyState(title=_("No stock movements yet."))

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.of_brand_owner()


class ReceiveView(ServiceFormView):
    """Put goods into a warehouse."""

    permission_required = can_move_stock
    title = _("Receive goods")
    form_class = ReceiptForm
    submit_label = _("Receive")
    success_message = _("Goods received.")

    def back_url(self) -> str:
        return reverse("inventory:stock")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data, actor = form.cleaned_data, self.actor
        lines = cast("ReceiptForm", form).found
        receive_stock(
            warehouse_id=data["warehouse"].pk,
            product_ids=[line.product_id for line in lines],
            quantities=[line.pieces for line in lines],
            reference=data["reference"],
            note=data["note"],
            actor=actor,
        )
        return super().form_valid(form)

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field.split(".")[0] or None


class AdjustView(ServiceFormView):
    """Correct what was counted."""

    permission_required = can_move_stock
    title = _("Adjust stock")
    form_class = AdjustForm
    success_message = _("Stock adjusted.")

    def back_url(self) -> str:
        return reverse("inventory:stock")

    def get_initial(self) -> dict[str, Any]:
        return {"product": self.request.GET.get("product", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data, actor = form.cleaned_data, self.actor
        adjust_stock(
            warehouse_id=data["warehouse"].pk,
            product_id=data["product"].pk,
            difference=data["difference"],
            reason=data["reason"],
            lot=GivenLot(code=data["lot"]) if data["lot"] else None,
            actor=actor,
        )
        self.success_url = f"{reverse('inventory:stock')}?q={data['product'].code}"
        return super().form_valid(form)
