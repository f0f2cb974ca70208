"""Papers made up for tests, and what a PDF of them says."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.conf import settings
from pypdf import PdfReader

from papers.contents import Align, Column, Field, Label, Row, Sender, Sheet, Size, Words
from papers.making import make_pdf

FONTS = settings.PAPER_FONTS


def delivery_note(*, rows: int = 3, size: Size = Size.A4, **changes: Any) -> Sheet:
    """`rows` lines of 12 pieces at 1,234.50."""
    right = {"align": Align.RIGHT}
    columns = (
        Column(title="序号", align=Align.CENTER),
        Column(title="品名", width=Decimal(1)),
        Column(title="数量", sums=True, **right),
        Column(title="金额", sums=True, digits=2, **right),
    )
    lines = tuple(
        Row(cells=(str(number), f"商品{number:03}", "12", "1,234.50"), amounts={2: Decimal(12), 3: Decimal("1234.50")})
        for number in range(1, rows + 1)
    )
    sheet = Sheet(
        size=size,
        language="zh-hans",
        title="送货单",
        number="SO-26-0001",
        barcode="SO-26-0001",
        sender=Sender(name="川流自行车有限公司", details=("上海市世纪大道 100 号",)),
        fields=(Field(label="客户", value="杭州骑行贸易有限公司"),),
        columns=columns,
        rows=lines,
        words=Words(page="第 {page} 页 共 {pages} 页", page_sum="本页小计", carried="累计", total="合计"),
        closing=(Field(label="备注", value="小心轻放"),),
        signatures=("送货人", "收货人"),
    )
    return replace(sheet, **changes)


def label(**changes: Any) -> Label:
    sample = Label(
        language="en",
        title="SF Express",
        number="SO-26-0001-1",
        sender=Sender(name="Tributary Bikes"),
        recipient_label="Deliver to",
        recipient="Hangzhou Ride",
        phone="13800001111",
        address="478 Wensan Road, Hangzhou",
        fields=(Field(label="Order", value="SO-26-0001"),),
        barcode="SO-26-0001-1",
        qr="SO-26-0001-1",
    )
    return replace(sample, **changes)


def texts(pdf: bytes) -> list[str]:
    """What each page says, without spaces: where these stand between Chinese and other characters is the typesetter's."""
    return ["".join(page.extract_text().replace("\u200b", "").split()) for page in PdfReader(BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    return "".join(texts(pdf))


def sizes(pdf: bytes) -> Iterator[tuple[int, int]]:
    """Width and height of the pages in mm."""
    for page in PdfReader(BytesIO(pdf)).pages:
        yield round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4)


def pdf_of(*papers: Sheet | Label) -> bytes:
    return make_pdf(papers, fonts=FONTS, at_once=8)
