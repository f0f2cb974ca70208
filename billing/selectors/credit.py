"""The credit of a distributor: what it may use, what it uses, what is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import TradeAccount
from billing.permissions import can_see_accounts, can_set_limits
from core.enums import Colour
from core.ui import numbers
from core.ui.figures import KpiCard

SHOWN = 10
_SOON = Decimal("0.9")


@dataclass(frozen=True, kw_only=True)
class Credit:
    """In `currency`, all with tax. `left` is below zero where it is over; the least of the limit and the sub-limit counts."""

    account_id: int
    currency: str
    limit: Decimal
    used: Decimal
    left: Decimal

    @property
    def is_over(self) -> bool:
        return self.left < 0

    @property
    def colour(self) -> Colour:
        if self.is_over:
            return Colour.DANGER
        return Colour.WARNING if self.used >= self.limit * _SOON else Colour.DONE


def credit_of(distributor_id: int, *, day: date) -> Credit | None:
    """The credit with the default company; None where no limit is set. One query, for whoever may order for it or sees it."""
    row = (
        TradeAccount.objects.filter(distributor_id=distributor_id, company__is_default=True)
        .with_credit(day)
        .select_related("credit_limit")
        .first()
    )
    if row is None or row.left is None:
        return None
    limit = (
        row.limit_amount if row.sub_limit is None or row.limit_amount is None else min(row.limit_amount, row.sub_limit)
    )
    limit = row.sub_limit if limit is None else limit
    return Credit(account_id=row.pk, currency=row.currency, limit=limit, used=limit - row.left, left=row.left)


def credit_kpi(user: Any, distributor: Any) -> KpiCard | None:
    """What is left of the credit; it leads to the account. One query, none for those who see no accounts."""
    if not can_see_accounts(user):
        return None
    found = credit_of(distributor.pk, day=timezone.localdate())
    if found is None:
        return None
    return KpiCard(
        label=_("Credit left"),
        text=numbers.money_short(found.left, found.currency),
        share=float(max(found.left, Decimal(0)) / found.limit) if found.limit else 0.0,
        colour=found.colour,
        url=reverse("billing:account", args=[found.account_id]),
    )


def account_tab(actor: Any, distributor: Any) -> Mapping[str, Any]:
    """The account of a distributor with its newest entries, on the distributor's page. Two queries."""
    account = (
        TradeAccount.objects.visible_to(actor)
        .filter(distributor=distributor)
        .with_credit(timezone.localdate())
        .select_related("credit_limit", "distributor", "company")
        .order_by("-company__is_default", "pk")
        .first()
    )
    return {
        "account": account,
        "entries": list(account.entries.order_by("-posted_on", "-pk")[:SHOWN]) if account else [],
        "entries_url": reverse("billing:entries", query={"distributor": distributor.code}),
        "may_open": can_set_limits(actor),
        "open_url": reverse("billing:account-open", query={"distributor": distributor.code}),
    }
