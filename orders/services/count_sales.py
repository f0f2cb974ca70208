"""An order's part in the actual sales."""

from decimal import Decimal
from typing import Literal

from django.db.models import Count, F, Sum

from orders.models import Order, OrderLine
from planning.services.actuals import CategorySales, post_sales


def count_sales(order: Order, *, sign: Literal[1, -1]) -> None:
    """Post the order's lines to the actual sales of its day, or with -1 take them back. Before: the order is locked."""
    sums = (
        OrderLine.objects.filter(order_id=order.pk)
        .values("product__category_id")
        .annotate(
            units=Sum(F("ordered") - F("cancelled")),
            lines=Count("pk"),
            gross=Sum("gross_amount"),
            discount=Sum("discount_amount"),
            net=Sum("net_amount"),
            cost=Sum("cost_amount"),
        )
        .order_by("product__category_id")
    )
    sold = [
        CategorySales(
            category_id=row["product__category_id"],
            units=row["units"],
            lines=row["lines"],
            gross=row["gross"] or Decimal(0),
            discount=row["discount"] or Decimal(0),
            net=row["net"] or Decimal(0),
            cost=row["cost"] or Decimal(0),
        )
        for row in sums
    ]
    if sold:
        post_sales(
            distributor_id=order.distributor_id,
            manager_id=order.manager_id,
            currency=order.currency,
            day=order.ordered_on,
            sold=sold,
            sign=sign,
        )
