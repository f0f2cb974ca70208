"""The rule of the landing on small channels that are checked by hand. No database."""

from datetime import date

import pytest

from planning.forecast.chinese_new_year import NEW_YEARS
from planning.forecast.history import History, Year
from planning.forecast.landings import Forecaster
from planning.forecast.profile import Profile
from planning.forecast.rule import UNLEARNED

LAST = Year.of(date(2025, 1, 1), date(2025, 12, 31))
THIS = Year.of(date(2026, 1, 1), date(2026, 12, 31))


def buyer(number: int, *orders: tuple[date, float]) -> History:
    return History(number, [day.toordinal() for day, _amount in orders], [amount for _day, amount in orders])


def quarterly(number: int, *years: int, amount: float = 100.0, until: date = date.max) -> History:
    days = [date(year, month, 15) for year in years for month in (2, 5, 8, 11)]
    return buyer(number, *[(day, amount) for day in days if day < until])


def test_a_steady_channel_lands_where_it_did() -> None:
    """Who buys once a quarter would be taken for somebody who buys nothing, or four times as much."""
    cut = date(2026, 6, 1)
    forecast = Forecaster([quarterly(n, 2025, 2026, until=cut) for n in range(20)], [LAST, THIS]).forecast(
        cut.toordinal()
    )
    for landing in forecast.landings:
        assert (landing.sold, landing.low) == (200, None)
        assert landing.total == pytest.approx(400, rel=0.1)


def test_almost_nothing_last_year_by_now_does_not_explode() -> None:
    """This year 100, last year 100 of which 0.0001 by today: a landing of 100,000,000 stood on the first page."""
    odd = buyer(1, (date(2025, 1, 2), 0.0001), (date(2025, 12, 1), 99.9999), (date(2026, 1, 2), 100.0))
    others = [quarterly(n, 2025, 2026, until=date(2026, 4, 1)) for n in range(2, 30)]
    forecast = Forecaster([odd, *others], [LAST, THIS]).forecast(date(2026, 4, 1).toordinal())
    assert forecast.landings[0].total < 400


def test_a_newcomer_is_counted_by_its_orders() -> None:
    """Without a last year there is no season to divide by."""
    new = buyer(1, *[(date(2026, month, 1), 50.0) for month in (3, 4, 5, 6)])
    others = [quarterly(n, 2025, 2026, until=date(2026, 6, 2)) for n in range(2, 12)]
    forecast = Forecaster([new, *others], [LAST, THIS]).forecast(date(2026, 6, 2).toordinal())
    assert forecast.landings[0].expected == pytest.approx(50.0 * (1 + (213 - 30) // 31))


def test_silence_lets_the_rest_shrink() -> None:
    """Who has not ordered for a year would be expected to return."""
    gone = quarterly(1, 2025, until=date(2025, 6, 1))
    others = [quarterly(n, 2025, 2026, until=date(2026, 6, 1)) for n in range(2, 12)]
    forecast = Forecaster([gone, *others], [LAST, THIS]).forecast(date(2026, 6, 1).toordinal())
    silent, active = forecast.landings[0], forecast.landings[1]
    assert silent.buyer.silence == len(UNLEARNED) - 1
    assert silent.expected < active.expected * UNLEARNED[-1]


def test_without_a_last_year_the_line_is_straight_and_has_no_band() -> None:
    """A figure made of nothing would look as sure as one with a history."""
    cut = date(2026, 7, 2)
    forecast = Forecaster([quarterly(1, 2026, until=cut)], [THIS]).forecast(cut.toordinal())
    (landing,) = forecast.landings
    assert (forecast.is_straight, landing.low, forecast.past_error) == (True, None, None)
    assert landing.total == pytest.approx(200 * 365 / 182)


def test_the_new_year_moves_the_season_with_it() -> None:
    """In a year with a late New Year everybody would look behind in January and ahead in February."""
    last_new_year, new_year = NEW_YEARS[25].toordinal(), NEW_YEARS[26].toordinal()
    assert (last_new_year, new_year) == (date(2025, 1, 29).toordinal(), date(2026, 2, 17).toordinal())
    daily = dict.fromkeys(range(LAST.start, LAST.end), 10.0)
    daily |= dict.fromkeys(range(last_new_year - 10, last_new_year + 11), 0.0)
    plain = Profile(daily, THIS, LAST, chinese_new_year=False)
    moved = Profile(daily, THIS, LAST, chinese_new_year=True)
    quiet = [(new_year - 5, new_year + 5), (last_new_year + 360, last_new_year + 370)]
    even = 0.25 * 10 / 365
    assert moved.at(quiet[0][1]) - moved.at(quiet[0][0]) == pytest.approx(even, abs=0.001)
    assert plain.at(quiet[1][1]) - plain.at(quiet[1][0]) == pytest.approx(even, abs=0.001)
    assert moved.at(THIS.end) == pytest.approx(1)
