"""What pages and API show of returns."""

from django.utils import timezone

from company.selectors import default_company
from orders.returns.selectors.room import ReturnRoom, return_room


def room_of(*, distributor_id: int) -> ReturnRoom | None:
    """What a distributor may still return to the company today. Four queries."""
    return return_room(seller_id=default_company().pk, buyer_id=distributor_id, day=timezone.localdate())
