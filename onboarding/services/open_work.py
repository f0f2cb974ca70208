"""Steps of onboardings that wait for somebody of the brand, and how they pass to a successor."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, QuerySet

from onboarding.models import OnboardingStep


def steps_waiting(person_id: int) -> int:
    """Those that are the person's and not done. One query."""
    return _open().filter(owner=person_id).count()


def steps_waiting_of(person_ids: Collection[int]) -> Mapping[int, int]:
    """The same of many people. One query."""
    rows = _open().filter(owner__in=person_ids).order_by().values("owner")
    return dict(rows.annotate(number=Count("pk")).values_list("owner", "number"))


def move_steps(person_id: int, successors: Mapping[int, int]) -> int:
    """Give them to the distributor's successor; returns how many. One statement for each successor.

    Before: the distributors are locked.
    """
    shares: dict[int, list[int]] = defaultdict(list)
    for distributor, successor in successors.items():
        shares[successor].append(distributor)
    waiting = _open().filter(owner=person_id)
    return sum(
        waiting.filter(onboarding__distributor__in=ids).update(owner=successor)
        for successor, ids in sorted(shares.items())
    )


def _open() -> "QuerySet[Any]":
    rows: QuerySet[Any] = OnboardingStep.objects.filter(done_at__isnull=True)
    return rows
