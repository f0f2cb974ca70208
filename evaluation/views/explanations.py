"""Figures of an evaluation in words, in the reader's language."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.sentences import sentences
from core.ui import numbers
from evaluation.enums import Metric, MetricUnit, ResultStatus
from evaluation.models import Evaluation, EvaluationRun
from evaluation.scoring.metrics import METRICS
from evaluation.scoring.next_grade import Way
from evaluation.selectors.change import Change
from evaluation.selectors.scorecard_page import ScorecardPage, ScoreStep

SMALL = Decimal("0.01")
WHOLE = Decimal(100)


def figure_of(metric: str, value: Decimal | None) -> str:
    """A raw value in the unit of its measure."""
    if value is None:
        return _("no data")
    match METRICS[metric].unit:
        case MetricUnit.SHARE:
            return numbers.percent(value, 1 if value == 0 or value >= SMALL else 2)
        case MetricUnit.CHANGE:
            return ("+" if value > 0 else "") + numbers.percent(value, 1)
        case _:
            return numbers.quantity(value, 2)


def step_note(step: ScoreStep) -> str:
    """Under the name of a step: its figure, its score and its weight, or why there is none."""
    weight = numbers.quantity(step.weight, 0 if step.weight == step.weight.to_integral_value() else 2)
    if step.score is None:
        return _("%(reason)s Its weight of %(weight)s is excluded.") % {"reason": step.rule.no_data, "weight": weight}
    return _("%(figure)s: %(score)s of 100, weight %(weight)s") % {
        "figure": figure_of(step.metric, step.value),
        "score": numbers.quantity(step.score, 0),
        "weight": weight,
    }


def why(card: ScorecardPage) -> str:
    """The one sentence under the grade."""
    evaluation = card.evaluation
    if evaluation.score is None:
        return _("There was nothing to measure in this period, so there is no score and no grade.")
    words = {
        "score": numbers.quantity(evaluation.score, 1),
        "rank": numbers.quantity(evaluation.rank),
        "count": numbers.quantity(card.ranked),
    }
    parts = [_("%(score)s of 100 points, rank %(rank)s of %(count)s.") % words]
    if evaluation.lacks_coverage:
        parts = [coverage_text(evaluation)]
    elif evaluation.coverage < WHOLE:
        parts.append(_("Measured: %(share)s of the weight.") % {"share": share_of_weight(evaluation.coverage)})
    if card.best is not None and card.best.points > 0:
        parts.append(
            _("Strongest: %(metric)s (%(figure)s).")
            % {"metric": card.best.metric.label, "figure": figure_of(card.best.metric, card.best.value)}
        )
    if card.worst is not None:
        parts.append(
            _("Most points lost: %(metric)s (%(figure)s), %(points)s points.")
            % {
                "metric": card.worst.metric.label,
                "figure": figure_of(card.worst.metric, card.worst.value),
                "points": numbers.quantity(card.worst.lost, 1),
            }
        )
    return sentences(parts)


def share_of_weight(coverage: Decimal) -> str:
    """A coverage as a share, cut and not rounded: 59.99 is not 60."""
    return numbers.percent(coverage / WHOLE, 0 if coverage == coverage.to_integral_value() else 2)


def coverage_text(evaluation: Evaluation) -> str:
    """Why a score has neither grade nor rank."""
    return _(
        "%(score)s of 100 points, but only %(share)s of the weight could be measured and %(needed)s is needed. "
        "There is no grade and no rank."
    ) % {
        "score": numbers.quantity(evaluation.score, 1),
        "share": share_of_weight(evaluation.coverage),
        "needed": share_of_weight(evaluation.run.scorecard.minimum_coverage),
    }


def result_status_text(run: EvaluationRun) -> str:
    """What to know of results that are not final; empty of those that are."""
    match run.result_status:
        case ResultStatus.PROVISIONAL:
            return _(
                "Provisional: the period ends on %(day)s. The final evaluation of the period replaces this one."
            ) % {"day": numbers.day(run.ends_on)}
        case ResultStatus.REPLACED:
            return _("Replaced by a later evaluation of the same period.")
        case ResultStatus.VOIDED:
            words = {"day": numbers.day(run.voided_at), "person": run.voided_by or "–", "reason": run.void_reason}
            return _("Voided on %(day)s by %(person)s: %(reason)s") % words
        case _:
            return ""


def way_text(way: Way) -> str:
    """One way up: from where to where, and what that takes."""
    words = {
        "metric": Metric(way.metric).label,
        "value": figure_of(way.metric, way.value),
        "needed": figure_of(way.metric, way.needed),
    }
    text = _("%(metric)s from %(value)s to %(needed)s") % words
    if way.more is None:
        return text
    if way.currency:
        more = numbers.money_short(way.more, way.currency)
        return _("%(way)s: %(more)s more sales") % {"way": text, "more": more}
    lines = int(way.more)
    more = ngettext("%(count)s more order line", "%(count)s more order lines", lines) % {
        "count": numbers.quantity(lines)
    }
    return _("%(way)s: %(more)s on time and complete") % {"way": text, "more": more}


def target_text(card: ScorecardPage, metric: str) -> str:
    """A measure with the figure that earns all its points."""
    band = next((step.band for step in card.steps if step.metric == metric), None)
    label = str(Metric(metric).label)
    if band is None:
        return label
    return _("%(metric)s: %(target)s or better") % {"metric": label, "target": figure_of(metric, band.target)}


def change_text(change: Change) -> str:
    """How the score moved, and by whose doing."""
    if change.did is None or change.rules is None:
        return _("%(total)s points since the previous run; the two runs have no measure in common.") % {
            "total": numbers.signed(change.total, 1)
        }
    if change.rules == 0:
        return _("%(total)s points since the previous run, all from performance: the rules are the same.") % {
            "total": numbers.signed(change.total, 1)
        }
    return _("%(total)s points since the previous run: %(did)s from performance, %(rules)s from rule changes.") % {
        "total": numbers.signed(change.total, 1),
        "did": numbers.signed(change.did, 1),
        "rules": numbers.signed(change.rules, 1),
    }
