"""Scrap: prepared by one person, approved by another. Only then the goods leave the stock. Undoing is in `undoing`."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import DecimalField, ExpressionWrapper, F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from company.enums import DocumentKind
from company.selectors import default_company
from company.services.number_series import next_number
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotAllowed, Problem
from core.events import ExtraSubject, record_event
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from inventory.enums import MoveKind
from inventory.models import StockBlock, Warehouse
from inventory.selectors.document_lines import DocumentLine
from inventory.services.back_orders import lock_places, settle_back_orders
from inventory.services.blocks import lock_block, take_blocked
from inventory.services.posting import Posting, post_moves
from stocktaking.enums import ScrapReason, ScrapStatus, StocktakingEvent
from stocktaking.models import Scrap, ScrapLine
from stocktaking.permissions import APPROVE_SCRAP, SCRAP_STATES, can_approve_scrap, can_return_scrap, can_scrap

MOST_LINES = 1_000


def save_scrap(
    *,
    warehouse_id: int,
    reason: str,
    lines: Sequence[DocumentLine],
    actor: Actor,
    now: datetime,
    note: str = "",
    block_id: int | None = None,
    scrap_id: int | None = None,
    expected_version: int | None = None,
) -> Scrap:
    """Prepare a scrap, or change one that is a draft. Nothing moves. With `block_id` the goods are those blocked by it.

    Raises NotVisible, NotAllowed, StaleVersion, Conflict (submitted already), InvalidInput at `warehouse`, `reason` or
    `lines`.
    """
    require(can_scrap(actor))
    with explained(), transaction.atomic():
        scrap = Scrap(company=default_company(), created_at=now, created_by_id=actor.pk, block_id=block_id)
        if scrap_id is not None:
            scrap = lock_scrap(scrap_id, actor, expected_version)
            if scrap.status != ScrapStatus.DRAFT:
                raise Conflict(_("This scrap is submitted: return it before you change it."), code="wrong_state")
        scrap.warehouse_id, scrap.reason, scrap.note = warehouse_id, reason, note.strip()
        _check(scrap, lines)
        scrap.save()
        scrap.lines.all().delete()
        ScrapLine.objects.bulk_create(
            ScrapLine(
                scrap=scrap,
                product_id=line.product_id,
                unit=line.unit,
                unit_pieces=line.unit_pieces,
                quantity=line.quantity,
                pieces=line.pieces,
            )
            for line in lines
        )
        kind = StocktakingEvent.SCRAP_PREPARED if scrap_id is None else StocktakingEvent.SCRAP_CHANGED
        record(scrap, kind, actor, now, lines=len(lines), pieces=sum(line.pieces for line in lines))
    scrap.refresh_from_db()
    return scrap


def _check(scrap: Scrap, lines: Sequence[DocumentLine]) -> None:
    problems = []
    if not Warehouse.objects.stocked().filter(pk=scrap.warehouse_id, is_active=True).exists():
        message = _("Select an active warehouse of the brand owner.")
        problems.append(Problem(message=message, code="unknown", field="warehouse"))
    if scrap.reason not in ScrapReason.values:
        problems.append(Problem(message=_("Select a reason."), code="unknown", field="reason"))
    if not lines:
        problems.append(Problem(message=_("Enter at least one product."), code="required", field="lines"))
    if len(lines) > MOST_LINES:
        message = _("At most %(most)s lines in one scrap.") % {"most": MOST_LINES}
        problems.append(Problem(message=message, code="too_many_lines", field="lines"))
    problems += [
        Problem(message=_("Enter a quantity above zero."), code="min_value", field=f"lines.{index}.quantity")
        for index, line in enumerate(lines)
        if line.quantity < 1
    ]
    problems += _problems_of_block(scrap, lines)
    if problems:
        raise InvalidInput(problems=problems)


def _problems_of_block(scrap: Scrap, lines: Sequence[DocumentLine]) -> list[Problem]:
    block = StockBlock.objects.filter(pk=scrap.block_id).first() if scrap.block_id else None
    if block is None:
        return []
    problems = []
    if block.warehouse_id != scrap.warehouse_id:
        message = _("The blocked goods lie in another warehouse.")
        problems.append(Problem(message=message, code="other_warehouse", field="warehouse"))
    if {line.product_id for line in lines} != {block.product_id}:
        problems.append(Problem(message=_("Another product is blocked there."), code="other_product", field="lines"))
    if sum(line.pieces for line in lines) > block.open_pieces:
        message = _("Only %(pieces)d pieces are blocked there.") % {"pieces": block.open_pieces}
        problems.append(Problem(message=message, code="short", field="lines"))
    return problems


def submit_scrap(*, scrap_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Scrap:
    """Ask for the approval. Raises NotVisible, NotAllowed, StaleVersion, Conflict."""
    require(can_scrap(actor))
    with transaction.atomic():
        scrap = lock_scrap(scrap_id, actor, expected_version)
        SCRAP_STATES.advance(scrap, "submit")
        scrap.submitted_at, scrap.submitted_by_id = now, actor.pk
        scrap.save(update_fields=["status", "submitted_at", "submitted_by"])
        record(scrap, StocktakingEvent.SCRAP_SUBMITTED, actor, now)
    scrap.refresh_from_db()
    return scrap


def return_scrap(
    *, scrap_id: int, actor: Actor, now: datetime, note: str = "", expected_version: int | None = None
) -> Scrap:
    """Give it back as a draft, with what is wrong with it. Raises NotVisible, NotAllowed, StaleVersion, Conflict."""
    require(can_return_scrap(actor))
    return _set_back(
        scrap_id, "return", StocktakingEvent.SCRAP_RETURNED, actor, now, expected_version, note=note.strip()
    )


def cancel_scrap(*, scrap_id: int, actor: Actor, now: datetime, expected_version: int | None = None) -> Scrap:
    """Give up a scrap that is not posted. Raises NotVisible, NotAllowed, StaleVersion, Conflict."""
    require(can_scrap(actor))
    return _set_back(scrap_id, "cancel", StocktakingEvent.SCRAP_CANCELLED, actor, now, expected_version)


def _set_back(
    scrap_id: int,
    step: str,
    kind: StocktakingEvent,
    actor: Actor,
    now: datetime,
    expected_version: int | None,
    **data: Any,
) -> Scrap:
    with transaction.atomic():
        scrap = lock_scrap(scrap_id, actor, expected_version)
        SCRAP_STATES.advance(scrap, step)
        scrap.save(update_fields=["status"])
        record(scrap, kind, actor, now, **data)
    scrap.refresh_from_db()
    return scrap


def approve_scrap(
    *, scrap_id: int, actor: Actor, now: datetime, note: str = "", expected_version: int | None = None
) -> Scrap:
    """The goods leave the stock: one move a product. Nobody approves what he or she submitted.

    Raises NotVisible, NotAllowed (one's own, or worth more than a grant allows), StaleVersion, Conflict (wrong state; fewer
    pieces are free, with a problem a line at `lines.<index>.quantity`).
    """
    require(APPROVE_SCRAP.granted_to(actor))
    with explained(), transaction.atomic():
        scrap = lock_scrap(scrap_id, actor, expected_version)
        SCRAP_STATES.advance(scrap, "approve")
        lines = list(scrap.lines.select_related("product").order_by("pk"))
        value = _note_costs(lines)
        _require_another(scrap, actor, value)
        if scrap.block_id is not None:
            block = lock_block(scrap.block_id, actor)
            take_blocked(block, pieces=sum(line.pieces for line in lines), now=now, to_scrap=True)
        scrap.number = next_number(kind=DocumentKind.SCRAP, company_id=scrap.company_id, on=timezone.localdate(now))
        scrap.posted_at, scrap.posted_by_id, scrap.decision_note = now, actor.pk, note.strip()
        scrap.save(update_fields=["status", "number", "posted_at", "posted_by", "decision_note"])
        stock = lock_places([(scrap.warehouse_id, line.product_id) for line in lines])
        _refuse_short(lines, {row[2]: row[3] - row[4] for row in stock})
        post(scrap, lines, sign=-1, note=scrap.note, actor=actor, now=now)
        awaited = {row[0]: 0 for row in stock if row[5] > 0}
        if awaited:
            settle_back_orders(came_in=awaited, now=now)
        pieces = sum(line.pieces for line in lines)
        record(
            scrap,
            StocktakingEvent.SCRAP_POSTED,
            actor,
            now,
            pieces=pieces,
            reason=scrap.reason,
            note=scrap.decision_note,
        )
    scrap.refresh_from_db()
    return scrap


def _note_costs(lines: Sequence[ScrapLine]) -> Decimal:
    """What a piece costs on the day of the approval; the value of all."""
    for line in lines:
        line.unit_cost = line.product.unit_cost
    ScrapLine.objects.bulk_update(lines, ["unit_cost"])
    return sum((line.value for line in lines), Decimal(0))


def _require_another(scrap: Scrap, actor: Actor, value: Decimal) -> None:
    if not can_approve_scrap(actor, scrap):
        raise NotAllowed(_("You submitted it yourself: somebody else has to approve it."))
    if not APPROVE_SCRAP.granted_to(actor, amount=value):
        raise NotAllowed(_("This scrap is worth more than you may approve."))


def _refuse_short(lines: Sequence[ScrapLine], free: dict[int, int]) -> None:
    left = dict(free)
    problems = []
    for index, line in enumerate(lines):
        available = left.get(line.product_id, 0)
        left[line.product_id] = available - line.pieces
        if available < line.pieces:
            message = _("%(code)s: only %(free)d pieces are free, %(wanted)d are to be scrapped.") % {
                "code": line.product.code,
                "free": max(available, 0),
                "wanted": line.pieces,
            }
            problems.append(Problem(message=message, code="short", field=f"lines.{index}.quantity"))
    if problems:
        raise Conflict(problems=problems)


def post(scrap: Scrap, lines: Sequence[ScrapLine], *, sign: int, note: str, actor: Actor, now: datetime) -> None:
    """The moves of a scrap or of what undoes it, of the lot that was blocked. Before: the stock is locked."""
    lot_id = scrap.block.lot_id if scrap.block else None
    moves = [
        Posting(
            warehouse_id=scrap.warehouse_id,
            product_id=line.product_id,
            quantity=sign * line.pieces,
            kind=MoveKind.SCRAP,
            note=note,
            lot_id=lot_id,
        )
        for line in lines
    ]
    post_moves(moves=moves, reference=scrap.number or "", actor_id=actor.pk, at=now)


def undo_scrap(*, scrap_id: int, actor: Actor, now: datetime, note: str, expected_version: int | None = None) -> Scrap:
    """Bring the goods back by a counter document; whoever waits for them gets them first. They come back free.

    Returns the counter document. Raises NotVisible, NotAllowed, StaleVersion, Conflict (not posted, or undone already),
    InvalidInput at `note`.
    """
    require(APPROVE_SCRAP.granted_to(actor))
    if not note.strip():
        raise InvalidInput(_("Enter a reason."), code="required", field="note")
    with explained(), transaction.atomic():
        scrap = lock_scrap(scrap_id, actor, expected_version)
        if scrap.reverses_id is not None:
            raise Conflict(_("This document undoes another one: prepare a new scrap instead."), code="wrong_state")
        SCRAP_STATES.advance(scrap, "reverse")
        scrap.save(update_fields=["status"])
        counter, lines = _counter(scrap, actor, now, note.strip())
        stock = lock_places([(scrap.warehouse_id, line.product_id) for line in lines])
        post(counter, lines, sign=1, note=counter.note, actor=actor, now=now)
        came_in = {
            row[0]: sum(line.pieces for line in lines if line.product_id == row[2]) for row in stock if row[5] > 0
        }
        if came_in:
            settle_back_orders(came_in=came_in, now=now)
        record(scrap, StocktakingEvent.SCRAP_REVERSED, actor, now, counter=counter.number, note=counter.note)
    counter.refresh_from_db()
    return counter


def _counter(scrap: Scrap, actor: Actor, now: datetime, note: str) -> tuple[Scrap, list[ScrapLine]]:
    day = timezone.localdate(now)
    counter = Scrap.objects.create(
        company_id=scrap.company_id,
        number=next_number(kind=DocumentKind.SCRAP, company_id=scrap.company_id, on=day),
        warehouse_id=scrap.warehouse_id,
        reverses=scrap,
        reason=scrap.reason,
        status=ScrapStatus.POSTED,
        note=note,
        created_at=now,
        created_by_id=actor.pk,
        posted_at=now,
        posted_by_id=actor.pk,
    )
    fields = ("product_id", "unit", "unit_pieces", "quantity", "pieces", "unit_cost")
    rows = [ScrapLine(scrap=counter, **values) for values in scrap.lines.order_by("pk").values(*fields)]
    return counter, ScrapLine.objects.bulk_create(rows)


def lock_scrap(scrap_id: int, actor: Actor, expected_version: int | None = None) -> Scrap:
    """Before its stock, as every document."""
    scrap: Scrap = lock_row(Scrap.objects.visible_to(actor), scrap_id)
    check_version(scrap, expected_version)
    return scrap


def value_of(scrap: Scrap) -> Decimal:
    """At cost: as posted, or before that as products cost today."""
    cost = F("unit_cost") if scrap.posted_at else F("product__unit_cost")
    money: DecimalField[Any, Any] = DecimalField(max_digits=19, decimal_places=4)
    total = scrap.lines.aggregate(total=Sum(ExpressionWrapper(F("pieces") * cost, output_field=money)))["total"]
    return total or Decimal(0)


def record(scrap: Scrap, kind: StocktakingEvent, actor: Actor, now: datetime, **data: Any) -> None:
    record_event(
        kind=kind,
        subject_type="scrap",
        subject_id=scrap.pk,
        extra_subjects=[ExtraSubject("warehouse", scrap.warehouse_id, "warehouse")],
        actor_id=actor.pk,
        data={"number": scrap.number, **data},
        at=now,
    )
