"""Waybills: the list, one with its shipments, made, delivered, dissolved; and what carriage costs."""

from collections.abc import Sequence
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Problem
from core.permissions import require
from core.ui.actions import ActionView
from core.ui.details import NextStep, ScopedDetailView, ScopedObjectMixin
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import Shipment
from orders.fulfilment.waybills.enums import WAYBILL
from orders.fulfilment.waybills.models import Waybill
from orders.fulfilment.waybills.permissions import (
    can_deliver_waybill,
    can_dissolve,
    can_make_waybill,
    can_record_freight,
    can_see_freight,
)
from orders.fulfilment.waybills.selectors.addresses import goes_with
from orders.fulfilment.waybills.selectors.freight import give_totals
from orders.fulfilment.waybills.selectors.parcels import parcels_of
from orders.fulfilment.waybills.services.freight import record_freight
from orders.fulfilment.waybills.services.waybills import deliver_waybill, dissolve_waybill, make_waybill
from orders.pages.paper_forms import choice_of
from orders.pages.views.printing import as_pdf
from orders.papers.services.printing import print_waybill
from orders.permissions import can_mark_delivered
from orders.shipment_pages.filters import WaybillFilterSet
from orders.shipment_pages.forms import FreightForm, WaybillForm
from orders.shipment_pages.print_links import links_of_waybill
from orders.shipment_pages.tables import WaybillTable

LIST = "orders:waybills"


class WaybillList(ScopedListView):
    title = gettext_lazy("Waybills")
    model = Waybill
    table_class = WaybillTable
    filterset_class = WaybillFilterSet
    sorts = {"left_on": ("left_on", "pk")}
    default_sort = "-left_on"
    related = ("distributor", "carrier")
    empty = EmptyState(
        title=gettext_lazy("No waybills yet."),
        text=gettext_lazy("Open a shipment on the page of its order to put it on a waybill, together with others."),
    )

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        return give_totals(super().get_rows(ids))


class WaybillPage(ScopedDetailView):
    model = Waybill
    lookup_field = "number"
    related = ("distributor", "carrier", "made_by")
    template_name = "orders/waybill.html"

    def prepare(self) -> None:
        super().prepare()
        (self.object,) = give_totals([self.object])

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(WaybillList.title), url=reverse(LIST))]

    def state(self) -> ShipmentStatus:
        state: ShipmentStatus = self.object.state
        return state

    @cached_property
    def carried(self) -> list[Any]:
        rows = self.object.carried.select_related("shipment__order").order_by("pk")
        carried = list(rows)
        parcels = parcels_of([one.shipment_id for one in carried])
        for one in carried:
            one.parcels = parcels.get(one.shipment_id, [])
            one.state = ShipmentStatus(one.shipment.status)
        return carried

    def next_steps(self) -> Sequence[NextStep]:
        waybill, steps = self.object, []
        on_its_way = [one for one in self.carried if one.state == ShipmentStatus.SHIPPED]
        if on_its_way and can_deliver_waybill(self.actor, waybill):
            url = reverse("orders:waybill-deliver", args=[waybill.number])
            steps.append(NextStep(label=_("Mark delivered"), url=url, primary=True, version=waybill.version))
        if can_record_freight(self.actor, waybill):
            url = reverse("orders:waybill-freight", args=[waybill.number])
            steps.append(NextStep(label=_("Record freight"), url=url, opens=True))
        if len(on_its_way) == len(self.carried) and can_dissolve(self.actor, waybill):
            reason = _("The freight of this waybill is recorded.") if waybill.actual_amount_company is not None else ""
            steps.append(
                NextStep(
                    label=_("Dissolve"),
                    url="" if reason else reverse("orders:waybill-dissolve", args=[waybill.number]),
                    reason=reason,
                    dangerous=True,
                    confirm=_("Dissolve this waybill? Its shipments go on by themselves."),
                    version=waybill.version,
                )
            )
        return steps

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [(WAYBILL, self.object.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waybill = self.object
        on_its_way = next((one.shipment for one in self.carried if one.state == ShipmentStatus.SHIPPED), None)
        return super().get_context_data(
            carried=self.carried,
            sees_freight=can_see_freight(self.actor, waybill),
            print_links=links_of_waybill(waybill, self.carried, self.actor),
            link_shipment=on_its_way if can_mark_delivered(self.actor, waybill) else None,
            **kwargs,
        )


class NewWaybill(ServiceFormView):
    """A waybill for the shipment of the address, with others that can go with it."""

    permission_required = can_make_waybill
    title = gettext_lazy("New waybill")
    form_class = WaybillForm
    submit_label = gettext_lazy("Make waybill")
    success_message = gettext_lazy("The waybill is made.")

    def prepare(self) -> None:
        super().prepare()
        require(can_make_waybill(self.actor, self.shipment.order))

    @cached_property
    def shipment(self) -> Shipment:
        rows = Shipment.objects.visible_to(self.actor).select_related("order__company")
        found: Shipment | None = rows.filter(number=self.request.GET.get("shipment", "")).first()
        if found is None:
            raise Http404
        return found

    def crumbs(self) -> Sequence[Crumb]:
        return [Crumb(label=str(WaybillList.title), url=reverse(LIST))]

    def back_url(self) -> str:
        return self.shipment.get_absolute_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        currency = self.shipment.order.company.currency
        together = goes_with(self.shipment, actor=self.actor)
        return super().get_form_kwargs() | {"shipments": together, "currency": currency}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        data = form.cleaned_data
        made = make_waybill(
            shipment_ids=data["shipments"],
            tracking_number=data["tracking_number"],
            agreed=data["agreed"],
            borne_by=data["borne_by"],
            actor=self.actor,
            now=timezone.now(),
        )
        self.success_url = made.get_absolute_url()
        return super().form_valid(form)


class RecordFreight(ScopedServiceFormView):
    permission_required = can_record_freight
    model = Waybill
    lookup_field = "number"
    title = gettext_lazy("Record freight")
    form_class = FreightForm
    success_message = gettext_lazy("The freight is recorded.")

    def prepare(self) -> None:
        super().prepare()
        require(can_record_freight(self.actor, self.object))

    def crumbs(self) -> Sequence[Crumb]:
        return [
            Crumb(label=str(WaybillList.title), url=reverse(LIST)),
            Crumb(label=str(self.object), url=self.object.get_absolute_url()),
        ]

    def get_initial(self) -> dict[str, Any]:
        waybill = self.object
        return {
            "agreed": _written(waybill.agreed_amount_company),
            "actual": _written(waybill.actual_amount_company),
            "borne_by": waybill.borne_by,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"currency": self.object.currency}

    def get_field_name(self, problem: Problem) -> str | None:
        return problem.field or None

    def form_valid(self, form: BaseForm) -> HttpResponse:
        record_freight(
            waybill_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
            **form.cleaned_data,
        )
        return super().form_valid(form)


def _written(amount: Any) -> Any:
    """Without zeros that nobody typed."""
    return amount if amount is None else amount.normalize() if amount % 1 else amount.to_integral_value()


class DeliverWaybill(ActionView):
    permission_required = can_mark_delivered
    model = Waybill
    lookup_field = "number"
    success_message = gettext_lazy("All shipments of the waybill are delivered.")

    def perform(self) -> None:
        deliver_waybill(
            waybill_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )


class DissolveWaybill(ActionView):
    permission_required = can_make_waybill
    model = Waybill
    lookup_field = "number"
    success_message = gettext_lazy("The waybill is dissolved.")

    def get_success_url(self) -> str:
        return reverse(LIST)

    def perform(self) -> None:
        dissolve_waybill(
            waybill_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )


class PrintWaybill(ScopedObjectMixin):
    """The labels of all its parcels, or the delivery notes of its shipments."""

    model = Waybill
    lookup_field = "number"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        choice = choice_of(request.GET)
        content = print_waybill(waybill_id=self.object.pk, choice=choice, actor=self.actor)
        return as_pdf(content, f"{choice.kind.value}-{self.object.pk}")
