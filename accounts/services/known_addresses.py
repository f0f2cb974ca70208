"""From where people have signed in."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import KnownAddress

KEPT = timedelta(days=180)


def remember_address(*, person_id: int, address: str) -> None:
    """Note that the person signed in from there now."""
    KnownAddress.objects.update_or_create(
        person_id=person_id, address=address, defaults={"signed_in_at": timezone.now()}
    )


def forget_old_addresses(*, now: datetime) -> int:
    """Delete those not used for half a year."""
    return int(KnownAddress.objects.filter(signed_in_at__lt=now - KEPT).delete()[0])
