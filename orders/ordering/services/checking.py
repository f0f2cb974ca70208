"""What is wrong with an order, all of it at once, each with its line and the way out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import ORDERING_STATUSES
from accounts.models import Distributor
from catalogue.enums import ProductStatus
from catalogue.selectors import orderable_quantity
from channel.selectors.policies import policy_by_id
from channel.selectors.terms import grace_warnings, refusals
from core.actors import Actor
from core.errors import NotVisible, Problem
from core.money import round_money
from core.permissions import require
from inventory.selectors.pasted_lines import MAX_QUANTITY
from orders.ordering.errors import Fix, FixKind, LineProblem, LinkedProblem
from orders.ordering.models.hold import outside_territory
from orders.ordering.services.quote import MAX_LINES, LineInput, PricedLine, Quote, merge, read_quote
from orders.permissions import can_order, order_limit


def check_order(
    *,
    distributor_id: int,
    actor: Actor,
    lines: Sequence[LineInput],
    now: datetime,
    purchase_order_number: str = "",
    order_id: int | None = None,
    delivery_address_id: int | None = None,
) -> Quote:
    """Price and check the lines as an order of today, without writing anything. One statement.

    Without `delivery_address_id` it goes to the default address. `order_id` is the draft they come from, so that it is
    not its own duplicate. Lines that name the same product alike count as one. The problems are in the quote: of the
    whole in `problems`, of a line in the line. Raises NotVisible and NotAllowed.
    """
    require_orderer(actor=actor, distributor_id=distributor_id)
    merged = merge(lines)
    quote = read_quote(
        distributor_id=distributor_id,
        lines=merged[:MAX_LINES],
        on=timezone.localdate(now),
        purchase_order_number=purchase_order_number,
        order_id=order_id,
        delivery_address_id=delivery_address_id,
    )
    quote.problems.extend(_problems_of_whole(quote, len(merged)))
    quote.problems.extend(_problems_of_address(quote, delivery_address_id))
    quote.problems.extend(_beyond_limit(quote, order_limit(actor)))
    seen: dict[int, PricedLine] = {}
    for line in quote.lines:
        line.problems.extend(_problems_of_line(line, seen, supplied=quote.warehouse_id is not None))
    _name_clauses(quote)
    quote.warnings.extend(_warnings(quote))
    return quote


def _warnings(quote: Quote) -> Iterator[Problem]:
    """What does not stop the order but should be known. Asks only where an agreement is in its days of grace."""
    if quote.outside is not None:
        message = f"{outside_territory(quote.outside)} {_('The order will be on hold until it is released.')}"
        yield Problem(message=message, code="outside_territory", field="delivery_address")
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
    require(can_order(actor))


def _problems_of_whole(quote: Quote, asked: int) -> Iterator[Problem]:
    if quote.distributor_status not in ORDERING_STATUSES:
        yield Problem(
            message=_("This distributor cannot order at present."), code="distributor_suspended", field="distributor"
        )
    if quote.blocking_policy_id is not None:
        yield from _policy(quote.blocking_policy_id)
    if quote.warehouse_id is None:
        yield Problem(message=_("No warehouse supplies this distributor yet."), code="no_route", field="distributor")
    if quote.taken_by:
        message = _("Order %(number)s already has this purchase order number.") % {"number": quote.taken_by}
        yield Problem(message=message, code="duplicate_purchase_order", field="purchase_order_number")
    if not quote.lines:
        yield Problem(message=_("Enter at least one product."), code="required", field="lines")
    if asked > MAX_LINES:
        message = _("An order has at most %(count)d lines.") % {"count": MAX_LINES}
        yield Problem(message=message, code="too_many_lines", field="lines")


def _problems_of_address(quote: Quote, asked: int | None) -> Iterator[Problem]:
    if asked is not None and quote.delivery_address_id is None:
        message = _("This delivery address is not available. Select another one.")
        yield Problem(message=message, code="unknown_delivery_address", field="delivery_address")


def _policy(announcement_id: int) -> Iterator[Problem]:
    """Read only where an order is refused. What was placed before goes its way."""
    policy = policy_by_id(announcement_id)
    if policy is not None:
        message = _("Read and acknowledge the policy “%(title)s” before you place a new order.")
        words = {"title": policy.title}
        yield LinkedProblem(
            message=message % words, code="policy_not_acknowledged", field="policy", address=policy.address
        )


def _beyond_limit(quote: Quote, limit: Decimal | None) -> Iterator[Problem]:
    """Beyond it the draft is prepared as always, and placed by somebody who may: an order without a rate is beyond any."""
    amount = quote.net_amount_company
    if limit is not None and (amount is None or amount > limit):
        message = _(
            "Your limit is %(limit)s %(currency)s an order. Save this as a draft and ask the owner to place it."
        )
        words = {
            "limit": f"{round_money(limit, currency=quote.company_currency):,f}",
            "currency": quote.company_currency,
        }
        yield Problem(message=message % words, code="above_limit", field="limit")


def _problems_of_line(line: PricedLine, seen: dict[int, PricedLine], *, supplied: bool) -> Iterator[LineProblem]:
    if line.product_id is None:
        message = _("Unknown product “%(code)s”.") % {"code": line.asked}
        yield _problem(line, "product", "unknown_product", message, Fix(kind=FixKind.REMOVE))
        return
    if line.product_id in seen:
        yield _problem(
            line, "product", "duplicate_product", _("This product is already in the order."), Fix(kind=FixKind.REMOVE)
        )
        return
    seen[line.product_id] = line
    if not line.may_buy:
        message = _("You are not authorised to buy %(code)s.") % {"code": line.code}
        yield _problem(line, "product", "not_authorised", message, Fix(kind=FixKind.REMOVE))
        return
    if line.status != ProductStatus.ACTIVE:
        message = _("%(code)s is not available at the moment.") % {"code": line.code}
        yield _problem(line, "product", "off_sale", message, Fix(kind=FixKind.REMOVE))
        return
    wrong = _problem_of_quantity(line)
    if wrong:
        yield wrong
        return
    if line.price is None:
        message = _("There is no price for %(code)s in your currency.") % {"code": line.code}
        yield _problem(line, "product", "no_price", message, Fix(kind=FixKind.REMOVE))
    if supplied and line.available < line.quantity:
        yield short_stock(line, line.available)


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
        return _problem(line, "quantity", "quantity_out_of_range", message, _take(_next_quantity(line, 1)))
    if line.quantity < line.minimum_quantity:
        message = _("The minimum quantity is %(least)d.") % {"least": line.minimum_quantity}
        return _problem(line, "quantity", "below_minimum", message, _take(_next_quantity(line, line.minimum_quantity)))
    if line.quantity % line.order_multiple:
        message = _("Order in steps of %(step)d.") % {"step": line.order_multiple}
        return _problem(line, "quantity", "not_a_multiple", message, _take(_next_quantity(line, line.quantity)))
    return None


def short_stock(line: PricedLine, available: int) -> LineProblem:
    """What is there, and the largest quantity that can be ordered now."""
    possible = max(available, 0) // line.order_multiple * line.order_multiple
    fix = _take(possible) if possible >= line.minimum_quantity else Fix(kind=FixKind.REMOVE)
    message = _("Only %(available)d of %(quantity)d are available.") % {
        "available": max(available, 0),
        "quantity": line.quantity,
    }
    return _problem(line, "quantity", "short_stock", message, fix)


def _next_quantity(line: PricedLine, at_least: int) -> int:
    return orderable_quantity(at_least, minimum=line.minimum_quantity, multiple=line.order_multiple)


def _take(quantity: int) -> Fix:
    return Fix(kind=FixKind.SET_QUANTITY, quantity=quantity)


def _problem(line: PricedLine, field: str, code: str, message: str, fix: Fix) -> LineProblem:
    return LineProblem(message=message, code=code, field=f"lines.{line.line}.{field}", line=line.line, fix=fix)
