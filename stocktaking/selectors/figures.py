"""What pages show of counts and scrap besides their own columns."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, ExpressionWrapper, F, Sum, When

from stocktaking.models import Scrap, ScrapLine, StockCount, StockCountLine

_NONE = {
    "rows": 0, "counted_rows": 0, "right": 0, "differing": 0, "recount": 0, "more": 0, "less": 0, "net_value": Decimal(0),
    "gross_value": Decimal(0),
}  # fmt: skip
_OF_DIFFERENCES = ("right", "differing", "more", "less", "net_value", "gross_value", "accuracy")


def with_figures(counts: Sequence[StockCount]) -> Sequence[Any]:
    """The counts with `figures`: rows, counted_rows, right, differing, recount, accuracy, and what differences are worth.

    One query. While a count is blind nothing that would say what is expected.
    """
    found = StockCountLine.objects.filter(count__in=[count.pk for count in counts]).figures_by_count()
    for count in counts:
        figures: dict[str, Any] = dict(found.get(count.pk, _NONE))
        figures["uncounted"] = figures["rows"] - figures["counted_rows"]
        figures["accuracy"] = figures["right"] / figures["counted_rows"] if figures["counted_rows"] else None
        if count.hides_expected():
            figures |= dict.fromkeys(_OF_DIFFERENCES)
        vars(count)["figures"] = figures
    return counts


def scrap_totals(scraps: Sequence[Scrap]) -> Sequence[Any]:
    """The scraps with `products`, `total` (pieces) and `value` at cost: as posted, before that as of today. One query."""
    cost = Case(When(scrap__posted_at__isnull=True, then=F("product__unit_cost")), default=F("unit_cost"))
    money: DecimalField[Any, Any] = DecimalField(max_digits=19, decimal_places=4)
    sums = {
        row.pop("scrap"): row
        for row in ScrapLine.objects.filter(scrap__in=[scrap.pk for scrap in scraps])
        .order_by()
        .values("scrap")
        .annotate(
            products=Count("product", distinct=True),
            total=Sum("pieces"),
            value=Sum(ExpressionWrapper(F("pieces") * cost, output_field=money)),
        )
    }
    for scrap in scraps:
        vars(scrap).update(sums.get(scrap.pk, {"products": 0, "total": 0, "value": Decimal(0)}))
    return scraps
