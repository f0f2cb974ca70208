"""A delivery note of 200 lines as PDF, and 200 notes of 20: seconds of the processor, the memory of the child, the clock.

Compared with typst alone on a table of as many lines without carried sums, in one process that is started likewise.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal

from django.conf import settings

from bench.results import Result
from core.papers import IN_A_JOB, pdf_of
from papers.contents import Align, Column, Field, Row, Sender, Sheet, Size, Words

LINES, MANY, LINES_OF_MANY = 200, 200, 20
_PLAIN = """
import sys, typst
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=sys.argv[1:3])
rows = ",".join(f"[{n}],[商品{n}],[12],[1,234.50]" for n in range(int(sys.argv[3])))
text = '#set text(font: "Noto Sans SC")\\n#table(columns: (auto, 1fr, auto, auto),' + rows + ")"
sys.stdout.buffer.write(typst.compile(text.encode(), font_paths=fonts, timestamp=0))
"""


def measure(*, quick: bool) -> list[Result]:
    many = MANY // (10 if quick else 1)
    note = [_note(LINES, Size.CONTINUOUS)]
    pile = [_note(LINES_OF_MANY, Size.CONTINUOUS) for _number in range(many)]
    fonts = [str(folder) for folder in settings.PAPER_FONTS]
    plain = [sys.executable, "-c", _PLAIN, *fonts, str(LINES)]
    rounds = 2 if quick else 5
    used, clock = _measured(lambda: pdf_of(note), rounds)
    its_used, its_clock = _measured(lambda: subprocess.run(plain, check=True, capture_output=True), rounds)
    pile_used, pile_clock = _measured(lambda: pdf_of(pile, limits=IN_A_JOB), 1)
    return [
        Result(name=f"note of {LINES} lines: processor", figure=used, unit="s", compared_with="typst, a bare table",
               its_figure=its_used, aim="under 1 s"),
        Result(name=f"note of {LINES} lines: clock", figure=clock, unit="s", compared_with="typst, a bare table",
               its_figure=its_clock, aim="under 1 s"),
        Result(name=f"{many} notes of {LINES_OF_MANY} lines in one PDF: processor", figure=pile_used, unit="s", aim="under 60 s"),
        Result(name=f"{many} notes of {LINES_OF_MANY} lines in one PDF: clock", figure=pile_clock, unit="s"),
        Result(name="largest child", figure=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000, unit="MB",
               aim="under 1,500 MB"),
        Result(name="size of the note", figure=len(pdf_of(note)) / 1000, unit="kB"),
    ]  # fmt: skip


def _measured(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Seconds of the processor and of the clock, the mean of some rounds after one that warms the files."""
    work()
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    for _round in range(rounds):
        work()
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return used / rounds, seconds / rounds


def _note(lines: int, size: Size) -> Sheet:
    columns = (
        Column(title="序号", align=Align.CENTER),
        Column(title="商品编码"),
        Column(title="商品名称", width=Decimal(1)),
        Column(title="整箱", align=Align.RIGHT, sums=True),
        Column(title="零散", align=Align.RIGHT, sums=True),
        Column(title="数量", align=Align.RIGHT, sums=True),
        Column(title="含税金额 (CNY)", align=Align.RIGHT, sums=True, digits=2),
    )
    rows = tuple(
        Row(
            cells=(str(n), f"BK-{n:04}", f"山地自行车 26 寸铝合金车架 {n}", "2", "6", "30", "37,035.00"),
            amounts={3: Decimal(2), 4: Decimal(6), 5: Decimal(30), 6: Decimal("37035.00")},
        )
        for n in range(1, lines + 1)
    )
    return Sheet(
        size=size,
        language="zh-hans",
        title="送货单",
        number="SH100001",
        barcode="SH100001",
        sender=Sender(name="川流自行车有限公司", details=("上海市世纪大道 100 号",)),
        fields=(Field(label="客户", value="杭州骑行贸易有限公司"),),
        columns=columns,
        rows=rows,
        words=Words(page="第 {page} 页 共 {pages} 页", page_sum="本页小计", carried="累计", total="合计"),
        signatures=("送货人", "收货人"),
    )
