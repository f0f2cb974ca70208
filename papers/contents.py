"""What stands on a paper, in the words of its reader: the template adds none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Size(StrEnum):
    """`CONTINUOUS` is the three-ply form of 241 by 140 mm with holes at both sides, one form a page."""

    A4 = "a4"
    CONTINUOUS = "continuous"
    LABEL = "label"


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Whose paper it is. `logo` is a PNG, empty for none."""

    name: str
    details: tuple[str, ...] = ()
    logo: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Field:
    label: str
    value: str
    is_wide: bool = False


@dataclass(frozen=True, kw_only=True)
class Column:
    """`width` is a share of the page, or 0 for as much as the text takes. What `sums` is carried from page to page."""

    title: str
    width: Decimal = Decimal(0)
    align: Align = Align.LEFT
    sums: bool = False
    digits: int = 0


@dataclass(frozen=True, kw_only=True)
class Row:
    """One cell a column; `amounts` are the numbers behind the cells of the columns that are summed."""

    cells: tuple[str, ...]
    amounts: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Words:
    """`page` has {page} and {pages} in it. `copies` say at the edge of a form who keeps which sheet of it."""

    page: str
    page_sum: str
    carried: str
    total: str
    copies: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A paper with rows, over as many pages as they take. `closing` stands below the sums, `signatures` at the foot."""

    size: Size
    language: str
    title: str
    number: str
    sender: Sender
    fields: tuple[Field, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    words: Words
    closing: tuple[Field, ...] = ()
    signatures: tuple[str, ...] = ()
    barcode: str = ""


@dataclass(frozen=True, kw_only=True)
class Label:
    """What is glued on goods, 100 by 150 mm: from whom, to whom, what it is. `qr` is read by a phone, `barcode` by a scanner."""

    language: str
    title: str
    number: str
    sender: Sender
    recipient_label: str
    recipient: str
    phone: str
    address: str
    fields: tuple[Field, ...]
    note: str = ""
    barcode: str = ""
    qr: str = ""
    size: Size = Size.LABEL


Paper = Sheet | Label
