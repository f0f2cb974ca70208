"""Webhooks and their deliveries as lists."""

from typing import Any, ClassVar

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.events import kind_label
from core.tables import LinkColumn, ListTable, MomentColumn, QuantityColumn, StateColumn, YesNoColumn
from integration.models import WebhookDelivery, WebhookEndpoint
from messaging.enums import SendingState


class WebhookTable(ListTable):
    phone_fields = ("url", "is_active")
    name = LinkColumn(verbose_name=_("name"))
    url = tables.Column(verbose_name=_("address"))
    is_active = YesNoColumn(verbose_name=_("active"))
    created_at = MomentColumn(verbose_name=_("created at"))

    class Meta:
        model = WebhookEndpoint
        fields: ClassVar = ("name", "url", "is_active", "created_at")


class WebhookDeliveryTable(ListTable):
    phone_fields = ("state", "kind", "created_at")
    endpoint = LinkColumn(accessor="endpoint__name", to="endpoint", verbose_name=_("webhook"))
    kind = tables.Column(accessor="event__kind", verbose_name=_("event"))
    state = StateColumn(enum=SendingState, verbose_name=_("status"))
    attempts = QuantityColumn(verbose_name=_("attempts"))
    created_at = MomentColumn(verbose_name=_("created at"))
    sent_at = MomentColumn(verbose_name=_("sent at"))
    last_error = tables.Column(verbose_name=_("last error"))

    class Meta:
        model = WebhookDelivery
        fields: ClassVar = ("endpoint", "kind", "state", "attempts", "created_at", "sent_at", "last_error")

    def render_kind(self, value: Any) -> str:
        return kind_label(str(value))
