"""How good landings of a closed year would have been: the rule beside a straight line, at several points of the year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from company.models import BusinessYear
from planning.forecast.history import Year
from planning.forecast.landings import Forecast
from planning.forecast.learning import SWITCH_AT, judge
from planning.selectors.landing_forecast import forecast_year
from planning.selectors.landing_history import read_histories


@dataclass(frozen=True, kw_only=True)
class Quality:
    """Errors are weighted over all distributors; `covered` is the share of them whose year ended within its band."""

    share: float
    cut: date
    distributors: int
    sold_share: float
    growth: float
    error: float
    bias: float
    straight_error: float
    covered: float | None
    past_error: float | None


def landing_quality(year: BusinessYear, *, currency: str, shares: Sequence[float] = SWITCH_AT) -> list[Quality]:
    """Of a year that is over. Each point sees what was ordered before it, and nothing later."""
    span = Year.of(year.starts_on, year.ends_on)
    came = {
        history.distributor_id: history.sums[history.place(span.end)] - history.sums[history.place(span.start)]
        for history in read_histories(currency=currency, before=date.fromordinal(span.end))
    }
    found = []
    for share in shares:
        cut = date.fromordinal(span.day_at(share))
        forecast = forecast_year(year, on=cut, currency=currency, with_awaited=False)
        if forecast is not None:
            found.append(
                _quality(forecast, came, share=share, cut=cut, gone=(cut.toordinal() - span.start) / span.days)
            )
    return found


def _quality(forecast: Forecast, came: dict[int, float], *, share: float, cut: date, gone: float) -> Quality:
    actual = [came.get(one.buyer.distributor_id, 0.0) for one in forecast.landings]
    judged = judge([one.total for one in forecast.landings], actual)
    straight = judge([one.sold / gone for one in forecast.landings], actual)
    banded = [
        one.low - 0.005 <= total <= one.high + 0.005
        for one, total in zip(forecast.landings, actual, strict=True)
        if one.low is not None and one.high is not None
    ]
    return Quality(
        share=share,
        cut=cut,
        distributors=len(forecast.landings),
        sold_share=forecast.share_sold,
        growth=forecast.growth,
        error=judged.error if judged else 0.0,
        bias=judged.bias if judged else 0.0,
        straight_error=straight.error if straight else 0.0,
        covered=sum(banded) / len(banded) if banded else None,
        past_error=forecast.past_error,
    )
