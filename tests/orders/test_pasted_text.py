"""An order comes as a mail, a chat or a table: what is read wrongly is an order of the wrong goods. Without a database."""

from hypothesis import given
from hypothesis import strategies as st

from orders.entry.known_names import KnownNames
from orders.entry.pasted import BuyableProducts, KnownProduct, match_lines
from orders.entry.pasted_text import LONGEST_LINE, MOST_CHARACTERS, PastedLine, parse_line, parse_text
from orders.entry.text_noise import narrow
from orders.entry.text_quantities import chinese_number
from orders.ordering.selectors.draft_lines import LineKey

ONE_LINE = {
    "给我来10箱 龙井特级250g": ("龙井特级250g", 10, "箱"),
    "LK001 x 24": ("LK001", 24, ""),
    "LK001×24": ("LK001", 24, ""),
    "24x LK001": ("LK001", 24, ""),
    "12 pcs of PL006": ("PL006", 12, "pcs"),
    "Please send us 6 cases of PL006.": ("PL006", 6, "cases"),
    "PL006\t10": ("PL006", 10, ""),
    "ＬＫ００１　２４": ("LK001", 24, ""),
    "龙井特级 一百": ("龙井特级", 100, ""),
    "再来两箱毛尖": ("毛尖", 2, "箱"),
    "要5个PL006": ("PL006", 5, "个"),
    "> > LK002 36": ("LK002", 36, ""),
    "1. LK001 24": ("LK001", 24, ""),
    "2、毛尖 5箱": ("毛尖", 5, "箱"),
    "（3）PL006 12盒": ("PL006", 12, "盒"),
    "王经理: LK001 24": ("LK001", 24, ""),
    "LK001: 24": ("LK001", 24, ""),
    "数量：24 编码：LK001": ("LK001", 24, ""),
    "6901234567892 3": ("6901234567892", 3, ""),
    "A-100, Kettle 2l, 24": ("A-100, Kettle 2l", 24, ""),
    "A-100 1,200": ("A-100", 1200, ""),
    "24盒装龙井 5箱": ("24盒装龙井", 5, "箱"),
    "24*250g 龙井 5箱": ("24*250g 龙井", 5, "箱"),
    "龙井特级250g 10箱 单价68元 共680元": ("龙井特级250g", 10, "箱"),
    "PL006 10 ¥33.37": ("PL006", 10, ""),
    "PL006 10 @ 33.37": ("PL006", 10, ""),
    "PL006 10 by 2026-11-30": ("PL006 by", 10, ""),
    "11月30日前 PL006 10瓶": ("前 PL006", 10, "瓶"),
    "PL006": ("PL006", None, ""),
}
NO_LINE = (
    "Hi Lin,", "您好，麻烦尽快发货", "谢谢！", "Best regards,", "From: Wang <wang@example.com>", "发件人：王经理", "13800138000",
    "On 26 Nov 2026 Wang wrote:", "-----Original Message-----", "[图片]", "2026-11-26 10:32", "Tel: 021 5555 5555",
)  # fmt: skip
PRINTED = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
WRONG = (
    "LK001 2.5",
    "半箱 LK001",
    "LK001 -5",
    "LK001 0",
    "LK001 24 36",
    "LK001 不要了 10",
    "cancel LK001 24",
    "LK001 10箱 共240盒",
)


def test_every_way_to_write_a_line_gives_product_quantity_and_unit() -> None:
    """A price, a date or a size taken for the quantity would be delivered."""
    read = {text: parse_text(text) for text in ONE_LINE}
    assert {
        text: (lines[0].references[0], lines[0].quantity, lines[0].unit) for text, lines in read.items()
    } == ONE_LINE
    assert {text for text, lines in read.items() if len(lines) > 1 or lines[0].reason} == set()
    assert [parse_line(1, text)[0].references for text in NO_LINE] == [()] * len(NO_LINE)
    assert [text for text in WRONG if not parse_line(1, text)[0].reason] == []
    assert [chinese_number(text) for text in ("十二", "一百二十", "两千", "三万五千", "一二", "x")] == [
        12, 120, 2000, 35000, 12, None,
    ]  # fmt: skip


def _lines(text: str) -> list[tuple[str, int | None]]:
    return [(line.references[0], line.quantity) for line in parse_text(text) if line.references]


def test_several_products_on_a_line_and_a_quantity_on_the_next() -> None:
    """In a chat a message is a line or half of one."""
    assert _lines("PL006 20瓶，LK002 5瓶 和 LK003*6；LK004 x7") == [
        ("PL006", 20),
        ("LK002", 5),
        ("LK003", 6),
        ("LK004", 7),
    ]
    assert _lines("LK001 LK002 各10箱") == [("LK001", 10), ("LK002", 10)]
    assert _lines("龙井茶 250g\n20箱\nLK001 3") == [("龙井茶 250g", 20), ("LK001", 3)]
    assert _lines("Name\tQty\tCode\nTea\t10箱\tLK001\nTea\t12\tLK002") == [("LK001", 10), ("LK002", 12)]
    assert _lines("LK001,24\nLK002,12\nLK003,6") == [("LK001", 24), ("LK002", 12), ("LK003", 6)]
    assert _lines("LK001 24\n-- \nWang Li\nTel 021 5555 5555") == [("LK001", 24)]


@given(st.lists(st.sampled_from([*ONE_LINE, *NO_LINE, *WRONG]) | st.text(PRINTED, max_size=40), max_size=12))
def test_nothing_that_was_pasted_is_lost(lines: list[str]) -> None:
    """A line that is neither a line of the order nor shown to be looked at is goods that never come."""
    text = "\n".join(lines)
    read = parse_text(text)
    shown = "".join("".join(line.text.split()) for line in read)
    separators = ",;、，；和跟加and"
    for line in filter(narrow, text.splitlines()):  # a mark of a quotation alone says nothing
        for word in line.strip()[:300].split():
            assert word in shown or any(mark in word for mark in separators), (word, read)
    assert all(line.quantity is None or line.quantity >= 1 for line in read)


def _product(pk: int, code: str, name: str, pack_size: int = 1) -> KnownProduct:
    return KnownProduct(
        product_id=pk, code=code, first_quantity=6, buyable=True, name=name, unit="pcs", pack_size=pack_size
    )


PRODUCTS = [
    _product(1, "LJ001", "西湖龙井 特级 250g", 12),
    _product(2, "LJ002", "西湖龙井 一级 250g", 12),
    _product(3, "MJ001", "信阳毛尖 特级 100克"),
    _product(4, "K-2", "Kettle, left-handed 2 l"),
]


def test_names_units_and_near_products() -> None:
    """Who knows no codes orders by name; what is not sure is asked, with the likeliest as buttons."""
    names = KnownNames([(product.name,) for product in PRODUCTS])
    meant = ("龙井特级250g", "特级西湖龙井", "毛尖100 g", "left-handed kettle", "龙井", "普洱", "250g 龙井 特级", "1")
    assert [names.meant(text) for text in meant] == [[0], [0], [2], [3], [0, 1], [], [0], []]
    text = "给我来10箱 龙井特级250g\nlj002 三十\n来5箱毛尖\n龙井 4盒\nLJ0O1 7\n您好\nK-2\n铁观音 3盒"
    known = {"lj002": PRODUCTS[1], "LJ002": PRODUCTS[1], "K-2": PRODUCTS[3]}
    found = match_lines(parse_text(text), known, BuyableProducts(PRODUCTS))
    assert found.quantities == {LineKey(1): 120, LineKey(2): 30, LineKey(4): 6}
    assert found.remarks == ["您好"]
    assert [(row.text, list(row.near)) for row in found.unread] == [
        ("来5箱毛尖", []),  # how many pieces are in a case of it is not known
        ("龙井 4盒", ["LJ001", "LJ002"]),
        ("LJ0O1 7", ["LJ001"]),
        ("铁观音 3盒", []),
    ]
    assert (found.unread[0].code, found.unread[0].quantity) == ("MJ001", "5箱")
    glued = PastedLine(row=1, text="A1x2", references=("A1x2", "A1"), quantity=2, written="2")
    whole = {"A1x2": _product(5, "A1x2", ""), "A1": _product(6, "A1", "")}
    assert match_lines([glued], whole).quantities == {LineKey(5): 6}


def test_a_line_without_end_is_read_in_parts() -> None:
    """The patterns look at every place of a line from every other: 100,000 characters in one kept a process busy for 20 s."""
    endless = "¥" + "1," * 50_000, "1 " * 50_000, "a@" * 50_000, "电话 " + "1" * 100_000, "龙井 十箱，" * 15_000
    for text in endless:
        lines = parse_text(text)
        assert {line.row for line in lines} == {1}, text[:10]
        assert max(len(line.text) for line in lines) <= MOST_CHARACTERS < LONGEST_LINE, text[:10]
    assert len(parse_text("LK001 24\n" + "x" * 5 * LONGEST_LINE)) == 6
