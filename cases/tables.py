from typing import ClassVar

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from cases.enums import ComplaintStatus
from cases.models import Complaint
from core.tables import DateColumn, FileColumn, LinkColumn, ListTable, MoneyColumn, StateColumn


class ComplaintTable(ListTable):
    phone_fields = ("status", "subject", "received_on")
    code = LinkColumn(verbose_name=_("complaint number"))
    distributor = tables.Column(accessor="distributor__display_name", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor code"))
    subject = tables.Column(verbose_name=_("complaint about"))
    order = tables.Column(accessor="order__number", verbose_name=_("order"))
    text = FileColumn(verbose_name=_("text"))
    amount = MoneyColumn(currency="distributor__currency", verbose_name=_("amount at stake"))
    status = StateColumn(enum=ComplaintStatus, verbose_name=_("status"))
    received_on = DateColumn(verbose_name=_("received on"))
    closed_on = DateColumn(verbose_name=_("closed on"))

    class Meta:
        model = Complaint
        fields: ClassVar = (
            "code",
            "distributor",
            "distributor_code",
            "subject",
            "text",
            "order",
            "amount",
            "status",
            "received_on",
            "closed_on",
        )
