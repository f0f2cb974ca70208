"""Return policies: what administrators make of them."""

from typing import Any, Final

from django.db import transaction

from core.actors import Actor
from core.constraints import explained
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from core.state import check_version
from orders.returns.enums import ReturnEvent
from orders.returns.models import ReturnPolicy
from orders.returns.permissions import can_set_return_policies

FIELDS: Final = (
    "name", "name_zh", "tier", "window_days", "reasons", "exempt_reasons", "photo_reasons", "conditions", "is_active",
)  # fmt: skip


def create_return_policy(*, actor: Actor, code: str, **values: Any) -> ReturnPolicy:
    """A new policy; `values` are of `FIELDS`. Records one event.

    Raises NotAllowed, and InvalidInput (code in use; another active policy of that tier).
    """
    require(can_set_return_policies(actor))
    with explained(), transaction.atomic():
        row = ReturnPolicy(code=code, **values)
        row.save(force_insert=True)
        _record(row, actor, values)
    return row


def change_return_policy(
    *, actor: Actor, policy_id: int, expected_version: int | None = None, **values: Any
) -> ReturnPolicy:
    """Change a policy for returns that are asked for from now on. Records one event.

    Raises as `create_return_policy`, NotVisible and StaleVersion, too.
    """
    require(can_set_return_policies(actor))
    with explained(), transaction.atomic():
        row: ReturnPolicy = lock_row(ReturnPolicy.objects.visible_to(actor), policy_id)
        check_version(row, expected_version)
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        if changed:
            row.save(update_fields=list(changed))
            _record(row, actor, changed)
    return row


def _record(row: ReturnPolicy, actor: Actor, values: dict[str, Any]) -> None:
    record_event(
        kind=ReturnEvent.POLICY_SAVED,
        subject_type="return_policy",
        subject_id=row.pk,
        actor_id=actor.pk,
        data={"code": row.code, **{name: str(value) for name, value in values.items()}},
        publish=False,
    )
