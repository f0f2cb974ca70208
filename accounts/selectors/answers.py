"""Who answers for a distributor, duty by duty."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Responsibility, User


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One duty of one distributor, and who answers for it on the day asked about."""

    responsibility_id: int
    distributor_id: int
    duty_code: str
    duty_name: str
    covers: str
    person: User
    stand_in: User | None
    since: date
    until: date | None


def answers_of(distributor_ids: Collection[int], *, on: date) -> dict[int, list[Answer]]:
    """By distributor, in the order of the duties. One query."""
    found: dict[int, list[Answer]] = defaultdict(list)
    rows = (
        Responsibility.objects.on(on)
        .filter(distributor_id__in=distributor_ids, duty__is_active=True)
        .select_related("duty", "user", "stand_in")
        .order_by("duty__position", "duty__code")
    )
    for row in rows:
        found[row.distributor_id].append(_answer(row))
    return dict(found)


def _answer(row: Responsibility) -> Answer:
    return Answer(
        responsibility_id=row.pk,
        distributor_id=row.distributor_id,
        duty_code=row.duty.code,
        duty_name=row.duty.display_name,
        covers=row.duty.covers_in_words,
        person=row.user,
        stand_in=row.stand_in,
        since=row.starts_on,
        until=row.ends_on,
    )


def people_to_tell(
    distributor_ids: Collection[int], *, on: date, duty_codes: Sequence[str] = ()
) -> Mapping[int, list[int]]:
    """Ids of the active people who answer for each distributor (for the named duties), for notices. One query.

    A person who is not active is replaced by the stand-in, if there is one.
    """
    rows = Responsibility.objects.on(on).filter(distributor_id__in=distributor_ids, duty__is_active=True)
    if duty_codes:
        rows = rows.filter(duty__code__in=duty_codes)
    found: dict[int, list[int]] = defaultdict(list)
    values = rows.order_by("duty__position", "pk").values_list(
        "distributor_id", "user_id", "user__is_active", "stand_in_id", "stand_in__is_active"
    )
    for distributor, person, active, stand_in, stand_in_active in values:
        told = person if active else stand_in if stand_in_active else None
        if told is not None and told not in found[distributor]:
            found[distributor].append(told)
    return {distributor: people for distributor, people in found.items() if people}


def people_of_distributor(distributor_ids: Collection[int], *, roles: Collection[str]) -> Mapping[int, list[int]]:
    """Ids of the distributors' own active people with one of the roles, for notices. One query."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = User.objects.filter(distributor_id__in=distributor_ids, role__in=roles, is_active=True).order_by("pk")
    for distributor, person in rows.values_list("distributor_id", "pk"):
        found[distributor].append(person)
    return dict(found)
