from typing import ClassVar

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from channel.enums import AgreementStatus
from channel.models import Agreement
from core.tables import DateColumn, FileColumn, LinkColumn, ListTable, MoneyColumn, QuantityColumn, StateColumn


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
