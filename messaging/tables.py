"""Deliveries as a list."""

from typing import ClassVar

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import ListTable, MomentColumn, QuantityColumn, StateColumn
from messaging.enums import SendingState
from messaging.models import Sending


class SendingTable(ListTable):
    phone_fields = ("state", "channel", "created_at")
    text = tables.Column(verbose_name=_("notification"))
    channel = tables.Column(accessor="get_channel_display", verbose_name=_("channel"))
    state = StateColumn(enum=SendingState, verbose_name=_("status"))
    attempts = QuantityColumn(verbose_name=_("attempts"))
    created_at = MomentColumn(verbose_name=_("created at"))
    sent_at = MomentColumn(verbose_name=_("sent at"))

    class Meta:
        model = Sending
        fields: ClassVar = ("text", "channel", "state", "attempts", "created_at", "sent_at")
