"""Goods that a distributor above ordered for the own company: seen and received without their order."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Conflict, Problem
from core.ui.details import NextStep, ScopedDetailView, ScopedObjectMixin
from core.ui.forms import ScopedServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from orders.fulfilment.claims.selectors.lines import claim_of_shipments
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import DropShipment
from orders.fulfilment.services.receiving import receive_shipment
from orders.pages.paper_forms import size_of
from orders.pages.receive_form import ReceiveForm
from orders.pages.selectors.order_lines import ShipmentDetail, shipment_detail
from orders.pages.views.printing import as_pdf
from orders.pages.views.step_forms import field_of_receipt
from orders.papers.services.printing import print_drop_shipment
from orders.permissions import can_receive
from orders.shipment_pages.filters import DropShipmentFilterSet
from orders.shipment_pages.print_links import links_of_drop_shipment
from orders.shipment_pages.tables import DropShipmentTable

LIST = "orders:drop-shipments"


class DropShipmentList(ScopedListView):
    permission_required = can_receive
    title = gettext_lazy("Drop shipments to us")
    model = DropShipment
    table_class = DropShipmentTable
    filterset_class = DropShipmentFilterSet
    sorts = {"shipped_at": ("shipped_at", "pk")}
    default_sort = "-shipped_at"
    related = ("order__distributor",)
    empty = EmptyState(
        title=gettext_lazy("No drop shipments yet."),
        text=gettext_lazy(
            "Goods that your distributor orders for you and that come from the manufacturer are received here."
        ),
    )


class DropShipmentPage(ScopedDetailView):
    """What is in it and where it is."""

    permission_required = can_receive
    model = DropShipment
    lookup_field = "number"
    related = ("order__distributor",)
    template_name = "orders/drop_shipment.html"

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(DropShipmentList.title), url=reverse(LIST))]

    def state(self) -> ShipmentStatus:
        return ShipmentStatus(self.object.status)

    def next_steps(self) -> Sequence[NextStep]:
        if self.object.status == ShipmentStatus.RECEIVED:
            return ()
        url = reverse("orders:drop-shipment-receive", args=[self.object.number])
        return [NextStep(label=_("Confirm receipt"), url=url, primary=True, opens=True)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            detail=shipment_detail(self.object), print_links=links_of_drop_shipment(self.object.number), **kwargs
        )


class ReceiveDropShipment(ScopedServiceFormView):
    """Receipt by line: prefilled with everything shipped; a difference needs a reason."""

    permission_required = can_receive
    model = DropShipment
    lookup_field = "number"
    related = ("order",)
    form_class = ReceiveForm
    submit_label = gettext_lazy("Confirm receipt")
    success_message = gettext_lazy("Receipt confirmed.")
    template_name = "orders/step_form.html"

    def page_title(self) -> str:
        return _("Receive shipment %(number)s") % {"number": self.object.number}

    def crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(label=str(DropShipmentList.title), url=reverse(LIST)),
            Crumb(label=str(self.object), url=self.object.get_absolute_url()),
        ]

    @cached_property
    def detail(self) -> ShipmentDetail:
        if self.object.status == ShipmentStatus.RECEIVED:
            raise Conflict(_("This shipment is received already."), code="wrong_state")
        return shipment_detail(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "detail": self.detail, "actor": self.actor}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(detail=self.detail, **kwargs)

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        sent: ReceiveForm = form  # type: ignore[assignment]  # get_form makes form_class
        receive_shipment(
            shipment_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            lines=sent.received(),
            unordered=sent.goods,
        )
        claim = claim_of_shipments([self.object.pk]).get(self.object.pk)
        if claim is None:
            return super().form_valid(form)
        messages.success(self.request, _("Receipt confirmed. Delivery claim %(number)s is open.") % {"number": claim})
        return HttpResponseRedirect(self.get_success_url())

    def get_field_name(self, problem: Problem) -> str | None:
        return field_of_receipt(problem)


class PrintDropShipment(ScopedObjectMixin):
    """The delivery note, without prices whoever asks."""

    permission_required = can_receive
    model = DropShipment
    lookup_field = "number"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        content = print_drop_shipment(shipment_id=self.object.pk, size=size_of(request.GET), actor=self.actor)
        return as_pdf(content, f"delivery-note-{self.object.pk}")
