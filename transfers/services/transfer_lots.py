"""The lots of a transfer: what left the source is what is in transit, and what comes is of what is in transit."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Sum
from django.utils.translation import gettext as _

from core.errors import Conflict
from inventory.models import Lot, LotMove
from inventory.services.lots import lock_lots, unnamed_lots
from inventory.services.posting import Posting
from transfers.models import Transfer, TransferLine

Lots = dict[int, list[tuple[int, int]]]
"""By product the lots, first expired first, each with its pieces."""


def by_lot(lines: Iterable[TransferLine]) -> set[int]:
    """The products among lines that are stocked by lot. Before: their products are there."""
    return {line.product_id for line in lines if line.product.tracks_lots}


def first_expired(lot: Lot) -> tuple[date, date, int]:
    """First expired first out, as `lot_triggers.FIRST_EXPIRED` has it."""
    return (lot.expires_on or date.max, lot.produced_on or date.max, lot.pk)


def lots_moved(*, reference: str, warehouse_id: int, product_ids: Iterable[int]) -> Lots:
    """What the movements of a document left in a warehouse by lot; below zero is what they took out of it. One query."""
    rows = (
        LotMove.objects.filter(move__reference=reference, warehouse_id=warehouse_id, product_id__in=set(product_ids))
        .order_by()
        .values_list("product_id", "lot_id")
        .annotate(pieces=Sum("quantity"))
    )
    order = Lot.objects.in_bulk([lot for _product, lot, _pieces in rows])
    found: Lots = defaultdict(list)
    for product, lot, pieces in sorted(rows, key=lambda row: first_expired(order[row[1]])):
        if pieces:
            found[product].append((lot, pieces))
    return found


def lots_in_transit(transfer: Transfer, lines: Sequence[TransferLine]) -> Lots:
    """What is in transit of a transfer by lot; the lots are locked, for they come into a warehouse. Before its stock."""
    products = by_lot(lines)
    if not products or transfer.transit_id is None:
        return {}
    found = lots_moved(reference=transfer.number or "", warehouse_id=transfer.transit_id, product_ids=products)
    unnamed = unnamed_lots(products)
    lock_lots({lot for rows in found.values() for lot, _pieces in rows} | set(unnamed.values()))
    for product, lot in unnamed.items():
        found[product] = [*found.get(product, []), (lot, 0)]
    return found


def split(move: Posting, lots: Lots) -> list[Posting]:
    """A move as one for each lot that is left in `lots`, which has less then; of a product not by lot the move itself."""
    rows = lots.get(move.product_id)
    if rows is None or not move.quantity:
        return [move]
    left, sign, found = abs(move.quantity), 1 if move.quantity > 0 else -1, []
    for index, (lot, pieces) in enumerate(rows):
        taken = min(left, abs(pieces))
        if taken:
            rows[index] = (lot, pieces - taken if pieces > 0 else pieces + taken)
            left -= taken
            found.append(replace(move, quantity=sign * taken, lot_id=lot))
    if left:
        raise Conflict(_("The lots of these goods are not those that were sent."), code="other_lots")
    return found


def in_lots(came: Sequence[Posting], lots: Lots) -> list[Posting]:
    """The moves of a received line by lot: the difference, out of the transit, into the destination.

    What comes beyond what was sent is of the unnamed lot, which is the last of `lots`.
    """
    difference, out, into = came
    if difference.product_id not in lots:
        return list(came)
    found = []
    if difference.quantity > 0:
        lot, pieces = lots[difference.product_id][-1]
        lots[difference.product_id][-1] = (lot, pieces + difference.quantity)
        found.append(replace(difference, lot_id=lot))
    taken = split(out, lots)
    found += [*taken, *(replace(into, quantity=-move.quantity, lot_id=move.lot_id) for move in taken)]
    return found if difference.quantity >= 0 else [*found, *split(difference, lots)]
