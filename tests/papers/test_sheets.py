"""Papers read back: what a warehouse, a driver and a customer hold in their hands."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from confined.slots import slot
from papers.codes import code128, qr
from papers.contents import Field, Row, Size
from papers.faults import BUSY, NO_FONT, TOO_MUCH, PaperFault
from papers.making import PaperLimits, make_pdf
from papers.texts import MOST_CHARACTERS, clean
from tests.papers.samples import FONTS, delivery_note, label, pdf_of, sizes, text_of, texts


def test_a_note_says_all_of_it_in_chinese() -> None:
    """A driver who cannot read the customer or the sum comes back with the goods."""
    said = text_of(pdf_of(delivery_note()))
    for text in ("送货单", "SO-26-0001", "川流自行车有限公司", "杭州骑行贸易有限公司", "商品003", "小心轻放", "收货人"):
        assert text in said
    assert "合计363,703.50" in said
    assert "本页小计" not in said  # one page needs no carried sums


@pytest.mark.parametrize(("size", "mm", "pages"), [(Size.A4, (210, 297), 3), (Size.CONTINUOUS, (241, 140), 5)])
def test_sums_are_carried_from_page_to_page(size: Size, mm: tuple[int, int], pages: int) -> None:
    """Each form is torn off and kept by itself: it says which it is of how many, and what there was until then."""
    pdf = pdf_of(delivery_note(rows=90, size=size))
    assert set(sizes(pdf)) == {mm}
    said = texts(pdf)
    assert len(said) == pages
    rows = 0
    for number, page in enumerate(said, 1):
        assert f"第{number}页共{pages}页" in page
        here = len(re.findall(r"商品\d{3}", page))
        rows += here
        assert f"本页小计：数量{here * 12:,}金额{here * Decimal('1234.50'):,.2f}累计" in page
        assert f"累计：数量{rows * 12:,}金额{rows * Decimal('1234.50'):,.2f}" in page
        if size == Size.CONTINUOUS:
            assert "杭州骑行贸易有限公司" in page
            assert "收货人" in page
    assert rows == 90
    assert "111,105.00" in said[-1]


def test_many_papers_count_their_pages_each() -> None:
    """Page 3 of 40 helps nobody who holds one order of a pile."""
    said = texts(pdf_of(delivery_note(rows=60), delivery_note(rows=1), label()))
    assert [next(iter(re.findall("第.页共.页", page)), "") for page in said] == [
        "第1页共2页",
        "第2页共2页",
        "第1页共1页",
        "",
    ]


@pytest.mark.parametrize("narrow", range(5))
def test_any_fields_have_their_place(narrow: int) -> None:
    """An order without a contact or a carrier is printed as well."""
    fields = [Field(label=f"字段{number}", value="值") for number in range(narrow)]
    wide = Field(label="送货地址", value="文三路", is_wide=True)
    said = text_of(pdf_of(delivery_note(rows=0, fields=(*fields, wide, *fields, wide), closing=(), signatures=())))
    assert said.count("送货地址：文三路") == 2
    assert said.count("：值") == 2 * narrow


def test_a_label_is_100_by_150() -> None:
    pdf = pdf_of(label(note="Fragile"))
    assert list(sizes(pdf)) == [(100, 150)]
    for text in ("SO-26-0001-1", "HangzhouRide", "13800001111", "478WensanRoad", "Fragile"):
        assert text in text_of(pdf)


def test_bars_say_the_number() -> None:
    """A scanner that reads another number books another shipment: start, S, O, the check sign (43), stop."""
    code: Any = code128("SO")
    dark = {place for begin, width in code["bars"] for place in range(begin, begin + width)}
    modules = "".join("1" if place in dark else "0" for place in range(code["width"]))
    quiet = "0" * 10
    signs = ("11010010000", "11011101000", "10001110110", "10110001110", "1100011101011")
    assert modules == f"{quiet}{''.join(signs)}{quiet}"


@pytest.mark.parametrize("text", ["", "订单-1", "A" * 41, "A\nB"])
def test_what_bars_cannot_say_has_none(text: str) -> None:
    """The number stands below in any case; a paper is not refused for its bars."""
    assert code128(text) is None
    assert text_of(pdf_of(delivery_note(barcode=text)))


def test_too_much_for_a_phone_to_read_has_no_code() -> None:
    assert qr("") is None
    assert qr("x" * 301) is None
    assert qr("SO-26-0001-1") is not None


ATTACKS = {
    "file": '#read("/etc/passwd")',
    "bracket": "] #panic() [",
    "backslash": "\\ \\u{41} \\n",
    "formula": "$ sum_(x) $",
    "label": "<row-0> @row-0",
    "package": '#import "@preview/cetz:0.3.1": *',
    "quotes": '"); #read("x"); ("',
    "emoji": "👩‍👩‍👧‍👦 🚲",
    "right to left": "שלום مرحبا",
    "html": "<script>alert(1)</script> &amp;",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_no_text_is_taken_for_code(attack: str) -> None:
    """Whoever may write a note on an order must not read the server's files by printing it."""
    row = Row(cells=(attack,) * 4, amounts={})
    field = Field(label=attack, value=attack)
    note = replace(delivery_note(title=attack, number=attack, fields=(field,), closing=(field,)), rows=(row,))
    said = text_of(pdf_of(note))
    assert "root:" not in said
    if attack.isascii():
        assert said.count("".join(attack.split())) >= 8


def test_a_text_cannot_fill_a_page_or_turn_the_next_one() -> None:
    """10,000 characters without a space, control characters, and marks that turn the direction of what follows."""
    endless = delivery_note(rows=0, closing=(Field(label="备注", value="x" * 10_000),))
    assert len(texts(pdf_of(endless))) == 1
    assert clean("x" * 10_000).replace("\u200b", "") == "x" * (MOST_CHARACTERS - 1) + "…"
    assert clean("a\x00b\x1b[31m\r\nc\u2028d") == "a b [31m c d"
    assert clean("100\u202e001") == "100001"
    assert clean("\ud800") == ""
    assert "12" in text_of(pdf_of(delivery_note(number="1\x002")))


def test_a_row_of_much_text_keeps_within_the_page() -> None:
    """Of a name that fills half a form its end is still there, and so is what comes after it."""
    row = Row(cells=("1", "很长" * 2_000, "1", "1.00"), amounts={2: Decimal(1), 3: Decimal(1)})
    said = text_of(pdf_of(replace(delivery_note(size=Size.CONTINUOUS), rows=(row, row))))
    assert said.count("很长") == MOST_CHARACTERS - 2
    assert "合计22.00" in said


def test_a_paper_that_takes_too_long_is_refused() -> None:
    """One pile of papers must not take the processors or the memory from everybody else."""
    many = [delivery_note(rows=40)] * 40
    with pytest.raises(PaperFault, match=TOO_MUCH):
        make_pdf(many, fonts=FONTS, limits=PaperLimits(seconds=1, memory_bytes=200_000_000))


def test_few_are_made_at_once() -> None:
    with slot("papers", count=1, patience=1), pytest.raises(PaperFault, match=BUSY):
        make_pdf([label()], fonts=FONTS, at_once=1, limits=PaperLimits(patience=0.1))


def test_without_its_font_a_paper_says_what_to_do() -> None:
    """Boxes instead of characters would be found out at the customer's."""
    with pytest.raises(PaperFault, match=NO_FONT):
        make_pdf([label()], fonts=[FONTS[0] / "missing"])


def test_the_same_paper_has_the_same_bytes() -> None:
    """Each PDF is made by another process: whoever compares two prints of one document sees that nothing was changed."""
    note = delivery_note(rows=20, size=Size.CONTINUOUS)
    assert pdf_of(note) == pdf_of(note)
    assert pdf_of(note) != pdf_of(delivery_note(rows=21, size=Size.CONTINUOUS))
