"""Spans of time: calendar months, and the company's business years and periods."""

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class HasDays(Protocol):
    """Whatever runs from a day to a day."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days from `starts_on` to `ends_on`, both included."""

    starts_on: date
    ends_on: date

    @classmethod
    def of(cls, other: "HasDays") -> "Span":
        return cls(starts_on=other.starts_on, ends_on=other.ends_on)

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def days_until(self, day: date) -> int:
        """Days of the span that have passed at the end of `day`."""
        return min(max((day - self.starts_on).days + 1, 0), self.days)


def month_start(day: date) -> date:
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """The first day of the month `count` months after the month of `month`."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
