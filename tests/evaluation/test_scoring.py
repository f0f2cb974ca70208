"""Scores and grades by hand: no database, what a distributor computes for itself beside its scorecard."""

from decimal import Decimal

import pytest

from evaluation.scoring.arithmetic import Band, add_up, criterion_score, grade_of, next_grade

GRADES = [["A", "90"], ["B", "75"], ["C", "60"]]
SALES = Band(weight=Decimal(3), floor=Decimal(50), target=Decimal(100))
RETURNS = Band(weight=Decimal(1), floor=Decimal("0.10"), target=Decimal(0))


@pytest.mark.parametrize(
    ("value", "score"),
    [("40", "0"), ("50", "0"), ("75", "50"), ("100", "100"), ("130", "100"), ("66.6666666", "33.3333")],
)
def test_a_score_is_linear_between_floor_and_target(value: str, score: str) -> None:
    """Half the way would not be half the points."""
    assert criterion_score(Decimal(value), SALES) == Decimal(score)


def test_where_less_is_better_the_scale_turns_round() -> None:
    """The distributor with the most returns would win."""
    assert RETURNS.less_is_better
    assert [criterion_score(Decimal(value), RETURNS) for value in ("0.20", "0.025", "0")] == [0, 75, 100]


def test_points_are_shared_by_weight_and_add_up() -> None:
    """Three quarters of the score come from sales; what is not measured takes its weight away, and is no zero."""
    both = add_up({"sales": Decimal(75), "returns": Decimal(0)}, {"sales": SALES, "returns": RETURNS})
    assert (both.score, dict(both.points)) == (Decimal("62.5"), {"sales": Decimal("37.5"), "returns": Decimal(25)})
    alone = add_up({"sales": Decimal(75), "returns": None}, {"sales": SALES, "returns": RETURNS})
    assert (alone.score, dict(alone.points)) == (Decimal(50), {"sales": Decimal(50)})
    assert add_up({"sales": None}, {"sales": SALES}).score is None


def test_the_best_grade_that_is_reached() -> None:
    """A bound belongs to the better grade; without a score there is none."""
    assert [grade_of(Decimal(score), GRADES) for score in ("100", "90", "89.9999", "60", "59.9999")] == [
        "A", "A", "B", "C", "",
    ]  # fmt: skip
    assert grade_of(None, GRADES) == ""


def test_the_next_grade_is_the_nearest_above() -> None:
    assert next_grade(Decimal(70), GRADES) == ("B", Decimal(75))
    assert next_grade(Decimal(90), GRADES) is None
