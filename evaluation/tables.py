"""The lists of this app as tables."""

from typing import Any

import django_tables2 as tables
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.tables import FileColumn, LinkColumn, ListTable, MomentColumn, QuantityColumn, StateColumn
from core.ui import numbers
from core.ui.table_rows import state_badge
from evaluation.enums import ResultStatus, RunStatus, ScorecardStatus
from evaluation.models import Evaluation, EvaluationRun, Scorecard


class ContestColumn(tables.Column):  # type: ignore[misc]  # the package ships no types
    """The state of the objection, empty where there is none."""

    def render(self, value: Any) -> SafeString:
        return state_badge(value)

    def value(self, value: Any) -> str:
        return str(value.label)


class SpanColumn(tables.Column):  # type: ignore[misc]  # the package ships no types
    """The days of a run, from its first to its last."""

    def render(self, value: Any) -> str:
        return numbers.span(value.starts_on, value.ends_on)

    def value(self, value: Any) -> str:
        return f"{value.starts_on.isoformat()}/{value.ends_on.isoformat()}"


class CoverageColumn(QuantityColumn):
    """The share of the weight that was measured, in per cent; cut and not rounded, as it is compared."""

    def render(self, value: Any) -> str:
        return numbers.quantity(value, 0 if value == value.to_integral_value() else 2)


class EvaluationTable(ListTable):
    phone_fields = ("grade", "score", "ends_on")
    distributor = LinkColumn(accessor="distributor__display_name", verbose_name=_("distributor"))
    code = tables.Column(accessor="distributor__code", verbose_name=_("code"))
    ends_on = SpanColumn(accessor="run", verbose_name=_("evaluated"))
    result_status = StateColumn(accessor="run__result_status", enum=ResultStatus, verbose_name=_("result"))
    grade = tables.Column(verbose_name=_("grade"), attrs={"td": {"class": "fw-bold"}})
    score = QuantityColumn(decimals=1, verbose_name=_("score"))
    coverage = CoverageColumn(verbose_name=_("weight measured (%)"))
    rank = QuantityColumn(verbose_name=_("rank"))
    contest_state = ContestColumn(verbose_name=_("objection"))

    class Meta:
        model = Evaluation
        fields = (
            "distributor",
            "code",
            "ends_on",
            "result_status",
            "grade",
            "score",
            "coverage",
            "rank",
            "contest_state",
        )


class RunTable(ListTable):
    phone_fields = ("status", "scorecard", "computed_at")
    ends_on = LinkColumn(accessor="pk", verbose_name=_("evaluated"))
    scorecard = tables.Column(verbose_name=_("scorecard"))
    scorecard_code = FileColumn(accessor="scorecard__code", verbose_name=_("scorecard code"))
    status = StateColumn(enum=RunStatus, verbose_name=_("status"))
    result_status = StateColumn(enum=ResultStatus, verbose_name=_("result"))
    computed_at = MomentColumn(verbose_name=_("computed at"))
    created_by = tables.Column(verbose_name=_("started by"))
    created_by_code = FileColumn(accessor="created_by__external_code", verbose_name=_("person's code"))

    class Meta:
        model = EvaluationRun
        fields = (
            "ends_on", "scorecard", "scorecard_code", "status", "result_status", "computed_at", "created_by",
            "created_by_code",
        )  # fmt: skip

    def render_ends_on(self, record: EvaluationRun) -> SafeString:
        span = numbers.span(record.starts_on, record.ends_on)
        link: LinkColumn = self.columns["ends_on"].column
        return link.render(value=span, record=record)


class ScorecardTable(ListTable):
    phone_fields = ("status", "version")
    name = LinkColumn(accessor="display_name", verbose_name=_("name"))
    code = tables.Column(verbose_name=_("code"))
    version = QuantityColumn(verbose_name=_("version"))
    status = StateColumn(enum=ScorecardStatus, verbose_name=_("status"))

    class Meta:
        model = Scorecard
        fields = ("name", "code", "version", "status")
