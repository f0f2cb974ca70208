"""Weight, volume and pallets of goods: one rule, and what is not known is said and not counted as nothing."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.rules.loads import Load, Packaging, PackedUnit, load_of
from catalogue.selectors import packaging_of
from tests.factories.inventory import ProductFactory, ProductUnitFactory

KG = Decimal(1)
PACKED = Packaging(
    pack_size=6,
    weight=Decimal("0.5"),
    volume=Decimal("0.001"),
    units=(PackedUnit("case", 6, Decimal("3.2")), PackedUnit("pallet", 60, Decimal(50), Decimal("0.9"))),
)
CASE_ONLY = Packaging(units=(PackedUnit("case", 12, Decimal(6)),))
NOTHING_KNOWN = Packaging(pack_size=10)
BARE = Packaging(weight=Decimal(2))


def test_what_a_line_weighs_takes_and_fills() -> None:
    """A truck is ordered by these figures: too small, and goods stay behind."""
    cases = [
        # pieces, packaging: weight, volume, pallets, cases, pieces, lines without weight / volume / pallet
        (60, PACKED, ("50", "0.9", 1, 0, 0, 0, 0, 0)),
        (125, PACKED, ("102.5", "1.805", 2, 0, 5, 0, 0, 0)),  # two pallets, five pieces
        (79, PACKED, ("60.1", "0.919", 1, 3, 1, 0, 0, 0)),  # a pallet, three cases (3.2 each), a piece
        (5, PACKED, ("2.5", "0.005", 0, 0, 5, 0, 0, 0)),
        (27, CASE_ONLY, ("13.5", "0", 0, 2, 3, 0, 1, 1)),  # three pieces have their share of a case
        (25, NOTHING_KNOWN, ("0", "0", 0, 2, 5, 1, 1, 1)),
        (3, BARE, ("6", "0", 0, 0, 3, 0, 1, 1)),
        (0, PACKED, ("0", "0", 0, 0, 0, 0, 0, 0)),
        (-4, PACKED, ("0", "0", 0, 0, 0, 0, 0, 0)),
    ]
    for pieces, packaging, expected in cases:
        weight, volume, pallets, full, loose, *without = expected
        load = load_of([(1, pieces)], {1: packaging})
        assert load == Load(
            weight=Decimal(str(weight)),
            volume=Decimal(str(volume)),
            pallets=int(pallets),
            cases=int(full),
            pieces=int(loose),
            lines=1 if pieces > 0 else 0,
            lines_without_weight=int(without[0]),
            lines_without_volume=int(without[1]),
            lines_without_pallet=int(without[2]),
        ), (pieces, packaging)


def test_lines_of_one_product_fill_pallets_together_and_each_is_counted_as_missing() -> None:
    """Thirty by the piece and five cases of six are one pallet, whatever lines they stand in."""
    assert load_of([(1, 30), (1, 30)], {1: PACKED}).pallets == 1
    assert load_of([(1, 30), (2, 30)], {1: PACKED, 2: PACKED}).pallets == 0, "a pallet holds one product"
    assert load_of([(7, 1), (7, 1), (1, 5)], {1: PACKED}).lines_without_weight == 2
    assert not load_of([(7, 1)], {}).has_weight
    assert load_of([], {}) == Load()


@given(st.integers(0, 500), st.integers(0, 500), st.integers(2, 12), st.integers(2, 9))
def test_nothing_is_lost_between_pallets_cases_and_pieces(one: int, other: int, case: int, layers: int) -> None:
    """What stands on pallets, in cases and loose are all the pieces that were ordered, and weigh what they weigh."""
    units = (PackedUnit("case", case), PackedUnit("pallet", case * layers))
    load = load_of([(1, one), (1, other)], {1: Packaging(weight=KG, units=units)})
    assert load.pallets * case * layers + load.cases * case + load.pieces == one + other
    assert load.weight == one + other


@pytest.mark.django_db
def test_packaging_is_read_in_one_statement(django_assert_num_queries: Any) -> None:
    """An order of a thousand lines must not ask a thousand times; decimals come as they were entered."""
    bare, packed = ProductFactory.create(pack_size=1), ProductFactory.create(pack_size=6, weight=Decimal("0.1"))
    ProductUnitFactory.create(product=packed, code="case", pieces=6, weight=Decimal("0.7"), volume=Decimal("0.000001"))
    ProductUnitFactory.create(product=packed, code="pallet", pieces=60)
    with django_assert_num_queries(1):
        read = packaging_of([bare.pk, packed.pk])
    assert read[bare.pk] == Packaging()
    assert (read[packed.pk].pallet, read[packed.pk].case, read[packed.pk].weight) == (60, 6, Decimal("0.1"))
    assert read[packed.pk].pieces_of("layer") == 0
    assert load_of([(packed.pk, 6)], read).volume == Decimal("0.000001")
    assert packaging_of([]) == {}
