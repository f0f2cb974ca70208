"""The warehouse's own list: what is to be shipped, due first; and waves made of it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.errors import DomainError
from core.paths import whole_number
from core.ui.actions import MOST_TICKED, BulkActionView
from core.ui.forms import ServiceFormView
from core.ui.list_header import BulkAction, EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from inventory.enums import WarehouseKind
from inventory.models import Warehouse
from orders.fulfilment.waves.models import Wave
from orders.fulfilment.waves.permissions import can_work_on
from orders.fulfilment.waves.selectors.figures import give_pieces
from orders.fulfilment.waves.selectors.to_ship import to_ship
from orders.fulfilment.waves.services.making import make_wave, make_wave_of_due
from orders.ordering.models import Order
from orders.wave_pages.filters import ToShipFilterSet
from orders.wave_pages.forms import DueWaveForm
from orders.wave_pages.tables import ToShipTable

LIST = "orders:to-ship"


class ToShipList(ScopedListView):
    """Approved orders with goods that are there, without prices. Ticked ones become a wave."""

    permission_required = can_work_on
    title = _("Orders to ship")
    model = Order
    table_class = ToShipTable
    filterset_class = ToShipFilterSet
    sorts = {"promised_on": ("promised_on", "pk"), "ordered_at": ("ordered_at", "pk")}
    default_sort = "promised_on"
    related = ("distributor", "type")
    page_size = 100
    page_key = "to-ship"
    template_name = "orders/to_ship.html"
    empty = EmptyState(
        title=_("Nothing is to be shipped."),
        text=_("Approved orders appear here as soon as their goods are there. Those in a wave are on its page."),
    )

    def get_queryset(self) -> Any:
        mine = super().get_queryset().filter(seller_distributor=self.actor.distributor_id)
        return to_ship(mine)

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        return give_pieces(super().get_rows(ids), self._warehouse_id())

    def _warehouse_id(self) -> int | None:
        code = self.request.GET.get("warehouse", "")
        found: int | None = (
            Warehouse.objects.visible_to(self.actor).filter(code=code).values_list("pk", flat=True).first()
            if code
            else None
        )
        return found

    def bulk_actions(self) -> Sequence[BulkAction]:
        code = self.request.GET.get("warehouse", "")
        query = {"warehouse": code} if code else None
        return (BulkAction(label=_("Make a wave"), url=reverse("orders:wave-of-ticked", query=query)),)


class MakeWaveOfTicked(BulkActionView):
    """A wave of the ticked orders, in the warehouse by which the list is filtered; then comes its page."""

    permission_required = can_work_on

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        sent = request.POST.getlist("ids")[:MOST_TICKED]
        ids = [number for one in sent if (number := whole_number(one)) is not None]
        code = request.GET.get("warehouse", "")
        try:
            warehouse_id = Warehouse.objects.visible_to(self.actor).get(code=code).pk if code else None
            made = make_wave(order_ids=ids, warehouse_id=warehouse_id, actor=self.actor, now=timezone.now())
        except Warehouse.DoesNotExist:
            return HttpResponseRedirect(self.get_success_url())
        except DomainError as error:
            return self.refuse(request, error)
        messages.success(request, message_of_wave(made))
        return HttpResponseRedirect(made.get_absolute_url())

    def get_success_url(self) -> str:
        return reverse(LIST)


class NewDueWave(ServiceFormView):
    """A wave of the orders of a warehouse that are due first."""

    permission_required = can_work_on
    title = _("Wave of the orders due first")
    form_class = DueWaveForm
    submit_label = _("Make a wave")

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(ToShipList.title), url=reverse(LIST))]

    def back_url(self) -> str:
        return reverse(LIST)

    @cached_property
    def warehouses(self) -> Any:
        rows = Warehouse.objects.visible_to(self.actor).filter(distributor=self.actor.distributor_id)
        return rows.filter(kind=WarehouseKind.SALE, is_active=True).order_by("code")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"warehouses": self.warehouses}

    def get_initial(self) -> dict[str, Any]:
        return {"warehouse": self.warehouses.first(), "most": 20}

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        made = make_wave_of_due(
            warehouse_id=data["warehouse"].pk, most=data["most"], actor=self.actor, now=timezone.now()
        )
        self.success_url = made.get_absolute_url()
        self.success_message = message_of_wave(made)
        return super().form_valid(form)


def message_of_wave(wave: Wave) -> str:
    """How many orders are in a wave that was made just now."""
    count = wave.lines.values("order_line__order").distinct().count()
    return ngettext("A wave of %(count)d order is made.", "A wave of %(count)d orders is made.", count) % {
        "count": count
    }
