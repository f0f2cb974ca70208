"""What was asked and answered about the holds of an order."""

from collections.abc import Sequence

from orders.changes.models import HoldQuestion


def questions_of(*, order_id: int) -> Sequence[HoldQuestion]:
    """Of the open holds, the oldest first, without what its author withdrew. One query."""
    rows = HoldQuestion.objects.filter(
        hold__order=order_id, hold__lifted_at__isnull=True, question__withdrawn_at__isnull=True
    )
    return list(rows.select_related("hold", "question__author", "answer__author").order_by("id"))
