"""The steps of an order: buttons that do one thing, and forms where a step needs words or numbers."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.errors import Conflict, DomainError, Message, Problem, StaleVersion
from core.rules import is_known
from core.ui.actions import ActionView, BulkActionView
from core.ui.forms import ScopedServiceFormView
from core.ui.page import Crumb
from orders.enums import OrderVerb, ShipmentStatus
from orders.forms.steps import CancelForm, HoldForm, ReceiveForm, ShipForm
from orders.models import Order, Shipment
from orders.rules import can_cancel, can_decide, can_handle, can_order, can_receive
from orders.selectors.order_parts import OrderPart, carriers_for, lines_of, shipments_of
from orders.services.approve_order import approve_order
from orders.services.cancel_order import cancel_order
from orders.services.copy_order import copy_order
from orders.services.deliver_shipment import deliver_order, deliver_shipment
from orders.services.hold_order import hold_order
from orders.services.receive_shipment import ReceivedLine, receive_shipment
from orders.services.release_order import release_order
from orders.services.ship_order import ship_order
from orders.services.start_picking import start_picking

_STEPS: Mapping[str, Callable[..., Any]] = {
    OrderVerb.APPROVE: approve_order,
    OrderVerb.RELEASE: release_order,
    OrderVerb.PICK: start_picking,
    OrderVerb.DELIVER: deliver_order,
}


class _ByPerson:
    """Who acts, as the services know them: `allowed` has let nobody anonymous in."""

    request: HttpRequest

    @property
    def person(self) -> Any:
        return self.request.user


def order_url(order: Order) -> str:
    return reverse("orders:order", args=[order.number])


class Act(_ByPerson, ActionView):
    """A step that needs nothing but a press: the service asks whether the person may."""

    allowed = is_known
    model = Order
    lookup = "number"

    def perform(self) -> Message | None:
        verb = self.kwargs["verb"]
        step = _STEPS.get(verb)
        if step is None:
            raise Http404
        order = step(
            order_id=self.object.pk,
            actor=self.person,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return _("%(number)s: %(state)s.") % {"number": order.number, "state": order.get_status_display()}

    def target(self) -> str:
        return order_url(self.object)


class ApproveTicked(_ByPerson, BulkActionView):
    """Approve every ticked order; those that cannot be are named."""

    allowed = can_decide

    def perform(self, ids: list[int]) -> Message | None:
        seen = Order.objects.visible_to(self.person).filter(pk__in=ids).values_list("pk", "number")
        done, refused = 0, []
        for order_id, number in seen:
            try:
                approve_order(order_id=order_id, actor=self.person, now=timezone.now())
            except DomainError as error:
                refused.append(Problem(message=f"{number}: {error.problems[0].message}"))
            else:
                done += 1
        said = ngettext("%(count)d order approved.", "%(count)d orders approved.", done) % {"count": done}
        return " ".join([said, *(str(problem.message) for problem in refused)])

    def target(self) -> str:
        return reverse("orders:list")


class OrderAgainFromPage(_ByPerson, ActionView):
    """A new draft with the lines of this order, opened at the order entry."""

    allowed = can_order
    model = Order
    lookup = "number"

    def perform(self) -> Message | None:
        self.draft = copy_order(order_id=self.object.pk, actor=self.person, now=timezone.now())
        return _("A draft with the lines of %(number)s is ready.") % {"number": self.object.number}

    def target(self) -> str:
        draft: Order | None = getattr(self, "draft", None)
        if draft is None:
            return order_url(self.object)
        place = f"&for={draft.distributor.code}" if draft.distributor_id != self.person.distributor_id else ""
        return f"{reverse('orders:entry')}?draft={draft.number}{place}"


class DeliverPart(_ByPerson, ActionView):
    """One shipment has arrived."""

    allowed = is_known
    model = Shipment
    lookup = "number"
    related = ("order",)
    success_message = gettext_lazy("The shipment is delivered.")

    def perform(self) -> Message | None:
        deliver_shipment(
            shipment_id=self.object.pk,
            actor=self.person,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return None

    def target(self) -> str:
        return order_url(self.object.order)


class StepForm(_ByPerson, ScopedServiceFormView):
    """A step of one order that needs words or numbers. The form carries the edition that the person saw."""

    abstract = True
    model = Order
    lookup = "number"
    related = ("distributor",)
    heading: ClassVar[Message] = ""

    @property
    def order(self) -> Order:
        order: Order = self.object
        return order

    def page_title(self) -> str:
        return str(self.heading) % {"number": self.order.number}

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(label=_("Orders"), url=reverse("orders:list")),
            Crumb(label=self.order.number, url=order_url(self.order)),
        ]

    def back_url(self) -> str:
        return order_url(self.order)

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.order.version}

    def call(self, service: Callable[..., Any], form: forms.BaseForm, **options: Any) -> str:
        """Call the service with the edition that the person saw; return where to go. A second press takes the newer."""
        version = form.cleaned_data["version"]
        try:
            service(actor=self.person, now=timezone.now(), expected_version=version, **options)
        except StaleVersion as error:
            sent: Any = form.data.copy()  # type: ignore[attr-defined]  # it is the QueryDict of the request
            sent["version"] = str(self.order.version)
            form.data = sent
            said = _("The order was changed meanwhile. What you typed is still here: look it over and press again.")
            raise StaleVersion(said) from error
        return order_url(self.order)


class Hold(StepForm):
    """Stop the order for a reason that the distributor reads."""

    allowed = can_decide
    form_class = HoldForm
    heading = gettext_lazy("Put order %(number)s on hold")
    submit_label = gettext_lazy("Put on hold")
    success_message = gettext_lazy("The order is on hold.")

    def perform(self, form: forms.BaseForm) -> str:
        return self.call(hold_order, form, order_id=self.order.pk, reason=form.cleaned_data["reason"])


class Cancel(StepForm):
    """Call the order off."""

    allowed = can_cancel
    form_class = CancelForm
    heading = gettext_lazy("Cancel order %(number)s")
    submit_label = gettext_lazy("Cancel the order")
    success_message = gettext_lazy("The order is cancelled.")

    def perform(self, form: forms.BaseForm) -> str:
        return self.call(cancel_order, form, order_id=self.order.pk, reason=form.cleaned_data["reason"])


class Ship(StepForm):
    """What leaves the warehouse now, by line: what is left to ship stands there already."""

    allowed = can_handle
    form_class = ShipForm
    heading = gettext_lazy("Ship order %(number)s")
    submit_label = gettext_lazy("Ship")
    success_message = gettext_lazy("The shipment is on its way.")
    template_name = "orders/step_form.html"

    def form_options(self) -> dict[str, Any]:
        return {"lines": lines_of(order_id=self.order.pk), "carriers": carriers_for(user=self.person)}

    def perform(self, form: forms.BaseForm) -> str:
        sent: ShipForm = form  # type: ignore[assignment]  # get_form makes form_class
        return self.call(
            ship_order,
            form,
            order_id=self.order.pk,
            quantities=sent.quantities(),
            carrier_id=sent.carrier_id(),
            tracking_number=sent.cleaned_data["tracking_number"],
            expected_on=sent.cleaned_data["expected_on"],
        )

    def field_of(self, problem: Problem) -> str | None:
        return problem.field.replace("quantities.", "quantity-")


class Receive(StepForm):
    """What came of one shipment, by line: everything stands there already, a difference needs its reason."""

    allowed = can_receive
    form_class = ReceiveForm
    heading = gettext_lazy("Receive goods of order %(number)s")
    submit_label = gettext_lazy("Confirm receipt")
    success_message = gettext_lazy("The receipt is confirmed.")
    template_name = "orders/step_form.html"

    @cached_property
    def part(self) -> OrderPart:
        """The shipment of the address, or the first that is still to be received."""
        wanted = self.request.GET.get("shipment", "")
        open_parts = [
            part for part in shipments_of(order_id=self.order.pk) if part.shipment.status != ShipmentStatus.RECEIVED
        ]
        found = [part for part in open_parts if part.shipment.number == wanted] or ([] if wanted else open_parts)
        if not found:
            raise Conflict(_("There is no shipment left to receive."), code="wrong_state")
        return found[0]

    def form_options(self) -> dict[str, Any]:
        return {"part": self.part}

    def get_context(self, **extra: Any) -> dict[str, Any]:
        return super().get_context(part=self.part, **extra)

    def perform(self, form: forms.BaseForm) -> str:
        sent: ReceiveForm = form  # type: ignore[assignment]  # get_form makes form_class
        received = {
            line: ReceivedLine(quantity=quantity, reason=reason) for line, (quantity, reason) in sent.received().items()
        }
        return self.call(receive_shipment, form, shipment_id=self.part.shipment.pk, lines=received)

    def field_of(self, problem: Problem) -> str | None:
        return problem.field.replace("lines.", "reason-" if problem.code == "reason_required" else "quantity-")
