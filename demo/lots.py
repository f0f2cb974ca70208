"""Products of the demo company that are stocked by lot: one lot near its expiry, one that is frozen."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from inventory.models import Lot, LotStock, Stock
from inventory.services.lot_assigning import assign_to_lot
from inventory.services.lot_freezing import freeze_lot
from inventory.services.lots import GivenLot
from inventory.services.tracking import set_tracking

_PRODUCTS = 3
_LEAST_FREE = 60
_AGES = (500, 240, 60)
"""Days since the production of each lot; the shelf life is 540 days."""


def build_lots() -> None:
    """Three products with a shelf life, each in three lots in the warehouse where most of it is free."""
    keeper = User.objects.with_roles([Role.WAREHOUSE]).order_by("pk")[0]
    director = User.objects.with_roles([Role.DIRECTOR]).order_by("pk")[0]
    free = Stock.objects.for_sale().filter(
        on_hand__gte=F("reserved") + _LEAST_FREE, product__shelf_life_days__isnull=False
    )
    now = timezone.now()
    places: dict[int, Stock] = {}
    for row in free.select_related("product").order_by("product__code", "-on_hand"):
        places.setdefault(row.product_id, row)
    for row in list(places.values())[:_PRODUCTS]:
        set_tracking(product_id=row.product_id, tracks_lots=True, tracks_serials=False, actor=director, now=now)
        _assign(row, keeper, now)
    frozen = Lot.objects.named().order_by("-pk").first()
    if frozen is not None:
        freeze_lot(lot_id=frozen.pk, reason="等待复检", actor=keeper, now=now)


def _assign(row: Stock, keeper: User, now: datetime) -> None:
    """The oldest lot has the fewest pieces."""
    unnamed = LotStock.objects.get(warehouse=row.warehouse_id, lot__product=row.product_id, lot__code="")
    part = unnamed.free // 6
    today = timezone.localdate(now)
    for number, age in enumerate(_AGES, 1):
        day = today - timedelta(days=age)
        assign_to_lot(
            lot_id=unnamed.lot_id,
            warehouse_id=row.warehouse_id,
            to=GivenLot(code=f"{day:%y%m%d}A", produced_on=day),
            pieces=part * number,
            actor=keeper,
            now=now,
        )
