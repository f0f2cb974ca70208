"""Which codes are offered for one that nobody knows."""

import time

import pytest

from orders.entry.near_codes import NearCodes

KNOWN = ["LK001", "LK002", "LK010", "LK100", "LG001", "QL001", "PF-250/A", "4006381333931"]


@pytest.mark.parametrize(
    ("wrong", "first"),
    [
        ("LK01", "LK001"),  # a zero left out
        ("LK0001", "LK001"),  # one too many
        ("KL001", "LK001"),  # two exchanged
        ("LK00l", "LK001"),  # a small L for a one
        ("ＬＫ００１０", "LK001"),  # full width, and one too many
        ("PF250A", "PF-250/A"),  # without its signs
        ("4006381333913", "4006381333931"),
    ],
)
def test_the_nearest_stands_first(wrong: str, first: str) -> None:
    """The one that was meant would have to be looked for."""
    assert NearCodes(KNOWN).of(wrong)[0] == first


@pytest.mark.parametrize("wrong", ["", "ZZ", "Fresh milk 1 l", "x" * 500])
def test_nothing_is_offered_where_nothing_is_near(wrong: str) -> None:
    """A product that has nothing to do with what was typed would be ordered by one press."""
    assert NearCodes(KNOWN).of(wrong) == []


def test_at_most_three() -> None:
    """The row would be a list to search through again."""
    assert len(NearCodes([f"AB{number:03}" for number in range(1000)]).of("AB0011")) == 3


def test_a_long_list_against_a_large_catalogue_is_quick() -> None:
    """A pasted sheet of wrong codes would keep the page, and a worker, busy."""
    started = time.process_time()
    near = NearCodes([f"ITEM-{number:06}" for number in range(20_000)])
    for number in range(500):
        near.of(f"ITEN-{number:05}")
    assert time.process_time() - started < 5
