"""The note that goes back with returned goods."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import pgettext

from catalogue.rules.loads import UNKNOWN
from catalogue.selectors import packaging_of
from orders.papers.selectors.goods import (
    Goods,
    name_cells,
    name_columns,
    number_column,
    pieces_amounts,
    pieces_cells,
    pieces_columns,
)
from orders.papers.selectors.heads import company_sender, day_field, words
from orders.returns.models import Return
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


def return_note_of(document: Return, *, size: Size) -> Sheet:
    """The note of a return, with its distributor and company, in the distributor's language. Two queries."""
    lines = document.lines.select_related("order_line__order", "order_line__product").order_by("position")
    packaging = packaging_of({line.order_line.product_id for line in lines})
    with translation.override(document.distributor.language):
        returned = ReturnNote(
            number=str(document.number),
            sender=company_sender(document.company, {}),
            fields=(
                Field(label=pgettext("paper", "Customer"), value=document.distributor.display_name),
                day_field(pgettext("paper", "Date"), document.decided_at or document.requested_at),
                Field(label=pgettext("paper", "Tracking number"), value=document.tracking_number),
            ),
            rows=[
                ReturnedRow(
                    goods=Goods(
                        product=line.order_line.product,
                        pieces=line.pieces,
                        packaging=packaging.get(line.order_line.product_id, UNKNOWN),
                    ),
                    reason=str(line.get_reason_display()),
                    order=line.order_line.order.reference,
                )
                for line in lines
            ],
            note=document.note,
        )
        return return_note_sheet(returned, size=size)
