from accounts.querysets import ByDistributorQuerySet

ReturnQuerySet = ByDistributorQuerySet
