from accounts.querysets import BrandOnlyQuerySet, ByDistributorQuerySet

RunQuerySet = BrandOnlyQuerySet
ScorecardQuerySet = BrandOnlyQuerySet
EvaluationQuerySet = ByDistributorQuerySet


class ByEvaluationQuerySet(ByDistributorQuerySet):
    path = "evaluation__distributor"
