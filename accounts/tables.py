"""Lists of distributors, people and keys."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from accounts.enums import DistributorStatus
from accounts.models import Absence, Distributor, User
from core.tables import DateColumn, LinkColumn, ListTable, QuantityColumn, StateColumn, YesNoColumn


class DistributorTable(ListTable):
    phone_fields = ("status", "tier", "city")
    name = LinkColumn(
        accessor="display_name",
        verbose_name=_("name"),
    )
    code = tables.Column(verbose_name=_("code"))
    status = StateColumn(enum=DistributorStatus, verbose_name=_("status"))
    tier = tables.Column(accessor="tier__display_name", verbose_name=_("tier"))
    territory = tables.Column(accessor="territory__display_name", verbose_name=_("territory"))
    started_on = DateColumn(verbose_name=_("distributor since"))

    class Meta:
        model = Distributor
        fields = ("name", "code", "status", "channel_kind", "tier", "territory", "city", "started_on")


class AbsenceTable(ListTable):
    phone_fields = ("starts_on", "ends_on", "stand_in")
    person = LinkColumn(verbose_name=_("person"))
    stand_in = tables.Column(verbose_name=_("stand-in"))
    starts_on = DateColumn(verbose_name=_("first day"))
    ends_on = DateColumn(verbose_name=_("last day"))

    class Meta:
        model = Absence
        fields = ("person", "starts_on", "ends_on", "stand_in", "note")


class PersonTable(ListTable):
    phone_fields = ("role", "distributor", "is_active")
    full_name = LinkColumn(accessor="display_name", verbose_name=_("name"))
    role = tables.Column(accessor="role_label", verbose_name=_("role"))
    distributor = tables.Column(accessor="distributor__display_name", verbose_name=_("distributor"))
    duties = QuantityColumn(verbose_name=_("duties"))
    is_active = YesNoColumn(verbose_name=_("active"))
    leaves_on = DateColumn(verbose_name=_("last working day"))

    class Meta:
        model = User
        fields = ("full_name", "email", "role", "distributor", "duties", "leaves_on", "is_active")
