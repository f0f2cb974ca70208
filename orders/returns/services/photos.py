"""Photos that come after the request, as a phone sends them one by one."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput
from core.permissions import require
from messaging.services.files import MOST_FILES, Attachment, stored
from orders.returns.enums import ReturnEvent, ReturnStatus
from orders.returns.models import Return, ReturnPhoto
from orders.returns.permissions import can_request_return
from orders.returns.selectors.room import return_room
from orders.returns.selectors.rules import broken_rules
from orders.returns.services.locking import lock_return, record_return_event, save_return
from orders.returns.services.requesting import authorise_by_rule


def add_photo(
    *,
    return_id: int,
    position: int,
    photo: Attachment,
    actor: Actor,
    now: datetime,
    expected_version: int | None = None,
) -> Return:
    """Add a photo to a line, by its position, while nobody decided; what meets every rule with it is authorised at once.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict (decided already), InvalidInput at `photo` or `line`.
    """
    with explained(), transaction.atomic():
        document = lock_return(return_id=return_id, actor=actor, expected_version=expected_version)
        require(can_request_return(actor, document))
        if document.status != ReturnStatus.REQUESTED:
            raise Conflict(_("This return is decided already."), code="wrong_state")
        lines = list(document.lines.prefetch_related("photos").order_by("position"))
        line = next((one for one in lines if one.position == position), None)
        if line is None:
            raise InvalidInput(_("This return does not have this line."), code="unknown", field="line")
        if len(line.photos.all()) >= MOST_FILES:
            message = _("At most %(count)d files can be attached.") % {"count": MOST_FILES}
            raise InvalidInput(message, code="too_many", field="photo")
        ReturnPhoto.objects.create(line=line, **{**stored(photo, field="photo", scan=True), "added_at": now})
        photographed = {position, *(one.position for one in lines if one.photos.all())}
        day = timezone.localdate(now)
        document.broken_rules = broken_rules(
            policy=document.policy,
            room=return_room(seller_id=document.company_id, buyer_id=document.distributor_id, day=day),
            lines=lines,
            rate_amount=document.rate_amount,
            currency=document.currency,
            photographed=photographed,
            day=day,
        )
        save_return(document, "broken_rules")
        record_return_event(document, ReturnEvent.PHOTO_ADDED, actor=actor, now=now, line=position)
        if not document.broken_rules:
            authorise_by_rule(document, now=now)
    document.refresh_from_db()
    return document
