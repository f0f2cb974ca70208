"""When the channel buys: the months of a year, and Chinese New Year, which moves between January and February."""

from datetime import date, timedelta

# The shares of the twelve months without the festival; in November the channel fills up.
MONTHS = (9, 8, 8, 8, 9, 10, 7, 7, 9, 9, 15, 12)
WEEKEND = 5
WEEKEND_WEIGHT = 2

# The first day of each Chinese year; it cannot be computed in a line, and a demo needs no more of them.
NEW_YEARS = {
    2023: date(2023, 1, 22),
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2028: date(2028, 1, 26),
    2029: date(2029, 2, 13),
    2030: date(2030, 2, 3),
    2031: date(2031, 1, 23),
    2032: date(2032, 2, 11),
    2033: date(2033, 1, 31),
}
_STOCKING_DAYS = 28
_CLOSED_DAYS = 8
_SLOW_DAYS = 17


def weight(day: date, *, weekends: bool = True, festival: bool = True) -> int:
    """How many of the orders fall on this day, against other days."""
    usual = MONTHS[day.month - 1]
    if weekends and day.weekday() >= WEEKEND:
        usual = WEEKEND_WEIGHT
    new_year = NEW_YEARS.get(day.year) if festival else None
    if new_year is None:
        return usual
    away = (day - new_year).days
    if -_STOCKING_DAYS <= away < -3:
        return usual * 2  # everybody stocks up before the carriers stop
    if -3 <= away < _CLOSED_DAYS:
        return 0  # New Year's Eve to the seventh day: closed
    if _CLOSED_DAYS <= away < _SLOW_DAYS:
        return max(1, usual // 2)
    return usual


def month_shares(year: int) -> list[float]:
    """What share of the year's sales each month has: what a plan is spread by."""
    totals = [0] * 12
    day = date(year, 1, 1)
    while day.year == year:
        totals[day.month - 1] += weight(day)
        day += timedelta(days=1)
    return [total / sum(totals) for total in totals]
