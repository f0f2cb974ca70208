"""Order types: the ones that every installation begins with, and what administrators make of them."""

from typing import Any

from django.db import transaction

from accounts.enums import Role
from core.actors import Actor
from core.constraints import explained
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from orders.ordering.enums import OrderEvent
from orders.ordering.models import OrderType
from orders.permissions import can_change_order_types

FIELDS = (
    "name", "name_zh", "is_priced", "uses_credit", "counts_as_sale", "is_taxed", "roles", "position", "is_active",
)  # fmt: skip

SWITCHES = ("uses_credit", "counts_as_sale", "is_taxed")
"""What an order copies of its type."""

NORMAL, SAMPLE, GIFT, MATERIAL, REPLACEMENT = "normal", "sample", "gift", "material", "replacement"

_STAFF = [Role.ADMINISTRATOR, Role.DIRECTOR, Role.MANAGER]
_EVERYBODY = [*_STAFF, Role.OWNER, Role.BUYER]
_FREE = {"is_priced": False, "uses_credit": False, "counts_as_sale": False, "is_taxed": False}
_FIRST: tuple[dict[str, Any], ...] = (
    {"code": NORMAL, "name": "Normal order", "name_zh": "普通订单", "roles": _EVERYBODY, "is_default": True},
    {"code": SAMPLE, "name": "Sample order", "name_zh": "样品订单", "roles": _EVERYBODY, **_FREE},
    {"code": GIFT, "name": "Gift order", "name_zh": "搭赠订单", "roles": _STAFF, **_FREE},
    {"code": MATERIAL, "name": "Material order", "name_zh": "物料订单", "roles": _EVERYBODY, **_FREE},
    {"code": REPLACEMENT, "name": "Re-shipment order", "name_zh": "补发订单", "roles": _STAFF, **_FREE},
)


def ensure_order_types() -> None:
    """The types that every installation begins with, made where there is none yet; those that are there stay as they are."""
    if not OrderType.objects.exists():
        rows = [OrderType(position=position, **values) for position, values in enumerate(_FIRST, 1)]
        OrderType.objects.bulk_create(rows, ignore_conflicts=True)


def default_order_type() -> OrderType:
    """The type of an order that names none. One query, but the very first time."""
    found = OrderType.objects.filter(is_default=True).first()
    if found is None:
        ensure_order_types()
        found = OrderType.objects.get(is_default=True)
    return found


def create_order_type(*, actor: Actor, code: str, **values: Any) -> OrderType:
    """A new type; `values` are of `FIELDS`. Records one event. Raises NotAllowed, InvalidInput (code in use)."""
    with explained(), transaction.atomic():
        require(can_change_order_types(actor))
        row = OrderType(code=code, **values)
        row.save(force_insert=True)
        _record(row, actor, values)
    return row


def change_order_type(*, actor: Actor, type_id: int, **values: Any) -> OrderType:
    """Change what follows from a type, for orders placed from now on, or take it out of use. Records one event.

    Raises NotAllowed, NotVisible, InvalidInput (the default type stays in use and priced).
    """
    with explained(), transaction.atomic():
        row: OrderType = lock_row(OrderType.objects.visible_to(actor), type_id)
        require(can_change_order_types(actor))
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        if changed:
            row.save(update_fields=list(changed))
            _record(row, actor, changed)
    return row


def _record(row: OrderType, actor: Actor, values: dict[str, Any]) -> None:
    record_event(
        kind=OrderEvent.TYPE_SAVED,
        subject_type="order_type",
        subject_id=row.pk,
        actor_id=actor.pk,
        data={"code": row.code, **values},
        publish=False,
    )
