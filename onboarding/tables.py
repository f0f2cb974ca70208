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
from onboarding.enums import ApplicationStatus, CertificateState
from onboarding.models import Application, Certificate, Onboarding, Template


class ApplicationTable(ListTable):
    phone_fields = ("status", "score", "submitted_at")
    company_name = LinkColumn(verbose_name=_("company name"))
    number = tables.Column(verbose_name=_("number"))
    status = StateColumn(enum=ApplicationStatus, verbose_name=_("status"))
    territory = tables.Column(accessor="territory__display_name", verbose_name=_("territory"))
    territory_code = FileColumn(accessor="territory__code", verbose_name=_("territory code"))
    channel_kind = tables.Column(accessor="get_channel_kind_display", verbose_name=_("channel kind"))
    city = tables.Column(verbose_name=_("city"))
    contact_name = tables.Column(verbose_name=_("contact"))
    submitted_at = MomentColumn(verbose_name=_("submitted at"))
    score = tables.Column(accessor="score_in_words", verbose_name=_("score"))

    class Meta:
        model = Application
        fields: ClassVar = (
            "company_name", "number", "status", "territory", "territory_code", "channel_kind", "city", "contact_name",
            "submitted_at", "score",
        )  # fmt: skip


class OnboardingTable(ListTable):
    phone_fields = ("done", "started_on", "ready_at")
    distributor = LinkColumn(accessor="distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    started_on = DateColumn(verbose_name=_("started on"))
    done = QuantityColumn(accessor="done_steps", verbose_name=_("steps done"))
    steps = QuantityColumn(accessor="all_steps", verbose_name=_("steps in all"))
    late = QuantityColumn(accessor="late_steps", verbose_name=_("late"))
    ready_at = MomentColumn(verbose_name=_("ready to order since"))

    class Meta:
        model = Onboarding
        fields: ClassVar = ("distributor", "distributor_code", "started_on", "done", "steps", "late", "ready_at")


class CertificateTable(ListTable):
    phone_fields = ("state", "distributor", "valid_until")
    course = LinkColumn(verbose_name=_("training"))
    holder = tables.Column(verbose_name=_("who was trained"))
    distributor = tables.Column(accessor="distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    issued_on = DateColumn(verbose_name=_("issued on"))
    valid_until = DateColumn(verbose_name=_("valid until"))
    state = StateColumn(enum=CertificateState, verbose_name=_("state"))

    class Meta:
        model = Certificate
        fields: ClassVar = (
            "course", "holder", "distributor", "distributor_code", "issued_on", "valid_until", "state",
        )  # fmt: skip


class TemplateTable(ListTable):
    phone_fields = ("channel_kind", "is_active")
    display_name = LinkColumn(verbose_name=_("name"))
    code = tables.Column(verbose_name=_("code"))
    channel_kind = tables.Column(accessor="get_channel_kind_display", verbose_name=_("channel kind"))
    currency = tables.Column(verbose_name=_("currency"))
    price_list = tables.Column(accessor="price_list__display_name", verbose_name=_("price list"))
    price_list_code = FileColumn(accessor="price_list__code", verbose_name=_("code of the price list"))
    warehouse = tables.Column(accessor="warehouse__display_name", verbose_name=_("supplied from"))
    warehouse_code = FileColumn(accessor="warehouse__code", verbose_name=_("warehouse code"))
    is_active = YesNoColumn(verbose_name=_("active"))

    class Meta:
        model = Template
        fields: ClassVar = (
            "display_name", "code", "channel_kind", "currency", "price_list", "price_list_code", "warehouse",
            "warehouse_code", "is_active",
        )  # fmt: skip
