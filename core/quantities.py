"""Quantities of goods: whole pieces, within bounds, in the steps in which a product is sold."""

MAX_QUANTITY = 10_000_000
"""The largest quantity of one line, wherever it is entered."""


def orderable_quantity(at_least: int, *, minimum: int, multiple: int) -> int:
    """The smallest quantity not below `at_least` that can be ordered of a product with this minimum and multiple."""
    step = max(multiple, 1)
    return -(-max(at_least, minimum, 1) // step) * step
