"""Amounts and prices of orders, and who reads them: whoever may (`orders.see_prices`); others get none.

Every edge takes them from here: columns of tables and files, fields of the API, the data of events. What has no reader
shows none.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from rest_framework import serializers

from core.money import STORED_DIGITS
from core.permissions import Permission
from core.tables import MoneyColumn
from orders.ordering.models import OrderHold
from orders.permissions import SEE_PRICES, can_see_prices

_NAMES = ("amount", "price")
_EXACT = frozenset({"over", "limit", "most"})
"""What the parameters of holds and rules call their amounts."""


class OrderAmountColumn(MoneyColumn):
    """An amount of an order, a claim or a return: for others neither on the page nor in a file, nor to sort by."""

    permission: ClassVar[Permission | None] = SEE_PRICES


class OrderAmountField(serializers.DecimalField):
    """An amount of an order, a claim or a return: null for whoever may not see it."""

    def __init__(self, **options: Any) -> None:
        options.pop("min_value", None)  # of what is stored: nothing is sent here
        options.pop("required", None)
        given = {"max_digits": 19, "decimal_places": STORED_DIGITS, "read_only": True, "allow_null": True}
        super().__init__(**(given | options | {"read_only": True, "allow_null": True}))

    def get_attribute(self, instance: Any) -> Decimal | None:
        found: Decimal | None = super().get_attribute(instance) if reads_amounts(self.context) else None
        return found


class OrderAmountsMixin:
    """For serializers of rows of orders, claims and returns: each of their decimal columns is an amount."""

    serializer_field_mapping: ClassVar[Any] = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DecimalField: OrderAmountField,
    }


class EventDataField(serializers.JSONField):
    """What an event says, without amounts for whoever may not see them."""

    def to_representation(self, value: Any) -> Any:
        return super().to_representation(value if reads_amounts(self.context) else without_amounts(value))


def without_amounts(data: Any) -> Any:
    """The data of an event but its amounts and prices, however deep; a summary of prices goes with them."""
    if isinstance(data, Mapping):
        dropped = (*_NAMES, "summary") if "prices" in data else _NAMES
        kept = (
            (name, value)
            for name, value in data.items()
            if name not in _EXACT and not any(word in name for word in dropped)
        )
        return {name: without_amounts(value) for name, value in kept}
    return [without_amounts(one) for one in data] if isinstance(data, list) else data


def readable_data(data: Mapping[str, Any], reader: Any) -> Mapping[str, Any]:
    """The data of an event as this person may read it."""
    return data if can_see_prices(reader) else without_amounts(data)


def hold_reason(hold: OrderHold, reader: Any) -> str:
    """Why an order is stopped, as this person may read it."""
    return hold.reason if can_see_prices(reader) else hold.reason_without_amounts


def reads_amounts(context: Mapping[str, Any]) -> bool:
    request = context.get("request")
    return request is not None and can_see_prices(request.user)
