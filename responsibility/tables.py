"""Stretches of days as a list and a file."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.tables import DateColumn, FileColumn, ListTable, QuantityColumn, StateColumn
from responsibility.enums import CoverageState


class CoverageTable(ListTable):
    """Stretches of days of one duty of one distributor."""

    phone_fields = ("duty_name", "first_on", "last_on", "state")
    distributor_name = tables.Column(verbose_name=_("distributor"))
    distributor_code = FileColumn(verbose_name=_("distributor's code"))
    duty_name = tables.Column(verbose_name=_("duty"))
    duty_code = FileColumn(verbose_name=_("duty's code"))
    first_on = DateColumn(verbose_name=_("first day"))
    last_on = DateColumn(verbose_name=_("last day"))
    days = QuantityColumn(verbose_name=_("days"))
    state = StateColumn(enum=CoverageState, verbose_name=_("state"))
    responsible = tables.Column(verbose_name=_("accountable person"))
    person = tables.Column(verbose_name=_("accountable that day"))
