"""The note that goes back with returned goods, of whatever data the return has."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import pgettext

from orders.papers.selectors.goods import (
    Goods,
    name_cells,
    name_columns,
    number_column,
    pieces_amounts,
    pieces_cells,
    pieces_columns,
)
from orders.papers.selectors.heads import words
from papers.contents import Column, Field, Row, Sender, Sheet, Size


@dataclass(frozen=True, kw_only=True)
class ReturnedRow:
    goods: Goods
    reason: str
    order: str = ""
    lot: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnNote:
    """`sender` is whose paper it is: the seller that takes the goods back."""

    number: str
    sender: Sender
    fields: tuple[Field, ...]
    rows: Sequence[ReturnedRow]
    note: str = ""


def return_note_sheet(returned: ReturnNote, *, size: Size) -> Sheet:
    """The paper, without prices, in the active language. No query."""
    has_lots = any(row.lot for row in returned.rows)
    columns = (
        number_column(),
        *name_columns(),
        *pieces_columns(),
        Column(title=pgettext("paper", "Order")),
        *((Column(title=pgettext("paper", "Lot")),) if has_lots else ()),
        Column(title=pgettext("paper", "Reason"), width=name_columns()[1].width / 2),
    )
    return Sheet(
        size=size,
        language=translation.get_language() or "en",
        title=pgettext("paper", "Return note"),
        number=returned.number,
        barcode=returned.number,
        sender=returned.sender,
        fields=returned.fields,
        columns=columns,
        rows=tuple(
            Row(
                cells=(
                    str(number),
                    *name_cells(row.goods.product),
                    *pieces_cells(row.goods),
                    row.order,
                    *((row.lot,) if has_lots else ()),
                    row.reason,
                ),
                amounts=pieces_amounts(row.goods, 3),
            )
            for number, row in enumerate(returned.rows, 1)
        ),
        closing=(Field(label=pgettext("paper", "Note"), value=returned.note),),
        words=words(has_copies=size == Size.CONTINUOUS),
        signatures=(
            pgettext("paper", "Handed over by"),
            pgettext("paper", "Driver"),
            pgettext("paper", "Inspected by"),
            pgettext("paper", "Received by (signature, stamp)"),
        ),
    )
