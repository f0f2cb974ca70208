"""How to reach the next grade and the split of a change: what a distributor plans its year by."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from evaluation.enums import Metric
from evaluation.scoring.arithmetic import Band, add_up
from evaluation.scoring.next_grade import ways_to, ways_together
from evaluation.selectors.change import change_of
from tests.evaluation.test_scoring_properties import cards

BANDS = {
    Metric.PLAN_ATTAINMENT: Band(weight=Decimal(60), floor=Decimal("0.5"), target=Decimal(1)),
    Metric.STEADINESS: Band(weight=Decimal(40), floor=Decimal(1), target=Decimal(0)),
}
VALUES = {Metric.PLAN_ATTAINMENT: Decimal("0.8"), Metric.STEADINESS: Decimal("0.5")}


def test_the_way_by_hand() -> None:
    """36 + 20 = 56 points; 4 are missing to 60: 6.67 of 100 at the plan, or 10 of 100 at steadiness."""
    ways = ways_to(
        Decimal(60),
        values=VALUES,
        bands=BANDS,
        inputs={Metric.PLAN_ATTAINMENT: {"net": "800", "plan": "1000", "currency": "CNY"}},
    )
    assert [(way.metric, way.needed) for way in ways] == [
        (Metric.PLAN_ATTAINMENT, Decimal("0.834")),
        (Metric.STEADINESS, Decimal("0.400")),
    ]
    assert (ways[0].more, ways[0].currency) == (Decimal(34), "CNY")


def test_a_share_grows_the_whole_as_well() -> None:
    """Who sells more makes the whole channel sell more; forgetting that would promise a grade too early."""
    bands = {Metric.REVENUE_SHARE: Band(weight=Decimal(1), floor=Decimal(0), target=Decimal("0.5"))}
    ways = ways_to(
        Decimal(80),
        values={Metric.REVENUE_SHARE: Decimal("0.2")},
        bands=bands,
        inputs={Metric.REVENUE_SHARE: {"net": "200", "total": "1000", "currency": "CNY"}},
    )
    more = ways[0].more
    assert more is not None
    assert round((200 + more) / (1000 + more), 12) == Decimal("0.4")


def test_where_one_measure_is_not_enough_several_are_named() -> None:
    """The page would say that nothing helps."""
    assert ways_to(Decimal(97), values=VALUES, bands=BANDS, inputs={}) == []
    assert ways_together(Decimal(97), values=VALUES, bands=BANDS) == [Metric.PLAN_ATTAINMENT, Metric.STEADINESS]


@given(cards(), st.decimals("0", "100", places=2))
def test_whoever_goes_a_way_arrives(card: tuple[dict[str, Band], dict[str, Decimal | None]], least: Decimal) -> None:
    """A distributor would do what the page says and not get the grade."""
    bands, raw = card
    for way in ways_to(least, values=raw, bands=bands, inputs={}):
        reached = add_up({**raw, way.metric: way.needed}, bands).score
        assert reached is not None
        assert reached >= least
        assert 0 < way.effort <= 1


@given(cards(), st.data())
def test_a_change_is_split_without_rest(
    card: tuple[dict[str, Band], dict[str, Decimal | None]], data: st.DataObject
) -> None:
    """Two halves of a change would not add up to it; under the same rules the rules would be blamed."""
    bands, now = card
    before = {metric: data.draw(st.none() | st.decimals("-1e6", "1e6", places=8)) for metric in bands}
    score, score_before = add_up(now, bands).score, add_up(before, bands).score
    if score is None or score_before is None:
        return
    change = change_of(
        score=score, before=score_before, values=now, values_before=before, bands=bands, bands_before=bands
    )
    assert change.rules == 0
    assert change.did == change.total == score - score_before == sum(change.by_metric.values())


def test_new_weights_are_the_rules_doing() -> None:
    """A distributor would be told that it got worse when only the weights moved."""
    heavier = {**BANDS, Metric.STEADINESS: Band(weight=Decimal(140), floor=Decimal(1), target=Decimal(0))}
    before, now = add_up(VALUES, BANDS).score, add_up(VALUES, heavier).score
    assert before is not None
    assert now is not None
    change = change_of(score=now, before=before, values=VALUES, values_before=VALUES, bands=heavier, bands_before=BANDS)
    assert (change.did, change.rules) == (Decimal(0), Decimal(-3))
