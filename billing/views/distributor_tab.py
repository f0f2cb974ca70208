"""The trade account of one distributor, on its page."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import TradeAccount
from billing.permissions import can_see_accounts, can_set_limits
from billing.selectors.credit import SHOWN, credit_of
from core.ui import numbers
from core.ui.figures import KpiCard


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
