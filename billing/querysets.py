"""Who sees which accounts: whoever sees the distributor, and has to do with its money."""

from datetime import date
from typing import Any, Self

from django.db.models import Case, DecimalField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest

from accounts.permissions import is_brand
from accounts.querysets import ByDistributorQuerySet
from billing.enums import LimitState
from billing.permissions import can_see_accounts
from core.actors import Actor
from core.querysets import ScopedQuerySet

MONEY: DecimalField[Any, Any] = DecimalField(max_digits=19, decimal_places=4)


def limit_on(day: date, path: str = "") -> Case:
    """What a credit limit allows on a day: the temporary amount while it lasts."""
    temporary = Q(**{f"{path}temporary_until__gte": day})
    return Case(When(temporary, then=F(f"{path}temporary_amount")), default=F(f"{path}amount"), output_field=MONEY)


class AccountQuerySet(ByDistributorQuerySet):
    def scope(self, actor: Actor) -> Self:
        return super().scope(actor) if can_see_accounts(actor) else self.none()

    def with_credit(self, day: date) -> Self:
        """Adds `limit_amount`, and what is `left` and `over` of it: the least of the limit and the sub-limit. NULL without."""
        limit = limit_on(day, "credit_limit__")
        own: Any = F("sub_limit") - F("exposure_amount")
        left = limit - F("credit_limit__exposure_amount")
        return self.annotate(
            limit_amount=limit,
            left=Case(
                When(credit_limit__isnull=True, then=own),
                When(sub_limit__isnull=True, then=left),
                # LEAST of PostgreSQL leaves out NULL, Django's wrapper for it does not know that.
                default=Case(When(Q(sub_limit__lt=F("exposure_amount") + left), then=own), default=left),
                output_field=MONEY,
            ),
        ).annotate(over=Greatest(Coalesce(-F("left"), Value(0), output_field=MONEY), Value(0), output_field=MONEY))

    def in_state(self, state: str) -> Self:
        """Before: `with_credit`."""
        return {
            LimitState.OVER: self.filter(left__lt=0),
            LimitState.WITHIN: self.filter(left__gte=0),
            LimitState.NONE: self.filter(left__isnull=True),
        }[LimitState(state)]


class ByAccountQuerySet(AccountQuerySet):
    path = "account__distributor"


class LimitQuerySet(ScopedQuerySet[Any]):
    def scope(self, actor: Actor) -> Self:
        """The brand's people, with the accounts that share it. A distributor sees what is left on its account."""
        if not (can_see_accounts(actor) and is_brand(actor)):
            return self.none()
        seen: QuerySet[Any] = self.model._meta.get_field("accounts").related_model.objects.visible_to(actor)
        return self.filter((Q(accounts__isnull=True) & ~Q(name="")) | Q(accounts__in=seen.values("pk"))).distinct()
