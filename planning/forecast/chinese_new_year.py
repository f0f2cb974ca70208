"""The days of the Chinese New Year, by which buying in China stops and starts again."""

from datetime import date

_FIRST = 2000
_DAYS = (
    "0205 0124 0212 0201 0122 0209 0129 0218 0207 0126 "  # 2000
    "0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 "  # 2010
    "0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 "  # 2020
    "0203 0123 0211 0131 0219 0208 0128 0215 0204 0124 "  # 2030
    "0212 0201 0122 0210 0130 0217 0206 0126 0214 0202 "  # 2040
    "0123"  # 2050
)
NEW_YEARS = tuple(date(_FIRST + index, int(day[:2]), int(day[2:])) for index, day in enumerate(_DAYS.split()))


def nearest_new_year(day: date) -> int | None:
    """The index in `NEW_YEARS` of the New Year closest to a day; None beyond the years that are known."""
    index = day.year - _FIRST
    if not 0 < index < len(NEW_YEARS) - 1:
        return None
    return min((index - 1, index, index + 1), key=lambda one: abs((NEW_YEARS[one] - day).days))
