"""Actions of an order that need no form."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.errors import DomainError, Message, Problem
from core.paths import whole_number
from core.sentences import sentences
from core.ui.actions import MOST_TICKED, ActionView, BulkActionView, next_or
from orders.entry.lines import copy_order
from orders.fulfilment.models import Shipment
from orders.fulfilment.services.delivering import deliver_order, deliver_shipment
from orders.fulfilment.services.lots import choose_lots
from orders.fulfilment.services.shipping import start_picking
from orders.ordering.enums import OrderAction
from orders.ordering.models import Order
from orders.ordering.services.approval import approve_order
from orders.ordering.services.holds import confirm_order, lift_holds
from orders.pages.selectors.ticked import ticked_orders
from orders.pages.views.named import NamedOrderMixin, OrderStepMixin
from orders.permissions import can_copy, decides_somewhere
from orders.tracking.services.reminding import remind_of_order

REMIND = "remind"
_STEPS: Mapping[str, Callable[..., Any]] = {
    REMIND: remind_of_order,
    OrderAction.APPROVE: approve_order,
    OrderAction.RELEASE: lift_holds,
    OrderAction.CONFIRM: confirm_order,
    OrderAction.PICK: start_picking,
    OrderAction.DELIVER: deliver_order,
}


class OrderActionView(NamedOrderMixin, ActionView):
    """An action that needs no form: the service checks the permission."""

    def perform(self) -> Message | None:
        action = self.kwargs["action"]
        step = _STEPS.get(action)
        if step is None:
            raise Http404
        order = step(
            order_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        if action == REMIND:
            return _("The reminder is sent.")
        return _("%(number)s: %(state)s.") % {"number": order, "state": order.get_status_display()}


class ChooseOrderLots(NamedOrderMixin, ActionView):
    """Bind the lines to lots anew, by the rule; says what has no lot, and why."""

    def perform(self) -> Message | None:
        missing = choose_lots(
            order_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        if not missing:
            return _("Every piece has its lot.")
        return sentences(one.sentence for one in missing)


class ApproveTicked(BulkActionView):
    """Shows the sum and the risks of what is ticked, then approves it; orders that cannot be approved are named."""

    permission_required = decides_somewhere
    title = gettext_lazy("Approve the ticked orders?")
    template_name = "orders/approve_ticked.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "confirmed" in request.POST:
            return super().post(request, *args, **kwargs)
        ids = [number for one in request.POST.getlist("ids")[:MOST_TICKED] if (number := whole_number(one)) is not None]
        context = {"ticked": ticked_orders(self.actor, ids), "back_url": next_or(request, self.get_success_url())}
        return self.render_to_response(self.get_context_data(**context))

    def perform(self, ids: list[int]) -> Message | None:
        seen = Order.objects.visible_to(self.actor).filter(pk__in=ids).values_list("pk", "number")
        done, refused = 0, []
        for order_id, number in seen:
            try:
                approve_order(order_id=order_id, actor=self.actor, now=timezone.now())
            except DomainError as error:
                refused.append(Problem(message=f"{number}: {error.problems[0].message}"))
            else:
                done += 1
        said = ngettext("%(count)d order approved.", "%(count)d orders approved.", done) % {"count": done}
        return sentences([said, *(problem.message for problem in refused)])

    def get_success_url(self) -> str:
        return reverse("orders:list")


class OrderAgainFromPage(OrderStepMixin, ActionView):
    """A new draft with the lines of this order, opened at the order entry."""

    permission_required = can_copy

    def perform(self) -> Message | None:
        self.draft = copy_order(order_id=self.object.pk, actor=self.actor, now=timezone.now())
        return _("A draft with the lines of %(number)s is ready.") % {"number": self.object}

    def answer(self, request: HttpRequest, message: Message) -> HttpResponseBase:
        """To the draft, whatever page the button stood on: there it is looked over and placed."""
        messages.success(request, str(message))
        return HttpResponseRedirect(self.get_success_url())

    def get_success_url(self) -> str:
        draft: Order | None = getattr(self, "draft", None)
        if draft is None:
            return super().get_success_url()
        place = f"&for={draft.distributor.code}" if draft.distributor_id != self.actor.distributor_id else ""
        return f"{reverse('orders:entry')}?draft={draft.reference}{place}"


class DeliverShipment(ActionView):
    """One shipment has arrived."""

    model = Shipment
    lookup_field = "number"
    related = ("order",)
    success_message = gettext_lazy("Shipment marked as delivered.")

    def perform(self) -> Message | None:
        deliver_shipment(
            shipment_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return None
