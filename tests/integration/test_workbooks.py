"""Workbooks as an import reads them: no row lost, no code changed, and it is said what was read."""

import pytest

from catalogue.models import Product
from tests.core.workbooks import cell, row, sheet, styles, workbook
from tests.integration.conftest import Run, wrong

pytestmark = pytest.mark.django_db

PRODUCTS = """
[files.p]
path = "p.xlsx"
[[import]]
entity = "brand"
rows = [{ code = "BR1", name = "B" }]
[[import]]
entity = "category"
rows = [{ code = "CA1", name = "C" }]
[[import]]
entity = "product"
file = "p"
"""
HEAD = row(1, "code", "name", "brand", "category")


def test_a_wrong_extent_and_a_hidden_sheet(run: Run) -> None:
    """Four of five products would be lost, or the stale ones of a hidden sheet taken."""
    rows = [HEAD, *(row(number, f"W{number}", "Kettle", "BR1", "CA1") for number in range(2, 7))]
    sheets = {"_cfg": sheet([HEAD, row(2, "OLD1", "stale", "BR1", "CA1")]), "Products": sheet(rows)}
    done = run(PRODUCTS, {"p.xlsx": workbook(sheets, hidden=["_cfg"])})
    assert done.written
    assert Product.objects.count() == 5
    (file,) = done.files
    assert (file.sheet, file.hidden, file.rows, file.taken, file.left_out) == ("Products", ["_cfg"], 5, 5, 0)


def test_leading_zeros_of_a_format_are_part_of_the_code(run: Run) -> None:
    """Product 000123 would become 123, which is another one."""
    line = f'<row r="2">{cell("A2", "123", kind="n", style=1)}{cell("B2", "K")}{cell("C2", "BR1")}{cell("D2", "CA1")}</row>'
    assert run(PRODUCTS, {"p.xlsx": workbook({"S": sheet([HEAD, line])}, style=styles("000000"))}).written
    assert Product.objects.get().code == "000123"


@pytest.mark.parametrize(
    ("column", "content", "part"),
    [
        ("B", cell("B2", "#N/A", kind="e"), "#N/A"),
        ("B", cell("B2", "", kind="n", formula="A2"), "no stored value"),
        ("E", cell("E2", "6.90123E+12"), "shortened"),
        ("E", cell("E2", "6.901234567892123e+16", kind="n"), "15 digits"),
        ("F", cell("F2", "#DIV/0!", kind="e"), "#DIV/0!"),
        ("G", cell("G2", "", kind="n", formula="2*6"), "no stored value"),
    ],
)
def test_a_cell_that_is_not_what_was_meant_makes_a_wrong_row(run: Run, column: str, content: str, part: str) -> None:
    """A product with another barcode than its own cannot be found at the till."""
    cells = {
        "A": cell("A2", "E1"),
        "B": cell("B2", "K"),
        "C": cell("C2", "BR1"),
        "D": cell("D2", "CA1"),
        column: content,
    }
    head = row(1, "code", "name", "brand", "category", "barcode", "unit_cost", "minimum_quantity")
    line = f'<row r="2">{"".join(cells[name] for name in sorted(cells))}</row>'
    done = run(PRODUCTS, {"p.xlsx": workbook({"S": sheet([head, line])})})
    ((_file, number, _column, reason),) = wrong(done)
    assert number == 2
    assert part in reason
    assert (done.files[0].rows, done.files[0].wrong, done.files[0].taken) == (1, 1, 0)


def test_a_file_without_a_row_is_a_fault(run: Run) -> None:
    """An export that went wrong would look as if all of it had been taken."""
    ((file, number, _column, reason),) = wrong(run(PRODUCTS, {"p.xlsx": workbook({"S": sheet([HEAD])})}))
    assert (file, number) == ("p.xlsx", 0)
    assert "no row" in reason


def test_rows_that_the_profile_leaves_out_are_counted(run: Run) -> None:
    """Whoever counts the rows of his file must find each of them again."""
    profile = PRODUCTS.replace('path = "p.xlsx"', 'path = "p.csv"\nwhere = "code != \'Total\'"')
    done = run(profile, {"p.csv": "code,name,brand,category\nA,a,BR1,CA1\nTotal,,,\n"})
    assert done.written
    (file,) = done.files
    assert (file.rows, file.taken, file.left_out) == (2, 1, 1)
