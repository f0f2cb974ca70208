from accounts.querysets import ByDistributorQuerySet

ComplaintQuerySet = ByDistributorQuerySet
