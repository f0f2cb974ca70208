"""An amount in capital characters is what counts where it differs from the figures: it must be right to the last stroke."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.capital_amounts import capital_amount


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "零元整"),
        ("0.004", "零元整"),
        ("-0.004", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.55", "伍角伍分"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("10.05", "壹拾元零伍分"),
        ("10.50", "壹拾元伍角整"),
        ("10.55", "壹拾元伍角伍分"),
        ("101", "壹佰零壹元整"),
        ("1005.30", "壹仟零伍元叁角整"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("10000", "壹万元整"),
        ("10001", "壹万零壹元整"),
        ("10010", "壹万零壹拾元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("110000", "壹拾壹万元整"),
        ("1000010", "壹佰万零壹拾元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("105000000", "壹亿零伍佰万元整"),
        ("120000000", "壹亿贰仟万元整"),
        ("1000000000000", "壹万亿元整"),
        ("999999999999999.99", "玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
        ("-12.30", "负壹拾贰元叁角整"),
        ("23562.1000", "贰万叁仟伍佰陆拾贰元壹角整"),
        ("0.005", "壹分"),
    ],
)
def test_an_amount_is_written_as_a_bank_writes_it(amount: str, written: str) -> None:
    assert capital_amount(Decimal(amount)) == f"人民币{written}"


def test_another_currency_has_its_name() -> None:
    assert capital_amount(Decimal(100), "美元") == "美元壹佰元整"


_DIGITS = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def _read(text: str) -> int:
    """Whole yuan of what was written, by the plain rules of reading."""
    for name, size in (("亿", 10**8), ("万", 10**4)):
        if name in text:
            high, _sign, low = text.rpartition(name)
            return _read(high) * size + _read(low)
    total = digit = 0
    for sign in text:
        if sign in _UNITS:
            total, digit = total + digit * _UNITS[sign], 0
        else:
            digit = _DIGITS[sign]
    return total + digit


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_what_is_written_reads_as_the_same_amount(yuan: int) -> None:
    text = capital_amount(Decimal(yuan)).removeprefix("人民币").removesuffix("元整")
    assert _read(text) == yuan
    assert "零零" not in text
