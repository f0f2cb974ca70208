"""What each measure says: formula, unit, source, and when there is no data for it.

Everywhere "net sales" are the posted actual sales (sell-in, net of discount, by order date) of
`planning.SalesActual`. A distributor with sales in more than one currency is measured in its own, or in the one it
has most lines in where it has none in its own: amounts of different currencies are never added. Who bought nothing in the
periods of the run is measured in its own.

A measure without data is left out with its weight. What is left of the weight is the coverage of the score; below the
minimum of the scorecard there is neither grade nor rank.

`revenue_share` (share, 0..1)
    net sales of the distributor / net sales of all distributors in the same currency, in the periods of the run.
    Nothing bought is 0. No data: nothing was sold to anybody in this currency.

`growth` (change, 0.1 = ten per cent more)
    net sales in the periods of the run / net sales in the periods compared with, less 1; nothing bought is -1.
    Compared with: the same
    periods of the business year before; for a run that is not inside one business year as many periods right before
    it. No data: nothing was sold to it in the periods compared with, or not all of those periods exist.

`steadiness` (coefficient of variation, 0 = the same every period; less is better)
    population standard deviation / mean of the net sales per business period, from the first to the last period of
    the run with sales, periods without sales in between counted as zero. In the exact form sqrt(n·Σx² - (Σx)²) / Σx.
    Of nothing there is no variation, so nothing bought is no data here: the other measures count it as zero.
    Periods and not months, because a buyer who orders once a quarter is not unsteady. No data: fewer than two such
    periods.

`plan_attainment` (share, 1 = as planned)
    net sales / planned sales of the same periods, by the plan in force (agreed or locked) of the distributor.
    Nothing bought is 0.
    No data: no such plan, a plan of nothing, or a plan in another currency.

`on_time_in_full` (share of ORDER LINES, 0..1)
    lines delivered complete by the promised day / lines promised for a day of the run (and not after the day of the
    computation). Lines of orders that count as sales; wholly cancelled lines do not count. Complete: the whole quantity
    ordered less cancelled was shipped, and received where the distributor has confirmed. The day of delivery is the
    carrier's, else the distributor's confirmation, else, for history without either, the day of shipping. A line of an
    order shipped in parts is judged by the parts it came in. No data: no such line.

`order_regularity` (coefficient of variation, 0 = the same gap every time; less is better)
    population standard deviation / mean of the days between one order day and the next, order days of orders that count
    as sales within the run. In the exact form sqrt(n·Σg² - (Σg)²) / Σg. No data: fewer than three order days.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.errors import Message
from evaluation.enums import Metric, MetricUnit, StepRows


@dataclass(frozen=True, kw_only=True)
class MetricRule:
    """A measure as people read it. `rows` says what lies behind a step of it."""

    unit: MetricUnit
    less_is_better: bool
    formula: Message
    source: Message
    no_data: Message
    rows: StepRows


METRICS: dict[str, MetricRule] = {
    Metric.REVENUE_SHARE: MetricRule(
        unit=MetricUnit.SHARE,
        less_is_better=False,
        formula=_("Net sales of the distributor divided by those of all distributors."),
        source=_("Posted sales by business period"),
        no_data=_("Nothing was sold to any distributor in these periods."),
        rows=StepRows.PERIODS,
    ),
    Metric.GROWTH: MetricRule(
        unit=MetricUnit.CHANGE,
        less_is_better=False,
        formula=_("Net sales against the same periods of the business year before."),
        source=_("Posted sales by business period"),
        no_data=_("Nothing was sold in the comparison periods."),
        rows=StepRows.PERIODS,
    ),
    Metric.STEADINESS: MetricRule(
        unit=MetricUnit.VARIATION,
        less_is_better=True,
        formula=_("How much net sales vary between periods (standard deviation divided by mean)."),
        source=_("Posted sales by business period"),
        no_data=_("Fewer than two periods to compare."),
        rows=StepRows.PERIODS,
    ),
    Metric.PLAN_ATTAINMENT: MetricRule(
        unit=MetricUnit.SHARE,
        less_is_better=False,
        formula=_("Net sales divided by the plan in force for the same periods."),
        source=_("Posted sales and the sales plan"),
        no_data=_("No confirmed plan for these periods."),
        rows=StepRows.PERIODS,
    ),
    Metric.ON_TIME_IN_FULL: MetricRule(
        unit=MetricUnit.SHARE,
        less_is_better=False,
        formula=_(
            "Order lines delivered complete by the promised day, divided by all order lines promised for these days."
        ),
        source=_("Order lines and their shipments"),
        no_data=_("No order line was due in these days."),
        rows=StepRows.DUE_ORDERS,
    ),
    Metric.ORDER_REGULARITY: MetricRule(
        unit=MetricUnit.VARIATION,
        less_is_better=True,
        formula=_("How much the days between orders vary (standard deviation divided by mean)."),
        source=_("Order days"),
        no_data=_("Fewer than three order days."),
        rows=StepRows.ORDER_DAYS,
    ),
}
