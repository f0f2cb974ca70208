"""Orders and shipments as PDF, one of them or what is ticked."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from core.errors import DomainError
from core.models import Job
from core.paths import whole_number
from core.permissions import is_active_user
from core.ui.actions import MOST_TICKED, BulkActionView
from core.ui.details import ScopedObjectMixin
from orders.fulfilment.models import Shipment
from orders.pages.paper_forms import choice_of, size_of
from orders.pages.views.named import NamedOrderMixin
from orders.papers.services.printing import print_many, print_order, print_return, print_shipment
from orders.returns.models import Return


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """Shown in the browser, whence it is printed."""
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )


class PrintOrder(NamedOrderMixin, ScopedObjectMixin):
    """One order, or its pick list."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        choice = choice_of(request.GET)
        content = print_order(order_id=self.object.pk, choice=choice, actor=self.actor)
        return as_pdf(content, f"{choice.kind.value}-{self.object.pk}")


class PrintShipment(ScopedObjectMixin):
    """The delivery note of one shipment, or its label."""

    model = Shipment
    lookup_field = "number"
    related = ("order",)

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        choice = choice_of(request.GET)
        content = print_shipment(shipment_id=self.object.pk, choice=choice, actor=self.actor)
        return as_pdf(content, f"{choice.kind.value}-{self.object.pk}")


class PrintReturn(ScopedObjectMixin):
    """The note that goes back with the goods."""

    permission_required = is_active_user
    model = Return
    lookup_field = "number"

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        content = print_return(return_id=self.object.pk, size=size_of(request.GET), actor=self.actor)
        return as_pdf(content, f"return-note-{self.object.pk}")


class PrintTicked(BulkActionView):
    """Of what is ticked: the PDF at once, or the job that makes it."""

    permission_required = is_active_user

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        sent = request.POST.getlist("ids")[:MOST_TICKED]
        ids = [number for one in sent if (number := whole_number(one)) is not None]
        try:
            choice = choice_of(request.GET)
            made = print_many(order_ids=ids, choice=choice, actor=self.actor)
        except DomainError as error:
            return self.refuse(request, error)
        if isinstance(made, Job):
            return HttpResponseRedirect(made.get_absolute_url())
        return as_pdf(made, choice.kind.value)

    def get_success_url(self) -> str:
        return reverse("orders:list")
