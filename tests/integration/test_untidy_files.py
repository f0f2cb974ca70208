"""Exports and spreadsheets as they are: titles, merged cells, total rows, words for nothing, several sheets."""

from datetime import datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Distributor, User
from catalogue.models import Product
from core.importing.refusals import ValueFault
from integration.engine.frames import load_corrections
from integration.engine.outcome import write_wrong_rows
from integration.engine.values import Conventions, parse_date, parse_number
from integration.errors import ProfileError
from orders.models import Order, OrderLine, ReturnedGoods
from planning.models import SalesPlan
from tests.integration.conftest import Run, wrong
from tests.integration.test_orders import MASTER

pytestmark = pytest.mark.django_db

DELIVERIES = (
    MASTER.replace(
        'path = "sales.csv"',
        """path = "sales.xlsx"
sheet = "出库"
header_row = 3
fill_down = ["单据号", "日期", "发货"]
empty = ["-"]
where = "not empty(存货)"
date_format = "yyyy/m/d"
""",
    )
    + """
[[import]]
entity = "order"
file = "sales"
where = "数量 > 0"
group = true
fields = { number = "单据号", distributor = { value = "A" }, ordered_at = "日期", note = "备注" }
[[import]]
entity = "order_line"
file = "sales"
where = "数量 > 0"
fields = { order = "单据号", product = "存货", ordered = "数量", gross_amount = "金额" }
[[import]]
entity = "shipment"
file = "sales"
where = "数量 > 0 and not empty(发货)"
group = true
fields = { number = "单据号", order = "单据号", shipped_at = "发货" }
[[import]]
entity = "return"
file = "sales"
where = "数量 < 0"
[import.fields]
number = "单据号"
distributor = { value = "A" }
product = "存货"
quantity = "abs(数量)"
amount = "abs(金额)"
returned_on = "日期"
"""
)


def test_merged_cells_title_and_total_rows(run: Run, tmp_path: Path) -> None:
    """An ERP prints the head of a document once, and a sum at the end: neither lines nor a total may go astray."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "出库"
    for row in (
        ["有限公司"],
        ["销售出库单列表"],
        ["单据号", "日期", "发货", "存货", "数量", "金额", "备注"],
        ["X1", "2024/3/5", "2024/3/7", "P1", "1,200", "12,000.50", "-"],
        [None, None, None, "P2", 3, "30.00", None],
        ["X2", "2024/3/6", None, "P1", -5, "-50.00", "红字"],
        [None, None, None, "P2", -1, "-10.00", None],
        ["X3", "2024/3/7", None, "P1", 1, "10.00", None],
        ["合计", None, None, None, "1,198", "11,980.50"],
    ):
        sheet.append(row)
    book.save(tmp_path / "sales.xlsx")
    outcome = run(DELIVERIES)
    assert wrong(outcome) == []
    assert [(order.number, str(order.net_amount), order.note) for order in Order.objects.order_by("number")] == [
        ("X1", "12030.5000", ""),
        ("X3", "10.0000", ""),
    ]
    assert not Order.objects.get(number="X3").shipments.exists()  # not the day of the document above
    returned = ReturnedGoods.objects.order_by("product__code")
    assert [(goods.number, goods.quantity, str(goods.amount)) for goods in returned] == [
        ("X2", 5, "50.0000"),
        ("X2", 1, "10.0000"),
    ]
    assert run(DELIVERIES).changes == 0


def test_columns_that_are_filled_one_within_the_other(run: Run) -> None:
    """A pivot table: the region once, below it each shop once."""
    profile = """
[files.shops]
path = "shops.csv"
fill_down = [["Region"], ["Shop"]]
[[import]]
entity = "territory"
file = "shops"
group = true
fields = { code = "Region", name = "Region" }
[[import]]
entity = "distributor"
file = "shops"
group = true
fields = { code = "Region & '-' & Shop", name = "Shop", territory = "Region" }
"""
    run(profile, {"shops.csv": "Region,Shop,Item\nN,1,a\n,,b\n,2,a\nS,1,a\n,,b\n"})
    assert list(Distributor.objects.order_by("code").values_list("code", flat=True)) == ["N-1", "N-2", "S-1"]
    with pytest.raises(ProfileError, match=r"files\.shops\.fill_down: unknown column “Shpo”"):
        run(profile.replace('["Shop"]', '["Shpo"]'))


def test_words_for_nothing(run: Run) -> None:
    """A database dump says NULL: nobody is called that, and no day is wrong for it."""
    profile = """
[profile]
empty = ["NULL", "N/A"]
[files.people]
path = "people.csv"
[[import]]
entity = "user"
file = "people"
fields = { external_code = "ID", full_name = "Name", supervisor = "Above", leaves_on = "Left" }
"""
    assert run(profile, {"people.csv": "ID,Name,Above,Left\n1,Ann,NULL,N/A\n2,Bob,1, NULL \n"}).written
    assert User.objects.get(external_code="1").supervisor is None
    assert User.objects.get(external_code="2").leaves_on is None


def test_people_without_an_address_in_any_script(run: Run) -> None:
    """In China a salesperson's name is their code: two of them are two people."""
    profile = """
[[import]]
entity = "user"
rows = [
  { external_code = "张伟", full_name = "张伟" },
  { external_code = "李娜", full_name = "李娜" },
  { external_code = "A.1", full_name = "Ann" },
  { external_code = "A-1", full_name = "Bob" },
]
"""
    assert run(profile).written
    assert len(set(User.objects.values_list("email", flat=True))) == 4
    assert User.objects.get(external_code="A-1").email == "a-1@imported.invalid"
    assert run(profile).changes == 0


def test_computed_amounts_are_exact(run: Run) -> None:
    """The sum over a year is compared with price times units less discount, to the last digit."""
    profile = (
        MASTER
        + """
[[import]]
entity = "order"
file = "sales"
group = true
fields = { number = "No", distributor = { value = "A" }, ordered_at = 2024-01-01 }
[[import]]
entity = "order_line"
file = "sales"
fields = { order = "No", product = "Item", ordered = "Qty", unit_price = "Price", discount_rate = "Off" }
"""
    )
    run(profile, {"sales.csv": "No,Item,Qty,Price,Off\n1,P1,3,136.896,0\n1,P2,7,21.35,0.05\n"})
    amounts = [(str(line.gross_amount), str(line.net_amount)) for line in OrderLine.objects.order_by("position")]
    assert amounts == [("410.6880", "410.6880"), ("149.4500", "141.9775")]
    rounded = profile.replace(
        'unit_price = "Price"', 'unit_price = "Price", net_amount = "round(Qty * Price * (1 - Off), 2)"'
    )
    run(rounded)
    assert str(Order.objects.get().net_amount) == "552.6700"


def test_rows_of_two_sheets_are_mended_each(run: Run, tmp_path: Path) -> None:
    """Every sheet has a row 2: what was corrected in one must not replace what stands in the other."""
    profile = """
[files.areas]
path = "book.xlsx"
sheet = "Areas"
[files.shops]
path = "book.xlsx"
sheet = "Shops"
[[import]]
entity = "territory"
file = "areas"
fields = { code = "Code", name = "Name" }
[[import]]
entity = "distributor"
file = "shops"
fields = { code = "Code", name = "Name", started_on = "Since" }
"""
    book = openpyxl.Workbook()
    for name, rows in {
        "Areas": [["Code", "Name"], ["N", "North"]],
        "Shops": [["Code", "Name", "Since"], ["A", "Alpha", "?"]],
    }.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    outcome = run(profile)
    assert [row[:3] for row in wrong(outcome)] == [("book.xlsx [Shops]", 2, "Since")]
    report = tmp_path / "wrong-rows.csv"
    with report.open("w", encoding="utf-8", newline="") as stream:
        write_wrong_rows(stream, outcome.wrong)
    report.write_text(report.read_text(encoding="utf-8").replace(",?", ",2024-01-01"), encoding="utf-8")
    assert run(profile, corrected=load_corrections(report)).written
    assert Distributor.objects.get().name == "Alpha"


def test_a_database_that_is_not_set_up_is_said_to_be_so(tmp_path: Path) -> None:
    """The first command somebody tries must not answer with a page of Python."""
    (tmp_path / "p.toml").write_text(
        '[[import]]\nentity = "brand"\nrows = [{ code = "A", name = "A" }]\n', encoding="utf-8"
    )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE catalogue_brand RENAME TO elsewhere")
    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        call_command("import", str(tmp_path / "p.toml"), str(tmp_path), stdout=StringIO())


MONTHS = (
    MASTER.replace('path = "sales.csv"', 'path = "plans.csv"\nempty = ["-"]')
    + """
[[import]]
entity = "business_year"
rows = [{ code = "2024", starts_on = 2024-01-01, ends_on = 2024-12-31, periods = "months" }]
[[import]]
entity = "plan"
file = "sales"
each_column = ["1月", "2月", "3月"]
where = "not empty(each.cell)"
fields = { distributor = "客户", year = { value = "2024" }, period = "each.number", amount = "each.cell * 10000" }
"""
)


def test_a_column_for_each_month_in_one_import(run: Run) -> None:
    """The year's plan as every sales department keeps it, with the months side by side and a sum behind them."""
    assert run(MONTHS, {"plans.csv": "客户,1月,2月,3月,合计\nA,1.5,-,2,3.5\n"}).counts["plan"].created == 2
    periods = SalesPlan.objects.get().periods.order_by("period__number").exclude(amount=0)
    assert [(period.period.number, str(period.amount)) for period in periods] == [(1, "15000.0000"), (3, "20000.0000")]
    assert run(MONTHS).changes == 0
    outcome = run(MONTHS, {"plans.csv": "客户,1月,2月,3月,合计\nA,1.5,soon,2,3.5\n"})
    assert wrong(outcome) == [("plans.csv", 2, "2月", "“soon” is not a number.")]
    with pytest.raises(ProfileError, match=r"each_column: unknown column “3月”"):
        run(MONTHS, {"plans.csv": "客户,1月,2月,合计\nA,1.5,2,3.5\n"})


def test_a_value_that_was_picked_is_told_by_its_own_row(run: Run) -> None:
    """The customer's last salesperson is unknown: the last row has them, not the first."""
    profile = (
        MASTER
        + """
[[import]]
entity = "user"
rows = [{ external_code = "1", full_name = "Ann" }]
[[import]]
entity = "duty"
rows = [{ code = "D", name = "Duty", covers = "All" }]
[[import]]
entity = "responsibility"
file = "sales"
where = "Qty > 0"
group = true
[import.fields]
distributor = "Shop"
duty = { value = "D" }
user = { from = "Rep", pick = "last" }
starts_on = 2024-01-01
"""
    )
    outcome = run(profile, {"sales.csv": "Shop,Rep,Qty\nA,1,1\nA,7,1\nA,,1\nA,1,many\n"})  # an empty cell is no pick
    assert wrong(outcome) == [
        ("sales.csv", 5, "Qty", "“many” is not a number."),
        ("sales.csv", 3, "Rep", "Unknown user “7”."),
    ]


def test_empty_cells_do_not_count_among_rows_to_pick_from(run: Run) -> None:
    """An article whose last sale has no description keeps the one that it had; one that never had any is told."""
    profile = (
        MASTER
        + """
[[import]]
entity = "product"
file = "sales"
group = true
fields = { code = "Item", name = { from = "Text", pick = "last" }, brand = { value = "B" }, category = { value = "C" } }
"""
    )
    outcome = run(profile, {"sales.csv": "Item,Text\nK1,\nK1,Kettle\nK1,\nK2,\nK2,\n"})
    assert wrong(outcome) == [("sales.csv", 5, "Text", "It is empty.")]
    assert run(profile.replace('pick = "last"', 'pick = "last", default = "?"')).written
    assert dict(Product.objects.values_list("code", "name"))["K1"] == "Kettle"
    assert dict(Product.objects.values_list("code", "name"))["K2"] == "?"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,50-", "-1234.50"),
        ("(1.234,50)", "-1234.50"),
        ("-1.234,50", "-1234.50"),
        ("1.234,50 €", "1234.50"),
        ("49,00元", "49.00"),
        ("12,5 %", "0.125"),
    ],
)
def test_amounts_as_programs_write_them(text: str, number: str) -> None:
    """A credit note that became an invoice would be the worst of all mistakes."""
    assert parse_number(text, Conventions(decimal_comma=True)) == Decimal(number)


@pytest.mark.parametrize("text", ["-", "()", "(-5)", "--5", "5--", "(5", "-5-", "1,2,3"])
def test_what_only_looks_like_an_amount(text: str) -> None:
    """A sign too many is a cell to mend, not a guess."""
    with pytest.raises(ValueFault):
        parse_number(text, Conventions(decimal_comma=True))


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("m/d/yyyy h:mm", "3/5/2024 8:06"),
        ("dd.mm.yyyy hh:mm:ss", "05.03.2024 08:06:00"),
        ("mm/dd/yyyy hh:mm am/pm", "03/05/2024 08:06 AM"),
        ("yyyy年m月d日 h:mm", "2024年3月5日 8:06"),
        ("d-mmm-yy h:mm", "5-Mar-24 8:06"),
    ],
)
def test_moments_as_programs_write_them(pattern: str, text: str) -> None:
    """Every program has its own way to write one moment."""
    assert parse_date(text, (pattern,)) == datetime(2024, 3, 5, 8, 6)  # noqa: DTZ001 - the zone comes later
