"""What is asked for of an order and still to be decided."""

from orders.changes.models import ChangeRequest


def open_request_of(*, order_id: int) -> ChangeRequest | None:
    """With its lines as `rows`. The caller has checked that the person may see the order. At most two queries."""
    found: ChangeRequest | None = (
        ChangeRequest.objects.open().filter(order=order_id).select_related("requested_by", "order").first()
    )
    if found is not None:
        found.rows = list(found.lines.select_related("line__product").order_by("id"))  # type: ignore[attr-defined]  # shown with the request, no column of it
    return found
