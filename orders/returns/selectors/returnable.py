"""Which received pieces can still be returned, of which lines of a distributor's orders."""

from typing import Any

from django.db.models import DateField, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, TruncDate

from catalogue.models import Product
from core.actors import Actor
from orders.fulfilment.models import ShipmentLine
from orders.ordering.models import Order, OrderLine
from orders.returns.models import ReturnLine


def returnable_lines(actor: Actor, *, distributor_id: int, words: str = "") -> QuerySet[Any]:
    """Lines of which something can be returned to a company, the latest received first; `words` of product or order.

    Each with `returned` (returned, or asked for and open), `returnable` pieces and `last_received_on`.
    """
    rows = OrderLine.objects.visible_to(actor).filter(
        order__distributor=distributor_id, order__seller_company__isnull=False, received__gt=0
    )
    if words:
        products = Product.objects.matching(words, distributor_id=None).values("pk")
        rows = rows.filter(Q(order__number__istartswith=words) | Q(product__in=products))
    found: QuerySet[Any] = (
        with_returnable(rows).filter(returnable__gt=0).order_by("-last_received_on", "-order_id", "position")
    )
    return found


def order_is_returnable(actor: Actor, order: Order) -> bool:
    """Whether pieces of an order can be returned still. One query."""
    return returnable_lines(actor, distributor_id=order.distributor_id).filter(order=order).exists()


def with_returnable(rows: QuerySet[Any]) -> QuerySet[Any]:
    given = ReturnLine.objects.filter(order_line=OuterRef("pk")).order_by().values("order_line")
    came = ShipmentLine.objects.filter(order_line=OuterRef("pk"), received__gt=0).order_by().values("order_line")
    counted: QuerySet[Any] = rows.annotate(
        returned=Coalesce(Subquery(given.annotate(pieces=Sum("returned")).values("pieces")), 0),
        last_received_on=Subquery(
            came.annotate(day=TruncDate(Max("shipment__received_at"))).values("day"), output_field=DateField()
        ),
    ).annotate(returnable=F("received") - F("returned"))
    return counted
