"""Trade accounts are opened, and credit limits set: of one account, or of a group whose accounts share one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Distributor
from billing.enums import CREDIT_LIMIT, TRADE_ACCOUNT, BillingEvent
from billing.models import CreditLimit, TradeAccount
from billing.models.exposure import COUNTERS
from billing.permissions import SET_LIMITS, can_set_limits
from billing.services.locking import lock_account, lock_limit
from billing.services.reservations import settle_distributors
from company.selectors import default_company, rate_on
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, Problem
from core.events import ExtraSubject, record_event
from core.permissions import require


@dataclass(frozen=True, kw_only=True)
class LimitTerms:
    """What a credit limit allows, in its currency; the temporary amount up to and with its last day."""

    amount: Decimal
    temporary_amount: Decimal | None = None
    temporary_until: date | None = None


def open_account(
    *, distributor_id: int, actor: Actor, now: datetime, opened_on: date | None = None, company_id: int | None = None
) -> TradeAccount:
    """Open the account of a distributor with a company, the default one if none is named, in the distributor's currency.

    It has no credit limit yet. What its open orders need counts from now on; what was shipped before `opened_on` (today) is in
    the opening balance. Records one event. Raises NotVisible, NotAllowed, Conflict where there is one, InvalidInput.
    """
    require(can_set_limits(actor))
    with explained(), transaction.atomic():
        distributor = (
            Distributor.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=distributor_id).first()
        )
        if distributor is None:
            raise NotVisible
        today = timezone.localdate(now)
        if opened_on is not None and opened_on > today:
            raise InvalidInput(_("Enter a day that is not in the future."), code="in_future", field="opened_on")
        account = TradeAccount.objects.create(
            company_id=company_id or default_company().pk,
            distributor=distributor,
            currency=distributor.currency,
            opened_on=opened_on or today,
        )
        _record(account, BillingEvent.ACCOUNT_OPENED, actor=actor, now=now, currency=account.currency)
        settle_distributors([distributor.pk], on=today)
        # Once more, with what was being placed just now by somebody who did not see the account yet.
        transaction.on_commit(partial(settle_again, distributor.pk, today))
    account.refresh_from_db()
    return account


@transaction.atomic
def settle_again(distributor_id: int, on: date) -> None:
    settle_distributors([distributor_id], on=on)


def set_account_limit(
    *,
    account_id: int,
    terms: LimitTerms | None,
    actor: Actor,
    now: datetime,
    expected_version: int | None = None,
) -> TradeAccount:
    """Give an account a limit of its own, change it, or with None take it away: then nothing is asked of its orders.

    Records one event. Raises NotVisible, NotAllowed (above what a grant allows, as taking it away is), StaleVersion,
    InvalidInput, and Conflict where it shares the limit of a group.
    """
    require(can_set_limits(actor))
    with explained(), transaction.atomic():
        account = lock_account(account_id=account_id, actor=actor, expected_version=expected_version)
        limit = account.credit_limit
        if limit is not None and limit.name:
            raise Conflict(_("This account shares the limit of a group: change it there."), code="shared_limit")
        if terms is None:
            if limit is not None:
                _require_grant(actor, None, account, now)
            _assign(account, None, actor=actor, now=now)
        else:
            _require_terms(terms)
            _require_grant(actor, terms, account, now)
            if limit is None:
                limit = CreditLimit.objects.create(
                    company_id=account.company_id, currency=account.currency, **vars(terms)
                )
                _record_limit(limit, {}, terms, actor=actor, now=now, distributor_id=account.distributor_id)
                _assign(account, limit, actor=actor, now=now)
            else:
                _change(limit, terms, actor=actor, now=now, distributor_id=account.distributor_id)
    account.refresh_from_db()
    return account


def save_group_limit(
    *,
    name: str,
    terms: LimitTerms,
    actor: Actor,
    now: datetime,
    currency: str = "",
    limit_id: int | None = None,
    expected_version: int | None = None,
) -> CreditLimit:
    """Make the limit of a group by a name, or change it. Accounts join it by `join_group`. Records one event.

    Raises NotVisible, NotAllowed (above what a grant allows), StaleVersion, InvalidInput, Conflict (the name is taken).
    """
    require(can_set_limits(actor))
    if not name.strip():
        raise InvalidInput(_("Enter a name for the group."), code="required", field="name")
    with explained(), transaction.atomic():
        company = default_company()
        if limit_id is None:
            limit = CreditLimit(
                company=company, currency=currency or company.currency, name=name.strip(), **vars(terms)
            )
            _require_terms(terms)
            _require_grant(actor, terms, limit, now)
            limit.save(force_insert=True)
            _record_limit(limit, {}, terms, actor=actor, now=now)
        else:
            limit = lock_limit(limit_id=limit_id, actor=actor, expected_version=expected_version)
            _require_terms(terms)
            _require_grant(actor, terms, limit, now)
            if limit.name != name.strip():
                limit.name = name.strip()
                limit.save(update_fields=["name"])
            _change(limit, terms, actor=actor, now=now)
    limit.refresh_from_db()
    return limit


def join_group(
    *,
    account_id: int,
    limit_id: int | None,
    actor: Actor,
    now: datetime,
    sub_limit: Decimal | None = None,
    expected_version: int | None = None,
) -> TradeAccount:
    """Let an account share the limit of a group, with a limit of its own within it where wanted; None takes it out.

    What it uses counts there from now on. Records one event. Raises NotVisible, NotAllowed, StaleVersion, InvalidInput (no
    group, another company or currency).
    """
    require(can_set_limits(actor))
    with explained(), transaction.atomic():
        before = TradeAccount.objects.visible_to(actor).filter(pk=account_id).values_list("credit_limit_id", flat=True)
        group: CreditLimit | None = None
        # Both limits, in the order of their ids, before the account.
        wanted = {one for one in (*before, limit_id) if one is not None}
        limits = {row.pk: row for row in CreditLimit.objects.filter(pk__in=wanted).order_by("pk").select_for_update()}
        account = lock_account(account_id=account_id, actor=actor, expected_version=expected_version)
        if limit_id is not None:
            group = limits.get(limit_id)
            if (
                group is None
                or not group.name
                or not CreditLimit.objects.visible_to(actor).filter(pk=limit_id).exists()
            ):
                raise InvalidInput(_("Select the limit of a group."), code="unknown", field="limit")
        _require_sub_limit(account, sub_limit)
        if group is not None:
            _require_grant(actor, LimitTerms(amount=sub_limit) if sub_limit is not None else group, account, now)
        elif account.credit_limit is not None:
            _require_grant(actor, None, account, now)
        if account.credit_limit_id not in {None, *limits}:
            raise Conflict(_("The credit limit of this account has just changed. Try again."), code="changed_meanwhile")
        _assign(account, group, actor=actor, now=now, sub_limit=sub_limit if group else None)
    account.refresh_from_db()
    return account


def _assign(
    account: TradeAccount,
    limit: CreditLimit | None,
    *,
    actor: Actor,
    now: datetime,
    sub_limit: Decimal | None = None,
) -> None:
    """Take what a locked account uses from its limit to another one. Before: both limits are locked, or one is new."""
    before = account.credit_limit
    fresh = TradeAccount.objects.get(pk=account.pk)
    used = {name: getattr(fresh, name) for name in COUNTERS}
    if before is not None and (limit is None or limit.pk != before.pk):
        CreditLimit.objects.filter(pk=before.pk).update(**{name: F(name) - amount for name, amount in used.items()})
    TradeAccount.objects.filter(pk=account.pk).update(credit_limit=limit, sub_limit=sub_limit)
    if limit is not None and (before is None or limit.pk != before.pk):
        CreditLimit.objects.filter(pk=limit.pk).update(**{name: F(name) + amount for name, amount in used.items()})
    _record(
        account,
        BillingEvent.LIMIT_ASSIGNED,
        actor=actor,
        now=now,
        limit=None if limit is None else str(limit),
        sub_limit=None if sub_limit is None else str(sub_limit),
    )


def _change(
    limit: CreditLimit, terms: LimitTerms, *, actor: Actor, now: datetime, distributor_id: int | None = None
) -> None:
    before = {name: getattr(limit, name) for name in vars(terms)}
    if before == vars(terms):
        return
    for name, value in vars(terms).items():
        setattr(limit, name, value)
    limit.save(update_fields=list(vars(terms)))
    _record_limit(limit, before, terms, actor=actor, now=now, distributor_id=distributor_id)


def _require_terms(terms: LimitTerms) -> None:
    problems = []
    if terms.amount < 0 or (terms.temporary_amount is not None and terms.temporary_amount < 0):
        problems.append(Problem(message=_("Enter an amount of zero or more."), code="min_value", field="amount"))
    if (terms.temporary_amount is None) != (terms.temporary_until is None):
        message = _("A temporary limit has an amount and a last day.")
        problems.append(Problem(message=message, code="incomplete", field="temporary_until"))
    if problems:
        raise InvalidInput(problems=problems)


def _require_grant(
    actor: Actor, allowed: LimitTerms | CreditLimit | None, owner: TradeAccount | CreditLimit, now: datetime
) -> None:
    """Whoever may set limits up to an amount gives no more by any way: None, no limit at all, is more than any amount."""
    day = timezone.localdate(now)
    rate = rate_on(from_currency=owner.currency, to_currency=owner.company.currency, on=day)
    most = Decimal("Infinity")
    if allowed is not None and rate is not None:
        most = max(allowed.amount, allowed.temporary_amount or Decimal(0)) * rate
    if not SET_LIMITS.granted_to(actor, amount=most):
        raise NotAllowed(_("This limit is higher than you may set."))


def _require_sub_limit(_account: TradeAccount, sub_limit: Decimal | None) -> None:
    if sub_limit is not None and sub_limit < 0:
        raise InvalidInput(_("Enter an amount of zero or more."), code="min_value", field="sub_limit")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _record(account: TradeAccount, kind: BillingEvent, *, actor: Actor, now: datetime, **data: Any) -> None:
    record_event(
        kind=kind,
        subject_type=TRADE_ACCOUNT,
        subject_id=account.pk,
        actor_id=actor.pk,
        distributor_id=account.distributor_id,
        data=data,
        at=now,
    )


def _record_limit(
    limit: CreditLimit,
    before: dict[str, Any],
    terms: LimitTerms,
    *,
    actor: Actor,
    now: datetime,
    distributor_id: int | None = None,
) -> None:
    accounts = TradeAccount.objects.filter(credit_limit=limit).values_list("pk", flat=True)
    record_event(
        kind=BillingEvent.LIMIT_SET,
        subject_type=CREDIT_LIMIT,
        subject_id=limit.pk,
        actor_id=actor.pk,
        distributor_id=distributor_id,
        extra_subjects=[ExtraSubject(TRADE_ACCOUNT, pk, "account") for pk in accounts],
        data={
            "limit": str(limit),
            "currency": limit.currency,
            "before": {name: _text(value) for name, value in before.items()},
            "after": {name: _text(value) for name, value in vars(terms).items()},
        },
        at=now,
    )
