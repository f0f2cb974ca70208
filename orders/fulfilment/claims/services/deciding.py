"""What becomes of the pieces on a delivery claim. Each piece is decided once, whoever is first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, Problem
from core.permissions import require
from inventory.models import StockBlock
from inventory.selectors.availability import Place
from inventory.services.back_orders import lock_places
from inventory.services.channel_blocks import free_at_distributor
from inventory.services.differences import post_differences
from orders.fulfilment.claims.enums import ClaimCause, ClaimEvent, ClaimKind, ClaimOutcome
from orders.fulfilment.claims.models import ClaimDecision, DeliveryClaim, DeliveryClaimLine
from orders.fulfilment.claims.permissions import CLAIM_STATES, can_credit, can_decide_claim
from orders.fulfilment.claims.services.amounts import credited_before, lock_lines, worth_of
from orders.fulfilment.claims.services.recording import lock_claim, record_claim_event
from orders.fulfilment.claims.services.settling import settle_claims
from orders.ordering.models import OrderLine
from orders.ordering.services.locking import lock_order
from orders.ordering.services.replacing import Replaced, place_replacement

COUNTERS: Mapping[str, str] = {
    ClaimOutcome.CREDIT: "credited",
    ClaimOutcome.RESHIP: "reshipped",
    ClaimOutcome.REFUSE: "refused",
    ClaimOutcome.ACCEPT: "accepted",
    ClaimOutcome.SEND_BACK: "sent_back",
}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """How pieces of a line end; without `pieces` all of it that are not decided. Missing ones need the cause."""

    line_id: int
    outcome: ClaimOutcome
    pieces: int | None = None
    cause: str = ""
    reason: str = ""


def decide_claim(
    *, claim_id: int, decisions: Sequence[Decision], actor: Actor, now: datetime, expected_version: int | None = None
) -> DeliveryClaim:
    """Re-ship, credit or refuse missing and damaged pieces: all decisions, or none.

    What is re-shipped becomes one order at no price, approved and reserved at once. A credit keeps its net and tax, the
    pieces' part of the line that was paid for, in the claim's currency. Missing pieces that were picked wrongly are in the
    seller's stock again; damaged ones stay blocked at the buyer until it disposes of them, and are free where the claim is
    refused. Records one event. Raises NotVisible, NotAllowed (also above the limit of a grant), StaleVersion, Conflict
    (closed, decided already, or the re-shipment is not possible), InvalidInput at `lines.<index>.<field>`.
    """
    with explained(), transaction.atomic():
        claim = _locked(claim_id, actor, expected_version)
        require(can_decide_claim(actor, claim))
        CLAIM_STATES.advance(claim, "decide")
        lines = list(claim.lines.select_related("product", "shipment_line__order_line__product").order_by("pk"))
        chosen = choose(lines, decisions, _problem_of_seller)
        rows = [_row(line, one, pieces, actor=actor, now=now) for line, one, pieces in chosen]
        _credit(claim, rows, actor)
        _lock_stock(claim, rows)
        _correct_stock(claim, rows, actor=actor, now=now)
        replacement = _reship(claim, rows, actor=actor, now=now)
        keep(lines, rows)
        record_claim_event(
            claim, ClaimEvent.DECIDED, actor_id=actor.pk, now=now, reship_order=replacement, **summed(rows)
        )
        settle_claims([claim.pk], actor_id=actor.pk, now=now)
    claim.refresh_from_db()
    return claim


def _locked(claim_id: int, actor: Actor, expected_version: int | None) -> DeliveryClaim:
    """The claim after its order."""
    order_id = DeliveryClaim.objects.filter(pk=claim_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotVisible
    order = lock_order(order_id=order_id, actor=actor, expected_version=None)
    claim = lock_claim(claim_id=claim_id, actor=actor, expected_version=expected_version)
    claim.order = order
    return claim


Chosen = tuple[DeliveryClaimLine, Decision, int]


def choose(
    lines: Sequence[DeliveryClaimLine],
    decisions: Sequence[Decision],
    problem_of: Callable[[DeliveryClaimLine, Decision], tuple[str, str, str] | None],
) -> list[Chosen]:
    """The lines with what is decided of each. Raises InvalidInput with every problem, Conflict where a piece is decided."""
    known = {line.pk: line for line in lines}
    left = {line.pk: line.open_pieces for line in lines}
    chosen: list[Chosen] = []
    problems = []
    if not decisions:
        raise InvalidInput(_("Decide about at least one line."), code="required", field="lines")
    for index, one in enumerate(decisions):
        line = known.get(one.line_id)
        if line is None:
            message = _("This line does not belong to this claim.")
            problems.append(Problem(message=message, code="unknown", field=f"lines.{index}.line"))
            continue
        if (found := problem_of(line, one)) is not None:
            name, code, message = found
            problems.append(Problem(message=message, code=code, field=f"lines.{index}.{name}"))
            continue
        pieces = left[line.pk] if one.pieces is None else one.pieces
        if not left[line.pk]:
            raise Conflict(_("These pieces are decided already."), code="decided", field=f"lines.{index}.pieces")
        if not 1 <= pieces <= left[line.pk]:
            message = _("Enter a quantity between 1 and %(most)d.") % {"most": left[line.pk]}
            problems.append(Problem(message=message, code="out_of_range", field=f"lines.{index}.pieces"))
            continue
        left[line.pk] -= pieces
        chosen.append((line, one, pieces))
    if problems:
        raise InvalidInput(problems=problems)
    return chosen


def _problem_of_seller(line: DeliveryClaimLine, one: Decision) -> tuple[str, str, str] | None:
    if line.is_unordered or one.outcome.is_of_buyer:
        return "outcome", "wrong_outcome", _("Goods that nobody ordered are accepted or sent back by the distributor.")
    if one.outcome == ClaimOutcome.REFUSE and not one.reason.strip():
        return "reason", "required", _("Enter a reason for the refusal.")
    needs_cause = line.kind == ClaimKind.MISSING and one.outcome != ClaimOutcome.REFUSE
    if needs_cause and one.cause not in {ClaimCause.CARRIER, ClaimCause.MISPICK}:
        return "cause", "required", _("Select why the pieces are missing.")
    return None


def _row(line: DeliveryClaimLine, one: Decision, pieces: int, *, actor: Actor, now: datetime) -> ClaimDecision:
    is_missing = line.kind == ClaimKind.MISSING
    cause = ClaimCause.REFUSED if one.outcome == ClaimOutcome.REFUSE else one.cause
    return ClaimDecision(
        line=line,
        outcome=one.outcome,
        pieces=pieces,
        cause=cause if is_missing else "",
        reason=one.reason.strip(),
        decided_at=now,
        decided_by_id=actor.pk,
    )


def _credit(claim: DeliveryClaim, rows: Sequence[ClaimDecision], actor: Actor) -> None:
    """Each credit is the pieces' part of the line that was paid for, after those credited before."""
    credited = [row for row in rows if row.outcome == ClaimOutcome.CREDIT]
    if not credited:
        return
    priced = lock_lines({row.line.order_line_id or 0 for row in credited})
    before = dict(credited_before(priced))
    for row in credited:
        source = row.line.order_line_id or 0
        counted = before.get(source, 0)
        worth = worth_of(priced[source], before=counted, pieces=row.pieces, currency=claim.currency)
        row.net_amount, row.tax_amount = worth
        before[source] = counted + row.pieces
    total = sum((row.net_amount + row.tax_amount for row in credited), Decimal(0))
    if not can_credit(actor, claim, amount=total):
        raise NotAllowed(_("This credit is more than you may decide about."))


def _lock_stock(claim: DeliveryClaim, rows: Sequence[ClaimDecision]) -> None:
    """All the stock that the decisions change, blocks first, once in its order: later locks of it wait for nobody."""
    ids = sorted(row.line.block_id for row in rows if row.outcome == ClaimOutcome.REFUSE and row.line.block_id)
    blocks = list(StockBlock.objects.select_for_update().filter(pk__in=ids).order_by("pk")) if ids else []
    places = {(block.warehouse_id, block.product_id) for block in blocks}
    sent = [row for row in rows if row.outcome == ClaimOutcome.RESHIP or row.cause == ClaimCause.MISPICK]
    places |= {_place(claim, row) for row in sent}
    known = [place for place in places if place[0]]
    if known:
        lock_places(sorted(known, key=lambda place: (place[1], place[0])))


def _shipped(line: DeliveryClaimLine) -> OrderLine:
    """The line of the order that the pieces were shipped for."""
    if line.shipment_line is None:
        raise ValueError(line)
    return line.shipment_line.order_line


def _place(claim: DeliveryClaim, row: ClaimDecision) -> Place:
    return _shipped(row.line).warehouse_id or claim.order.warehouse_id or 0, row.line.product_id


def _correct_stock(claim: DeliveryClaim, rows: Sequence[ClaimDecision], *, actor: Actor, now: datetime) -> None:
    """Missing pieces that never left are in stock again; damaged ones that the buyer keeps are free there."""
    found: dict[Place, int] = {}
    for row in rows:
        place = _place(claim, row)
        if place[0] and row.cause == ClaimCause.MISPICK:
            found[place] = found.get(place, 0) + row.pieces
    post_differences(pieces=found, reference=claim.number or "", actor_id=actor.pk, at=now)
    freed: dict[int, int] = {}
    for row in rows:
        if row.outcome == ClaimOutcome.REFUSE and row.line.block_id is not None:
            freed[row.line.block_id] = freed.get(row.line.block_id, 0) + row.pieces
    free_at_distributor(pieces=freed, now=now)


def _reship(claim: DeliveryClaim, rows: Sequence[ClaimDecision], *, actor: Actor, now: datetime) -> str:
    """One order for all that is re-shipped; returns its number."""
    sent = [row for row in rows if row.outcome == ClaimOutcome.RESHIP]
    if not sent:
        return ""
    replaced = [Replaced(line=_shipped(row.line), pieces=row.pieces) for row in sent]
    lines = place_replacement(claim.order, replaced, actor=actor, now=now)
    for row, line in zip(sent, lines, strict=True):
        row.replacement_line = line
    return lines[0].order.number or ""


def keep(lines: Sequence[DeliveryClaimLine], rows: Sequence[ClaimDecision]) -> None:
    """Write decisions, and count their pieces in the lines. Two statements."""
    for row in rows:
        counter = COUNTERS[row.outcome]
        setattr(row.line, counter, getattr(row.line, counter) + row.pieces)
    DeliveryClaimLine.objects.bulk_update(lines, list(COUNTERS.values()))
    ClaimDecision.objects.bulk_create(rows)


def summed(rows: Sequence[ClaimDecision]) -> dict[str, Any]:
    """For the event: pieces by outcome, and what is to be credited."""
    found: dict[str, Any] = {}
    for row in rows:
        found[row.outcome] = found.get(row.outcome, 0) + row.pieces
    credit = sum((row.net_amount + row.tax_amount for row in rows), Decimal(0))
    reasons = list(dict.fromkeys(row.reason for row in rows if row.reason))
    return {**found, "reason": "; ".join(reasons), **({"credit_amount": str(credit)} if credit else {})}
