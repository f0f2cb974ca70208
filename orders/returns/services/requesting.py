"""A return is asked for, and authorises itself where every rule is met."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Distributor
from company.enums import DocumentKind
from company.models import Company
from company.selectors import rate_on
from company.services.number_series import next_number
from core.actors import Actor
from core.constraints import explained
from core.errors import Problem
from core.money import round_money
from core.permissions import require
from messaging.services.files import MOST_FILES, Attachment, stored
from orders.fulfilment.services.shipped_sales import running_share
from orders.ordering.models import OrderLine
from orders.returns.enums import Condition, ReturnEvent, ReturnReason
from orders.returns.errors import ReturnRefused
from orders.returns.models import Return, ReturnLine, ReturnPhoto, ReturnPolicy
from orders.returns.permissions import RETURN_STATES, can_request_return
from orders.returns.selectors.returnable import with_returnable
from orders.returns.selectors.room import ReturnRoom, return_room
from orders.returns.selectors.rules import Broken, broken_rules, policy_for, uses_rate
from orders.returns.services.locking import (
    lock_distributor,
    lock_order_lines,
    record_return_event,
    save_return,
)

MOST_LINES = 500


@dataclass(frozen=True, kw_only=True)
class AskedGoods:
    """Pieces of one order line, why they come back, in which condition, and what they look like."""

    order_line_id: int
    pieces: int
    reason: str
    condition: str = Condition.UNOPENED
    note: str = ""
    photos: Sequence[Attachment] = ()


@dataclass(kw_only=True)
class DraftReturn:
    """What a request comes to: its document and lines, not saved yet, the room it takes from, and the rules it breaks."""

    document: Return
    lines: list[ReturnLine]
    room: ReturnRoom | None
    broken: list[Broken] = field(default_factory=list)


def request_return(
    *, distributor_id: int, goods: Sequence[AskedGoods], actor: Actor, now: datetime, note: str = ""
) -> Return:
    """Ask for goods of one or several orders to be taken back; what meets every rule is authorised at once.

    Writes the return with its number, lines and photos, and one event, two where it authorises itself. Amounts are those of
    the order lines, with tax. Raises NotVisible, NotAllowed, and ReturnRefused with a problem a line (`lines.<index>.…`):
    lines of another distributor, of several currencies or sellers, more pieces than were received and not returned.
    """
    with explained(), transaction.atomic():
        distributor = lock_distributor(distributor_id, actor)
        require(can_request_return(actor, _For(distributor_id=distributor.pk)))
        draft = draft_return(distributor=distributor, goods=goods, actor=actor, now=now, note=note, is_locking=True)
        document = draft.document
        document.number = next_number(
            kind=DocumentKind.RETURN, company_id=document.company_id, on=timezone.localdate(now)
        )
        document.save(force_insert=True)
        ReturnLine.objects.bulk_create(draft.lines)
        for line, one in zip(draft.lines, goods, strict=True):
            for photo in one.photos:
                ReturnPhoto.objects.create(line=line, added_at=now, **_stored(photo, line.position - 1))
        record_return_event(
            document,
            ReturnEvent.REQUESTED,
            actor=actor,
            now=now,
            order_ids=sorted({line.order_line.order_id for line in draft.lines}),
            pieces=sum(line.pieces for line in draft.lines),
            amount=str(document.asked_amount),
            currency=document.currency,
        )
        if not draft.broken:
            authorise_by_rule(document, now=now)
    document.refresh_from_db()
    return document


def draft_return(
    *,
    distributor: Distributor,
    goods: Sequence[AskedGoods],
    actor: Actor,
    now: datetime,
    note: str = "",
    is_locking: bool = False,
) -> DraftReturn:
    """What a request would come to, without writing anything; to write it, lock the distributor and the lines.

    Raises ReturnRefused as `request_return`.
    """
    lines = _order_lines(goods, distributor, actor, is_locking=is_locking)
    _check(goods, lines)
    first = next(iter(lines.values())).order
    policy, day = policy_for(tier_id=distributor.tier_id), timezone.localdate(now)
    room = return_room(seller_id=first.company_id, buyer_id=distributor.pk, day=day)
    document = Return(
        company_id=first.company_id,
        distributor=distributor,
        agreement=room.agreement if room else None,
        policy=policy,
        currency=first.currency,
        note=note.strip(),
        requested_at=now,
        requested_by_id=actor.pk,
    )
    made = _lines(document, goods, lines, policy)
    document.asked_amount = sum((line.asked_amount for line in made), Decimal(0))
    document.rate_amount = sum((line.asked_amount for line in made if line.uses_rate), Decimal(0))
    _value_in_company_currency(document, first.company, day)
    broken = broken_rules(
        policy=policy,
        room=room,
        lines=made,
        rate_amount=document.rate_amount,
        currency=document.currency,
        photographed=[index for index, one in enumerate(goods, 1) if one.photos],
        day=day,
    )
    document.broken_rules = broken
    return DraftReturn(document=document, lines=made, room=room, broken=broken)


@dataclass(frozen=True, kw_only=True)
class _For:
    distributor_id: int


def _order_lines(
    goods: Sequence[AskedGoods], distributor: Distributor, actor: Actor, *, is_locking: bool
) -> dict[int, OrderLine]:
    """The order lines that are the distributor's, with what can be returned of each."""
    if not goods:
        raise ReturnRefused(_("Enter at least one product."), code="required", field="lines")
    if len(goods) > MOST_LINES:
        message = _("At most %(most)s lines in one return.") % {"most": MOST_LINES}
        raise ReturnRefused(message, code="too_many_lines", field="lines")
    ids = {one.order_line_id for one in goods}
    if is_locking:
        lock_order_lines(ids)
    rows = OrderLine.objects.visible_to(actor).filter(pk__in=ids, order__distributor=distributor)
    return {line.pk: line for line in with_returnable(rows).select_related("order__company", "product")}


def _check(goods: Sequence[AskedGoods], lines: Mapping[int, OrderLine]) -> None:
    problems: list[Problem] = []
    wanted: Counter[int] = Counter()
    seen: set[tuple[int, str]] = set()
    first = next((lines[one.order_line_id] for one in goods if one.order_line_id in lines), None)
    for index, one in enumerate(goods):
        line = lines.get(one.order_line_id)
        if line is None:
            problems.append(
                _problem(index, "order_line", "unknown", _("This is no line of this distributor's orders."))
            )
            continue
        wanted[line.pk] += one.pieces
        most = max(line.returnable, 0)  # type: ignore[attr-defined]  # annotated
        if one.pieces < 1 or wanted[line.pk] > most:
            problems.append(_problem(index, "pieces", "out_of_range", _how_many(line, most)))
        if (line.pk, one.reason) in seen:
            problems.append(_problem(index, "order_line", "duplicate", _("This line is entered twice.")))
        seen.add((line.pk, one.reason))
        problems += _of_choice(index, one)
        if first is not None:
            problems += _of_head(index, line, first)
    if problems:
        raise ReturnRefused(problems=problems)


def _how_many(line: OrderLine, most: int) -> str:
    if not most:
        return _("%(code)s: nothing of it can be returned any more.") % {"code": line.product.code}
    return _("%(code)s: enter a quantity between 1 and %(most)d.") % {"code": line.product.code, "most": most}


def _of_choice(index: int, one: AskedGoods) -> list[Problem]:
    problems = []
    if one.reason not in ReturnReason.values:
        problems.append(_problem(index, "reason", "unknown", _("Select a reason.")))
    if one.condition not in Condition.values:
        problems.append(_problem(index, "condition", "unknown", _("Select a condition.")))
    if len(one.photos) > MOST_FILES:
        message = _("At most %(count)d files can be attached.") % {"count": MOST_FILES}
        problems.append(_problem(index, "photos", "too_many", message))
    return problems


def _of_head(index: int, line: OrderLine, first: OrderLine) -> list[Problem]:
    if line.order.seller_company_id is None:
        message = _("This was bought from another distributor. Return it there.")
        return [_problem(index, "order_line", "other_seller", message)]
    if (line.order.seller_company_id, line.order.currency) != (first.order.seller_company_id, first.order.currency):
        message = _("Lines of one return are from one seller and in one currency.")
        return [_problem(index, "order_line", "other_currency", message)]
    return []


def _problem(index: int, name: str, code: str, message: str) -> Problem:
    return Problem(message=message, code=code, field=f"lines.{index}.{name}")


def _lines(
    document: Return, goods: Sequence[AskedGoods], lines: Mapping[int, OrderLine], policy: ReturnPolicy | None
) -> list[ReturnLine]:
    given = {pk: line.returned for pk, line in lines.items()}  # type: ignore[attr-defined]  # annotated
    made = []
    for position, one in enumerate(goods, 1):
        line = lines[one.order_line_id]
        before, of_pieces = given[line.pk], line.ordered - line.cancelled
        given[line.pk] = before + one.pieces
        total = line.net_amount + line.tax_amount
        made.append(
            ReturnLine(
                document=document,
                position=position,
                order_line=line,
                pieces=one.pieces,
                returned=one.pieces,
                reason=one.reason,
                uses_rate=uses_rate(policy, one.reason),
                condition=one.condition,
                note=one.note.strip(),
                last_received_on=line.last_received_on,  # type: ignore[attr-defined]  # annotated
                asked_amount=running_share(total, before + one.pieces, of_pieces, document.currency)
                - running_share(total, before, of_pieces, document.currency),
            )
        )
    return made


def _value_in_company_currency(document: Return, company: Company, day: date) -> None:
    document.exchange_rate = rate_on(from_currency=document.currency, to_currency=company.currency, on=day)
    if document.exchange_rate is not None:
        value = document.asked_amount * document.exchange_rate
        document.asked_amount_company = round_money(value, currency=company.currency)


def _stored(photo: Attachment, index: int) -> dict[str, object]:
    fields = dict(stored(photo, field=f"lines.{index}.photos", scan=True))
    fields.pop("added_at", None)
    return fields


def authorise_by_rule(document: Return, *, now: datetime) -> None:
    """Before: the return and its distributor are locked, and it breaks no rule. Writes one event."""
    before, _after = RETURN_STATES.advance(document, "authorise")
    document.is_by_rule, document.decided_at = True, now
    document.counts_on, document.broken_rules = timezone.localdate(now), []
    save_return(document, "status", "is_by_rule", "decided_at", "counts_on", "broken_rules")
    record_return_event(document, ReturnEvent.AUTHORISED, actor=None, now=now, before=before, by_rule=True)
