from collections.abc import Collection
from datetime import datetime

from channel.models import AddressClearance


def clear_address(
    *, address_id: int, place: str, agreement_ids: Collection[int], reason: str, actor_id: int, now: datetime
) -> None:
    """Let orders go to a place outside the territories of these agreements from now on. One statement.

    Before: inside the transaction of the order's release, which asks for the permission and records the event.
    """
    AddressClearance.objects.bulk_create(
        [
            AddressClearance(
                agreement_id=pk,
                address_id=address_id,
                place=place,
                reason=reason,
                cleared_by_id=actor_id,
                cleared_at=now,
            )
            for pk in agreement_ids
        ],
        ignore_conflicts=True,
    )
