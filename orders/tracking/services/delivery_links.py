"""Links by which somebody without an account records one delivery: made, revoked, and used with a photo and a name."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services.security_values import count_value
from channel.services.scans import removed_on_failure
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible
from core.events import record_events
from core.mail import link as absolute
from core.permissions import require
from messaging.services.files import Attachment, stored
from orders.fulfilment.enums import ShipmentStatus
from orders.fulfilment.models import Shipment
from orders.fulfilment.services.delivering import note_deliveries
from orders.fulfilment.waybills.selectors.carried import sent_together
from orders.fulfilment.waybills.services.locking import lock_orders_of
from orders.ordering.enums import OrderEvent
from orders.ordering.models import Order
from orders.ordering.services.locking import order_event, record_order_event
from orders.permissions import can_mark_delivered
from orders.tracking.errors import TooManyTries
from orders.tracking.models import DeliveryLink, ProofOfDelivery

LASTS: Final = timedelta(days=14)
HOUR: Final = 3600
OPENED_BY_ADDRESS, SENT_BY_ADDRESS, SENT_BY_LINK = 300, 60, 20
"""How often in an hour a network address opens links and sends photos, and a link takes one."""


@transaction.atomic
def make_delivery_link(*, shipment_id: int, actor: Actor, now: datetime) -> tuple[DeliveryLink, str]:
    """A link for one shipment on its way, with all of its waybill, and its secret, which is not kept.

    One of these that is open already is revoked. Records one event. Raises NotVisible, NotAllowed, and Conflict where the
    shipment has arrived.
    """
    order, shipment, together = _lock(shipment_id, actor)
    require(can_mark_delivered(actor, shipment))
    if shipment.status != ShipmentStatus.SHIPPED:
        raise Conflict(_("This shipment is delivered already."), code="wrong_state")
    _revoke_open(together, now)
    secret = secrets.token_urlsafe(32)
    link = DeliveryLink.objects.create(
        shipment=shipment, secret_hash=_hash(secret), created_by_id=actor.pk, created_at=now, expires_at=now + LASTS
    )
    record_order_event(
        order,
        OrderEvent.DELIVERY_LINK_MADE,
        actor=actor,
        now=now,
        before=order.status,
        shipment=shipment,
        publish=False,
    )
    return link, secret


@transaction.atomic
def revoke_delivery_link(*, shipment_id: int, actor: Actor, now: datetime) -> None:
    """The open link of a shipment, or of its waybill, works no more.

    Records one event. Raises NotVisible, NotAllowed, and Conflict without one.
    """
    order, shipment, together = _lock(shipment_id, actor)
    require(can_mark_delivered(actor, shipment))
    if not _revoke_open(together, now):
        raise Conflict(_("There is no link to revoke."), code="wrong_state")
    record_order_event(
        order,
        OrderEvent.DELIVERY_LINK_REVOKED,
        actor=actor,
        now=now,
        before=order.status,
        shipment=shipment,
        publish=False,
    )


def open_delivery_link(*, secret: str, address: str, now: datetime) -> DeliveryLink:
    """The link with its shipment, while it works or after it was used. Raises TooManyTries, NotVisible."""
    _limit(f"open:{address}", OPENED_BY_ADDRESS)
    return _known(secret, now)


def record_proof(*, secret: str, signed_by: str, photo: Attachment, address: str, now: datetime) -> ProofOfDelivery:
    """Record who took the shipment in, with a photo, and with it all of its waybill that has no proof yet.

    What no carrier has reported as delivered is delivered with that. Records one event a shipment beside that of its
    delivery, and uses up the link. Raises TooManyTries, NotVisible where there is no such link or it works no more,
    InvalidInput at `signed_by` or `photo`.
    """
    _limit(f"send:{address}", SENT_BY_ADDRESS)
    _limit(f"link:{_hash(secret)}", SENT_BY_LINK)
    shipment_id = _known(secret, now).shipment_id
    with explained(), removed_on_failure() as written, transaction.atomic():
        orders, shipments = lock_orders_of(sent_together(shipment_id), actor=None)
        link = DeliveryLink.objects.select_for_update(of=("self",)).get(secret_hash=_hash(secret))
        known = set(ProofOfDelivery.objects.filter(shipment__in=shipments).values_list("shipment_id", flat=True))
        if not link.is_open(now) or link.shipment_id in known:
            raise NotVisible
        if not signed_by.strip():
            raise InvalidInput(_("Enter the name of who took the goods in."), code="required", field="signed_by")
        proof = ProofOfDelivery(
            shipment_id=link.shipment_id, link=link, signed_by=signed_by.strip(), recorded_at=now,
            **stored(photo, field="photo", scan=True),
        )  # fmt: skip
        proof.full_clean(validate_unique=False, validate_constraints=False)
        proof.save(force_insert=True)
        written.append(proof.file)
        signed = [one for one in shipments if one.pk not in known]
        ProofOfDelivery.objects.bulk_create(_same_proof(proof, one.pk) for one in signed if one.pk != link.shipment_id)
        link.used_at = now
        link.save(update_fields=["used_at"])
        _revoke_open([one.pk for one in shipments], now)  # made before they were on one waybill
        note_deliveries(orders, [one for one in signed if one.status == ShipmentStatus.SHIPPED], at=now, actor=None)
        by_id = {order.pk: order for order in orders}
        record_events(
            [
                order_event(
                    by_id[one.order_id], OrderEvent.PROOF_RECORDED, before=by_id[one.order_id].status, shipment=one,
                    note=proof.signed_by,
                )
                for one in signed
            ],
            actor_id=None,
            at=now,
        )  # fmt: skip
    return proof


def _same_proof(proof: ProofOfDelivery, shipment_id: int) -> ProofOfDelivery:
    """The same photo and name with another shipment."""
    names = ("name", "media_type", "size", "sha256", "added_at", "link_id", "signed_by", "recorded_at")
    return ProofOfDelivery(
        shipment_id=shipment_id, file=proof.file.name, **{name: getattr(proof, name) for name in names}
    )


def address_of_link(secret: str) -> str:
    return absolute(reverse("orders:delivery", args=[secret]))


def _known(secret: str, now: datetime) -> DeliveryLink:
    order = "shipment__order"
    rows = DeliveryLink.objects.select_related(
        f"{order}__distributor", f"{order}__consignee_distributor", f"{order}__consignee_outlet"
    )
    found: DeliveryLink | None = rows.filter(
        secret_hash=_hash(secret), revoked_at__isnull=True, expires_at__gt=now
    ).first()
    if found is None:
        raise NotVisible
    return found


def _lock(shipment_id: int, actor: Actor) -> tuple[Order, Shipment, list[int]]:
    """A shipment and its order, locked with all that is sent together with it; and the ids of those shipments."""
    together = sent_together(shipment_id)
    orders, shipments = lock_orders_of(together, actor=actor)
    shipment = next((one for one in shipments if one.pk == shipment_id), None)
    if shipment is None:
        raise NotVisible
    return next(one for one in orders if one.pk == shipment.order_id), shipment, together


def _revoke_open(shipment_ids: Sequence[int], now: datetime) -> int:
    rows = DeliveryLink.objects.filter(shipment__in=shipment_ids, revoked_at__isnull=True, used_at__isnull=True)
    return rows.update(revoked_at=now)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _limit(key: str, most: int) -> None:
    """Count a try of a stranger. Before: outside of the transaction that may be undone."""
    if count_value(f"delivery-{key}", seconds=HOUR) > most:
        raise TooManyTries
