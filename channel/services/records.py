"""What is kept of a distributor: added, changed and ended, with one default of each kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Distributor
from channel.enums import AddressKind, RecordEvent
from channel.models import Address, BankAccount, Contact, InvoiceTitle
from channel.permissions import can_change_billing, can_change_contacts
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible
from core.events import record_event
from core.locks import lock_row
from core.permissions import require
from core.state import check_version


@dataclass(frozen=True, kw_only=True)
class RecordType:
    """One of the models of `channel.models.record`: its fields, its events, and who may change it.

    `alike` names the field of which each value has a default of its own; empty where a distributor has one default.
    The history keeps the last signs only of what is `secret`.
    """

    model: Any
    fields: tuple[str, ...]
    allowed: Callable[[Actor, Any], bool]
    added: RecordEvent
    changed: RecordEvent
    ended: RecordEvent
    alike: str = ""
    secret: frozenset[str] = frozenset()


_COMMON = ("name", "is_default", "starts_on", "ends_on")
ADDRESS = RecordType(
    model=Address,
    fields=(
        *_COMMON, "kind", "recipient", "contact", "phone", "address", "postal_code", "city", "country", "territory_id",
    ),
    allowed=can_change_contacts,
    added=RecordEvent.ADDRESS_ADDED,
    changed=RecordEvent.ADDRESS_CHANGED,
    ended=RecordEvent.ADDRESS_ENDED,
    alike="kind",
)  # fmt: skip
CONTACT = RecordType(
    model=Contact,
    fields=(*_COMMON, "kind", "phone", "email", "chat_id", "note"),
    allowed=can_change_contacts,
    added=RecordEvent.CONTACT_ADDED,
    changed=RecordEvent.CONTACT_CHANGED,
    ended=RecordEvent.CONTACT_ENDED,
    alike="kind",
)
INVOICE_TITLE = RecordType(
    model=InvoiceTitle,
    fields=(*_COMMON, "tax_number", "address", "phone", "bank_name", "account_number"),
    allowed=can_change_billing,
    added=RecordEvent.INVOICE_TITLE_ADDED,
    changed=RecordEvent.INVOICE_TITLE_CHANGED,
    ended=RecordEvent.INVOICE_TITLE_ENDED,
    secret=frozenset({"account_number", "tax_number"}),
)
BANK_ACCOUNT = RecordType(
    model=BankAccount,
    fields=(*_COMMON, "bank_name", "account_number", "bank_code", "currency"),
    allowed=can_change_billing,
    added=RecordEvent.BANK_ACCOUNT_ADDED,
    changed=RecordEvent.BANK_ACCOUNT_CHANGED,
    ended=RecordEvent.BANK_ACCOUNT_ENDED,
    secret=frozenset({"account_number", "name"}),
)


def add_record(*, record_type: RecordType, distributor_id: int, actor: Actor, **values: Any) -> Any:
    """Add one to a distributor from `values` (names as in `record_type.fields`), from today where no day is given.

    The first of its kind is the default. Locks the distributor, records one event. Raises NotVisible, NotAllowed,
    InvalidInput (unknown field, dates, no territory), Conflict (the name is taken).
    """
    with explained(), transaction.atomic():
        distributor = _lock(record_type, distributor_id, actor)
        _require_known(record_type, values)
        record = record_type.model(distributor=distributor, **({"starts_on": timezone.localdate()} | values))
        record.is_default = record.is_default or not _has_default(record_type, record)
        _complete(record, distributor)
        _save(record_type, record)
        _record(record_type, record_type.added, record, actor, {})
    return record


def change_record(
    *, record_type: RecordType, record_id: int, actor: Actor, expected_version: int | None = None, **changes: Any
) -> Any:
    """Change the named fields. Records one event with each before and after, none when nothing changes.

    Raises NotVisible, NotAllowed, StaleVersion, InvalidInput and Conflict as `add_record` does.
    """
    _require_known(record_type, changes)
    with explained(), transaction.atomic():
        record, distributor = _lock_record(record_type, record_id, actor)
        check_version(record, expected_version)
        before = {name: getattr(record, name) for name, value in changes.items() if getattr(record, name) != value}
        if not before:
            return record
        for name in before:
            setattr(record, name, changes[name])
        _complete(record, distributor)
        _save(record_type, record)
        changed = {name: _shown(record_type, name, old, getattr(record, name)) for name, old in before.items()}
        _record(record_type, record_type.changed, record, actor, {"changes": changed})
    return record


def end_record(*, record_type: RecordType, record_id: int, actor: Actor, ends_on: date) -> Any:
    """End it after the day `ends_on`. Records one event.

    Raises NotVisible, NotAllowed, InvalidInput (before the beginning), Conflict (it ended earlier).
    """
    with explained(), transaction.atomic():
        record, _distributor = _lock_record(record_type, record_id, actor)
        if record.ends_on is not None and record.ends_on < ends_on:
            raise Conflict(_("This already ended on %(day)s.") % {"day": record.ends_on}, code="ended", field="ends_on")
        record.ends_on = ends_on
        record.save(update_fields=["ends_on"])
        _record(record_type, record_type.ended, record, actor, {"until": ends_on.isoformat()})
    return record


def _lock(record_type: RecordType, distributor_id: int, actor: Actor) -> Distributor:
    """The distributor, locked: so that two people who set a default at once come one after the other."""
    distributor: Distributor = lock_row(Distributor.objects.visible_to(actor), distributor_id)
    require(record_type.allowed(actor, distributor))
    return distributor


def _lock_record(record_type: RecordType, record_id: int, actor: Actor) -> tuple[Any, Distributor]:
    seen = record_type.model.objects.visible_to(actor)
    distributor_id = seen.filter(pk=record_id).values_list("distributor_id", flat=True).first()
    if distributor_id is None:
        raise NotVisible
    distributor = _lock(record_type, distributor_id, actor)
    return lock_row(seen, record_id), distributor


def _complete(record: Any, distributor: Distributor) -> None:
    """A delivery address lies in its distributor's territory where nothing else is said."""
    if isinstance(record, Address) and record.kind == AddressKind.DELIVERY and record.territory_id is None:
        record.territory_id = distributor.territory_id
        if record.territory_id is None:
            raise InvalidInput(_("Select the territory in which this delivery address lies."), field="territory")


def _alike(record_type: RecordType, record: Any) -> Any:
    rows = record_type.model.objects.filter(distributor=record.distributor_id).exclude(pk=record.pk)
    return rows.filter(**{record_type.alike: getattr(record, record_type.alike)}) if record_type.alike else rows


def _has_default(record_type: RecordType, record: Any) -> bool:
    return bool(_alike(record_type, record).from_day(timezone.localdate()).filter(is_default=True).exists())


def _save(record_type: RecordType, record: Any) -> None:
    """Write it; as the default it takes the place of the one before."""
    if record.is_default:
        _alike(record_type, record).filter(is_default=True).update(is_default=False)
    record.save()
    record.refresh_from_db(fields=["version"])


def _require_known(record_type: RecordType, values: Mapping[str, Any]) -> None:
    unknown = set(values) - set(record_type.fields)
    if unknown:
        raise InvalidInput(_("Unknown field."), field=min(unknown))


def _shown(record_type: RecordType, name: str, old: Any, new: Any) -> list[Any]:
    return [_plain(value, is_secret=name in record_type.secret) for value in (old, new)]


def _plain(value: Any, *, is_secret: bool) -> Any:
    if is_secret:
        return f"…{str(value)[-4:]}" if value else ""
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _record(record_type: RecordType, kind: RecordEvent, record: Any, actor: Actor, data: Mapping[str, Any]) -> None:
    name = _plain(record.name, is_secret="name" in record_type.secret)
    record_event(
        kind=kind,
        subject_type="distributor",
        subject_id=record.distributor_id,
        distributor_id=record.distributor_id,
        actor_id=actor.pk,
        data={"id": record.pk, "name": name, "note": name, **data},
    )
