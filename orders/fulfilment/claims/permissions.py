"""Who decides about a delivery claim: the seller's people what was missing or damaged, the buyer's what nobody ordered."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from core.actors import Actor
from core.permissions import declare
from core.state import StateTable, Transition
from orders.fulfilment.claims.enums import ClaimEvent, ClaimStatus
from orders.permissions import can_receive, sells

DECIDE_CLAIMS = declare(
    "orders.decide_claims",
    _("Decide delivery claims"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER],
    has_limit=True,
)


def can_decide_claim(actor: Actor, claim: Any = None) -> bool:
    """Whoever acts for the distributor; of what a distributor sells its own people. A grant's limit bounds the credit."""
    if claim is None:
        return DECIDE_CLAIMS.granted_to(actor) or sells(actor)
    seller = claim.order.seller_distributor_id
    if seller is not None:
        return sells(actor) and actor.distributor_id == seller
    return DECIDE_CLAIMS.granted_to(actor) and actor.works_for(claim.distributor_id)


def can_credit(actor: Actor, claim: Any, *, amount: Decimal) -> bool:
    """Up to the limit of a grant, in the company's currency; without a known rate beyond every limit."""
    if claim.order.seller_distributor_id is not None:
        return can_decide_claim(actor, claim)
    rate = claim.exchange_rate
    return DECIDE_CLAIMS.granted_to(actor, amount=Decimal("Infinity") if rate is None else amount * rate)


def can_settle_surplus(actor: Actor, claim: Any = None) -> bool:
    """Whoever receives for the distributor."""
    return can_receive(actor, claim)


_OPEN = frozenset({ClaimStatus.OPEN})
CLAIM_STATES = StateTable(
    field="status",
    states=ClaimStatus,
    transitions=[
        Transition(
            action="decide",
            event=ClaimEvent.DECIDED,
            sources=_OPEN,
            target=ClaimStatus.OPEN,
            label=pgettext_lazy("delivery claim", "Decide"),
            permission=can_decide_claim,
        ),
        Transition(
            action="settle_surplus",
            event=ClaimEvent.SURPLUS_DECIDED,
            sources=_OPEN,
            target=ClaimStatus.OPEN,
            label=pgettext_lazy("delivery claim", "Accept or send back"),
            permission=can_settle_surplus,
        ),
        Transition(
            action="await_reshipment",
            sources=_OPEN,
            target=ClaimStatus.RESHIPPING,
            label=pgettext_lazy("delivery claim", "Being re-shipped"),
        ),
        Transition(
            action="close",
            event=ClaimEvent.CLOSED,
            sources=frozenset({ClaimStatus.OPEN, ClaimStatus.RESHIPPING}),
            target=ClaimStatus.CLOSED,
            label=pgettext_lazy("delivery claim", "Close"),
        ),
        Transition(
            action="reopen",
            event=ClaimEvent.RESHIPMENT_CALLED_OFF,
            sources=frozenset({ClaimStatus.RESHIPPING, ClaimStatus.OPEN}),
            target=ClaimStatus.OPEN,
            label=pgettext_lazy("delivery claim", "Reopen"),
        ),
    ],
)
