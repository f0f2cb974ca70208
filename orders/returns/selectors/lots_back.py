from django.db.models import Sum, Value

from core.codes import NormalCode
from inventory.models import Lot
from orders.returns.enums import Disposition
from orders.returns.models import InspectedGoods


def came_back_of(lot: Lot) -> dict[int, int]:
    """Pieces of a lot that distributors gave back and that stayed, by distributor. One query.

    The lot is the one that was read off the goods at the inspection.
    """
    rows = InspectedGoods.objects.filter(line__order_line__product=lot.product_id).exclude(
        disposition=Disposition.SENT_BACK
    )
    of_lot = rows.annotate(read=NormalCode("lot_number")).filter(read=NormalCode(Value(lot.code)))
    by_distributor = of_lot.values("line__document__distributor").annotate(back=Sum("pieces"))
    return dict(by_distributor.values_list("line__document__distributor", "back"))
