"""Filters of webhooks and of what was sent to them."""

from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ModelChoiceFilter

from core.filters import ListFilterSet, visible_rows
from integration.models import WebhookDelivery, WebhookEndpoint


class WebhookFilter(ListFilterSet):
    search_fields = ("name", "url")
    is_active = BooleanFilter(label=_("In use"))

    class Meta:
        model = WebhookEndpoint
        fields = ("is_active",)


class WebhookDeliveryFilter(ListFilterSet):
    endpoint = ModelChoiceFilter(queryset=visible_rows(WebhookEndpoint), label=_("Webhook"))
    unsent = BooleanFilter(field_name="sent_at", lookup_expr="isnull", label=_("Not sent"))

    class Meta:
        model = WebhookDelivery
        fields = ("endpoint", "unsent")
