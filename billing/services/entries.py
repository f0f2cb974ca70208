"""Entries of accounts: posted, and undone by an entry of the other sign. The balances follow in the same transaction."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.enums import TRADE_ACCOUNT, BillingEvent, EntryKind, SubAccount
from billing.models import AccountEntry, CreditLimit, TradeAccount
from billing.permissions import can_post_entries
from billing.services.locking import lock_account
from company.selectors import rate_on
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotVisible, Problem
from core.events import record_event
from core.money import round_money
from core.permissions import require

_SIGNS: Final = {EntryKind.INVOICE: 1, EntryKind.CREDIT_NOTE: -1, EntryKind.PAYMENT: -1}
_COUNTERS: Final = {
    EntryKind.INVOICE: ("open_invoice_amount", 1),
    EntryKind.CREDIT_NOTE: ("free_credit_amount", -1),
    EntryKind.PAYMENT: ("free_payment_amount", -1),
}


def post_entry(
    *,
    account_id: int,
    kind: EntryKind,
    amount: Decimal,
    actor: Actor,
    now: datetime,
    sub_account: SubAccount = SubAccount.GOODS,
    posted_on: date | None = None,
    due_on: date | None = None,
    source_number: str = "",
    note: str = "",
) -> AccountEntry:
    """Post one entry of an account, in its currency: above zero the distributor owes more. Records one event.

    An invoice is above zero, a credit note and a payment below; an opening balance above zero is an open invoice, below zero
    a payment on account. Raises NotVisible, NotAllowed, InvalidInput.
    """
    require(can_post_entries(actor))
    with explained(), transaction.atomic():
        account = lock_account(account_id=account_id, actor=actor)
        day = posted_on or timezone.localdate(now)
        _check(kind, amount, account)
        in_company: Any = _in_company_currency(account, amount, day)
        entry = AccountEntry.objects.create(
            account=account,
            sub_account=sub_account,
            kind=kind,
            currency=account.currency,
            amount=amount,
            amount_company=in_company,
            source_number=source_number.strip(),
            posted_on=day,
            due_on=due_on,
            note=note.strip(),
            recorded_at=now,
            recorded_by_id=actor.pk,
        )
        _count(account, entry, amount)
        _record(account, entry, BillingEvent.ENTRY_POSTED, actor=actor, now=now)
    return entry


def reverse_entry(*, entry_id: int, actor: Actor, now: datetime, note: str) -> AccountEntry:
    """Undo an entry by one of the other sign, on its own day. Records one event.

    Raises NotVisible, NotAllowed, InvalidInput without a note, and Conflict where it is a reversal, was reversed already, or
    belongs to a document, which is undone by its own steps.
    """
    require(can_post_entries(actor))
    if not note.strip():
        raise InvalidInput(_("Enter a reason for the reversal."), code="required", field="note")
    with explained(), transaction.atomic():
        found = AccountEntry.objects.visible_to(actor).filter(pk=entry_id).values_list("account_id", flat=True).first()
        if found is None:
            raise NotVisible
        account = lock_account(account_id=found, actor=actor)
        entry: AccountEntry = AccountEntry.objects.get(pk=entry_id)
        if (
            entry.kind == EntryKind.REVERSAL
            or entry.source_type
            or AccountEntry.objects.filter(reverses=entry).exists()
        ):
            raise Conflict(_("This entry cannot be reversed, or was reversed already."), code="wrong_state")
        back = AccountEntry.objects.create(
            account=account,
            sub_account=entry.sub_account,
            kind=EntryKind.REVERSAL,
            currency=entry.currency,
            amount=-entry.amount,
            amount_company=None if entry.amount_company is None else -entry.amount_company,
            source_number=entry.source_number,
            posted_on=timezone.localdate(now),
            note=note.strip(),
            reverses=entry,
            recorded_at=now,
            recorded_by_id=actor.pk,
        )
        _count(account, entry, -entry.amount)
        _record(account, back, BillingEvent.ENTRY_REVERSED, actor=actor, now=now)
    return back


def _check(kind: EntryKind, amount: Decimal, account: TradeAccount) -> None:
    problems = []
    if kind not in (*_SIGNS, EntryKind.OPENING):
        problems.append(Problem(message=_("Select a kind."), code="unknown", field="kind"))
    if not amount or amount * _SIGNS.get(kind, 1 if amount > 0 else -1) < 0:
        message = _("Enter an amount above zero for an invoice, below zero for a credit note or a payment.")
        problems.append(Problem(message=message, code="wrong_sign", field="amount"))
    if amount != round_money(amount, currency=account.currency):
        problems.append(Problem(message=_("The amount has too many digits."), code="too_many_digits", field="amount"))
    if problems:
        raise InvalidInput(problems=problems)


def _in_company_currency(account: TradeAccount, amount: Decimal, day: date) -> Decimal | None:
    rate = rate_on(from_currency=account.currency, to_currency=account.company.currency, on=day)
    return None if rate is None else round_money(amount * rate, currency=account.company.currency)


def _count(account: TradeAccount, entry: AccountEntry, amount: Decimal) -> None:
    """Move the counters of a locked account, and of its limit, by an amount of the kind of `entry`."""
    if entry.sub_account != SubAccount.GOODS:
        name = "deposit_amount" if entry.sub_account == SubAccount.DEPOSIT else "rebate_amount"
        TradeAccount.objects.filter(pk=account.pk).update(**{name: F(name) + amount})
        return
    kind = EntryKind(entry.kind)
    if kind == EntryKind.OPENING:
        kind = EntryKind.INVOICE if entry.amount > 0 else EntryKind.PAYMENT
    name, sign = _COUNTERS[kind]
    moved: dict[str, Any] = {name: F(name) + sign * amount}
    if account.credit_limit_id is not None:
        CreditLimit.objects.filter(pk=account.credit_limit_id).update(**moved)
    TradeAccount.objects.filter(pk=account.pk).update(**moved)


def _record(account: TradeAccount, entry: AccountEntry, kind: BillingEvent, *, actor: Actor, now: datetime) -> None:
    record_event(
        kind=kind,
        subject_type=TRADE_ACCOUNT,
        subject_id=account.pk,
        actor_id=actor.pk,
        distributor_id=account.distributor_id,
        data={
            "kind": str(entry.kind),
            "sub_account": str(entry.sub_account),
            "amount": str(entry.amount),
            "currency": entry.currency,
            "document": entry.source_number,
            "note": entry.note,
        },
        at=now,
    )
