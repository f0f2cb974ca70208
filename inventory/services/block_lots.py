"""Of which lot blocked pieces are."""

from django.db.models import F
from django.utils.translation import gettext as _

from catalogue.models import Product
from core.errors import Conflict, InvalidInput
from inventory.models import Lot, LotStock, StockBlock
from inventory.services.lots import lock_lots


def lot_to_block(*, product_id: int, lot_id: int | None) -> int | None:
    """The lot whose pieces are blocked: the one that is named, else the unnamed one of a product by lot. Locks it.

    Raises InvalidInput at `lot`.
    """
    if not Product.objects.filter(pk=product_id, tracks_lots=True).exists():
        if lot_id is not None:
            raise InvalidInput(_("This product is not stocked by lot."), code="not_by_lot", field="lot")
        return None
    lots = Lot.objects.filter(product_id=product_id)
    found = lots.filter(code="").first() if lot_id is None else lots.filter(pk=lot_id).first()
    if found is None:
        raise InvalidInput(_("Select a lot of this product."), code="unknown", field="lot")
    lock_lots([found.pk])
    return int(found.pk)


def count_blocked(block: StockBlock, pieces: int) -> None:
    """Count pieces of a block with its lot, more or (below zero) fewer. Before: the stock is locked.

    Raises Conflict at `pieces` where so many are not free of the lot.
    """
    if block.lot_id is None:
        return
    stock = LotStock.objects.filter(warehouse_id=block.warehouse_id, lot_id=block.lot_id)
    fitting = stock.filter(on_hand__gte=F("bound") + F("blocked") + pieces)
    if not fitting.update(blocked=F("blocked") + pieces):
        row = stock.first()
        message = _("Only %(free)d pieces of this lot are free.") % {"free": row.free if row else 0}
        raise Conflict(message, code="short_of_lot", field="pieces")
