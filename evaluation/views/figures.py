"""The pictures of the evaluation pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.ui import numbers
from core.ui.figures import DivergingBars, Figure, FigureKind, Series, Waterfall, WaterfallStep
from evaluation.selectors.run_page import RunResult
from evaluation.selectors.scorecard_page import ScorecardPage
from evaluation.views.explanations import step_note


def waterfall_of(card: ScorecardPage) -> Waterfall:
    """From 0 to the score, measure by measure; each opens the rows behind it."""
    return Waterfall(
        steps=[
            WaterfallStep(
                label=str(step.metric.label),
                value=step.points if step.score is not None else None,
                missing=step.lost,
                url=reverse("evaluation:step", args=[card.evaluation.pk, step.metric]),
                note=step_note(step),
            )
            for step in card.steps
        ],
        total_label=_("Score"),
        decimals=1,
        top=100,
    )


def changes_of(card: ScorecardPage) -> DivergingBars | None:
    """Points against last time, measure by measure: why the score moved. None without a run before."""
    if card.change is None or all(step.change is None for step in card.steps):
        return None
    return DivergingBars(
        changes=[
            (str(step.metric.label), step.change, reverse("evaluation:step", args=[card.evaluation.pk, step.metric]))
            for step in card.steps
        ]
    )


def score_history(card: ScorecardPage) -> Figure | None:
    """The scores of the runs so far; None before the second."""
    known = [one for one in card.history if one.score is not None]
    if len(known) < 2:  # noqa: PLR2004 - one point is no line
        return None
    first, last = known[0], known[-1]
    change = numbers.signed((last.score or 0) - (first.score or 0), 1)
    return Figure(
        key="history",
        headline=_("%(change)s points in %(count)s runs") % {"change": change, "count": numbers.quantity(len(known))},
        kind=FigureKind.LINE,
        labels=[numbers.day(one.run.ends_on) for one in known],
        series=[
            Series(
                values=[round(float(one.score or 0), 1) for one in known],
                links=[one.get_absolute_url() for one in known],
            )
        ],
        maximum=100,
        head=[_("Run"), _("Score"), _("Grade"), _("Rank")],
        rows=[[one.run.ends_on, one.score, one.grade, one.rank] for one in known],
        low=True,
    )


def grades_of(result: RunResult, run_id: int) -> Figure | None:
    """How many have which grade; each bar opens its list."""
    if not result.evaluated:
        return None
    shown = [row for row in result.grades if row.grade]
    address = reverse("evaluation:evaluations")
    top = shown[0]
    share = numbers.percent(top.count / result.evaluated)
    return Figure(
        key="grades",
        headline=_("%(share)s of the distributors have the best grade, %(grade)s")
        % {"share": share, "grade": top.grade},
        kind=FigureKind.COLUMNS,
        labels=[row.grade for row in shown],
        series=[
            Series(
                values=[row.count for row in shown],
                links=[f"{address}?run={run_id}&grade={row.grade}" for row in shown],
            )
        ],
        head=[_("Grade"), _("Distributors"), _("Previous evaluation")],
        rows=[[row.grade or _("no data"), row.count, row.before] for row in result.grades],
        low=True,
    )
