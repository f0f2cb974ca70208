"""What lists show of transfers besides their own columns."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, Sum

from transfers.models import Transfer, TransferLine


def with_totals(transfers: Sequence[Transfer]) -> Sequence[Any]:
    """The transfers with `products`, `total` (pieces) and `on_the_way` (pieces in transit). One query."""
    in_transit = F("pieces") + F("surplus") - F("received") - F("lost")
    sums = {
        row.pop("transfer"): row
        for row in TransferLine.objects.filter(transfer__in=[transfer.pk for transfer in transfers])
        .order_by()
        .values("transfer")
        .annotate(products=Count("product", distinct=True), total=Sum("pieces"), on_the_way=Sum(in_transit))
    }
    for transfer in transfers:
        found = sums.get(transfer.pk, {"products": 0, "total": 0, "on_the_way": 0})
        vars(transfer).update(found | ({} if transfer.is_under_way else {"on_the_way": 0}))
    return transfers
