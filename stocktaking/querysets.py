from decimal import Decimal
from typing import Any, Self

from django.db.models import Case, Count, DecimalField, ExpressionWrapper, F, Q, Sum, When
from django.db.models.functions import Abs, Coalesce

from inventory.querysets import OfBrandQuerySet
from stocktaking.enums import RowState

__all__ = ["CountLineQuerySet", "OfBrandQuerySet"]

COUNTED = Q(counted__isnull=False)
RIGHT = COUNTED & Q(counted=F("expected"))
DIFFERS = COUNTED & ~Q(counted=F("expected"))
_CONDITIONS = {
    RowState.UNCOUNTED: ~COUNTED,
    RowState.COUNTED: COUNTED,
    RowState.RIGHT: RIGHT,
    RowState.DIFFERS: DIFFERS,
    RowState.RECOUNT: Q(needs_recount=True),
    RowState.ADDED: Q(is_listed=False),
}
_VALUE = F("difference") * F("unit_cost")
_ZERO = Decimal(0)


class CountLineQuerySet(OfBrandQuerySet):
    def in_state(self, state: str) -> Self:
        return self.filter(_CONDITIONS[RowState(state)])

    def with_differences(self) -> Self:
        """Adds `difference` (pieces), `value` of it at the product's cost, and `weight`, its size."""
        money: DecimalField[Any, Any] = DecimalField(max_digits=19, decimal_places=4)
        return self.annotate(
            difference=Case(When(COUNTED, then=F("counted") - F("expected"))),
            value=ExpressionWrapper(_VALUE, output_field=money),
            weight=Abs(ExpressionWrapper(_VALUE, output_field=money)),
        )

    def figures_by_count(self) -> dict[int, dict[str, Any]]:
        """Rows, how many are counted, right, different and to be counted again, and what the differences are worth.

        One query. `value` is net, `weight` the sum of the sizes; both at the products' cost.
        """
        rows = (
            self.with_differences()
            .order_by()
            .values("count_id")
            .annotate(
                rows=Count("pk"),
                counted_rows=Count("pk", filter=COUNTED),
                right=Count("pk", filter=RIGHT),
                differing=Count("pk", filter=DIFFERS),
                recount=Count("pk", filter=Q(needs_recount=True)),
                more=Coalesce(Sum("difference", filter=Q(difference__gt=0)), 0),
                less=Coalesce(Sum("difference", filter=Q(difference__lt=0)), 0),
                net_value=Coalesce(Sum("value"), _ZERO),
                gross_value=Coalesce(Sum("weight"), _ZERO),
            )
        )
        return {row.pop("count_id"): row for row in rows}
