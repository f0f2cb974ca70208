"""The days on which a calendar works: pure, so that a promise can be reckoned without the database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

LONGEST_REST = 60
"""A calendar that does not work for that long has no next working day: it is counted as if every day were one."""


@dataclass(frozen=True, kw_only=True)
class WorkingDays:
    """Which days are worked: by weekday (1 is Monday, as in ISO 8601), and single days that are otherwise.

    China moves its working days: a Sunday may be worked for a holiday in the week.
    """

    weekdays: frozenset[int] = frozenset(range(1, 8))
    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        return self.exceptions.get(day, day.isoweekday() in self.weekdays)

    def on_or_after(self, day: date) -> date:
        """The first working day from `day` on."""
        for rest in range(LONGEST_REST):
            found = day + timedelta(days=rest)
            if self.is_working(found):
                return found
        return day

    def after(self, day: date, count: int) -> date:
        """The working day that comes `count` working days after `day`; with 0 the first one from `day` on."""
        found = self.on_or_after(day)
        for _step in range(count):
            found = self.on_or_after(found + timedelta(days=1))
        return found

    def on_or_before(self, day: date) -> date:
        """The last working day until `day`."""
        for rest in range(LONGEST_REST):
            found = day - timedelta(days=rest)
            if self.is_working(found):
                return found
        return day

    def before(self, day: date, count: int) -> date:
        """The working day from which `count` working days lead to the last working day until `day`."""
        found = self.on_or_before(day)
        for _step in range(count):
            found = self.on_or_before(found - timedelta(days=1))
        return found


EVERY_DAY = WorkingDays()


def working_days_from(text: str | None) -> WorkingDays:
    """What `company.selectors.working_days_sql` answers; without a calendar every day is worked."""
    if text is None:
        return EVERY_DAY
    stored = json.loads(text)
    return WorkingDays(
        weekdays=frozenset(int(one) for one in stored["weekdays"]),
        exceptions={date.fromisoformat(day): works for day, works in (stored["days"] or {}).items()},
    )
