"""Numbers and currencies as people write them, and the encodings of their files."""

from decimal import Decimal

import pytest

from catalogue.models import Product
from company.written_numbers import read_number
from core.importing.refusals import ValueFault
from core.ui import numbers
from orders.models import OrderLine
from pricing.models import Price
from tests.integration.conftest import Run, wrong
from tests.integration.test_orders import MASTER

COSTS = """
[profile]
name = "N"
currency = "EUR"
decimal_comma = true
[files.n]
path = "n.csv"
[[import]]
entity = "brand"
rows = [{ code = "N", name = "N" }]
[[import]]
entity = "category"
rows = [{ code = "N", name = "N" }]
[[import]]
entity = "product"
file = "n"
fields = { code = "code", name = "code", brand = { value = "N" }, category = { value = "N" }, unit_cost = "amount" }
"""


@pytest.mark.parametrize(
    ("text", "comma", "value"),
    [
        ("5,-", True, "5"),
        ("5,--", True, "5"),
        ("1.250,-", True, "1250"),
        ("1'250.-", False, "1250"),
        ("1,250.–", False, "1250"),
        ("2 CHF", True, "2"),
        ("EUR 12,50", True, "12.50"),
        ("-€ 1.234,50", True, "-1234.50"),
        ("(€5)", True, "-5"),
        ("5,00- EUR", True, "-5"),
        ("Fr. 3.20", False, "3.20"),
        ("Rs. 1,200", False, "1200"),
        ("kr 5", True, "5"),
        ("R$ 10,00", True, "10"),
        ("¥１，２００", False, "1200"),
        ("1,200.50元", False, "1200.50"),
        ("人民币 300 元", False, "300"),
        ("3.5万", False, "35000"),
        ("3.5 万元", False, "35000"),
        ("¥1.2亿", False, "120000000"),
        ("15 %", False, "0.15"),
        ("12,5％", True, "0.125"),
        ("5-", False, "-5"),
        ("\u22125", False, "-5"),
        ("1e3", False, "1000"),
        ("USD1e3", False, None),
        ("5 Stk", False, None),
        ("1.23.4,5", True, None),
        ("12,345,6", True, None),
        ("1,234.50", True, None),
        ("5 EUR USD", False, None),
        ("-", False, None),
        ("EUR", False, None),
        ("万", False, None),
        ("3万万", False, None),
    ],
)
def test_numbers_as_people_write_them(text: str, comma: bool, value: str | None) -> None:  # noqa: FBT001 - of the table above
    """A price of 5 would be refused or, worse, become minus five."""
    if value is None:
        with pytest.raises(ValueFault, match="is not a number"):
            read_number(text, decimal_comma=comma)
    else:
        assert read_number(text, decimal_comma=comma).value == Decimal(value)


@pytest.mark.django_db
def test_an_amount_in_another_currency_than_its_row_is_a_wrong_row(run: Run) -> None:
    """Two Swiss francs would be stored as two euros."""
    found = wrong(run(COSTS, {"n.csv": "code;amount\na1;€ 5\na5;2 CHF\na9;¥100\nb3;kr 5\nb4;7,50 EUR\n"}))
    assert [(row, column) for _file, row, column, _reason in found] == [(3, "amount"), (4, "amount"), (5, "amount")]
    assert "CHF" in found[0][3]
    assert "EUR" in found[0][3]
    assert run(COSTS.replace('"EUR"', '"CHF"'), {"n.csv": "code;amount\na5;2 CHF\n"}).written
    assert Product.objects.get().unit_cost == 2


@pytest.mark.django_db
def test_a_price_follows_the_currency_of_its_list(run: Run) -> None:
    """The list says USD: dollars are taken, euros are not, whatever the profile's currency is."""
    profile = (
        MASTER
        + """
[files.prices]
path = "prices.csv"
[[import]]
entity = "price_list"
rows = [{ code = "L", name = "L", currency = "USD" }]
[[import]]
entity = "price"
file = "prices"
fields = { price_list = { value = "L" }, product = "p", amount = "amount", starts_on = 2024-01-01 }
"""
    )
    files = {"sales.csv": "x\n1\n", "prices.csv": "p,amount\nP1,$ 5\nP2,6 EUR\n"}
    ((_file, row, _column, reason),) = wrong(run(profile, files))
    assert row == 3
    assert "USD" in reason
    assert run(profile, files | {"prices.csv": "p,amount\nP1,US$5\n"}).written
    assert Price.objects.get().amount == 5


@pytest.mark.django_db
def test_a_column_in_ten_thousands_of_yuan(run: Run) -> None:
    """Plans and prices of Chinese companies stand in 万元; a cell with a unit of its own is not multiplied twice."""
    profile = COSTS.replace('unit_cost = "amount"', 'unit_cost = { from = "amount", unit = "万元" }').replace(
        "EUR", "CNY"
    )
    assert run(profile, {"n.csv": "code;amount\na;1,5\nb;2万\nc;30000元\n"}).written
    costs = dict(Product.objects.values_list("code", "unit_cost"))
    assert costs["a"] == 15_000
    assert costs["b"] == 20_000


@pytest.mark.django_db
@pytest.mark.parametrize("names", ["镕牌水壶 喆记茶叶 镕镕", "绿茶 红茶", "LC水壶 A级茶叶 TCL彩电"])
def test_chinese_of_the_wider_encoding_is_read(run: Run, names: str) -> None:
    """A company's own name with 镕 or 喆 in it made the whole file unreadable."""
    lines = "".join(f"G{number},{name}\n" for number, name in enumerate(names.split()))
    assert run(
        COSTS.replace('name = "code"', 'name = "amount"').replace(', unit_cost = "amount"', ""),
        {"n.csv": f"code,amount\n{lines}".encode("gb18030")},
    ).written
    assert list(Product.objects.order_by("code").values_list("name", flat=True)) == names.split()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Müller Günther Jäger Lübeck", "cp1252"),
        ("Москва Петербург Казань", "cp1251"),
        ("Größe Straße Füße", "cp1252"),
    ],
)
def test_other_encodings_are_not_taken_for_chinese(run: Run, text: str, encoding: str) -> None:
    """Customers would be called by characters that nobody can read."""
    lines = "".join(f"G{number},{name}\n" for number, name in enumerate(text.split()))
    ((_file, _row, _column, reason),) = wrong(run(COSTS, {"n.csv": f"code,amount\n{lines}".encode(encoding)}))
    assert "neither UTF-8 nor GB18030" in reason


@pytest.mark.django_db
@pytest.mark.parametrize("content", ["code;amount\n茶;5\n".encode(), "code;amount\na;5\n".encode("utf-8-sig")])
def test_a_declared_encoding_that_the_bytes_contradict_is_said(run: Run, content: bytes) -> None:
    """UTF-8 declared as GBK is read without an error, as other characters."""
    profile = COSTS.replace('path = "n.csv"', 'path = "n.csv"\nencoding = "gbk"')
    ((_file, _row, _column, reason),) = wrong(run(profile, {"n.csv": content}))
    assert "gbk" in reason
    assert "utf-8" in reason
    assert run(profile, {"n.csv": "code;amount\n茶;5\n".encode("gbk")}).written
    assert OrderLine.objects.count() == 0


@pytest.mark.django_db
def test_an_unknown_currency_is_refused_and_others_keep_their_digits(run: Run) -> None:
    """Amounts in a currency that nobody knows are worth nothing; francs of West Africa have no cents."""
    rows = "[[import]]\nentity='distributor'\nrows=[{{code='D1', name='A', currency='{}'}}]"
    (fault,) = wrong(run(rows.format("XQZ")))
    assert fault[2] == "currency"
    for code, text in (("XOF", "XOF\u202f1,235"), ("PYG", "PYG\u202f1,235"), ("UGX", "UGX\u202f1,235")):
        assert not wrong(run(rows.format(code)))
        assert numbers.money(Decimal("1234.5"), code) == text
