"""A buyer pastes what they have; a row read wrongly is an order of the wrong goods."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.rules.pasted_lines import parse_pasted, parse_quantity, parse_rows


@pytest.mark.parametrize(
    "text",
    [
        "A-1\t12\nB-2\t3",
        "A-1,12\nB-2,3",
        "A-1;12\r\nB-2;3",
        "A-1 12\nB-2   3",
        "A-1  x12\nB-2 ×3",
        "A-1\uff0c\uff11\uff12\nB-2\uff0c\uff13",
    ],
)
def test_every_usual_separator_gives_the_same_lines(text: str) -> None:
    """Without it a buyer would have to reformat the list before pasting it."""
    assert [(line.code, line.quantity) for line in parse_pasted(text)] == [("A-1", 12), ("B-2", 3)]


def test_heading_and_empty_rows_are_passed_over_and_rows_keep_their_number() -> None:
    """A message that names row 4 must mean the fourth row of the buyer's list."""
    lines = parse_pasted("Product code\tQuantity\n\nA-1\t12\nB-2\t3")
    assert [(line.row, line.code) for line in lines] == [(3, "A-1"), (4, "B-2")]
    assert parse_pasted("产品编码\t数量\nA-1\t1")[0].code == "A-1"


def test_a_code_with_spaces_keeps_them_between_tabs() -> None:
    """Codes of other systems hold spaces."""
    (line,) = parse_pasted("HL U509 R\t4")
    assert (line.code, line.quantity) == ("HL U509 R", 4)


def test_the_name_between_code_and_quantity_is_passed_over() -> None:
    """Lists come with the name of the article in the middle."""
    (line,) = parse_rows([(1, ["A-1", "Helmet, red", "24"])])
    assert (line.code, line.quantity) == ("A-1", 24)


@pytest.mark.parametrize(
    ("text", "quantity"), [("1,200", 1200), ("12.0", 12), ("12", 12), ("12.5", None), ("-3", None)]
)
def test_quantities_as_people_write_them(text: str, quantity: int | None) -> None:
    """1,200 read as 1 would be a wrong order."""
    assert parse_quantity(text) == quantity


def test_a_row_without_a_whole_number_says_why() -> None:
    """A row that cannot be read must not vanish."""
    (half, none, much) = parse_pasted("A-1\t2.5\nB-2\tmany\nC-3\t99999999")
    assert half.quantity is None
    assert "2.5" in str(half.reason)
    assert "many" in str(none.reason)
    assert much.reason


def test_codes_alone_are_taken_without_a_quantity() -> None:
    """A column of codes is the start of an order."""
    lines = parse_pasted("A-1\nB-2")
    assert [(line.code, line.quantity, line.reason) for line in lines] == [("A-1", None, ""), ("B-2", None, "")]


def test_a_heading_says_which_column_is_which() -> None:
    """An export of another program has its own order of columns."""
    (line,) = parse_pasted("Name\tQty\tItem code\tIn box\nHelmet\t24\tA-1\t6")
    assert (line.code, line.quantity) == ("A-1", 24)


@given(st.text())
def test_nothing_pasted_breaks_it(text: str) -> None:
    """Whatever lies on the clipboard, the page answers."""
    for line in parse_pasted(text):
        assert line.code
        assert line.quantity is None or line.quantity >= 1
