"""Approval rules: what directors and administrators make of them."""

from typing import Any, Final

from django.db import transaction

from core.actors import Actor
from core.constraints import explained
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from orders.changes.models import ApprovalRule
from orders.changes.permissions import can_set_rules
from orders.ordering.enums import OrderEvent

FIELDS: Final = (
    "name", "name_zh", "position", "company", "type", "tier", "channel_kind", "most_amount_company",
    "needs_usual_quantity", "needs_stock", "starts_on", "ends_on", "is_active",
)  # fmt: skip


def create_approval_rule(*, actor: Actor, code: str, **values: Any) -> ApprovalRule:
    """A new rule; `values` are of `FIELDS`, the amount in the company's currency. Records one event.

    Raises NotAllowed and InvalidInput (code in use, dates). Orders that wait are asked again when something of them changes.
    """
    require(can_set_rules(actor))
    with explained(), transaction.atomic():
        row = ApprovalRule(code=code, **values)
        row.save(force_insert=True)
        _record(row, actor, values)
    return row


def change_approval_rule(
    *, actor: Actor, rule_id: int, expected_version: int | None = None, **values: Any
) -> ApprovalRule:
    """Change a rule for orders from now on, or take it out of use. Records one event. Raises as `create_approval_rule`.

    NotVisible and StaleVersion, too.
    """
    require(can_set_rules(actor))
    with explained(), transaction.atomic():
        row: ApprovalRule = lock_row(ApprovalRule.objects.visible_to(actor), rule_id)
        check_version(row, expected_version)
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        if changed:
            row.save(update_fields=list(changed))
            _record(row, actor, changed)
    return row


def _record(row: ApprovalRule, actor: Actor, values: dict[str, Any]) -> None:
    record_event(
        kind=OrderEvent.RULE_SAVED,
        subject_type="approval_rule",
        subject_id=row.pk,
        actor_id=actor.pk,
        data={"code": row.code, **{name: str(value) for name, value in values.items()}},
        publish=False,
    )
