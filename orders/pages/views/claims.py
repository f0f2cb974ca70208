"""Pages of delivery claims: the list, one with its time line, decided by the seller, settled by the buyer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.errors import Message, Problem
from core.permissions import is_active_user
from core.ui.actions import ActionView
from core.ui.details import NextStep, ScopedDetailView, ScopedObjectMixin
from core.ui.forms import ScopedServiceFormView
from core.ui.list_header import EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from core.ui.timeline import TimelineRow
from messaging.services.files import as_download
from orders.fulfilment.claims.enums import CLAIM, ClaimStatus
from orders.fulfilment.claims.models import ClaimPhoto, DeliveryClaim, DeliveryClaimLine
from orders.fulfilment.claims.permissions import can_decide_claim, can_settle_surplus
from orders.fulfilment.claims.selectors.lines import lines_of_claims, with_pieces
from orders.fulfilment.claims.services.deciding import decide_claim
from orders.fulfilment.claims.services.photos import add_photos
from orders.fulfilment.claims.services.surplus import dispose_damaged, settle_surplus
from orders.pages.claim_filters import DeliveryClaimFilter
from orders.pages.claim_forms import DecideForm, PhotosForm, SurplusForm, attachments
from orders.pages.claim_tables import DeliveryClaimLineTable, DeliveryClaimTable
from orders.pages.selectors.order_steps import timeline_note
from orders.permissions import can_receive

LIST = "orders:claims"


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(DeliveryClaimList.title), url=reverse(LIST))]


class DeliveryClaimList(ScopedListView):
    """The newest first; a distributor's own receipts, and those of its sub-network apart."""

    permission_required = is_active_user
    title = _("Delivery claims")
    model = DeliveryClaim
    table_class = DeliveryClaimTable
    lines_table_class = DeliveryClaimLineTable
    lines_title = _("Lines")
    filterset_class = DeliveryClaimFilter
    sorts = {"opened_at": ["opened_at", "pk"], "due_on": ["due_on", "pk"], "total_amount": ["total_amount", "pk"]}
    default_sort = "-opened_at"
    related = ("order", "shipment", "distributor", "opened_by")
    template_name = "orders/claims.html"
    empty = EmptyState(
        title=_("No delivery claims."),
        text=_("When a shipment is received and something is missing, damaged or not ordered, its claim appears here."),
    )

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        return with_pieces(super().get_rows(ids))

    def get_lines(self, ids: Sequence[Any]) -> Sequence[Any]:
        return lines_of_claims(ids)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(quick_views=self._quick_views(), **kwargs)

    def _quick_views(self) -> list[dict[str, Any]]:
        """What this side looks for most, one press away."""
        views: list[tuple[Message, str]] = [(_("All"), "")]
        if self.actor.distributor_id is None:
            views += [(_("To be decided"), "for_seller=true"), (_("Overdue"), "overdue=true")]
        else:
            own = "is_sub_network=false"
            views += [(_("Own company"), own), (_("To accept or send back"), f"{own}&for_buyer=true")]
            views += [(_("Sub-network"), "is_sub_network=true")]
        now = self.request.GET.urlencode()
        return [
            {"label": label, "url": f"{self.request.path}?{query}", "active": now == query} for label, query in views
        ]


class DeliveryClaimPage(ScopedDetailView):
    permission_required = is_active_user
    model = DeliveryClaim
    lookup_field = "number"
    related = ("order__company", "shipment", "distributor", "opened_by")
    template_name = "orders/claim.html"

    def page_title(self) -> str:
        return str(self.object)

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def state(self) -> ClaimStatus:
        state: ClaimStatus = self.object.current_state
        return state

    @cached_property
    def lines(self) -> list[DeliveryClaimLine]:
        return lines_of_claims([self.object.pk])

    def next_steps(self) -> Sequence[NextStep]:
        claim, steps = self.object, []
        open_lines = [line for line in self.lines if line.open_pieces]
        if can_decide_claim(self.actor, claim) and any(not line.is_unordered for line in open_lines):
            url = reverse("orders:claim-decide", args=[claim.number])
            steps.append(NextStep(label=pgettext_lazy("delivery claim", "Decide"), url=url, opens=True, primary=True))
        if can_settle_surplus(self.actor, claim) and any(line.is_unordered for line in open_lines):
            url = reverse("orders:claim-surplus", args=[claim.number])
            label = pgettext_lazy("delivery claim", "Accept or send back")
            steps.append(NextStep(label=label, url=url, opens=True, primary=not steps))
        if can_receive(self.actor, claim):
            url = reverse("orders:claim-photos", args=[claim.number])
            steps.append(NextStep(label=_("Add photos"), url=url, opens=True))
            if any(line.to_dispose for line in self.lines):
                url = reverse("orders:claim-dispose", args=[claim.number])
                steps.append(
                    NextStep(
                        label=_("Damaged goods disposed of"),
                        url=url,
                        version=claim.version,
                        dangerous=True,
                        confirm=_("Take the damaged goods out of your stock for good?"),
                    )
                )
        return steps

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [(CLAIM, self.object.pk)]

    def time_line(self) -> Sequence[TimelineRow]:
        """With what an event says beyond its kind."""
        return [replace(row, note=timeline_note(row.data, reader=self.actor)) for row in super().time_line()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        decisions = [decision for line in self.lines for decision in line.decisions.all()]
        credit = sum(decision.net_amount + decision.tax_amount for decision in decisions)
        return super().get_context_data(lines=self.lines, credit=credit, **kwargs)


class _ClaimForm(ScopedServiceFormView):
    """A form about the pieces of one claim."""

    abstract = True
    model = DeliveryClaim
    lookup_field = "number"
    related = ("order", "distributor")
    template_name = "orders/claim_form.html"

    def prepare(self) -> None:
        super().prepare()
        may: Any = type(self).permission_required
        if not may(self.actor, self.object):
            raise PermissionDenied

    def crumbs(self) -> Sequence[Crumb]:
        return [*way_to_list(), Crumb(label=str(self.object), url=self.object.get_absolute_url())]

    @cached_property
    def lines(self) -> list[DeliveryClaimLine]:
        return lines_of_claims([self.object.pk])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "lines": self.lines}

    def take(self, service: Any, **values: Any) -> None:
        service(
            claim_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
            **values,
        )


class DecideClaimView(_ClaimForm):
    """Re-ship, credit or refuse, line by line."""

    permission_required = can_decide_claim
    title = pgettext_lazy("delivery claim", "Decide")
    form_class: type[forms.Form] = DecideForm
    submit_label = pgettext_lazy("delivery claim", "Decide")
    success_message = _("Decided. The distributor is notified.")
    service = staticmethod(decide_claim)

    def form_valid(self, form: Any) -> HttpResponse:
        self.chosen = form.chosen()
        self.take(type(self).service, decisions=form.decisions())
        return super().form_valid(form)

    def get_field_name(self, problem: Problem) -> str | None:
        """The service numbers the lines that are decided."""
        parts = problem.field.split(".")
        if len(parts) < 3 or not parts[1].isdigit():  # noqa: PLR2004 - lines.<index>.<field>
            return None
        return f"{parts[2]}-{self.chosen[int(parts[1])].pk}"


class SettleSurplusView(DecideClaimView):
    """Accept goods that nobody ordered, or send them back."""

    permission_required = can_settle_surplus
    title = pgettext_lazy("delivery claim", "Accept or send back")
    form_class = SurplusForm
    submit_label = _("Save")
    success_message = _("Saved. The seller sees it.")
    service = staticmethod(settle_surplus)


class AddPhotosView(_ClaimForm):
    permission_required = can_receive
    title = _("Add photos")
    form_class = PhotosForm
    template_name = "core/form.html"
    success_message = _("The photos are added.")

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        self.take(add_photos, line_id=int(data["line"]), photos=attachments(data["photos"]))
        return super().form_valid(form)


class DisposeDamagedView(ActionView):
    permission_required = can_receive
    model = DeliveryClaim
    lookup_field = "number"
    success_message = _("The damaged goods have left your stock.")

    def perform(self) -> Message | None:
        dispose_damaged(
            claim_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )
        return None


class ClaimPhotoView(ScopedObjectMixin):
    """A photo, for whoever may see the claim."""

    permission_required = is_active_user
    model = ClaimPhoto

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(line__claim__number=self.kwargs["number"])

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        return as_download(self.object.file, name=self.object.name, media_type=self.object.media_type)
