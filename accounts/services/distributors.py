"""Distributors: created and changed one by one, or many at once by an import."""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.enums import ORDERING_STATUSES, AccountsEvent
from accounts.errors import Circle, StillOpen
from accounts.models import Distributor
from accounts.permissions import can_change_distributor, can_create_distributor
from core.actors import Actor
from core.constraints import explained
from core.errors import InvalidInput, Problem
from core.events import record_event
from core.frozen import counted_sql, require_uncounted
from core.idempotency import lock_number
from core.importing import Counts, Stage
from core.importing.staging import refuse_where, run
from core.importing.upsert import upsert
from core.locks import lock_row
from core.open_items import open_items_of
from core.permissions import require
from core.pinyin import add_initials, pinyin_initials
from core.state import check_version

FIELDS = (
    "name", "name_zh", "legal_name", "channel_kind", "status", "tier_id", "territory_id", "parent_id", "currency",
    "language", "city", "country", "address", "phone", "email", "started_on",
)  # fmt: skip


def create_distributor(*, actor: Actor, code: str, **values: Any) -> Distributor:
    """Make a distributor from `values` (names as in FIELDS). Records one event.

    Raises NotAllowed, InvalidInput (unknown field), Conflict (the code is taken).
    """
    _require_known(values)
    with explained(), transaction.atomic():
        require(can_create_distributor(actor))
        made = Distributor(code=code, **values)
        made.pinyin = pinyin_initials(made.name_zh or made.name)
        made.save(force_insert=True)
        record_event(
            kind=AccountsEvent.DISTRIBUTOR_CREATED,
            subject_type="distributor",
            subject_id=made.pk,
            distributor_id=made.pk,
            actor_id=actor.pk,
            data={"code": code, "name": made.name},
        )
    return made


def change_distributor(
    *,
    actor: Actor,
    distributor_id: int,
    expected_version: int | None = None,
    confirm_open: bool = False,
    **changes: Any,
) -> Distributor:
    """Change the named fields. Records one event with each field before and after, none when nothing changes.

    Raises NotVisible, NotAllowed, StaleVersion, Circle (400) when it would stand below itself in the sub-network, Conflict for
    a currency in which anything counts, and StillOpen (409), with all that is open, where it may not order afterwards and
    nobody said `confirm_open`.
    """
    _require_known(changes)
    with explained(), transaction.atomic():
        if changes.get("parent_id") is not None:
            _lock_network()
        found: Distributor = lock_row(Distributor.objects.visible_to(actor), distributor_id)
        require(can_change_distributor(actor, found))
        check_version(found, expected_version)
        before = {name: getattr(found, name) for name, value in changes.items() if getattr(found, name) != value}
        if not before:
            return found
        _require_no_circle(found, changes.get("parent_id"))
        if "currency" in before:
            require_uncounted(found, "currency", beside="currency")
        if not confirm_open:
            _require_nothing_open(found, changes.get("status", found.status))
        for name in before:
            setattr(found, name, changes[name])
        found.pinyin = pinyin_initials(found.name_zh or found.name)
        found.save(update_fields=[*before, "pinyin"])
        record_event(
            kind=AccountsEvent.DISTRIBUTOR_CHANGED,
            subject_type="distributor",
            subject_id=found.pk,
            distributor_id=found.pk,
            actor_id=actor.pk,
            data={"changes": {name: [_plain(old), _plain(changes[name])] for name, old in before.items()}},
        )
    return found


def set_merged(distributor: Distributor, into: Distributor | None, status: str) -> None:
    """It turned out to be another one, or is one of its own again. Before: both are locked; the caller asks and records."""
    distributor.merged_into, distributor.status = into, status
    distributor.save(update_fields=["merged_into", "status"])


def _require_known(values: Mapping[str, Any]) -> None:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise InvalidInput(_("Unknown field."), field=min(unknown))


def _lock_network() -> None:
    """Moves in the sub-network one at a time: two at once could close a circle that neither of them sees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number("sub-network")])


def _require_no_circle(distributor: Distributor, parent_id: int | None) -> None:
    if parent_id is not None and Distributor.objects.branch_of(distributor.pk).filter(pk=parent_id).exists():
        raise Circle(field="parent")


def _require_nothing_open(distributor: Distributor, status: str) -> None:
    if distributor.status in ORDERING_STATUSES and status not in ORDERING_STATUSES:
        items = open_items_of(distributor.pk)
        if items:
            raise StillOpen(problems=[Problem(message=item, code=StillOpen.code, field="status") for item in items])


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | str) else str(value)


def write_distributors(stage: Stage) -> Mapping[str, Counts]:
    """Distributors by their code, found by the initials of their names like those that are entered here."""
    counted = counted_sql(Distributor, "t", beside="currency")
    refuse_where(
        f"{stage.relation} AS s JOIN accounts_distributor AS t ON t.code = s.code",
        (f"s.currency <> t.currency AND {counted}", "currency", _("The currency stays: figures are kept in it.")),
    )
    add_initials(stage)
    counts = upsert(stage)
    run(
        f"UPDATE accounts_distributor AS t SET pinyin = s.pinyin FROM {stage.relation} AS s "
        "WHERE t.code = s.code AND t.pinyin <> s.pinyin"
    )
    return {"distributor": counts}
