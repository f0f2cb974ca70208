"""Placing the draft: once, however often the button is pressed."""

import re
import time
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import Conflict, DomainError, RequestInFlight
from core.idempotency import MAX_KEY_LENGTH, Reply, body_hash, run_idempotently
from core.paths import whole_number
from core.sentences import listed
from core.ui.page import Page
from orders.entry.session import OrderEntry
from orders.ordering.errors import CostsMore
from orders.ordering.models import Order
from orders.ordering.selectors.draft_lines import LineKey
from orders.ordering.services.submission import submit_order
from orders.permissions import can_order

PATIENCE_SECONDS = 5.0
PAUSE_SECONDS = 0.2
_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,4})?")


class PlaceOrder(Page):
    """Places the draft `draft` of the form, if it still is as the buyer saw it."""

    permission_required = can_order
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        entry = reverse("orders:entry") + (f"?{request.GET.urlencode()}" if request.GET else "")
        try:
            placed = self._place_idempotently(request)
        except CostsMore as error:
            OrderEntry(self.request).keep_rises(error)
            return HttpResponseRedirect(entry)
        except Conflict:
            messages.warning(
                request, _("The order has changed in the meantime, perhaps on another device. Check it again.")
            )
            return HttpResponseRedirect(entry)
        except DomainError as error:
            for problem in error.problems[:5]:
                messages.error(request, str(problem.message))
            return HttpResponseRedirect(entry)
        placed_from = OrderEntry(self.request)
        placed_from.keep_remarks([])
        placed_from.forget_confirmed()
        if placed["group"]:
            message = _("%(count)d orders placed: %(numbers)s.")
            numbers = [placed["number"], *placed["others"]]
            messages.success(request, message % {"count": len(numbers), "numbers": listed(numbers)})
        else:
            messages.success(request, _("Order %(number)s placed.") % {"number": placed["number"]})
        for warning in placed["warnings"]:
            messages.warning(request, warning)
        if placed["group"]:
            return HttpResponseRedirect(reverse("orders:group", args=[placed["group"]]))
        return HttpResponseRedirect(reverse("orders:order", args=[placed["number"]]))

    def _place_idempotently(self, request: HttpRequest) -> Mapping[str, Any]:
        """The number of the order, and what to know of it. A second submit waits for the first and gets the same answer."""
        named, version = request.POST.get("draft", ""), request.POST.get("version", "")
        key = request.POST.get("key", "")[: MAX_KEY_LENGTH - 6]
        seen = f"{request.POST.get('agreed_total', '')} {request.POST.get('agreed_prices', '')}"
        hashed = body_hash(method="POST", path=request.path, body=f"{named} {version} {seen}".encode())
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
                return dict(reply.body)

    def _place(self, request: HttpRequest, named: str, version: int | None) -> Reply:
        person = self.actor
        draft = Order.objects.visible_to(person).named(named).first()
        if draft is None:
            raise Conflict
        placed = submit_order(
            order_id=draft.pk,
            actor=person,
            now=timezone.now(),
            expected_version=version,
            agreed_total=_amount(request.POST.get("agreed_total", "")),
            agreed_prices=_agreed_prices(request.POST.get("agreed_prices", "")),
        )
        warnings = [str(warning.message) for warning in placed.warnings]
        return Reply(
            status=201,
            body={
                "number": placed.number,
                "group": placed.group_number,
                "others": [other.number for other in placed.others],
                "warnings": warnings,
            },
        )


def _amount(text: str) -> Decimal | None:
    """An amount as `OrderEntry` writes it; None for anything else."""
    return Decimal(text) if _AMOUNT.fullmatch(text) else None


def _agreed_prices(text: str) -> dict[LineKey, Decimal]:
    """What `OrderEntry.agreed_prices` wrote. What is no pair of a line and a price is passed over."""
    pairs = (pair.partition("=") for pair in text.split(" "))
    read = ((LineKey.parse(key), _amount(price)) for key, _sign, price in pairs)
    return {key: price for key, price in read if key is not None and price is not None}
