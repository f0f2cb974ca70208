"""What can be wrong with the order as a whole: type, contact, title, wanted day; and what the freight needs."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from core.actors import Actor
from core.errors import Problem
from core.ui.numbers import day as written_day
from core.ui.numbers import money
from orders.ordering.errors import Fix, FixKind, LineProblem, OrderProblem
from orders.ordering.models import OrderType
from orders.ordering.services.order_types import GIFT
from orders.ordering.services.quoted import Quote
from orders.permissions import can_use_type


def problems_of_head(
    quote: Quote, actor: Actor, *, contact_id: int | None, invoice_title_id: int | None
) -> Iterator[Problem]:
    """Type, contact and invoice title are ones that this person may use and this distributor has."""
    if not quote.type.is_active or not can_use_type(actor, quote.type.roles):
        message = _("You cannot order by this order type. Select another one.")
        yield Problem(message=message, code="order_type_not_allowed", field="type")
    if contact_id is not None and quote.contact_id is None:
        message = _("This contact is not available. Select another one.")
        yield Problem(message=message, code="unknown_contact", field="contact")
    if invoice_title_id is not None and quote.invoice_title_id is None:
        message = _("This invoice title is not available. Select another one.")
        yield Problem(message=message, code="unknown_invoice_title", field="invoice_title")
    with_gifts = any(line.gift_with is not None for line in quote.lines)
    if with_gifts and not OrderType.objects.usable_by(actor).filter(code=GIFT).exists():
        yield Problem(message=_("You cannot order gifts."), code="gift_not_allowed", field="lines")


class Consignee(NamedTuple):
    """Who is to get the goods in the place of the buyer: a sub-distributor or an outlet, by id; nobody by default."""

    distributor_id: int | None = None
    outlet_id: int | None = None


def problems_of_place(quote: Quote, address_id: int | None, consignee: Consignee) -> Iterator[Problem]:
    """The consignee is one that the buyer supplies, and the address is the receiver's."""
    if None not in consignee:
        message = _("Deliver to a sub-distributor or to an outlet, not to both.")
        yield Problem(message=message, code="two_consignees", field="consignee_outlet")
    elif consignee.distributor_id is not None and quote.consignee_distributor_id is None:
        yield Problem(message=no_sub_distributor(), code="unknown_consignee", field="consignee_distributor")
    elif consignee.outlet_id is not None and quote.consignee_outlet_id is None:
        yield Problem(message=no_outlet(), code="unknown_consignee", field="consignee_outlet")
    if address_id is not None and quote.delivery_address_id is None:
        message = _("This delivery address is not available. Select another one.")
        yield Problem(message=message, code="unknown_delivery_address", field="delivery_address")


def no_sub_distributor() -> str:
    return _("Goods go directly only to an active sub-distributor of the buyer's branch. Select another one.")


def no_outlet() -> str:
    return _(
        "Goods go directly only to an open outlet that buys from the buyer. Select another one, or have the outlet linked."
    )


def problems_of_day(quote: Quote, wanted_on: date | None) -> Iterator[Problem]:
    """A day before the goods can be there, of the order (yielded) or of a line (noted with it), and the earliest instead."""
    for line in quote.lines:
        if line.wanted_on is not None and line.earliest_on is not None and line.wanted_on < line.earliest_on:
            line.problems.append(
                LineProblem(
                    message=_too_early(line.earliest_on),
                    code="wanted_too_early",
                    field=f"lines.{line.line}.wanted_on",
                    line=line.line,
                    fix=Fix(kind=FixKind.SET_DAY, line_key=str(line.key), day=line.earliest_on),
                )
            )
    earliest = quote.earliest_on
    if wanted_on is not None and earliest is not None and wanted_on < earliest:
        fix = Fix(kind=FixKind.SET_DAY, day=earliest)
        yield OrderProblem(message=_too_early(earliest), code="wanted_too_early", field="wanted_on", fix=fix)


def _too_early(earliest: date) -> str:
    return _("The wanted day is too early: the goods arrive on %(day)s at the earliest.") % {
        "day": written_day(earliest)
    }


def freight_warnings(quote: Quote) -> Iterator[Problem]:
    """How much more makes the seller pay the freight."""
    for order in quote.orders:
        if order.terms is None or order.terms.currency != quote.currency or not quote.type.is_priced:
            continue
        if order.missing_for_freight:
            message = _("%(missing)s more and the seller pays the freight (agreement %(number)s).") % {
                "missing": money(order.missing_for_freight, quote.currency),
                "number": order.terms.number,
            }
            yield Problem(message=message, code="freight_not_free", field="lines")
