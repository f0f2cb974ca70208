"""An order is shipped: what leaves the warehouse now, line by line."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from core.errors import Problem
from orders.fulfilment.selectors.lots_to_pick import lots_to_pick
from orders.fulfilment.services.shipping import ChosenPieces, ship_order
from orders.pages.selectors.order_lines import carriers_for, lines_of
from orders.pages.views.step_forms import StepForm
from orders.permissions import can_handle
from orders.shipment_pages.ship_form import ShipForm


class Ship(StepForm):
    """What leaves the warehouse now, by line: prefilled with what is left to ship."""

    permission_required = can_handle
    form_class = ShipForm
    heading = gettext_lazy("Ship order %(number)s")
    submit_label = gettext_lazy("Ship")
    success_message = gettext_lazy("Shipment on its way.")
    template_name = "orders/step_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        lines = lines_of(order_id=self.order.pk)
        return {
            **super().get_form_kwargs(),
            "lines": lines,
            "carriers": carriers_for(actor=self.actor),
            "lots": lots_to_pick(self.order, lines),
        }

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        sent: ShipForm = form  # type: ignore[assignment]  # get_form makes form_class
        self.call(
            ship_order,
            order_id=self.order.pk,
            quantities=sent.quantities(),
            chosen=ChosenPieces(lots=sent.chosen_lots(), serials=sent.serials()),
            carrier_id=sent.carrier_id(),
            tracking_number=sent.cleaned_data["tracking_number"],
            expected_on=sent.cleaned_data["expected_on"],
        )
        return super().form_valid(form)

    def get_field_name(self, problem: Problem) -> str | None:
        kind, _dot, line = problem.field.partition(".")
        return f"{'serials' if kind == 'serials' else 'quantity'}-{line}" if line else problem.field
