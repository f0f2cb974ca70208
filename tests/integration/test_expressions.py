"""Formulas: what they mean, and that they can do nothing else."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.importing.refusals import ValueFault
from integration.engine.expressions import FUNCTIONS, build
from integration.engine.values import Conventions, Value
from integration.errors import ProfileError

GERMAN = Conventions(decimal_comma=True, date_formats=("dd.mm.yyyy",))
CELLS = {
    "Name": "Ann",
    "Order No.": "AB 1",
    "place.City": "Leeds",
    "Day": "31.12.2024",
    "Qty": "1.234,5",
    "订单": "N1",
    "None_": "",
}


def compute(text: str) -> Value:
    formula = build(text, columns=list(CELLS), conventions=GERMAN)
    return formula.run([CELLS[name] for name in formula.columns])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Name", "Ann"),
        ("Order No.", "AB 1"),
        ("{Order No.} & '-' & 订单", "AB 1-N1"),
        ("Qty * 2", Decimal("2469.0")),
        ("Qty - 0.5 > 1000", True),
        ("date(Day) + 1", dt.date(2025, 1, 1)),
        ("days_between(Day, date('2025-02-01'))", Decimal(32)),
        ("place.City[0:2]", "Le"),
        ("Name[-1]", "n"),
        ("'x{y}'", "x{y}"),
        ("case(Name, 'Bob', 1, 'Ann', 2, 3)", Decimal(2)),
        ("'yes' if Name in ('Ann', 'Bob') else 'no'", "yes"),
        ("first(None_, Name)", "Ann"),
        ("None_ + 1", None),
        ("None_ == ''", True),
        ("Name == 5", False),
        ("format(Day, 'yyyymm')", "202412"),
        ("quarter(Day)", Decimal(4)),
        ("part({Order No.}, ' ', -1)", "1"),
        ("pad('7', 3)", "007"),
        ("slug('Müller & Söhne')", "müller-söhne"),
        ("round(2.345, 2)", Decimal("2.35")),
        ("add_months(date('2024-01-31'), 1)", dt.date(2024, 2, 29)),
    ],
)
def test_meaning(text: str, value: Value) -> None:
    """A formula that counts differently from what the manual says spoils every row of a file."""
    assert compute(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')", "Name.__class__", "(lambda: 1)()", "[x for x in Name]", "open('/etc/passwd')",
        "Name ** 9", "f'{Name}'", "Missing", "upper()", "upper(Name, Name)", "1 < Qty < 3", "", "Name Name", "globals()",
        "upper(x=Name)", "*Name", "{}", "Name[::2]", "Name[Qty]", "Name in Qty", "yield Name", "await Name", "1j", "...", "b'x'",
    ],
)  # fmt: skip
def test_nothing_else_is_a_formula(text: str) -> None:
    """A profile may come from anywhere: it must not be able to run a program."""
    with pytest.raises(ProfileError):
        compute(text)


@pytest.mark.parametrize(
    "text", ["Qty / 0", "Name + 1", "date(Name)", "Name and Qty", "pad(Name, 1000000)", "number(Name)"]
)
def test_faults_of_a_row(text: str) -> None:
    """What cannot be computed for one row is that row's fault, not the end of the import."""
    with pytest.raises(ValueFault):
        compute(text)


@given(st.text(max_size=60))
def test_any_text_is_refused_or_computed(text: str) -> None:
    """Whatever stands in a profile, the answer is a message or a value."""
    try:
        value = compute(text)
    except (ProfileError, ValueFault):
        return
    assert value is None or isinstance(value, (str, Decimal, dt.date, bool))


PARTS = st.sampled_from(["Name", "Qty", "Day", "None_", "1", "0", "2.5", "'a'", "date(Day)", "True", "-3"])
SIGNS = st.sampled_from(["+", "-", "*", "/", "//", "%", "&", "==", "<", ">=", "and", "or", "in"])
FORMULAS = st.recursive(
    PARTS,
    lambda inner: st.one_of(
        st.builds(lambda a, sign, b: f"({a} {sign} {b})", inner, SIGNS, inner),
        st.builds(lambda a, b, c: f"({a} if {b} else {c})", inner, inner, inner),
        st.builds(
            lambda name, parts: f"{name}({', '.join(parts)})",
            st.sampled_from(sorted(FUNCTIONS)),
            st.lists(inner, min_size=1, max_size=3),
        ),
    ),
    max_leaves=12,
)


@given(FORMULAS)
def test_any_formula_ends_in_a_value_or_a_fault(text: str) -> None:
    """No combination of parts may end in an error that nobody explains."""
    try:
        value = compute(text)
    except (ProfileError, ValueFault):
        return
    assert value is None or isinstance(value, (str, Decimal, dt.date, bool))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_numbers_are_read_as_they_are_written(number: Decimal) -> None:
    """Both spellings of a number give the number."""
    english = f"{number:,.4f}"
    german = english.replace(",", " ").replace(".", ",").replace(" ", ".")
    assert build("number(X)", columns=["X"]).run([english]) == number
    assert build("number(X)", columns=["X"], conventions=GERMAN).run([german]) == number
