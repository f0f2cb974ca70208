"""A sheet of 342 MB and a workbook of two million styles: our reader beside openpyxl, each in a child process with bounds."""

import io
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from bench.results import Result
from spreadsheets import Limits, ReadOptions, UnreadableFile, open_table
from tests.core.workbooks import sheet, strings

SHEET_BYTES = 342_000_000
TEXTS = 5_000
MEMORY = 1_000_000_000
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
_TYPES = "[Content_Types].xml"
_STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPENPYXL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from openpyxl import load_workbook
book = load_workbook(sys.argv[1], read_only=True, data_only=True)
sheet = book.worksheets[0]
sheet.reset_dimensions()
print(sum(1 for _cells in sheet.iter_rows(values_only=True)))
"""


def measure(*, quick: bool) -> list[Result]:
    with TemporaryDirectory() as folder:
        big, bomb = Path(folder) / "big.xlsx", Path(folder) / "bomb.xlsx"
        rows = write_big(big, SHEET_BYTES // (10 if quick else 1))
        write_bomb(bomb)
        return [
            *_compared(f"sheet of {rows:,} rows", big, aim="under 60 s, under 1 GB"),
            *_compared("two million styles", bomb, aim="refused in a moment"),
        ]


def write_big(path: Path, size: int) -> int:
    """A workbook of lines of orders whose sheet has about so many bytes; returns its rows."""
    parts = _plain_parts()
    parts["xl/sharedStrings.xml"] = strings(*(f"Article {number:05} of a list" for number in range(TEXTS))).encode()
    relation = f'<Relationship Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml" Id="strings"/></Relationships>'
    part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_STRINGS}"/></Types>'
    for name, end, more in (("xl/_rels/workbook.xml.rels", "</Relationships>", relation), (_TYPES, "</Types>", part)):
        parts[name] = parts[name].replace(end.encode(), more.encode())
    del parts[SHEET]
    count = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open(SHEET, "w", force_zip64=True) as stream:
            begin, end = sheet(["@"]).split("@")
            stream.write(begin.encode())
            for chunk, rows in _rows(size):
                stream.write(chunk.encode())
                count += rows
            stream.write(end.encode())
    return count


def write_bomb(path: Path) -> None:
    """A small workbook whose two million formats of cells are two million objects to whoever keeps them."""
    parts = _plain_parts()
    xfs = b'<cellXfs count="2000000">' + b'<xf numFmtId="0"/>' * 2_000_000 + b"</cellXfs>"
    parts[STYLES] = re.sub(rb"<cellXfs.*</cellXfs>", xfs, parts[STYLES])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def _plain_parts() -> dict[str, bytes]:
    """The parts of a workbook of one cell, as openpyxl writes them."""
    book, stream = Workbook(), io.BytesIO()
    book.worksheets[0]["A1"] = "code"
    book.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _rows(size: int) -> Iterator[tuple[str, int]]:
    number = written = 0
    while written < size:
        lines = []
        for _row in range(1_000):
            number += 1
            r = number
            lines.append(
                f'<row r="{r}"><c r="A{r}" t="s"><v>{r % TEXTS}</v></c><c r="B{r}"><v>{43_000 + r % 3_000}</v></c>'
                f'<c r="C{r}" t="s"><v>{r * 7 % TEXTS}</v></c><c r="D{r}"><v>{r % 97}</v></c>'
                f'<c r="E{r}"><v>{r % 9_973}.{r % 100:02}</v></c><c r="F{r}" t="s"><v>{r * 3 % TEXTS}</v></c>'
                f'<c r="G{r}"><v>{r}</v></c><c r="H{r}" t="s"><v>{r % 31}</v></c>'
                f'<c r="I{r}" t="s"><v>{r % 7}</v></c><c r="J{r}"><v>{r % 12}</v></c></row>'
            )
        chunk = "".join(lines)
        written += len(chunk)
        yield chunk, len(lines)


def _compared(name: str, path: Path, *, aim: str) -> list[Result]:
    ours, theirs = _ours(path), _openpyxl(path)
    return [
        Result(name=f"{name}: {unit}", figure=mine, unit=unit, compared_with="openpyxl", its_figure=its, aim=aim)
        for unit, mine, its in zip(("s", "MB"), ours, theirs, strict=True)
    ]


def _ours(path: Path) -> tuple[float, float]:
    """As an import reads it, the rows handed over to this process."""
    script = "from bench.workbooks import read_ours; read_ours()"
    return _measured([sys.executable, "-c", script, str(path)])


def read_ours() -> None:
    import django

    django.setup()
    try:
        print(sum(1 for _row in open_table(Path(sys.argv[1]), ReadOptions(limits=Limits(memory_bytes=MEMORY))).rows))
    except UnreadableFile as error:
        print(f"refused: {error}")


def _openpyxl(path: Path) -> tuple[float, float]:
    return _measured([sys.executable, "-c", _OPENPYXL, str(path), str(MEMORY)])


def _measured(command: list[str]) -> tuple[float, float]:
    """Seconds of the processor, and the largest of its processes in MB; how it ended is printed."""
    script = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], capture_output=True, text=True)\n"
        "use = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(use.ru_utime + use.ru_stime, use.ru_maxrss, (done.stdout or done.stderr).splitlines()[-1])"
    )
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", script, *command], capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - began
    used, memory, ended = done.stdout.strip().split(" ", 2)
    print(f"  {float(used):.1f} s ({seconds:.1f} s by the clock), {int(memory) / 1000:,.0f} MB: {ended}", flush=True)
    return float(used), int(memory) / 1000
