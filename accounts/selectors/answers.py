"""Who answers for a distributor, duty by duty."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from accounts.models import Responsibility


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
