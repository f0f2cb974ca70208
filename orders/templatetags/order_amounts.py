"""Amounts of orders on pages, for whoever may see them: `{% load order_amounts %}`."""

from typing import Any

from django import template

from core.ui import numbers
from orders.permissions import can_see_prices

register = template.Library()


@register.simple_tag(takes_context=True)
def reads_amounts(context: Any) -> bool:
    """`{% reads_amounts as has_amounts %}`: whether the reader sees amounts at all, so that no empty column stands there."""
    request = context.get("request")
    return request is not None and can_see_prices(request.user)


@register.simple_tag(takes_context=True)
def amount(context: Any, value: Any, currency: str) -> str:
    """`{% amount order.net_amount order.currency %}`: as in documents; a dash for whoever may not see it."""
    return numbers.money(value, currency or "") if reads_amounts(context) else numbers.NOTHING


@register.simple_tag(takes_context=True)
def amount_short(context: Any, value: Any, currency: str) -> str:
    """As in overviews, without decimals."""
    return numbers.money_short(value, currency or "") if reads_amounts(context) else numbers.NOTHING
