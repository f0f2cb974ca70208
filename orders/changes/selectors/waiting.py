"""Why orders wait for a person, in the reader's language."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import Message
from core.sentences import listed
from core.ui.numbers import money
from orders.changes.models import ApprovalCheck
from orders.changes.rules import Reason

_NO_LONGER: Mapping[str, Message] = {
    "distributor_suspended": gettext_lazy("The distributor may not order at present."),
    "warehouse_inactive": gettext_lazy("The warehouse is not in use any more."),
    "consignee_lost": gettext_lazy("Whoever is to get the goods does not get them for this distributor any more."),
    "off_sale": gettext_lazy("One of the products is not on sale any more."),
    "not_authorised": gettext_lazy("The distributor is not authorised to buy one of the products any more."),
    "no_price": gettext_lazy("One of the products has no price any more."),
}
"""What `ordering.services.rules` found, by the code of its problem."""


def reason_text(reason: Mapping[str, Any], *, with_amounts: bool = True) -> str:
    """One reason as a sentence; see `rules.Reason`."""
    code = reason.get("code")
    if code == Reason.AMOUNT:
        return _above(reason) if with_amounts else _("Above the amount up to which orders approve themselves.")
    if code == Reason.SHORT:
        products = listed(map(str, reason.get("products", ())))
        return _("Not all of the stock is reserved: %(products)s.") % {"products": products}
    if code == Reason.UNUSUAL:
        return _("%(product)s: %(quantity)s is unusual; %(usual)s is usual.") % {
            "product": reason.get("product", ""),
            "quantity": reason.get("quantity", ""),
            "usual": reason.get("usual", ""),
        }
    if code == Reason.ON_HOLD:
        return _("The order is on hold.")
    if code == Reason.NOT_POSSIBLE:
        return str(
            _NO_LONGER.get(
                str(reason.get("problem")), _("Something that was checked at placing does not hold any more.")
            )
        )
    return _("No approval rule applies to this distributor.")


def _above(reason: Mapping[str, Any]) -> str:
    most = money(Decimal(str(reason.get("most", 0))), str(reason.get("currency", "")))
    return _("Above %(most)s, up to which orders approve themselves.") % {"most": most}


def waiting_reasons(order_ids: Collection[int], *, with_amounts: bool) -> Mapping[int, Sequence[str]]:
    """Why each of these orders waits, as far as the rules were asked. One query."""
    checks = ApprovalCheck.objects.filter(order__in=order_ids, rule=None).values_list("order", "reasons")
    return {order: [reason_text(reason, with_amounts=with_amounts) for reason in reasons] for order, reasons in checks}
