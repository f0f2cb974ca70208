"""Lists of distributors, people and keys."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from accounts.enums import DistributorStatus
from accounts.models import Absence, Distributor, User
from core.tables import DateColumn, FileColumn, LinkColumn, ListTable, QuantityColumn, StateColumn, YesNoColumn


class DistributorTable(ListTable):
    phone_fields = ("status", "tier", "city")
    name = LinkColumn(accessor="display_name", verbose_name=_("name"), exclude_from_export=True)
    code = tables.Column(verbose_name=_("code"))
    plain_name = FileColumn(accessor="name", verbose_name=_("name"))
    name_zh = FileColumn(verbose_name=_("Chinese name"))
    legal_name = FileColumn(verbose_name=_("legal name"))
    status = StateColumn(enum=DistributorStatus, verbose_name=_("status"))
    tier = tables.Column(accessor="tier__display_name", verbose_name=_("tier"))
    tier_code = FileColumn(accessor="tier__code", verbose_name=_("tier code"))
    territory = tables.Column(accessor="territory__display_name", verbose_name=_("territory"))
    territory_code = FileColumn(accessor="territory__code", verbose_name=_("territory code"))
    parent_code = FileColumn(accessor="parent__code", verbose_name=_("code of the distributor above"))
    started_on = DateColumn(verbose_name=_("distributor since"))
    country = FileColumn(verbose_name=_("country"))
    address = FileColumn(verbose_name=_("address"))
    phone = FileColumn(verbose_name=_("phone"))
    email = FileColumn(verbose_name=_("e-mail"))
    currency = FileColumn(verbose_name=_("currency"))

    class Meta:
        model = Distributor
        fields = (
            "name", "code", "plain_name", "name_zh", "legal_name", "status", "channel_kind", "tier", "tier_code",
            "territory", "territory_code", "parent_code", "city", "started_on", "country", "address", "phone", "email",
            "currency",
        )  # fmt: skip


class AbsenceTable(ListTable):
    phone_fields = ("starts_on", "ends_on", "stand_in")
    person = LinkColumn(verbose_name=_("person"))
    person_code = FileColumn(accessor="person__external_code", verbose_name=_("person's code"))
    stand_in = tables.Column(verbose_name=_("stand-in"))
    stand_in_code = FileColumn(accessor="stand_in__external_code", verbose_name=_("stand-in's code"))
    starts_on = DateColumn(verbose_name=_("first day"))
    ends_on = DateColumn(verbose_name=_("last day"))

    class Meta:
        model = Absence
        fields = ("person", "person_code", "starts_on", "ends_on", "stand_in", "stand_in_code", "note")


class PersonTable(ListTable):
    phone_fields = ("role", "distributor", "is_active")
    full_name = LinkColumn(accessor="display_name", verbose_name=_("name"), exclude_from_export=True)
    external_code = FileColumn(verbose_name=_("code"))
    plain_name = FileColumn(accessor="full_name", verbose_name=_("name"))
    full_name_zh = FileColumn(verbose_name=_("Chinese name"))
    email = tables.Column(accessor="reachable_email", verbose_name=_("e-mail"), exclude_from_export=True)
    key_email = FileColumn(accessor="email", verbose_name=_("e-mail"))  # a file names people by it, also who has none
    role = tables.Column(accessor="role_label", verbose_name=_("role"))
    distributor = tables.Column(accessor="distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    supervisor = FileColumn(accessor="supervisor__display_name", verbose_name=_("supervisor"))
    supervisor_code = FileColumn(accessor="supervisor__external_code", verbose_name=_("supervisor's code"))
    duties = QuantityColumn(verbose_name=_("duties"))
    is_active = YesNoColumn(verbose_name=_("active"))
    leaves_on = DateColumn(verbose_name=_("last working day"))

    class Meta:
        model = User
        fields = (
            "full_name", "external_code", "plain_name", "full_name_zh", "email", "key_email", "role", "distributor",
            "distributor_code",
            "supervisor", "supervisor_code", "duties", "leaves_on", "is_active",
        )  # fmt: skip
