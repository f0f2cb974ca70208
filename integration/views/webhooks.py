"""Pages of webhooks, for those who manage them: the list, one with its secret, and what was sent."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.errors import Message
from core.selectors.event_kinds import grouped_event_kinds
from core.ui.actions import ActionView, BulkActionView
from core.ui.details import NextStep, ScopedDetailView
from core.ui.forms import ScopedServiceFormView, ServiceFormView
from core.ui.list_header import BulkAction, EmptyState
from core.ui.lists import ScopedListView
from core.ui.page import Crumb
from integration.filters import WebhookDeliveryFilter, WebhookFilter
from integration.forms import WebhookForm
from integration.models import WebhookDelivery, WebhookEndpoint
from integration.permissions import can_manage_webhooks
from integration.tables import WebhookDeliveryTable, WebhookTable
from integration.webhooks.services import change_webhook, create_webhook, replay_deliveries, rotate_secret


def way_to_list() -> Sequence[Crumb]:
    return [Crumb(label=str(WebhookListView.title), url=reverse("webhooks:list"))]


class WebhookListView(ScopedListView):
    permission_required = can_manage_webhooks
    title = _("Webhooks")
    model = WebhookEndpoint
    table_class = WebhookTable
    filterset_class = WebhookFilter
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"name": ["name", "pk"]}
    default_sort = "name"
    template_name = "integration/webhooks.html"

    def get_empty_state(self) -> EmptyState:
        return EmptyState(
            title=_("No webhooks yet."),
            text=_("Systems that subscribe to events appear here."),
            action_label=_("New webhook"),
            action_url=reverse("webhooks:new"),
        )


class WebhookView(ScopedDetailView):
    """One webhook with its secret, which is for those who manage webhooks alone."""

    permission_required = can_manage_webhooks
    model = WebhookEndpoint
    template_name = "integration/webhook.html"

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def next_steps(self) -> Sequence[NextStep]:
        return [
            NextStep(label=_("Change"), url=reverse("webhooks:change", args=[self.object.pk]), opens=True),
            NextStep(
                label=_("New secret"),
                url=reverse("webhooks:rotate", args=[self.object.pk]),
                confirm=_("Create a new secret? The present one signs as well for 24 hours."),
                version=self.object.version,
            ),
        ]

    def get_event_subjects(self) -> Sequence[tuple[str, int]]:
        return [("webhook", self.object.pk)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        previous = self.object.previous_until
        overlaps = previous is not None and previous > timezone.now()
        chosen = set(self.object.kinds)
        groups = [(group, [label for kind, label in kinds if kind in chosen]) for group, kinds in grouped_event_kinds()]
        return super().get_context_data(
            groups=[(group, labels) for group, labels in groups if labels], overlaps=overlaps, **kwargs
        )


class WebhookCreateView(ServiceFormView):
    permission_required = can_manage_webhooks
    title = _("New webhook")
    form_class = WebhookForm

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def back_url(self) -> str:
        return reverse("webhooks:list")

    def form_valid(self, form: Any) -> HttpResponse:
        made = create_webhook(actor=self.actor, now=timezone.now(), **form.cleaned_data)
        self.success_url = made.get_absolute_url()
        return super().form_valid(form)


class WebhookChangeView(ScopedServiceFormView):
    permission_required = can_manage_webhooks
    title = _("Change webhook")
    model = WebhookEndpoint
    form_class = WebhookForm

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("name", "url", "kinds", "is_active")}

    def form_valid(self, form: Any) -> HttpResponse:
        change_webhook(
            endpoint_id=self.object.pk,
            actor=self.actor,
            expected_version=self.expected_version(),
            **form.cleaned_data,
        )
        return super().form_valid(form)


class RotateSecretView(ActionView):
    permission_required = can_manage_webhooks
    model = WebhookEndpoint
    success_message = _("The new secret is in use. The previous one signs as well for 24 hours.")

    def perform(self) -> None:
        rotate_secret(
            endpoint_id=self.object.pk,
            actor=self.actor,
            now=timezone.now(),
            expected_version=self.expected_version(),
        )


class WebhookDeliveriesView(ScopedListView):
    """What was sent to systems, and what was not taken."""

    permission_required = can_manage_webhooks
    title = _("Webhook deliveries")
    model = WebhookDelivery
    table_class = WebhookDeliveryTable
    filterset_class = WebhookDeliveryFilter
    sorts: ClassVar[Mapping[str, Sequence[str]]] = {"created_at": ["created_at", "pk"]}
    default_sort = "-created_at"
    related = ("endpoint", "event")
    empty = EmptyState(
        title=_("Nothing was sent yet."), text=_("Events appear here once a webhook subscribes to them.")
    )

    def crumbs(self) -> Sequence[Crumb]:
        return way_to_list()

    def get_rows(self, ids: Sequence[Any]) -> Sequence[Any]:
        visible: Any = WebhookDelivery.objects.visible_to(self.actor)
        rows = visible.with_state().select_related("endpoint", "event").in_bulk(list(ids))
        return [rows[pk] for pk in ids if pk in rows]

    def bulk_actions(self) -> Sequence[BulkAction]:
        return (BulkAction(label=_("Send again"), url=reverse("webhooks:replay")),)


class ReplayView(BulkActionView):
    permission_required = can_manage_webhooks

    def get_success_url(self) -> str:
        return reverse("webhooks:deliveries")

    def perform(self, ids: list[int]) -> Message:
        count = replay_deliveries(delivery_ids=ids, actor=self.actor, now=timezone.now())
        return ngettext("Sending %(count)d event again.", "Sending %(count)d events again.", count) % {"count": count}
