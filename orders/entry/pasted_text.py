"""What people paste as an order (a mail, a chat, a list, a table) as lines of a product and a quantity. Knows no products."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from catalogue.rules.pasted_lines import MAX_QUANTITY, WantedLine, parse_rows
from orders.entry.text_noise import (
    FILLER,
    NOT_WANTED,
    SIZE,
    blank,
    is_courtesy,
    is_head,
    narrow,
    speech,
    without_noise,
    without_numbering,
)
from orders.entry.text_quantities import QuantityInText, find_quantities

MOST_LINES = 2_000
MOST_CHARACTERS = 300
LONGEST_LINE = 1_000
"""What is longer is read in parts: the patterns look at every place of a line from every other."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_TRIM = " \t,.:;|/!?~()[]{}\"'“”‘’「」<>=-–—_*#、。"
_PIECES = re.compile(r"[,;、]|\band\b|(?<=[箱件盒包瓶罐袋桶个])\s*[和跟加]|\s[和跟]\s", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/#-]*")
_GLUED = re.compile(r"(?<![\w-])([A-Za-z][\w-]*\d)x(\d{1,6})(?![\w-])", re.IGNORECASE)
"""`LK001x24`: perhaps a code, perhaps a code and a quantity."""
_BARCODE = re.compile(r"\d{6,}")
_SHOUTED = re.compile(r"[A-Z]{2,}[A-Z-]*")
_EACH = re.compile(r"各|\beach\b", re.IGNORECASE)
_SIGNATURE = re.compile(r"^--\s*$")


@dataclass(frozen=True, kw_only=True)
class PastedLine:
    """One line that was pasted.

    `text` is as it was written, `references` what in it may name a product, the likeliest first; none where it names
    none. `unit` is the word of the unit, as written. `reason` says why the line must be looked at. A row of a table
    (`is_row`) is never a mere remark.
    """

    row: int
    text: str
    references: tuple[str, ...] = ()
    quantity: int | None = None
    unit: str = ""
    written: str = ""
    reason: str = ""
    is_row: bool = False


def of_row(line: WantedLine) -> PastedLine:
    """A row of a table, whose columns said what is the code and what the quantity."""
    text = f"{line.code} {line.written}".strip()
    return PastedLine(
        row=line.row, text=text, references=(line.code,), quantity=line.quantity, unit=line.unit, written=line.written,
        reason=line.reason, is_row=True,
    )  # fmt: skip


def parse_text(text: str) -> list[PastedLine]:
    """Every line that was pasted and is not empty, in its order; rows of tables by their columns, others as text."""
    lines = ((number, stretch) for number, line in enumerate(text.splitlines(), 1) for stretch in _stretches(line))
    rows = [(number, line) for number, line in lines if narrow(line)][:MOST_LINES]
    tabular = _tabular([line for _number, line in rows])
    table = [(number, line) for number, line in rows if tabular and tabular in line]
    found = {line.row: line for line in parse_rows(((n, line.split(tabular)) for n, line in table), with_units=True)}
    table_rows = {number for number, _line in table}
    signed = next((number for number, line in rows if _SIGNATURE.match(narrow(line)) and number > rows[0][0]), None)
    read: list[PastedLine] = []
    for number, line in rows:
        if number in found:
            read.append(replace(of_row(found[number]), text=_cut(line)))
        elif number in table_rows:
            read.append(PastedLine(row=number, text=_cut(line)))
        else:
            several = parse_line(number, line)
            is_signature = signed is not None and number >= signed and not all(one.quantity for one in several)
            read.extend([PastedLine(row=number, text=_cut(line))] if is_signature else several)
    return list(_joined(read))


def _stretches(line: str) -> Iterator[str]:
    """The line, or where it is too long parts of it, between two words where that can be."""
    while len(line) > LONGEST_LINE:
        end = max(line.rfind(mark, LONGEST_LINE // 2, LONGEST_LINE) for mark in ",;，；、。 \t") + 1 or LONGEST_LINE
        yield line[:end]
        line = line[end:]
    yield line


def _joined(lines: Sequence[PastedLine]) -> Iterator[PastedLine]:
    """A product on one line of a chat and its quantity alone on the next belong together."""
    waiting: PastedLine | None = None
    for line in lines:
        if waiting and not line.references and line.quantity and not waiting.reason:
            text = _cut(f"{waiting.text} {line.text}")
            yield replace(line, row=waiting.row, text=text, references=waiting.references)
            waiting = None
            continue
        if waiting:
            yield waiting
        waiting = line if line.references and not line.written and not line.reason else None
        if waiting is None:
            yield line
    if waiting:
        yield waiting


def _tabular(lines: Sequence[str]) -> str:
    """What parts the columns, where the text is a table: tabs, or semicolons or commas in (nearly) every line."""
    if any("\t" in line for line in lines):
        return "\t"
    for separator in (";", ","):
        counts = {line.count(separator) for line in lines}
        if len(lines) > 1 and len(counts) == 1 and counts != {0} and not _HAN.search(lines[1]):
            return separator
    return ""


def parse_line(row: int, text: str) -> list[PastedLine]:
    """A line of running text: one product, several with a quantity each, or none. No more than `LONGEST_LINE` of it."""
    line, said = narrow(text[:LONGEST_LINE]), _cut(text)
    if is_head(line):
        return [PastedLine(row=row, text=said)]
    who, spoken = speech(line)
    if who and spoken and _line(row, said, spoken).references:
        line = spoken
    line = without_numbering(line)
    pieces = [piece for piece in _PIECES.split(_joined_thousands(line)) if piece.strip(_TRIM)]
    parts = [_line(row, piece.strip(), piece) for piece in pieces] if len(pieces) > 1 else []
    if parts and all(part.references and part.written for part in parts):
        return parts
    return list(_shared(_line(row, said, line), line))


def _joined_thousands(line: str) -> str:
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", line)


def _shared(read: PastedLine, line: str) -> Iterator[PastedLine]:
    """`LK001 LK002 各10箱` is a line for each of the codes."""
    codes = [reference for reference in read.references if is_code(reference)]
    if len(codes) < 2 or not _EACH.search(line) or not read.quantity:  # noqa: PLR2004 - each of one is that one
        yield read
        return
    for code in codes:
        yield replace(read, references=(code,))


def _line(row: int, text: str, line: str) -> PastedLine:
    clear = without_noise(line)
    found = find_quantities(blank(SIZE, clear).lower())
    found = [one for one in found if one.written != "一"] or found[:1]
    chosen = found[-1] if found else None
    if chosen is None and (glued := _GLUED.search(clear)):
        return PastedLine(row=row, text=text, references=(glued[0], glued[1]), quantity=int(glued[2]), written=glued[2])
    rest = clear if chosen is None else clear[: chosen.start] + "  " + clear[chosen.end :]
    references = tuple(_references(rest))
    read = PastedLine(row=row, text=text, references=references, written=chosen.written if chosen else "")
    if chosen is None and not _may_name(references, line):
        return replace(read, references=())
    if not references:
        return _with_quantity(read, chosen, found) if chosen else read
    if NOT_WANTED.search(line):
        return replace(read, reason=_("Something may not be wanted here. Check this line."))
    if chosen is None:
        return read
    return _with_quantity(read, chosen, found)


def _with_quantity(read: PastedLine, chosen: QuantityInText, found: Sequence[QuantityInText]) -> PastedLine:
    read = replace(read, unit=chosen.unit)
    if chosen.value is None:
        return replace(read, reason=_("“%(text)s” is not a whole number.") % {"text": chosen.written})
    if len({(one.value, one.unit) for one in found}) > 1:
        return replace(read, reason=_("More than one number could be the quantity. Enter it."))
    if not 1 <= chosen.value <= MAX_QUANTITY:
        return replace(read, reason=_("“%(text)s” is not a quantity.") % {"text": chosen.written})
    return replace(read, quantity=chosen.value)


def _may_name(references: Sequence[str], line: str) -> bool:
    """Without a quantity only a line that is little more than a code or a name names a product."""
    words = references[0].split() if references else []
    return bool(words) and not is_courtesy(line) and (any(map(is_code, references)) or len(words) <= 6)  # noqa: PLR2004 - a name, no sentence


def _references(rest: str) -> Iterator[str]:
    """The whole of what is left, then the words in it that look like codes."""
    whole = " ".join(FILLER.sub(" ", rest).split()).strip(_TRIM)
    seen = {whole}
    if len(whole) > 1 or whole.isalnum():
        yield whole[:200]
    for word in _TOKEN.findall(rest):
        code = word.strip(_TRIM)
        if is_code(code) and code not in seen:
            seen.add(code)
            yield code[:64]


def is_code(word: str) -> bool:
    """Whether a word looks like a code: letters with digits, capitals, or a barcode."""
    if " " in word or _HAN.search(word) or SIZE.fullmatch(word):
        return False
    has_digit = any(char.isdigit() for char in word)
    return bool(_BARCODE.fullmatch(word) or _SHOUTED.fullmatch(word)) or (
        has_digit and not word.replace(",", "").replace(".", "").isdigit()
    )


def _cut(text: str) -> str:
    return text.strip()[:MOST_CHARACTERS]
