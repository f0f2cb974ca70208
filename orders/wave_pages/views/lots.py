"""Pages of lots: the list, one of them with who has got it, added, corrected, frozen, recalled, released."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.state import available_actions
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from inventory.enums import LotStatus
from inventory.filters import LotFilterSet
from inventory.models import Lot
from inventory.permissions import LOT_STATES, can_block_stock, can_move_stock, can_see_stock
from inventory.services.lot_assigning import assign_to_lot
from inventory.services.lot_freezing import freeze_lot, release_lot
from inventory.services.lots import save_lot
from orders.fulfilment.selectors.lot_holders import whereabouts_of
from orders.fulfilment.services.recalling import recall_lot
from orders.wave_pages.lot_forms import AssignForm, LotForm, NewLotForm, ReasonForm, ReleaseLotForm
from orders.wave_pages.lot_tables import LotTable

LIST = "orders:lots"


def _way() -> Sequence[Crumb]:
    return [Crumb(label=str(_("Lots")), url=reverse(LIST))]


class LotListView(ScopedListView):
    permission_required = can_see_stock
    title = _("Lots")
    model = Lot
    table_class = LotTable
    filterset_class = LotFilterSet
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"expires_on": ["expires_on", "pk"], "product": ["product_id", "pk"]}
    default_sort = "expires_on"
    related = ("product",)
    template_name = "orders/lots.html"
    empty = EmptyState(
        title=_("No lots yet."),
        text=_("Turn on stock by lot on the page of a product. Goods that come in then name their lot."),
    )

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.with_stock()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_add=can_move_stock(self.actor), **kwargs)


class LotView(ScopedDetailView):
    """One lot: its dates, where it lies, and who has got it."""

    permission_required = can_see_stock
    model = Lot
    related = ("product", "status_by")
    template_name = "orders/lot.html"

    def page_title(self) -> str:
        return f"{self.object.name} · {self.object.product.display_name}"

    def crumbs(self) -> Sequence[Crumb]:
        return _way()

    def state(self) -> LotStatus:
        return LotStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        lot, steps = self.object, []
        moves = available_actions(LOT_STATES, lot, self.actor) if lot.code else ()
        steps = [
            NextStep(
                label=move.label,
                url=reverse(f"orders:lot-{move.action}", args=[lot.pk]),
                opens=True,
                dangerous=move.dangerous,
                primary=move.action == "release",
            )
            for move in moves
        ]
        if can_move_stock(self.actor):
            assign = reverse("orders:lot-assign", args=[lot.pk])
            steps.append(NextStep(label=_("Assign to another lot"), url=assign, opens=True, primary=not lot.code))
            if lot.code:
                change = reverse("orders:lot-change", args=[lot.pk])
                steps.append(NextStep(label=_("Change"), url=change, opens=True))
        return steps

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("lot", self.object.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            found=whereabouts_of(self.object, self.actor),
            days_left=self.object.days_left(timezone.localdate()),
            **kwargs,
        )


class NewLotView(ServiceFormView):
    permission_required = can_move_stock
    title = _("New lot")
    form_class = NewLotForm
    success_message = _("Saved.")

    def crumbs(self) -> Sequence[Crumb]:
        return _way()

    def back_url(self) -> str:
        return reverse(LIST)

    def get_initial(self) -> dict[str, Any]:
        return {"product": self.request.GET.get("product", "")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        product = form.cleaned_data["product"]
        given = form.given()  # type: ignore[attr-defined]  # of a LotForm
        lot = save_lot(product_id=product.pk, lot=given, actor=self.actor, now=timezone.now())
        self.success_url = lot.get_absolute_url()
        return super().form_valid(form)


class _OfLotView(ScopedServiceFormView):
    abstract = True
    permission_required = can_block_stock
    model = Lot
    related = ("product",)

    def crumbs(self) -> Sequence[Crumb]:
        return [*_way(), Crumb(label=self.object.name, url=self.object.get_absolute_url())]

    def take(self, service: Callable[..., object], form: BaseForm, **values: Any) -> HttpResponse:
        service(
            lot_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
            **values,
        )
        return super().form_valid(form)


class ChangeLotView(_OfLotView):
    permission_required = can_move_stock
    title = _("Change")
    form_class = LotForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("code", "produced_on", "expires_on")}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        return self.take(save_lot, form, lot=form.given())  # type: ignore[attr-defined]  # of a LotForm


class FreezeLotView(_OfLotView):
    title = pgettext_lazy("lot", "Freeze")
    form_class = ReasonForm
    submit_label = pgettext_lazy("lot", "Freeze")
    success_message = _("Frozen. What lies of it is blocked in every warehouse.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        return self.take(freeze_lot, form, **form.cleaned_data)


class RecallLotView(_OfLotView):
    title = pgettext_lazy("lot", "Recall")
    form_class = ReasonForm
    submit_label = pgettext_lazy("lot", "Recall")
    success_message = _("Recalled. Every distributor that was sent some of it is told.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        return self.take(recall_lot, form, **form.cleaned_data)


class ReleaseLotView(_OfLotView):
    title = pgettext_lazy("lot", "Release")
    form_class = ReleaseLotForm
    submit_label = pgettext_lazy("lot", "Release")
    success_message = _("Released. Back orders were filled first.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        return self.take(release_lot, form, **form.cleaned_data)


class AssignLotView(_OfLotView):
    """Pieces of a lot that are of another one."""

    permission_required = can_move_stock
    title = _("Assign to another lot")
    form_class = AssignForm
    success_message = _("Saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.actor, "lot": self.object}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data = form.cleaned_data
        target = assign_to_lot(
            lot_id=self.object.pk,
            warehouse_id=data["warehouse"].pk,
            to=form.given(),  # type: ignore[attr-defined]  # of a LotForm
            pieces=data["pieces"],
            note=data["note"],
            actor=self.actor,
            now=timezone.now(),
        )
        self.success_url = target.get_absolute_url()
        return super().form_valid(form)
