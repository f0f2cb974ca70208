from typing import ClassVar

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import (
    DateColumn,
    FileColumn,
    LinkColumn,
    ListTable,
    MomentColumn,
    QuantityColumn,
    StateColumn,
    YesNoColumn,
)
from policies.enums import AnnouncementStatus
from policies.models import Announcement, AnnouncementRecipient


class AnnouncementTable(ListTable):
    phone_fields = ("status", "kind", "published_at")
    display_title = LinkColumn(verbose_name=_("title"))
    kind = tables.Column(accessor="get_kind_display", verbose_name=_("kind"))
    revision = QuantityColumn(verbose_name=_("revision"))
    status = StateColumn(enum=AnnouncementStatus, verbose_name=_("status"))
    needs_acknowledgement = YesNoColumn(verbose_name=_("must be acknowledged"))
    published_at = DateColumn(verbose_name=_("published at"))

    class Meta:
        model = Announcement
        fields: ClassVar = ("display_title", "kind", "revision", "status", "needs_acknowledgement", "published_at")


class RecipientTable(ListTable):
    phone_fields = ("announcement", "acknowledged_at", "due_on")
    distributor = LinkColumn(accessor="distributor__display_name", to="distributor", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    announcement = LinkColumn(accessor="announcement__display_title", verbose_name=_("announcement"))
    revision = QuantityColumn(accessor="announcement__revision", verbose_name=_("revision"))
    due_on = DateColumn(verbose_name=_("to be acknowledged by"))
    acknowledged_at = MomentColumn(verbose_name=_("acknowledged at"))
    acknowledged_name = tables.Column(verbose_name=_("name"))
    acknowledged_role = tables.Column(accessor="get_acknowledged_role_display", verbose_name=_("role"))
    blocks_on = DateColumn(verbose_name=_("blocks orders from"))

    class Meta:
        model = AnnouncementRecipient
        fields: ClassVar = (
            "distributor", "distributor_code", "announcement", "revision", "due_on", "acknowledged_at",
            "acknowledged_name", "acknowledged_role", "blocks_on",
        )  # fmt: skip
