"""Workbooks of people and of attackers: what stands in them is read as it is shown, and nothing takes a server down."""

import io
import os
import resource
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalogue.rules.pasted_lines import parse_rows
from spreadsheets import ReadOptions, UnreadableFile, open_table
from spreadsheets.cells import fault_of_text, fault_of_value, plain
from spreadsheets.slots import reading_slot
from spreadsheets.upload import rows_of_upload
from tests.core.workbooks import cell, row, sheet, strings, styles, workbook

LIMIT = 8.0
"""Seconds of the processor, those of the reading process among them: a machine that has other things to do takes longer."""


def processor_seconds() -> float:
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def read(tmp_path: Path, content: bytes, **options: object) -> list[tuple[int, list[str]]]:
    path = tmp_path / "file"
    path.write_bytes(content)
    return list(open_table(path, ReadOptions(**options)).rows)


def upload(content: bytes) -> Sequence[tuple[int, Sequence[str]]]:
    return rows_of_upload(SimpleUploadedFile("order.xlsx", content), rows=2_000).rows


def test_a_sheet_that_says_it_ends_at_its_first_cell_is_read_to_its_end(tmp_path: Path) -> None:
    """WPS and streaming exporters write such an extent: four of five products would be lost without a word."""
    rows = [row(1, "code", "name"), *(row(number, f"W{number}", "Kettle") for number in range(2, 7))]
    content = workbook({"Sheet1": sheet(rows, dimension="A1")})
    assert [cells[0] for _number, cells in read(tmp_path, content)] == ["W2", "W3", "W4", "W5", "W6"]
    assert len(upload(content)) == 6


def test_the_first_visible_sheet_is_read_and_named(tmp_path: Path) -> None:
    """A hidden sheet of settings stands before the list: its stale rows would be ordered."""
    sheets = {"_cfg": sheet([row(1, "code"), row(2, "OLD1")]), "Products": sheet([row(1, "code"), row(2, "NEW1")])}
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(sheets, hidden=["_cfg"]))
    table = open_table(path)
    assert [cells for _number, cells in table.rows] == [["NEW1"]]
    assert (table.source.sheet, table.source.hidden) == ("Products", ("_cfg",))
    assert "Products" in rows_of_upload(SimpleUploadedFile("a.xlsx", path.read_bytes()), rows=10).text(2)
    assert read(tmp_path, workbook(sheets, hidden=["_cfg"]), sheet="_cfg") == [(2, ["OLD1"])]


def test_numbers_are_read_as_their_format_shows_them(tmp_path: Path) -> None:
    """000123 is another product than 123, and 45000 is no date."""
    style = styles(
        "000000", "yyyy\\-mm\\-dd", "00000\\-000", "0.00", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "@"
    )
    cells = "".join(
        [
            cell("A2", "123", kind="n", style=1),
            cell("B2", "45356", kind="n", style=2),
            cell("C2", "1234567", kind="n", style=3),
            cell("D2", "1.50", kind="n", style=4),
            cell("E2", "45356.5", kind="n", style=5),
            cell("F2", "0.30000000000000004", kind="n"),
            cell("G2", "1E-3", kind="n"),
            cell("H2", "1", kind="b"),
        ]
    )
    content = workbook({"S": sheet([row(1, *"abcdefgh"), f'<row r="2">{cells}</row>'])}, style=style)
    ((_number, found),) = read(tmp_path, content)
    assert found == ["000123", "2024-03-05", "01234-567", "1.5", "2024-03-05 12:00:00", "0.3", "0.001", "1"]


def test_shared_strings_leave_out_how_they_are_pronounced_and_keep_rich_text(tmp_path: Path) -> None:
    """Japanese and Chinese names carry their reading beside them; it is no part of the name."""
    shared = strings("code", "a</t></si><si><r><t>Ket</t></r><r><t>tle</t></r><rPh sb='0' eb='1'><t>X</t></rPh><t>")
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="3"><c r="A3" t="s"><v>2</v></c></row>'
    assert read(tmp_path, workbook({"S": sheet([cells])}, shared=shared)) == [(3, ["Kettle"])]


def test_what_a_cell_cannot_be_is_said(tmp_path: Path) -> None:
    """An error, a formula nobody computed, a shortened barcode, a number of 17 digits: none is the code that was meant."""
    cells = "".join(
        [
            cell("A2", "#N/A", kind="e"),
            cell("B2", "", kind="n", formula="2*6"),
            cell("C2", "6.90123E+12"),
            cell("D2", "6.901234567892123e+16", kind="n"),
            cell("E2", "", kind="str", formula="A1"),
            cell("F2", "6901234567892", kind="n"),
        ]
    )
    ((_number, found),) = read(tmp_path, workbook({"S": sheet([row(1, *"abcdef"), f'<row r="2">{cells}</row>'])}))
    assert "#N/A" in fault_of_value(found[0])
    assert "no stored value" in fault_of_value(found[1])
    assert "shortened" in fault_of_text(found[2])
    assert "15 digits" in fault_of_text(found[3])
    assert not fault_of_value(found[3])
    assert plain(found[3]) == "69012345678921200"
    assert found[4:] == ["", "6901234567892"]
    lines = parse_rows([(1, ["code", "qty"]), (2, [found[0], "1"]), (3, [found[3], "2"]), (4, ["A", found[1]])])
    assert all(line.reason for line in lines)
    assert len(lines) == 3


def test_a_title_above_the_heading_of_an_order_is_no_line() -> None:
    """An ERP puts the name of the list above its heading."""
    rows = [(1, ["采购订单", ""]), (3, ["商品编码", "品名", "数量"]), (4, ["A-1", "茶", "12"]), (5, ["", "合计", "12"])]
    assert [(line.code, line.quantity) for line in parse_rows(rows)] == [("A-1", 12)]


XF = '<xf numFmtId="0"/>'
BOMBS = {
    "styles": lambda: workbook(
        {"S": sheet([row(1, "code"), row(2, "A")])},
        style=f"<styleSheet><cellXfs>{XF * 2_000_000}</cellXfs></styleSheet>",
    ),
    "strings": lambda: workbook(
        {"S": sheet([row(1, "code"), row(2, "A")])}, shared=f"<sst>{'<si><t>a</t></si>' * 2_300_000}</sst>"
    ),
    "rows": lambda: workbook({"S": sheet(['<row><c t="n"><v>1</v></c></row>' * 3_000_000])}),
    "deep": lambda: workbook({"S": f"<worksheet>{'<a>' * 3_000_000}"}),
    "workbook": lambda: workbook({"S": sheet([])}, more="<a/>" * 10_000_000),
    "one cell": lambda: workbook({"S": sheet([f'<row r="1">{cell("A1", "x" * 60_000_000)}</row>'])}),
    "far column": lambda: workbook({"S": sheet([f'<row r="1">{cell("XFD1", "x")}</row>'])}),
    "entities": lambda: workbook(
        {"S": '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'}
    ),
}


@pytest.mark.parametrize("part", BOMBS)
def test_a_bomb_in_any_part_is_refused_in_seconds(part: str) -> None:
    """One upload of 92 kB took the whole site down for a minute."""
    content = BOMBS[part]()
    began = processor_seconds()
    with pytest.raises(UnreadableFile):
        upload(content)
    assert processor_seconds() - began < LIMIT


@pytest.mark.parametrize("part", ["styles", "rows", "deep", "workbook", "entities"])
def test_an_import_refuses_them_too(tmp_path: Path, part: str) -> None:
    """Whoever imports may send more, but nobody fills the memory of a worker."""
    content = BOMBS[part]()
    began = processor_seconds()
    with pytest.raises(UnreadableFile):
        read(tmp_path, content)
    assert processor_seconds() - began < 3 * LIMIT


def test_few_files_are_read_at_once_and_the_next_one_waits(settings: Any) -> None:
    """Twenty uploads at once must not take the processors from everybody else."""
    settings.FILES_READ_AT_ONCE = 1
    content = workbook({"S": sheet([row(1, "code", "qty"), row(2, "A", "1")])})
    done: list[float] = []

    def read_one() -> None:
        upload(content)
        done.append(time.monotonic())

    with reading_slot():
        with pytest.raises(UnreadableFile, match="Other files"), reading_slot(patience=0.1):
            pass
        waiting = threading.Thread(target=read_one)
        waiting.start()
        time.sleep(0.3)
        assert not done
    waiting.join(60)
    assert done


@pytest.mark.parametrize(("workers", "readers"), [(1, 1), (2, 1), (3, 2), (8, 2)])
def test_one_worker_reads_no_files(workers: int, readers: int) -> None:
    """Two bombs at once would leave nobody to answer."""
    told = subprocess.run(
        [sys.executable, "-c", "from distribution.settings.web import FILES_READ_AT_ONCE as n; print(n)"],
        env=os.environ | {"WEB_WORKERS": str(workers)}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert int(told) == readers


def test_an_opendocument_sheet_is_read(tmp_path: Path) -> None:
    """LibreOffice's own format needs no detour."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    cells = [["code", "qty"], ["A-1", "3"]]
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in line
        )
        + "</table:table-row>"
        for line in cells
    )
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Liste">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    path = tmp_path / "list.ods"
    path.write_bytes(stream.getvalue())
    table = open_table(path)
    assert table.source.sheet == "Liste"
    assert not table.source.shows_formats
    assert list(table.rows) == [(2, ["A-1", "3"])]


def test_a_web_page_that_calls_itself_xls_is_named(tmp_path: Path) -> None:
    """Old ERPs hand out HTML as .xls: the reason must help to get round it."""
    with pytest.raises(UnreadableFile, match="web page"):
        read(tmp_path, b"\xef\xbb\xbf<html><table><tr><td>code</td></tr></table></html>")
