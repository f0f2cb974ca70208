from typing import ClassVar

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from channel.enums import AgreementStatus, AnnouncementStatus, DepartureStatus
from channel.models import Agreement, Announcement, AnnouncementRecipient, ControlDeparture
from core.tables import (
    DateColumn,
    FileColumn,
    LinkColumn,
    ListTable,
    MomentColumn,
    MoneyColumn,
    QuantityColumn,
    StateColumn,
    YesNoColumn,
)


class AgreementTable(ListTable):
    phone_fields = ("status", "distributor", "ends_on")
    number = LinkColumn(accessor="display_number", verbose_name=_("agreement"))
    revision = QuantityColumn(verbose_name=_("revision"))
    distributor = tables.Column(accessor="distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    status = StateColumn(enum=AgreementStatus, verbose_name=_("status"))
    starts_on = DateColumn(verbose_name=_("starts on"))
    ends_on = DateColumn(verbose_name=_("ends on"))
    orders_until = DateColumn(verbose_name=_("orders until"))
    credit_limit = MoneyColumn(currency="currency", verbose_name=_("credit limit"))

    class Meta:
        model = Agreement
        fields: ClassVar = (
            "number", "revision", "distributor", "distributor_code", "status", "starts_on", "ends_on", "orders_until",
            "credit_limit",
        )  # fmt: skip


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


class DepartureTable(ListTable):
    phone_fields = ("status", "distributor", "noticed_on")
    subject = LinkColumn(accessor="get_subject_display", verbose_name=_("subject"))
    distributor = tables.Column(accessor="agreement__distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="agreement__distributor__code", verbose_name=_("distributor code"))
    agreement = tables.Column(accessor="agreement__display_number", verbose_name=_("agreement"))
    noticed_on = DateColumn(verbose_name=_("noticed on"))
    text = tables.Column(verbose_name=_("what was seen"))
    recorded_by = tables.Column(accessor="recorded_by__display_name", verbose_name=_("recorded by"))
    recorded_by_code = FileColumn(accessor="recorded_by__external_code", verbose_name=_("code of who recorded it"))
    status = StateColumn(enum=DepartureStatus, verbose_name=_("status"))

    class Meta:
        model = ControlDeparture
        fields: ClassVar = (
            "subject", "distributor", "distributor_code", "agreement", "noticed_on", "text", "recorded_by",
            "recorded_by_code", "status",
        )  # fmt: skip
