from typing import Self

from accounts.querysets import BrandOnlyQuerySet, ByDistributorQuerySet

ScorecardQuerySet = BrandOnlyQuerySet


class RunQuerySet(BrandOnlyQuerySet):
    def final(self) -> Self:
        """Finished, of days that were over: what trends and rankings are made of."""
        return self.filter(status="done", is_provisional=False)

    def current(self) -> Self:
        """All but those replaced or voided."""
        return self.exclude(status__in=("replaced", "voided"))


class EvaluationQuerySet(ByDistributorQuerySet):
    def final(self) -> Self:
        """Of finished runs of days that were over: what trends and rankings are made of."""
        return self.filter(run__status="done", run__is_provisional=False)

    def current(self) -> Self:
        """All but those of runs replaced or voided."""
        return self.exclude(run__status__in=("replaced", "voided"))


class ByEvaluationQuerySet(ByDistributorQuerySet):
    path = "evaluation__distributor"
