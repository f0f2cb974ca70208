"""The page on which a shipment is packed."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.errors import Problem
from core.permissions import require
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb
from orders.fulfilment.models import Shipment, ShipmentLine
from orders.fulfilment.waybills.permissions import can_make_waybill
from orders.fulfilment.waybills.selectors.parcels import parcels_of
from orders.fulfilment.waybills.selectors.weights import goods_weights
from orders.fulfilment.waybills.services.packing import pack_shipment
from orders.permissions import can_handle
from orders.shipment_pages.packing_form import FIELDS, PackForm, initial_of, rows_sent

MORE = "more"


class PackView(ScopedServiceFormView):
    """All parcels of a shipment: what is here replaces what was."""

    permission_required = can_make_waybill
    model = Shipment
    lookup_field = "number"
    related = ("order",)
    form_class = PackForm
    submit_label = gettext_lazy("Save parcels")
    success_message = gettext_lazy("The parcels are saved.")
    template_name = "orders/pack.html"

    def prepare(self) -> None:
        super().prepare()
        require(can_handle(self.actor, self.object.order))

    def page_title(self) -> str:
        return _("Pack shipment %(number)s") % {"number": self.object.number}

    def crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(label=_("Orders"), url=reverse("orders:list")),
            Crumb(label=str(self.object.order), url=self.object.get_absolute_url()),
        ]

    @cached_property
    def lines(self) -> list[ShipmentLine]:
        rows = ShipmentLine.objects.visible_to(self.actor).filter(shipment=self.object)
        rows = rows.select_related("order_line__product")
        return list(rows.order_by("order_line__position"))

    @cached_property
    def kept(self) -> tuple[int, dict[str, Any]]:
        """The rows as they are; of a shipment that is not packed one parcel with the weight of the goods, where it is known."""
        packed = parcels_of([self.object.pk]).get(self.object.pk, [])
        if packed:
            return initial_of(packed)
        weight = self.goods_weight
        return 1, {"count-0": 1, **({"weight-0": weight.normalize()} if weight else {})}

    @cached_property
    def goods_weight(self) -> Any:
        return goods_weights([self.object.pk]).get(self.object.pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        rows, initial = self.kept
        kwargs = super().get_form_kwargs() | {"lines": self.lines, "distributor_id": self.object.order.distributor_id}
        sent = self.request.POST
        if self.request.method != "POST":
            return kwargs | {"rows": rows, "initial": initial}
        if MORE not in sent:
            return kwargs | {"rows": rows_sent(sent)}
        typed = {f"{name}-{row}": sent.get(f"{name}-{row}") for name in FIELDS for row in range(rows_sent(sent))}
        return kwargs | {"data": None, "files": None, "rows": rows_sent(sent) + 1, "initial": typed}

    def post(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        """One row more asks for nothing but the form again, with what was typed."""
        if MORE in self.request.POST:
            return self.render_to_response(self.get_context_data())
        return super().post(self.request)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        sent: Any = form
        pack_shipment(
            shipment_id=self.object.pk,
            parcels=sent.parcels,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return super().form_valid(form)

    def get_field_name(self, problem: Problem) -> str | None:
        kind, index, name, *_rest = [*problem.field.split("."), "", "", ""]
        rows = self._sent_rows
        return (
            f"{name}-{rows[int(index)]}" if kind == "parcels" and index.isdigit() and int(index) < len(rows) else None
        )

    def form_refused(self, form: Any, error: Any) -> HttpResponse:
        self._sent_rows = form.row_of
        return super().form_refused(form, error)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pieces = sum(line.quantity for line in self.lines)
        return super().get_context_data(
            version=self.object.order.version,
            lines=self.lines,
            goods_weight=self.goods_weight,
            pieces=ngettext("%(count)d piece", "%(count)d pieces", pieces) % {"count": pieces},
            **kwargs,
        )
