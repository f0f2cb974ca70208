"""The steps of an order that need words or numbers: hold, cancel, ship, receive."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Conflict, Message, Problem
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb
from orders.fulfilment.claims.selectors.lines import claim_of_shipments
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.services.cancelling import cancel_rest
from orders.fulfilment.services.receiving import receive_shipment
from orders.ordering.models import Order
from orders.ordering.services.cancelling import cancel_order, reject_order
from orders.ordering.services.credit_release import release_credit
from orders.ordering.services.holds import lift_holds, place_hold
from orders.pages.forms import (
    CancelForm,
    CancelRestForm,
    HoldForm,
    PromiseForm,
    RejectForm,
    ReleaseCreditForm,
    ReleaseForm,
)
from orders.pages.receive_form import ReceiveForm
from orders.pages.selectors.order_lines import ShipmentDetail, shipments_of
from orders.pages.views.named import OrderStepMixin
from orders.permissions import can_cancel, can_decide, can_receive, can_release_some_credit
from orders.tracking.services.promises import change_promise


class StepForm(OrderStepMixin, ScopedServiceFormView):
    """A step of one order that needs words or numbers."""

    abstract = True
    related = ("distributor",)
    heading: ClassVar[Message] = ""

    @property
    def order(self) -> Order:
        order: Order = self.object
        return order

    def page_title(self) -> str:
        return str(self.heading) % {"number": self.order}

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(label=_("Orders"), url=reverse("orders:list")),
            Crumb(label=str(self.order), url=self.order.get_absolute_url()),
        ]

    def back_url(self) -> str:
        return self.order.get_absolute_url()

    def call(self, service: Callable[..., Any], **options: Any) -> None:
        """Call the service with the version that the person saw."""
        service(actor=self.actor, now=timezone.now(), expected_version=self.expected_version(), **options)


class Hold(StepForm):
    """Stop the order for a reason that the distributor reads."""

    permission_required = can_decide
    form_class = HoldForm
    heading = gettext_lazy("Put order %(number)s on hold")
    submit_label = gettext_lazy("Put order on hold")
    success_message = gettext_lazy("The order is on hold.")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        self.call(place_hold, order_id=self.order.pk, reason=form.cleaned_data["reason"])
        return super().form_valid(form)


class ChangePromise(StepForm):
    """Name another day, with the reason that the distributor reads."""

    permission_required = can_decide
    form_class = PromiseForm
    heading = gettext_lazy("Change the promised day of order %(number)s")
    submit_label = gettext_lazy("Change promised day")
    success_message = gettext_lazy("The distributor is informed of the new day.")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        self.call(change_promise, order_id=self.order.pk, **form.cleaned_data)
        return super().form_valid(form)


class Release(StepForm):
    """Lift the holds of the order, and let later orders go to its address outside the territory."""

    permission_required = can_decide
    form_class = ReleaseForm
    heading = gettext_lazy("Release order %(number)s")
    submit_label = gettext_lazy("Release order")
    success_message = gettext_lazy("The order is released.")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        self.call(lift_holds, order_id=self.order.pk, reason=form.cleaned_data["reason"])
        return super().form_valid(form)


class ReleaseCredit(StepForm):
    """Let an order over the credit limit go: for its amount, until a day."""

    permission_required = can_release_some_credit
    form_class = ReleaseCreditForm
    heading = gettext_lazy("Release order %(number)s over the credit limit")
    submit_label = gettext_lazy("Release order")
    success_message = gettext_lazy("The order is released.")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        self.call(release_credit, order_id=self.order.pk, **form.cleaned_data)
        return super().form_valid(form)


class Cancel(StepForm):
    """Call the order off."""

    permission_required = can_cancel
    form_class = CancelForm
    heading = gettext_lazy("Cancel order %(number)s")
    submit_label = gettext_lazy("Confirm cancellation")
    back_label = gettext_lazy("Back to the order")
    success_message = gettext_lazy("Order cancelled.")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        self.call(cancel_order, order_id=self.order.pk, reason=form.cleaned_data["reason"])
        return super().form_valid(form)


class Reject(StepForm):
    """Say no to an order that waits for approval."""

    permission_required = can_decide
    form_class = RejectForm
    heading = gettext_lazy("Reject order %(number)s")
    submit_label = gettext_lazy("Reject order")
    back_label = gettext_lazy("Back to the order")
    success_message = gettext_lazy("The order is rejected.")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        self.call(reject_order, order_id=self.order.pk, reason=form.cleaned_data["reason"])
        return super().form_valid(form)


class CancelRest(StepForm):
    """Give up what has not left."""

    permission_required = can_decide
    form_class = CancelRestForm
    heading = gettext_lazy("Cancel the rest of order %(number)s")
    submit_label = gettext_lazy("Cancel the rest")
    back_label = gettext_lazy("Back to the order")
    success_message = gettext_lazy("The rest of the order was cancelled.")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        self.call(cancel_rest, order_id=self.order.pk, reason=form.cleaned_data["reason"])
        return super().form_valid(form)


class Receive(StepForm):
    """Receipt of one shipment, by line: prefilled with everything shipped; a difference needs a reason."""

    permission_required = can_receive
    form_class = ReceiveForm
    heading = gettext_lazy("Receive goods of order %(number)s")
    submit_label = gettext_lazy("Confirm receipt")
    success_message = gettext_lazy("Receipt confirmed.")
    template_name = "orders/step_form.html"

    @cached_property
    def detail(self) -> ShipmentDetail:
        """The shipment of the address, or the first that is still to be received."""
        wanted = self.request.GET.get("shipment", "")
        open_shipments = [
            detail
            for detail in shipments_of(order_id=self.order.pk)
            if detail.shipment.status != ShipmentStatus.RECEIVED
        ]
        found = [detail for detail in open_shipments if detail.shipment.number == wanted] or (
            [] if wanted else open_shipments
        )
        if not found:
            raise Conflict(_("No shipments left to receive."), code="wrong_state")
        return found[0]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "detail": self.detail, "actor": self.actor}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(detail=self.detail, **kwargs)

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        sent: ReceiveForm = form  # type: ignore[assignment]  # get_form makes form_class
        self.call(receive_shipment, shipment_id=self.detail.shipment.pk, lines=sent.received(), unordered=sent.goods)
        claim = claim_of_shipments([self.detail.shipment.pk]).get(self.detail.shipment.pk)
        if claim is None:
            return super().form_valid(form)
        messages.success(self.request, _("Receipt confirmed. Delivery claim %(number)s is open.") % {"number": claim})
        return HttpResponseRedirect(self.get_success_url())

    def get_field_name(self, problem: Problem) -> str | None:
        return field_of_receipt(problem)


def field_of_receipt(problem: Problem) -> str:
    """The field of `ReceiveForm` that a problem of receiving is about."""
    kind, number, *rest = [*problem.field.split("."), ""]
    if kind == "unordered":
        return f"unordered-{number}"
    name = "kind" if problem.code == "reason_required" else (rest[0] or "quantity")
    return f"{name}-{number}"
