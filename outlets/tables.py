from typing import ClassVar

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.tables import DateColumn, FileColumn, LinkColumn, ListTable, StateColumn
from outlets.enums import OutletStatus
from outlets.models import Outlet, OutletLink


class OutletTable(ListTable):
    phone_fields = ("status", "kind", "city")
    name = LinkColumn(accessor="display_name", verbose_name=_("name"), exclude_from_export=True)
    code = tables.Column(verbose_name=_("outlet code"))
    plain_name = FileColumn(accessor="name", verbose_name=_("name of the outlet"))
    name_zh = FileColumn(verbose_name=_("Chinese name"))
    kind = tables.Column(accessor="get_kind_display", verbose_name=_("kind of outlet"))
    status = StateColumn(enum=OutletStatus, verbose_name=_("status"))
    head_office_code = FileColumn(accessor="head_office__code", verbose_name=_("code of the head office"))
    contact = FileColumn(verbose_name=_("contact person"))
    phone = FileColumn(verbose_name=_("phone"))
    address = FileColumn(verbose_name=_("address"))
    postal_code = FileColumn(verbose_name=_("postal code"))
    city = tables.Column(verbose_name=_("city"))
    country = FileColumn(verbose_name=_("country"))
    territory = tables.Column(accessor="territory__display_name", verbose_name=_("territory"))
    territory_code = FileColumn(accessor="territory__code", verbose_name=_("territory code"))
    closed_on = DateColumn(verbose_name=pgettext_lazy("outlet", "closed on"))
    close_reason = FileColumn(verbose_name=_("reason for closing"))

    class Meta:
        model = Outlet
        fields: ClassVar = (
            "name", "code", "plain_name", "name_zh", "kind", "status", "head_office_code", "contact", "phone", "address",
            "postal_code", "city", "country", "territory", "territory_code", "closed_on", "close_reason",
        )  # fmt: skip


class OutletLinkTable(ListTable):
    phone_fields = ("distributor", "brand", "starts_on")
    outlet = LinkColumn(accessor="outlet__display_name", verbose_name=_("outlet"))
    outlet_code = FileColumn(accessor="outlet__code", verbose_name=_("outlet code"))
    distributor = LinkColumn(accessor="distributor__display_name", to="distributor", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    brand = tables.Column(accessor="brand__display_name", default=_("All brands"), verbose_name=_("brand"))
    brand_code = FileColumn(accessor="brand__code", verbose_name=_("brand code"))
    starts_on = DateColumn(verbose_name=_("since"))
    ends_on = DateColumn(verbose_name=_("until"))

    class Meta:
        model = OutletLink
        fields: ClassVar = (
            "outlet", "outlet_code", "distributor", "distributor_code", "brand", "brand_code", "starts_on", "ends_on",
        )  # fmt: skip
