"""The rows behind one step of a score."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from core.ui.details import ScopedObjectMixin
from core.ui.page import Crumb
from evaluation.enums import Metric, StepRows
from evaluation.models import CriterionScore, Evaluation
from evaluation.scoring.metrics import METRICS
from evaluation.selectors.step_rows import DueOrderRow, due_order_rows, growth_of, order_day_rows, period_rows
from evaluation.views.explanations import figure_of
from evaluation.views.scorecard import RELATED, crumbs_of

_TEMPLATES = {
    StepRows.PERIODS: "evaluation/partials/periods.html",
    StepRows.DUE_ORDERS: "evaluation/partials/due_orders.html",
    StepRows.ORDER_DAYS: "evaluation/partials/order_days.html",
}


class StepView(ScopedObjectMixin):
    model = Evaluation
    related = RELATED
    template_name = "evaluation/step.html"

    def page_title(self) -> str:
        return str(Metric(self.kwargs["metric"]).label)

    def crumbs(self) -> Sequence[Crumb]:
        return crumbs_of(self.object)

    def get(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponseBase:
        evaluation = self.object
        step = (
            CriterionScore.objects.visible_to(self.actor)
            .filter(evaluation=evaluation, metric=self.kwargs["metric"])
            .first()
        )
        if step is None:
            raise Http404
        rule = METRICS[step.metric]
        return self.render_to_response(
            self.get_context_data(
                object=evaluation,
                step=step,
                rule=rule,
                figure=figure_of(step.metric, step.value),
                rows_template=_TEMPLATES[rule.rows],
                orders_url=_orders_url(evaluation),
                **_rows(evaluation, step, rule.rows),
            )
        )


def _orders_url(evaluation: Evaluation) -> str:
    """The list of orders with the filter of this evaluation."""
    run = evaluation.run
    wanted = {
        "distributor": evaluation.distributor.code,
        "ordered_on_after": run.starts_on.isoformat(),
        "ordered_on_before": run.ends_on.isoformat(),
    }
    return f"{reverse('orders:list')}?{urlencode(wanted)}"


def _rows(evaluation: Evaluation, step: CriterionScore, kind: StepRows) -> dict[str, Any]:
    if kind == StepRows.DUE_ORDERS:
        orders = due_order_rows(evaluation)
        return {"rows": orders, "changed": step.inputs != _frozen(orders, step)}
    if kind == StepRows.ORDER_DAYS:
        days = order_day_rows(evaluation)
        return {"rows": days, "changed": bool(step.inputs.get("days")) and step.inputs["days"] != len(days)}
    currency = str(step.inputs.get("currency") or evaluation.distributor.currency)
    rows = period_rows(evaluation, currency=currency)
    totals = {name: _total([getattr(row, name) for row in rows]) for name in ("net", "before", "plan")}
    frozen = _net_of(step)
    changed = frozen is not None and frozen != (totals["net"] or 0)
    return {
        "rows": rows,
        "currency": currency,
        "totals": totals,
        "changed": changed,
        "shows_growth": step.metric == Metric.GROWTH,
        "total_growth": growth_of(totals["net"], totals["before"]),
    }


def _total(figures: Sequence[Decimal | None]) -> Decimal | None:
    known = [figure for figure in figures if figure is not None]
    return sum(known, Decimal(0)) if known else None


def _net_of(step: CriterionScore) -> Decimal | None:
    """The net sales that were frozen with the step, in sum."""
    net = step.inputs.get("net")
    if isinstance(net, dict):
        return sum((Decimal(one) for one in net.values()), Decimal(0))
    return None if net is None else Decimal(net)


def _frozen(orders: Sequence[DueOrderRow], step: CriterionScore) -> dict[str, Any]:
    if not orders:
        return dict(step.inputs)
    return {"lines": sum(row.lines for row in orders), "on_time": sum(row.on_time for row in orders)}
