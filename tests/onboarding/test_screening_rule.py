"""What marks come to (A5): without a database."""

from decimal import Decimal

import pytest

from onboarding.rules import DEFAULT_WEIGHTS, score_of

NAMES = tuple(DEFAULT_WEIGHTS)
MARKS = (75, 70, 70, 85, 70, 55)


def _marks(*values: object) -> dict[str, Decimal]:
    return {name: Decimal(str(value)) for name, value in zip(NAMES, values, strict=False) if value is not None}


@pytest.mark.parametrize(
    ("marks", "value", "measured"),
    [
        (MARKS, "71.75", 100),
        (MARKS[:-1], "73.61", 90),
        ((75, 70, 70, 85, 70, 0), "66.25", 100),
        ((75, 70, 70, 85, 70, 100), "76.25", 100),
        ((100,) * 6, "100.00", 100),
        ((0,) * 6, "0.00", 100),
        ((None, None, None, None, None, 55), "55.00", 10),
        ((None, 70, 70, 85, 70, 55), "70.94", 80),
        (("70.03", "70.02", 70, 70, 70, 70), "70.01", 100),
        (("70.03", "70.01", 70, 70, 70, 70), "70.01", 100),
        (("70.02", 70, 70, 70, 70, 70), "70.00", 100),
    ],
)
def test_the_score_is_the_weighted_mean_of_what_is_marked(marks: tuple[object, ...], value: str, measured: int) -> None:
    """Two applicants would be ranked by a figure that nobody can follow."""
    score = score_of(DEFAULT_WEIGHTS, _marks(*marks))
    assert (score.value, score.measured) == (Decimal(value), measured)
    assert score.is_final == (measured == 100)


def test_a_mark_that_is_missing_is_not_zero() -> None:
    """Whoever was not visited yet would come last instead of not being ranked; a mark of zero counts."""
    missing, zero = score_of(DEFAULT_WEIGHTS, _marks(*MARKS[:-1])), score_of(DEFAULT_WEIGHTS, _marks(*MARKS[:-1], 0))
    assert missing.value != zero.value
    assert (missing.is_final, zero.is_final) == (False, True)
    assert missing.rank_value < zero.rank_value


def test_nothing_marked_has_no_score() -> None:
    assert score_of(DEFAULT_WEIGHTS, {}).value is None


def test_a_criterion_without_weight_neither_counts_nor_is_missed() -> None:
    weights = {**DEFAULT_WEIGHTS, "service_quality": 0, "reputation": 30}
    score = score_of(weights, _marks(*MARKS[:-1]))
    assert (score.value, score.is_final) == (Decimal("73.75"), True)


def test_the_weights_add_up() -> None:
    assert sum(DEFAULT_WEIGHTS.values()) == 100
