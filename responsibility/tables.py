"""Lists of this app, on pages and in files."""

from collections.abc import Sequence
from typing import Any, ClassVar

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Duty, Responsibility
from core.tables import (
    DateColumn,
    FileColumn,
    LinkColumn,
    ListTable,
    MoneyColumn,
    PercentColumn,
    QuantityColumn,
    StateColumn,
    YesNoColumn,
)
from responsibility.enums import CoverageState
from responsibility.models import AssignmentTemplate

_SEPARATOR = " · "


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


class DutyTable(ListTable):
    phone_fields = ("covers_in_words", "cadence_in_words", "is_active")
    name = LinkColumn(accessor="display_name", verbose_name=_("duty"), exclude_from_export=True)
    code = tables.Column(verbose_name=_("code"))
    plain_name = FileColumn(accessor="name", verbose_name=_("name"))
    name_zh = FileColumn(verbose_name=_("Chinese name"))
    covers_in_words = tables.Column(verbose_name=_("what it covers"), exclude_from_export=True)
    covers = FileColumn(verbose_name=_("what it covers"))
    covers_zh = FileColumn(verbose_name=_("what it covers, in Chinese"))
    cadence_in_words = tables.Column(verbose_name=_("how often"), exclude_from_export=True)
    cadence = FileColumn(verbose_name=_("how often"))
    cadence_unit = FileColumn(accessor="get_cadence_unit_display", verbose_name=_("unit of time"))
    done_by = tables.Column(accessor="done_by_in_words", verbose_name=_("events that count as doing it"))
    position = FileColumn(verbose_name=_("position"))
    is_active = YesNoColumn(verbose_name=_("in use"))

    class Meta:
        model = Duty
        fields: ClassVar = (
            "name", "code", "plain_name", "name_zh", "covers_in_words", "covers", "covers_zh", "cadence_in_words", "cadence",
            "cadence_unit", "done_by", "position", "is_active",
        )  # fmt: skip

    def render_done_by(self, value: Sequence[str]) -> str:
        return _SEPARATOR.join(value)

    def value_done_by(self, value: Sequence[str]) -> str:
        """As the import of duties takes it again."""
        return "; ".join(value)


class ResponsibilityTable(ListTable):
    """Stretches of time; a file of them can be imported again."""

    phone_fields = ("duty", "user", "starts_on")
    distributor = LinkColumn(accessor="distributor__display_name", to="distributor", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor's code"))
    duty = LinkColumn(accessor="duty__display_name", verbose_name=_("duty"))
    duty_code = FileColumn(accessor="duty__code", verbose_name=_("duty's code"))
    user = tables.Column(accessor="user", verbose_name=_("accountable person"))
    user_code = FileColumn(accessor="user__external_code", verbose_name=_("person's code"))
    stand_in = tables.Column(accessor="stand_in", verbose_name=_("stand-in"))
    stand_in_code = FileColumn(accessor="stand_in__external_code", verbose_name=_("stand-in's code"))
    starts_on = DateColumn(verbose_name=_("since"))
    ends_on = DateColumn(verbose_name=_("until"))
    note = tables.Column(verbose_name=_("note"))

    class Meta:
        model = Responsibility
        fields: ClassVar = (
            "distributor", "distributor_code", "duty", "duty_code", "user", "user_code", "stand_in", "stand_in_code",
            "starts_on", "ends_on", "note",
        )  # fmt: skip


class TemplateTable(ListTable):
    phone_fields = ("territory", "channel_kind", "is_active")
    name = LinkColumn(accessor="display_name", verbose_name=_("template"), exclude_from_export=True)
    code = tables.Column(verbose_name=_("code"))
    plain_name = FileColumn(accessor="name", verbose_name=_("name"))
    name_zh = FileColumn(verbose_name=_("Chinese name"))
    territory = tables.Column(
        accessor="territory__display_name", verbose_name=_("territory"), default=_("every territory")
    )
    territory_code = FileColumn(accessor="territory__code", verbose_name=_("territory code"))
    channel_kind = tables.Column(
        accessor="get_channel_kind_display", verbose_name=_("channel kind"), default=_("every kind")
    )
    lines = QuantityColumn(accessor="line_count", verbose_name=_("duties"))
    is_active = YesNoColumn(verbose_name=_("in use"))

    class Meta:
        model = AssignmentTemplate
        fields: ClassVar = (
            "name", "code", "plain_name", "name_zh", "territory", "territory_code", "channel_kind", "lines", "is_active",
        )  # fmt: skip


class SilentTable(ListTable):
    phone_fields = ("distributor", "user", "last_on")
    duty = LinkColumn(accessor="duty__display_name", verbose_name=_("duty"))
    duty_code = FileColumn(accessor="duty__code", verbose_name=_("duty's code"))
    distributor = LinkColumn(accessor="distributor__display_name", to="distributor", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor's code"))
    user = tables.Column(accessor="user", verbose_name=_("accountable person"))
    user_code = FileColumn(accessor="user__external_code", verbose_name=_("person's code"))
    cadence = tables.Column(accessor="duty__cadence_in_words", verbose_name=_("how often"))
    last_on = DateColumn(verbose_name=_("last day seen"), default=_("never"))

    class Meta:
        model = Responsibility
        fields: ClassVar = (
            "duty", "duty_code", "distributor", "distributor_code", "user", "user_code", "cadence", "last_on",
        )  # fmt: skip


class IfLeftTable(ListTable):
    phone_fields = ("distributor", "user", "replacement")
    duty = LinkColumn(accessor="duty__display_name", verbose_name=_("duty"))
    duty_code = FileColumn(accessor="duty__code", verbose_name=_("duty's code"))
    distributor = LinkColumn(accessor="distributor__display_name", to="distributor", verbose_name=_("distributor"))
    distributor_code = FileColumn(accessor="distributor__code", verbose_name=_("distributor's code"))
    user = tables.Column(accessor="user", verbose_name=_("accountable person"))
    user_code = FileColumn(accessor="user__external_code", verbose_name=_("person's code"))
    replacement = tables.Column(verbose_name=_("would act instead"), default=_("nobody"))
    replacement_code = FileColumn(accessor="replacement__external_code", verbose_name=_("code of who would act"))

    class Meta:
        model = Responsibility
        fields: ClassVar = (
            "duty", "duty_code", "distributor", "distributor_code", "user", "user_code", "replacement", "replacement_code",
        )  # fmt: skip


def _hand_over(row: Any) -> str:
    return f"{reverse('responsibility:hand-over')}?from={row.person.pk}"


def _if_left(row: Any) -> str:
    return f"{reverse('responsibility:if-left')}?user={row.person.pk}"


class LoadTable(ListTable):
    """People that are no rows of a table: with what they carry."""

    phone_fields = ("distributors", "share", "alone")
    person = LinkColumn(to="person", verbose_name=_("person"))
    person_code = FileColumn(accessor="person__external_code", verbose_name=_("person's code"))
    distributors = QuantityColumn(verbose_name=_("distributors"))
    duties = QuantityColumn(verbose_name=_("duties"))
    open_work = QuantityColumn(verbose_name=_("open work"))
    revenue = MoneyColumn(currency="currency", verbose_name=_("revenue of twelve months"))
    share = PercentColumn(verbose_name=_("against the median"))
    is_over = YesNoColumn(verbose_name=_("overloaded"))
    alone = LinkColumn(url=_if_left, verbose_name=_("duties with nobody else"))
    fix = LinkColumn(url=_hand_over, accessor="hand_over_label", verbose_name=_("next step"), exclude_from_export=True)
