from django.db.models import Sum, Value
from django.db.models.functions import Coalesce

from core.codes import NormalCode
from inventory.models import Lot
from orders.returns.enums import Disposition
from orders.returns.models import InspectedGoods


def came_back_of(lot: Lot) -> dict[int, int]:
    """Pieces of a lot that distributors gave back and that stayed, by who had them. One query.

    The lot is the one that was read off the goods at the inspection. Who had them is the distributor that received them,
    of what an outlet got the one that ordered it.
    """
    rows = InspectedGoods.objects.filter(line__order_line__product=lot.product_id).exclude(
        disposition=Disposition.SENT_BACK
    )
    of_lot = rows.annotate(read=NormalCode("lot_number")).filter(read=NormalCode(Value(lot.code)))
    holder = Coalesce("line__order_line__order__consignee_distributor", "line__document__distributor")
    by_holder = of_lot.annotate(holder=holder).order_by().values("holder").annotate(back=Sum("pieces"))
    return dict(by_holder.values_list("holder", "back"))
