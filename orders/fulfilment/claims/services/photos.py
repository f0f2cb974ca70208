"""Pictures of what differs: taken by whoever receives, kept with the line of the claim."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from channel.services.scans import removed_on_failure
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, NotVisible
from core.permissions import require
from messaging.services.files import Attachment, stored
from orders.fulfilment.claims.enums import ClaimEvent
from orders.fulfilment.claims.models import ClaimPhoto, DeliveryClaim
from orders.fulfilment.claims.services.recording import lock_claim, record_claim_event
from orders.permissions import can_receive

MOST_PHOTOS = 5
"""Of one line of a claim."""


def check_photos(photos: Sequence[Attachment], *, field: str) -> None:
    """Raises InvalidInput at `field` where these are too many, too large, or no pictures."""
    if len(photos) > MOST_PHOTOS:
        message = _("At most %(count)d photos can be added to a line.") % {"count": MOST_PHOTOS}
        raise InvalidInput(message, code="too_many_files", field=field)
    for photo in photos:
        if not str(stored(photo, field=field)["media_type"]).startswith("image/"):
            raise InvalidInput(_("This is not a picture."), code="media_type", field=field)


def keep_photos(photos: Mapping[int, Iterable[Attachment]]) -> None:
    """Keep photos by line of a claim. Before: they are checked, and this is inside the transaction that made the lines."""
    rows = [
        ClaimPhoto(line_id=line, **stored(photo, field="photos")) for line, found in photos.items() for photo in found
    ]
    if not rows:
        return
    with removed_on_failure() as written:
        for row in rows:
            row.file.save(row.file.name or "", row.file.file, save=False)
            written.append(row.file)
        ClaimPhoto.objects.bulk_create(rows)


def add_photos(
    *,
    claim_id: int,
    line_id: int,
    photos: Sequence[Attachment],
    actor: Actor,
    now: datetime,
    expected_version: int | None = None,
) -> DeliveryClaim:
    """Add photos to a line of a claim that is not closed. Records one event.

    Raises NotVisible, NotAllowed (whoever does not receive for the distributor), StaleVersion, InvalidInput at `photos`.
    """
    with explained(), transaction.atomic():
        claim = lock_claim(claim_id=claim_id, actor=actor, expected_version=expected_version)
        require(can_receive(actor, claim))
        line = claim.lines.filter(pk=line_id).first()
        if line is None:
            raise NotVisible
        if not photos:
            raise InvalidInput(_("Choose a picture."), code="required", field="photos")
        check_photos([*([photos[0]] * line.photos.count()), *photos], field="photos")
        keep_photos({line.pk: photos})
        record_claim_event(claim, ClaimEvent.PHOTOS_ADDED, actor_id=actor.pk, now=now, count=len(photos))
    return claim
