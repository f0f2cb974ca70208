"""Placing the draft: once, however often the button is pressed."""

import time

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError, RequestInFlight
from core.idempotency import MAX_KEY_LENGTH, Reply, body_hash, run_idempotently
from core.paths import whole_number
from core.ui.page import Page
from orders.ordering.models import Order
from orders.ordering.services.submission import submit_order
from orders.permissions import can_order

PATIENCE_SECONDS = 5.0
PAUSE_SECONDS = 0.2


class PlaceOrder(Page):
    """Places the draft `draft` of the form, if it still is as the buyer saw it."""

    permission_required = can_order
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        entry = reverse("orders:entry") + (f"?{request.GET.urlencode()}" if request.GET else "")
        try:
            number = self._place_idempotently(request)
        except Conflict:
            messages.warning(request, _("The order changed meanwhile, perhaps on another device. Look it over again."))
            return HttpResponseRedirect(entry)
        except DomainError as error:
            for problem in error.problems[:5]:
                messages.error(request, str(problem.message))
            return HttpResponseRedirect(entry)
        messages.success(request, _("Order %(number)s is placed.") % {"number": number})
        return HttpResponseRedirect(reverse("orders:order", args=[number]))

    def _place_idempotently(self, request: HttpRequest) -> str:
        """The number of the order. A second press waits for the first and gets the same answer."""
        named, version = request.POST.get("draft", ""), request.POST.get("version", "")
        key = request.POST.get("key", "")[: MAX_KEY_LENGTH - 6]
        hashed = body_hash(method="POST", path=request.path, body=f"{named} {version}".encode())
        give_up = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                reply = run_idempotently(
                    actor_id=self.actor.pk,
                    key=f"page-{key}",
                    hashed=hashed,
                    work=lambda: self._place(request, named, whole_number(version)),
                )
            except RequestInFlight:
                if time.monotonic() > give_up:
                    raise
                time.sleep(PAUSE_SECONDS)
            else:
                return str(reply.body["number"])

    def _place(self, _request: HttpRequest, named: str, version: int | None) -> Reply:
        person = self.actor
        draft = Order.objects.visible_to(person).named(named).first()
        if draft is None:
            raise Conflict
        placed = submit_order(order_id=draft.pk, actor=person, now=timezone.now(), expected_version=version)
        return Reply(status=201, body={"number": placed.number})
