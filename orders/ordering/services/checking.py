"""What is wrong with an order, all of it at once, each with its line and the way out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import ORDERING_STATUSES
from accounts.models import Distributor
from accounts.selectors.distributors import merged_as
from catalogue.enums import ProductStatus
from catalogue.rules.pasted_lines import MAX_QUANTITY
from channel.selectors.terms import grace_warnings, refusals
from core.actors import Actor
from core.errors import NotVisible, Problem
from core.money import round_money
from core.permissions import require
from orders.ordering.errors import Fix, FixKind, LineProblem, LinkedProblem
from orders.ordering.models.hold import above_limit, outside_territory
from orders.ordering.selectors.draft_lines import LineKey
from orders.ordering.services.head_checks import (
    Consignee,
    freight_warnings,
    problems_of_day,
    problems_of_head,
    problems_of_place,
)
from orders.ordering.services.minimum_checks import check_minimums
from orders.ordering.services.quote import MAX_LINES, LineInput, PricedLine, Quote, merge, read_quote
from orders.ordering.services.shortage import lines_as_chosen, look_up_promises, mark_waiting, possible_units
from orders.permissions import can_order, order_limit
from policies.selectors.policies import policy_by_id


def check_order(  # noqa: PLR0913 - all that an order is made of
    *,
    distributor_id: int,
    actor: Actor,
    lines: Sequence[LineInput],
    now: datetime,
    purchase_order_number: str = "",
    order_id: int | None = None,
    delivery_address_id: int | None = None,
    consignee_distributor_id: int | None = None,
    consignee_outlet_id: int | None = None,
    own_pieces: Mapping[int, int] | None = None,
    wanted_on: date | None = None,
    type_id: int | None = None,
    contact_id: int | None = None,
    invoice_title_id: int | None = None,
    with_load: bool = False,
) -> Quote:
    """Price and check the lines as an order of today, without writing anything. One statement, three more where any is short.

    A line that is short becomes what it chose (`when_short`), or has a problem that says what can come when.
    Without `delivery_address_id` it goes to the default address. `order_id` is the order they come from, so that it is
    not its own duplicate; `own_pieces` are reserved for it already, by product. Lines that name the same product alike
    count as one. `with_load` reads how they are packed, for what they weigh. The problems are in the quote: of the whole in
    `problems`, of a line in the line. Raises NotVisible and NotAllowed.
    """
    require_orderer(actor=actor, distributor_id=distributor_id)
    merged = merge(lines)
    read = partial(
        _read,
        distributor_id=distributor_id,
        moment=now,
        purchase_order_number=purchase_order_number,
        order_id=order_id,
        delivery_address_id=delivery_address_id,
        consignee_distributor_id=consignee_distributor_id,
        consignee_outlet_id=consignee_outlet_id,
        type_id=type_id,
        contact_id=contact_id,
        invoice_title_id=invoice_title_id,
        wanted_on=wanted_on,
        with_load=with_load,
        own_pieces=own_pieces or {},
    )
    quote = read(merged[:MAX_LINES])
    if any(line.when_short for line in merged):
        chosen = lines_as_chosen(quote, merged)
        quote = quote if chosen is None else read(merge(chosen))
    look_up_promises(quote, mark_waiting(quote), now=now, own_pieces=own_pieces)
    quote.problems.extend(_problems_of_whole(quote, len(merged)))
    consignee = Consignee(consignee_distributor_id, consignee_outlet_id)
    quote.problems.extend(problems_of_place(quote, delivery_address_id, consignee))
    quote.above_limit = above_limit_of(quote, order_limit(actor))
    quote.problems.extend(problems_of_head(quote, actor, contact_id=contact_id, invoice_title_id=invoice_title_id))
    seen: dict[tuple[LineKey, int | str | None], PricedLine] = {}
    for line in quote.lines:
        line.problems.extend(_problems_of_line(line, seen, quote.ordered_on))
        seen.setdefault((line.key, line.gift_with), line)
    quote.problems.extend(problems_of_day(quote, wanted_on))
    check_minimums(quote)
    _name_clauses(quote)
    quote.warnings.extend(_warnings(quote))
    return quote


def _read(lines: Sequence[LineInput], *, own_pieces: Mapping[int, int], **asked: Any) -> Quote:
    quote = read_quote(lines=lines, **asked)
    for line in quote.lines if own_pieces else ():
        line.available += own_pieces.get(line.product_id or 0, 0)
    return quote


def _warnings(quote: Quote) -> Iterator[Problem]:
    """What does not stop the order but should be known. Asks only where an agreement is in its days of grace."""
    if quote.outside is not None:
        message = f"{outside_territory(quote.outside)} {_('The order will be on hold until it is released.')}"
        yield Problem(message=message, code="outside_territory", field="delivery_address")
    if quote.above_limit is not None:
        yield Problem(message=above_limit(quote.above_limit), code="above_limit", field="limit")
    yield from freight_warnings(quote)
    if quote.has_grace:
        products = [line.product_id for line in quote.lines if line.product_id is not None]
        for text in grace_warnings(buyer_id=quote.distributor_id, product_ids=products, day=quote.ordered_on):
            yield Problem(message=text, code="agreement_in_grace", field="distributor")


def require_orderer(*, actor: Actor, distributor_id: int) -> None:
    """Raise NotVisible for somebody else's distributor, NotAllowed for those who may not order."""
    if actor.distributor_id != distributor_id or not actor.is_active:
        visible = Distributor.objects.visible_to(actor).filter(pk=distributor_id).exists()
        if not visible:
            raise NotVisible
    require(can_order(actor, distributor_id))


def _problems_of_whole(quote: Quote, asked: int) -> Iterator[Problem]:
    if quote.distributor_status not in ORDERING_STATUSES:
        yield _not_ordering(quote.distributor_id)
    if quote.blocking_policy_id is not None:
        yield from _policy(quote.blocking_policy_id)
    if not quote.is_supplied:
        yield Problem(message=_("No warehouse supplies this distributor yet."), code="no_route", field="distributor")
    if quote.taken_by:
        message = _("Order %(number)s already has this purchase order number.") % {"number": quote.taken_by}
        yield Problem(message=message, code="duplicate_purchase_order", field="purchase_order_number")
    if not quote.lines:
        yield Problem(message=_("Enter at least one product."), code="required", field="lines")
    if asked > MAX_LINES:
        message = _("An order has at most %(count)d lines.") % {"count": MAX_LINES}
        yield Problem(message=message, code="too_many_lines", field="lines")


def _not_ordering(distributor_id: int) -> Problem:
    """Read only where an order is refused: one that was merged orders under another number."""
    now = merged_as(distributor_id)
    if now:
        message = _("This distributor is now %(name)s. Place the order there.") % {"name": now}
        return Problem(message=message, code="distributor_merged", field="distributor")
    return Problem(
        message=_("This distributor cannot order at present."), code="distributor_suspended", field="distributor"
    )


def _policy(announcement_id: int) -> Iterator[Problem]:
    """Read only where an order is refused. What was placed before goes its way."""
    policy = policy_by_id(announcement_id)
    if policy is not None:
        message = _("Read and acknowledge the policy “%(title)s” before you place a new order.")
        words = {"title": policy.title}
        yield LinkedProblem(
            message=message % words, code="policy_not_acknowledged", field="policy", address=policy.address
        )


def above_limit_of(quote: Quote, limit: Decimal | None) -> Mapping[str, Any] | None:
    """What the hold of an amount above a limit says: without a rate it is above any. None within the limit."""
    amount = quote.net_amount_company
    if limit is None or (amount is not None and amount <= limit):
        return None
    return {
        "limit": f"{round_money(limit, currency=quote.company_currency):,f}",
        "currency": quote.company_currency,
    }


def _problems_of_line(
    line: PricedLine, seen: Mapping[tuple[LineKey, int | str | None], PricedLine], on: date
) -> Iterator[LineProblem]:
    if line.product_id is None:
        message = _("Unknown product “%(code)s”.") % {"code": line.asked}
        yield _problem(line, "product", "unknown_product", message, Fix(kind=FixKind.REMOVE))
        return
    if (line.key, line.gift_with) in seen:
        yield _problem(
            line, "product", "duplicate_product", _("This product is already in the order."), Fix(kind=FixKind.REMOVE)
        )
        return
    named_wrong = _problem_of_naming(line)
    if named_wrong:
        yield named_wrong
        return
    if not line.may_buy:
        message = _("You are not authorised to buy %(code)s.") % {"code": line.code}
        yield _problem(line, "product", "not_authorised", message, Fix(kind=FixKind.REMOVE))
        return
    gone = _not_sold(line, on)
    if gone:
        yield gone
        return
    wrong = _problem_of_quantity(line)
    if wrong:
        yield wrong
        return
    if line.price is None and line.free is None:
        message = _("There is no price for %(code)s in your currency.") % {"code": line.code}
        yield _problem(line, "product", "no_price", message, Fix(kind=FixKind.REMOVE))
    others = sum(other.quantity for (key, _gift), other in seen.items() if key.product_id == line.product_id)
    if line.warehouse_id is not None and line.available - others < line.quantity and not line.waits:
        yield short_stock(line, line.available - others)


def _problem_of_naming(line: PricedLine) -> LineProblem | None:
    """A unit that the product does not have, or a gift of which the line that earned it is not there."""
    if not line.has_unit:
        message = _("%(code)s is not sold in the unit “%(unit)s”.") % {"code": line.code, "unit": line.unit}
        return _problem(line, "unit", "unknown_unit", message, Fix(kind=FixKind.REMOVE))
    if line.gift_with is not None and line.earning is None:
        message = _("%(code)s is a gift without the line that earned it.") % {"code": line.code}
        return _problem(line, "gift_with", "gift_without_line", message, Fix(kind=FixKind.REMOVE))
    return None


def _name_clauses(quote: Quote) -> None:
    """Say beside a missing right which clause of which agreement it comes from. Asks only where a right is missing."""
    missing = {line.product_id for line in quote.lines if line.product_id is not None and not line.may_buy}
    if not missing:
        return
    clauses = refusals(buyer_id=quote.distributor_id, product_ids=missing, day=quote.ordered_on)
    for line in quote.lines:
        clause = clauses.get(line.product_id) if line.product_id is not None else None
        if clause is not None:
            line.problems = [
                replace(problem, message=f"{problem.message} {clause}") if problem.code == "not_authorised" else problem
                for problem in line.problems
            ]


def _problem_of_quantity(line: PricedLine) -> LineProblem | None:
    if line.quantity < 1 or line.quantity > MAX_QUANTITY:
        message = _("Enter a quantity between 1 and %(most)d.") % {"most": MAX_QUANTITY}
        return _problem(line, "quantity", "quantity_out_of_range", message, _take(line.orderable_units(1)))
    if line.quantity < line.minimum_quantity:
        message = _("The minimum quantity is %(least)d.") % {"least": line.minimum_quantity}
        return _problem(line, "quantity", "below_minimum", message, _take(line.orderable_units(line.minimum_quantity)))
    if line.quantity % line.order_multiple:
        message = _("Order in steps of %(step)d.") % {"step": line.order_multiple}
        return _problem(line, "quantity", "not_a_multiple", message, _take(line.orderable_units(line.quantity)))
    return None


def _not_sold(line: PricedLine, on: date) -> LineProblem | None:
    if line.status != ProductStatus.ACTIVE:
        message = _("%(code)s is not available at the moment.") % {"code": line.code}
        return _problem(line, "product", "off_sale", message, _instead(line))
    if line.last_order_on is not None and on > line.last_order_on:
        return _problem(
            line, "product", "after_last_order", _after_last_order(line, line.last_order_on), _instead(line)
        )
    return None


def _after_last_order(line: PricedLine, day: date) -> str:
    words = {
        "code": line.code,
        "day": date_format(day, "SHORT_DATE_FORMAT"),
        "successor": line.successor_code,
    }
    if line.successor_id is None:
        return _("%(code)s could be ordered until %(day)s.") % words
    return _("%(code)s could be ordered until %(day)s. Its successor is %(successor)s.") % words


def _instead(line: PricedLine) -> Fix:
    """As many pieces of the successor, where there is one."""
    if line.successor_id is None:
        return Fix(kind=FixKind.REMOVE)
    return Fix(kind=FixKind.REPLACE, quantity=line.quantity, product_id=line.successor_id, product=line.successor_code)


def short_stock(line: PricedLine, available: int) -> LineProblem:
    """What is there, and the largest quantity that can be ordered now; and when all or the rest of it can come."""
    possible = possible_units(line, available)
    fix = _take(possible) if possible else Fix(kind=FixKind.REMOVE)
    message = _("Only %(available)d of %(quantity)d are available.") % {
        "available": max(available, 0),
        "quantity": line.quantity,
    }
    return replace(_problem(line, "quantity", "short_stock", message, fix), others=tuple(_other_ways(line, possible)))


def _other_ways(line: PricedLine, possible: int) -> Iterator[Fix]:
    """Take what is there and wait for the rest, wait for all of it, or take the successor."""
    there = possible * line.pieces_per_unit
    if line.promise is not None:
        if 0 < there < line.quantity:
            yield Fix(kind=FixKind.PART, quantity=line.quantity - there, day=line.promise.parts[-1].arrives_on)
        yield Fix(kind=FixKind.WAIT, quantity=line.quantity, day=line.promise.whole.arrives_on)
    if line.successor_id is not None:
        yield _instead(line)


def _take(quantity: int) -> Fix:
    return Fix(kind=FixKind.SET_QUANTITY, quantity=quantity)


def _problem(line: PricedLine, field: str, code: str, message: str, fix: Fix) -> LineProblem:
    return LineProblem(message=message, code=code, field=f"lines.{line.line}.{field}", line=line.line, fix=fix)
