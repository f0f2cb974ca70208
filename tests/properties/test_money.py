"""Splitting money, on any amounts: nothing is lost, nothing appears, nobody is treated unfairly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import currency_digits, round_money, split_amount
from orders.fulfilment.waybills.services.freight import spread_amount
from planning.services.plan_cells import PlanCell, spread

AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)
WEIGHTS = st.lists(st.decimals(min_value=0, max_value=10**9, places=4), min_size=1, max_size=60)


@given(total=AMOUNTS, weights=WEIGHTS)
def test_the_parts_add_up_to_the_total(total: Decimal, weights: list[Decimal]) -> None:
    """A cent that disappears between the company and its distributors makes every report a lie."""
    parts = split_amount(total, weights)
    assert sum(parts) == total
    assert min(parts) >= 0


@given(total=AMOUNTS, weights=WEIGHTS)
def test_no_part_is_a_cent_away_from_its_share(total: Decimal, weights: list[Decimal]) -> None:
    """Rounding may cost or bring one cent, never more."""
    scale = sum(weights) or Decimal(len(weights))
    shares = [total * (weight if any(weights) else 1) / scale for weight in weights]
    assert all(
        abs(part - share) < Decimal("0.01") for part, share in zip(split_amount(total, weights), shares, strict=True)
    )


@given(
    amount=st.decimals(min_value=-(10**12), max_value=10**12, places=6), currency=st.sampled_from(["CNY", "JPY", "KWD"])
)
def test_rounding_is_to_the_currency_and_stays(amount: Decimal, currency: str) -> None:
    """An amount rounded twice is the amount rounded once."""
    rounded = round_money(amount, currency=currency)
    assert -rounded.as_tuple().exponent == currency_digits(currency)
    assert round_money(rounded, currency=currency) == rounded
    assert abs(rounded - amount) <= Decimal(1).scaleb(-currency_digits(currency)) / 2


CELLS = st.dictionaries(
    st.tuples(st.integers(1, 12), st.integers(1, 4)), st.decimals(min_value=0, max_value=10**6, places=2), min_size=1
)


@given(weights=CELLS, extra=AMOUNTS, data=st.data())
def test_kept_cells_stay_and_the_others_take_exactly_the_rest(
    weights: dict[PlanCell, Decimal], extra: Decimal, data: st.DataObject
) -> None:
    """Raising a year must not move what was locked, nor lose a cent."""
    names = sorted(weights)
    kept = data.draw(st.sets(st.sampled_from(names), max_size=len(names) - 1)) if len(names) > 1 else set()
    keep = {name: weights[name] for name in kept}
    total = sum(keep.values(), Decimal(0)) + extra
    cells = spread(total, weights=weights, keep=keep, currency="CNY")
    assert sum(cells.values()) == total
    assert {name: cells[name] for name in keep} == keep
    assert min(cells.values()) >= 0


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("0.125", "CNY", "0.13"),
        ("0.135", "CNY", "0.14"),
        ("-0.125", "CNY", "-0.13"),
        ("0.1249999", "CNY", "0.12"),
        ("2.5", "JPY", "3"),
        ("-2.5", "KRW", "-3"),
        ("1.0005", "KWD", "1.001"),
        ("10", "USD", "10.00"),
    ],
)
def test_a_tie_goes_away_from_zero_to_the_digits_of_the_currency(amount: str, currency: str, rounded: str) -> None:
    """Bankers' rounding, or a hundredth of a yen, makes every second invoice differ from the customer's own sum."""
    assert str(round_money(Decimal(amount), currency=currency)) == rounded


def test_amounts_by_hand() -> None:
    """A tie is rounded away from zero; the odd cents go to the largest remainders, equal ones to the first."""
    assert [round_money(Decimal(amount), currency="CNY") for amount in ("0.125", "-0.125", "0.1249")] == [
        Decimal("0.13"), Decimal("-0.13"), Decimal("0.12"),
    ]  # fmt: skip
    assert round_money(Decimal("0.5"), currency="JPY") == 1
    assert split_amount(Decimal(100), [Decimal(1)] * 3) == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert split_amount(Decimal(10), [Decimal(0), Decimal(1)]) == [0, 10]
    assert split_amount(Decimal(1), [Decimal(0)] * 2) == [Decimal("0.50"), Decimal("0.50")]


@given(
    cents=st.integers(min_value=0, max_value=10**9),
    measures=st.lists(st.decimals(min_value=0, max_value=10**6, places=3), min_size=1, max_size=60),
)
def test_freight_is_spread_to_the_cent(cents: int, measures: list[Decimal]) -> None:
    """A cent of a carrier's invoice would be borne by nobody, or one shipment be paid for travelling."""
    total = Decimal(cents) / 100
    shares = spread_amount(total, measures, currency="CNY")
    assert sum(shares) == total
    assert min(shares) >= 0
    whole = sum(measures) or Decimal(len(measures))
    for share, measure in zip(shares, measures if any(measures) else [Decimal(1)] * len(measures), strict=True):
        assert abs(share - total * measure / whole) <= Decimal("0.01")
