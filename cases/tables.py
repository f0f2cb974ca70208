from typing import ClassVar

import django_tables2 as tables

from cases.enums import ComplaintStatus
from cases.models import Complaint
from core.tables import DateColumn, LinkColumn, ListTable, MoneyColumn, StateColumn


class ComplaintTable(ListTable):
    phone_fields = ("status", "subject", "received_on")
    code = LinkColumn()
    distributor = tables.Column(accessor="distributor__display_name")
    subject = tables.Column()
    order = tables.Column(accessor="order__number")
    amount = MoneyColumn(currency="distributor__currency")
    status = StateColumn(enum=ComplaintStatus)
    received_on = DateColumn()
    closed_on = DateColumn()

    class Meta:
        model = Complaint
        fields: ClassVar = (
            "code",
            "distributor",
            "subject",
            "order",
            "amount",
            "status",
            "received_on",
            "closed_on",
        )
