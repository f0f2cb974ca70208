"""The landings of all distributors of one currency at a cut-off, with what the last closed year says of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from planning.forecast.history import History, Year, daily_sums
from planning.forecast.learning import (
    SWITCH_AT,
    actuals,
    band_widths,
    closed_cut,
    judge,
    learn_silence,
    order_class,
)
from planning.forecast.profile import Profile
from planning.forecast.rule import UNLEARNED, Buyer, Situation, look_at, rests

WITH_CLOSED_YEAR = 2
"""From its place on a year has a closed one before it that had a last year itself."""
FIRST_SHARE = 0.1
"""Before so much of the year is over no landing is given."""


@dataclass(slots=True)
class DistributorLanding:
    """Sold before the cut-off and expected after it; the band is None where no closed year has shown its width."""

    buyer: Buyer
    sold: float
    expected: float
    low: float | None = None
    high: float | None = None

    @property
    def total(self) -> float:
        return self.sold + self.expected


@dataclass(slots=True)
class Forecast:
    """All landings at a cut-off. `past_error` and `past_bias` are those of the last closed year at the same share of it."""

    share_sold: float
    growth: float
    individual_profile: bool
    is_straight: bool
    past_error: float | None
    past_bias: float | None
    landings: list[DistributorLanding]
    profile: Profile | None
    year: Year

    def rest_until(self, cut: int, day: int) -> float:
        """Which part of what is still expected at the cut-off is expected before `day`."""
        if self.profile is None:
            return min(max(day - cut, 0) / (self.year.end - cut), 1.0)
        left = 1 - self.profile.at(cut)
        return (self.profile.at(day) - self.profile.at(cut)) / left if left > 0 else 0.0


class Forecaster:
    """Forecasts over one set of histories. `years` are the business years that adjoin, the one to forecast last."""

    def __init__(self, histories: Sequence[History], years: Sequence[Year], *, chinese_new_year: bool = False) -> None:
        self.histories, self.years = histories, list(years)
        self.by_id = {history.distributor_id: history for history in histories}
        self._chinese_new_year = chinese_new_year
        self._daily = daily_sums(histories)
        self._profiles: dict[int, Profile | None] = {}
        self._situations: dict[tuple[int, int], Situation] = {}
        self._actuals: dict[tuple[int, int], list[float]] = {}

    def forecast(self, cut: int, *, individual_profile: bool | None = None) -> Forecast:
        """The landings at a cut-off of the newest year; `individual_profile` None finds out which profile was better."""
        place = len(self.years) - 1
        individual = self.prefers_individual_profile() if individual_profile is None else individual_profile
        situation = self._situation(place, cut)
        if not situation.has_last_year:
            return _straight(situation)
        factors, widths, past = self._learned(place, cut, individual=individual)
        landings = [
            DistributorLanding(buyer=one, sold=one.sold, expected=rest * factors[one.silence])
            for one, rest in zip(situation.buyers, rests(situation, individual_profile=individual), strict=True)
        ]
        if widths is not None:
            for landing in landings:
                width = widths[order_class(landing.buyer.orders)]
                landing.low = max(landing.sold, landing.total * (1 - width))
                landing.high = max(landing.sold, landing.total * (1 + width))
        return Forecast(
            share_sold=situation.share_sold,
            growth=situation.growth,
            individual_profile=individual,
            is_straight=False,
            past_error=past[0] if past else None,
            past_bias=past[1] if past else None,
            landings=landings,
            profile=self._profile(place),
            year=self.years[place],
        )

    def prefers_individual_profile(self) -> bool:
        """Whether the distributors' own profiles were better in the last closed year, over five cut-offs of it."""
        place = len(self.years) - 2
        if place < 1:
            return False
        errors = [0.0, 0.0]
        for share in SWITCH_AT:
            situation = self._situation(place, self.years[place].day_at(share))
            if not situation.has_last_year:
                return False
            came = self._came(place, situation.cut)
            for individual in (False, True):
                factors = self._factors(place, situation.cut, individual=individual)
                judged = judge(_landings(situation, factors, individual=individual), came)
                errors[individual] += judged.error if judged else 0.0
        return errors[True] < errors[False]

    def _learned(
        self, place: int, cut: int, *, individual: bool
    ) -> tuple[tuple[float, ...], tuple[float, ...] | None, tuple[float, float] | None]:
        """Factors of silence, widths of the band, and error and bias, of the closed year before."""
        if place < WITH_CLOSED_YEAR:
            return UNLEARNED, None, None
        closed = self._situation(place - 1, closed_cut(self.years[place], self.years[place - 1], cut))
        if not closed.has_last_year:
            return UNLEARNED, None, None
        came = self._came(place - 1, closed.cut)
        landings = _landings(closed, self._factors(place - 1, closed.cut, individual=individual), individual=individual)
        judged = judge(landings, came)
        factors = learn_silence(closed, rests(closed, individual_profile=individual), came)
        widths = band_widths(closed, landings, came)
        return factors, widths, (judged.error, judged.bias) if judged else None

    def _factors(self, place: int, cut: int, *, individual: bool) -> tuple[float, ...]:
        """The factors of silence that a forecast in that year had learned from the year before it."""
        if place < WITH_CLOSED_YEAR:
            return UNLEARNED
        closed = self._situation(place - 1, closed_cut(self.years[place], self.years[place - 1], cut))
        if not closed.has_last_year:
            return UNLEARNED
        came = self._came(place - 1, closed.cut)
        return learn_silence(closed, rests(closed, individual_profile=individual), came)

    def _situation(self, place: int, cut: int) -> Situation:
        """Looked at once: both profiles are judged by the same ones."""
        if (place, cut) not in self._situations:
            last, profile = self.years[place - 1] if place else None, self._profile(place)
            found = look_at(self.histories, year=self.years[place], last=last, cut=cut, profile=profile)
            self._situations[place, cut] = found
        return self._situations[place, cut]

    def _came(self, place: int, cut: int) -> list[float]:
        """What those of a situation had bought when its year was over."""
        if (place, cut) not in self._actuals:
            self._actuals[place, cut] = actuals(self._situation(place, cut), self.by_id)
        return self._actuals[place, cut]

    def _profile(self, place: int) -> Profile | None:
        if place and place not in self._profiles:
            year, last = self.years[place], self.years[place - 1]
            self._profiles[place] = Profile(self._daily, year, last, chinese_new_year=self._chinese_new_year)
        return self._profiles.get(place)


def _landings(situation: Situation, factors: Sequence[float], *, individual: bool) -> list[float]:
    expected = rests(situation, individual_profile=individual)
    return [one.sold + rest * factors[one.silence] for one, rest in zip(situation.buyers, expected, strict=True)]


def _straight(situation: Situation) -> Forecast:
    """Nothing was sold last year: the pace goes on."""
    share = situation.share_gone
    landings = [
        DistributorLanding(buyer=one, sold=one.sold, expected=one.sold / share - one.sold) for one in situation.buyers
    ]
    return Forecast(
        share_sold=share,
        growth=1.0,
        individual_profile=False,
        is_straight=True,
        past_error=None,
        past_bias=None,
        landings=landings,
        profile=None,
        year=situation.year,
    )
