"""Proof of delivery: the link is made and revoked on the order page, and opened without signing in."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views import View

from core.errors import DomainError, Message, NotVisible
from core.ui.actions import ActionView
from core.ui.details import ScopedObjectMixin
from messaging.services.files import as_download
from orders.fulfilment.models import Shipment
from orders.fulfilment.waybills.selectors.carried import shipments_sent_together
from orders.papers.selectors.heads import reader_of
from orders.permissions import can_mark_delivered
from orders.shipment_pages.delivery_form import ProofForm
from orders.tracking.models import DeliveryLink, ProofOfDelivery
from orders.tracking.services.delivery_links import (
    LASTS,
    address_of_link,
    make_delivery_link,
    open_delivery_link,
    record_proof,
    revoke_delivery_link,
)


class MakeDeliveryLink(ActionView):
    """A new link for a shipment, shown this one time."""

    permission_required = can_mark_delivered
    model = Shipment
    lookup_field = "number"
    related = ("order",)
    title = _("Delivery link")
    template_name = "orders/delivery_link.html"

    def perform(self) -> Message | None:
        _link, self.secret = make_delivery_link(shipment_id=self.object.pk, actor=self.actor, now=timezone.now())
        return None

    def answer(self, request: HttpRequest, message: Message) -> HttpResponseBase:  # noqa: ARG002 - what is answered is the link
        context = self.get_context_data(
            shipment=self.object, link=address_of_link(self.secret), days=LASTS.days, back_url=self.get_success_url()
        )
        return self.render_to_response(context)


class RevokeDeliveryLink(ActionView):
    permission_required = can_mark_delivered
    model = Shipment
    lookup_field = "number"
    related = ("order",)
    success_message = _("The link no longer works.")

    def perform(self) -> Message | None:
        revoke_delivery_link(shipment_id=self.object.pk, actor=self.actor, now=timezone.now())
        return None


class ProofPhoto(ScopedObjectMixin):
    """The photo of a delivery, for whoever sees the shipment; always to be saved."""

    model = ProofOfDelivery

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        rows = self.get_queryset() if queryset is None else queryset
        return get_object_or_404(rows, shipment__number=self.kwargs["number"])

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        return as_download(self.object.file, name=self.object.name, media_type=self.object.media_type)


class DeliveryPage(View):
    """Behind the link: one shipment, in the receiver's language, without prices; once it is recorded, only that."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        return self._page(request, self._open(request, secret), ProofForm())

    def post(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        link = self._open(request, secret)
        with translation.override(_language(link)):
            form = ProofForm(request.POST, request.FILES)
            if not form.is_valid():
                return self._page(request, link, form, status=400)
            try:
                record_proof(
                    secret=secret,
                    signed_by=form.cleaned_data["signed_by"],
                    photo=form.attachment(),
                    address=_address(request),
                    now=timezone.now(),
                )
            except NotVisible:
                return HttpResponseRedirect(request.path)  # somebody was quicker: it says so, or that it works no more
            except DomainError as error:
                for problem in error.problems:
                    form.add_error(problem.field if problem.field in form.fields else None, str(problem.message))
                return self._page(request, link, form, status=int(error.status))
        return HttpResponseRedirect(request.path)

    def _open(self, request: HttpRequest, secret: str) -> DeliveryLink:
        return open_delivery_link(secret=secret, address=_address(request), now=timezone.now())

    def _page(self, request: HttpRequest, link: DeliveryLink, form: ProofForm, *, status: int = 200) -> HttpResponse:
        with translation.override(_language(link)):
            shipment = link.shipment
            context = {
                "shipment": shipment,
                "others": [one for one in shipments_sent_together(shipment) if one.pk != shipment.pk],
                "receiver": shipment.order.consignee or shipment.order.distributor,
                "ship_to": shipment.order.ship_to,
                "form": form,
                "is_recorded": link.used_at is not None,
            }
            return render(request, "orders/delivery.html", context, status=status)


def _language(link: DeliveryLink) -> str:
    return str(reader_of(link.shipment.order).language)


def _address(request: HttpRequest) -> str:
    """From where a stranger asks, for the limits; no header of their making."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # a socket without a proxy in front
        return ""
