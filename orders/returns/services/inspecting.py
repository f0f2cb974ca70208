"""Received goods are inspected: accepted or refused, each piece to one place, and what is accepted is to be credited."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from company.selectors import period_id_on
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, Problem
from core.permissions import require
from orders.fulfilment.services.shipped_sales import running_share
from orders.ordering.models import OrderLine
from orders.ordering.services.posted_sales import returned_sales
from orders.returns.enums import (
    ACCEPTED_DISPOSITIONS,
    REFUSED_DISPOSITIONS,
    Condition,
    Disposition,
    ReturnEvent,
)
from orders.returns.models import InspectedGoods, Return, ReturnLine
from orders.returns.permissions import RETURN_STATES, can_handle_return
from orders.returns.services.locking import lock_order_lines, lock_return, record_return_event, save_return
from orders.returns.services.placing_back import place_pieces, restock_places
from planning.services.actuals import post_actual_sales

AMOUNTS = ("gross_amount", "discount_amount", "net_amount", "tax_amount", "cost_amount_company")
_ONE_RETURN = returned_sales("document.id = %(document)s")


@dataclass(frozen=True, kw_only=True)
class InspectedPieces:
    """Pieces of a line in one condition and what becomes of them; `warehouse_id` where they are restocked."""

    line_id: int
    pieces: int
    disposition: str
    is_accepted: bool = True
    condition: str = Condition.UNOPENED
    warehouse_id: int | None = None
    lot_number: str = ""
    note: str = ""


def inspect_return(
    *,
    return_id: int,
    goods: Sequence[InspectedPieces],
    actor: Actor,
    now: datetime,
    expected_version: int | None = None,
) -> Return:
    """Say of every piece that arrived whether it is accepted, in which condition, and where it goes. It moves there.

    What is accepted is to be credited: net and tax of the order line, rounded as running totals, and taken back from the
    actual sales of today under the category, currency and manager of its order. Refused pieces that are sent back lie with
    the distributor again. Raises NotVisible, NotAllowed (blocked pieces need the permission to block stock), StaleVersion,
    Conflict, InvalidInput with a problem a part (`goods.<index>.…`) or at `lines.<id>`.
    """
    with explained(), transaction.atomic():
        document = lock_return(return_id=return_id, actor=actor, expected_version=expected_version)
        require(can_handle_return(actor, document))
        before, _after = RETURN_STATES.advance(document, "inspect")
        lines = {line.pk: line for line in document.lines.order_by("position")}
        _check(goods, lines)
        order_lines = lock_order_lines({line.order_line_id for line in lines.values()})
        rows = _note_pieces(document, goods, lines, order_lines, actor, now)
        _credit(document, list(lines.values()), order_lines)
        document.inspected_at, document.inspected_by_id = now, actor.pk
        document.inspected_on = timezone.localdate(now)
        document.sales_period_id = period_id_on(document.inspected_on)
        save_return(
            document, "status", "inspected_at", "inspected_by", "inspected_on", "sales_period", "net_amount",
            "tax_amount", "total_amount",
        )  # fmt: skip
        post_actual_sales(sold=_ONE_RETURN, parameters={"document": document.pk})
        accepted = sum(row.pieces for row in rows if row.is_accepted)
        record_return_event(
            document,
            ReturnEvent.INSPECTED,
            actor=actor,
            now=now,
            before=before,
            accepted=accepted,
            refused=sum(row.pieces for row in rows) - accepted,
            amount=str(document.total_amount),
            currency=document.currency,
        )
    return document


def _check(goods: Sequence[InspectedPieces], lines: Mapping[int, ReturnLine]) -> None:
    problems: list[Problem] = []
    inspected: Counter[int] = Counter()
    for index, part in enumerate(goods):
        inspected[part.line_id] += part.pieces
        problems += [
            Problem(message=message, code=code, field=f"goods.{index}.{name}")
            for name, code, message in _of_pieces(part, lines)
        ]
    for pk, line in lines.items():
        if inspected[pk] != line.arrived:
            message = _("%(arrived)d pieces arrived, %(inspected)d are inspected.") % {
                "arrived": line.arrived,
                "inspected": inspected[pk],
            }
            problems.append(Problem(message=message, code="not_all", field=f"lines.{pk}"))
    wanted = {part.warehouse_id for part in goods if part.disposition == Disposition.RESTOCKED}
    if wanted - restock_places(wanted):
        message = _("Select an active warehouse for sale.")
        problems += [
            Problem(message=message, code="unknown", field=f"goods.{index}.warehouse")
            for index, part in enumerate(goods)
            if part.disposition == Disposition.RESTOCKED and part.warehouse_id not in restock_places(wanted)
        ]
    if problems:
        raise InvalidInput(problems=problems)


def _of_pieces(part: InspectedPieces, lines: Mapping[int, ReturnLine]) -> list[tuple[str, str, str]]:
    found = []
    if part.line_id not in lines:
        found.append(("line", "unknown", _("This return does not have this line.")))
    if part.pieces < 1:
        found.append(("pieces", "min_value", _("Enter a quantity above zero.")))
    if part.condition not in Condition.values:
        found.append(("condition", "unknown", _("Select a condition.")))
    if part.disposition not in (ACCEPTED_DISPOSITIONS if part.is_accepted else REFUSED_DISPOSITIONS):
        message = (
            _("Accepted pieces are restocked, blocked or scrapped.")
            if part.is_accepted
            else _("Refused pieces are sent back or scrapped.")
        )
        found.append(("disposition", "unknown", message))
    return found


def _note_pieces(
    document: Return,
    goods: Sequence[InspectedPieces],
    lines: Mapping[int, ReturnLine],
    order_lines: Mapping[int, OrderLine],
    actor: Actor,
    now: datetime,
) -> list[InspectedGoods]:
    rows = []
    for part in goods:
        line = lines[part.line_id]
        row = InspectedGoods(
            line=line,
            pieces=part.pieces,
            is_accepted=part.is_accepted,
            condition=part.condition,
            disposition=part.disposition,
            warehouse_id=part.warehouse_id if part.disposition == Disposition.RESTOCKED else None,
            lot_number=part.lot_number.strip(),
            note=part.note.strip(),
        )
        line.accepted += part.pieces if part.is_accepted else 0
        line.returned -= part.pieces if part.disposition == Disposition.SENT_BACK else 0
        rows.append(row)
    products = {pk: order_lines[line.order_line_id].product_id for pk, line in lines.items()}
    place_pieces(document, rows, products, actor=actor, now=now)
    made: list[InspectedGoods] = InspectedGoods.objects.bulk_create(rows)
    return made


def _credit(document: Return, lines: Sequence[ReturnLine], order_lines: Mapping[int, OrderLine]) -> None:
    """Each line its share of the order line: the rounded running total of what was accepted less what went before."""
    before = _credited_before(list(order_lines))
    for line in lines:
        order_line = order_lines[line.order_line_id]
        went = before.setdefault(order_line.pk, dict.fromkeys(("accepted", *AMOUNTS), Decimal(0)))
        went["accepted"] += line.accepted
        pieces = int(went["accepted"])
        total = order_line.net_amount + order_line.tax_amount
        shares = {name: _so_far(document, order_line, getattr(order_line, name), pieces, name) for name in AMOUNTS}
        shares["tax_amount"] = _so_far(document, order_line, total, pieces) - shares["net_amount"]
        for name, share in shares.items():
            setattr(line, name, share - went[name])
            went[name] = share
    ReturnLine.objects.bulk_update(lines, ["accepted", "returned", *AMOUNTS])
    document.net_amount = sum((line.net_amount for line in lines), Decimal(0))
    document.tax_amount = sum((line.tax_amount for line in lines), Decimal(0))
    document.total_amount = document.net_amount + document.tax_amount


def _so_far(document: Return, line: OrderLine, amount: Decimal, pieces: int, name: str = "") -> Decimal:
    currency = line.order.company.currency if name == "cost_amount_company" else document.currency
    return running_share(amount, pieces, line.ordered - line.cancelled, currency)


def _credited_before(line_ids: Sequence[int]) -> "dict[int, dict[str, Decimal]]":
    rows = ReturnLine.objects.filter(order_line__in=line_ids, accepted__gt=0).order_by().values("order_line_id")
    sums = rows.annotate(**{f"sum_{name}": Sum(name) for name in ("accepted", *AMOUNTS)})
    return {row["order_line_id"]: {name: row[f"sum_{name}"] for name in ("accepted", *AMOUNTS)} for row in sums}
