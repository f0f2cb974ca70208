from accounts.querysets import BrandOnlyQuerySet, ByDistributorQuerySet

RunQuerySet = BrandOnlyQuerySet
ScorecardQuerySet = BrandOnlyQuerySet
EvaluationQuerySet = ByDistributorQuerySet
ComplaintQuerySet = ByDistributorQuerySet


class ByEvaluationQuerySet(ByDistributorQuerySet):
    path = "evaluation__distributor"
