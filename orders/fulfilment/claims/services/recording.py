from datetime import datetime
from typing import Any

from django.db.models import F

from core.actors import Actor
from core.events import ExtraSubject, record_event
from core.locks import lock_row
from core.state import check_version
from orders.fulfilment.claims.enums import CLAIM, ClaimEvent
from orders.fulfilment.claims.models import DeliveryClaim


def lock_claim(*, claim_id: int, actor: Actor | None, expected_version: int | None) -> DeliveryClaim:
    """The claim under FOR UPDATE, after its order. Raises NotVisible, StaleVersion. `actor` None is the program itself."""
    rows = DeliveryClaim.objects.all() if actor is None else DeliveryClaim.objects.visible_to(actor)
    claim: DeliveryClaim = lock_row(rows, claim_id)
    check_version(claim, expected_version)
    return claim


def record_claim_event(
    claim: DeliveryClaim, kind: ClaimEvent, *, actor_id: int | None, now: datetime, **data: Any
) -> None:
    """One event of a claim, which stands in the history of its order and shipment, too; it is another version then.

    Before: the claim is locked.
    """
    DeliveryClaim.objects.filter(pk=claim.pk).update(status=F("status"))  # whoever saw it before sees it anew
    record_event(
        kind=kind.value,
        subject_type=CLAIM,
        subject_id=claim.pk,
        actor_id=actor_id,
        distributor_id=claim.distributor_id,
        extra_subjects=[
            ExtraSubject("order", claim.order_id, "order"),
            ExtraSubject("shipment", claim.shipment_id, "shipment"),
        ],
        data={"number": claim.number, "order": claim.order.number, "manager_id": claim.order.manager_id, **data},
        at=now,
    )
