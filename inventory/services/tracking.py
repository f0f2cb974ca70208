"""The switch of a product between stock by lot and stock as a whole."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from catalogue.models import Product
from catalogue.services.tracking import write_tracking
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict
from inventory.models import LotStock
from inventory.services.lot_sql import BEGIN_TRACKING, BLOCKS_BY_LOT, NO_MOVES_MEANWHILE


def set_tracking(*, product_id: int, tracks_lots: bool, tracks_serials: bool, actor: Actor, now: datetime) -> Product:
    """Turn stock by lot, and serial numbers, on or off for a product.

    Turned on, what lies in each warehouse goes into the product's unnamed lot; nobody moves goods meanwhile. Raises
    NotAllowed, NotVisible, Conflict at `tracks_lots` where it is turned off while lots have stock.
    """
    with explained(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(NO_MOVES_MEANWHILE)
        was = Product.objects.filter(pk=product_id, tracks_lots=True).exists()
        product = write_tracking(
            product_id=product_id, tracks_lots=tracks_lots, tracks_serials=tracks_serials, actor=actor
        )
        if tracks_lots and not was:
            with connection.cursor() as cursor:
                cursor.execute(BEGIN_TRACKING, {"product": product_id, "at": now, "actor": actor.pk})
                cursor.execute(BLOCKS_BY_LOT, {"product": product_id})
        elif was and not tracks_lots and LotStock.objects.filter(product=product_id, on_hand__gt=0).exists():
            raise Conflict(
                _("Lots of this product have stock: it stays by lot until nothing of it lies anywhere."),
                code="lots_have_stock",
                field="tracks_lots",
            )
    return product
