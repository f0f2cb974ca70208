"""The forecast of a business year as of a day, for all distributors of a currency at once."""

from datetime import date

from company.models import BusinessYear
from company.selectors import default_company
from planning.forecast.history import Year
from planning.forecast.landings import FIRST_SHARE, Forecast, Forecaster
from planning.models import LandingForecast
from planning.selectors.landing_history import adjoining_years, read_awaited, read_histories


def forecast_year(year: BusinessYear, *, on: date, currency: str, with_awaited: bool = True) -> Forecast | None:
    """Where the year lands by what was ordered before `on`; None before a tenth of it is over, and after it.

    What is ordered and not approved yet is the least that is still expected. Five queries, whatever the number.
    """
    span, cut = Year.of(year.starts_on, year.ends_on), on.toordinal()
    if not span.start + FIRST_SHARE * span.days <= cut < span.end:
        return None
    histories = read_histories(currency=currency, before=on)
    if not histories:
        return None
    forecaster = Forecaster(
        histories,
        adjoining_years(year, histories),
        chinese_new_year=default_company().follows_chinese_new_year,
    )
    forecast = forecaster.forecast(cut, individual_profile=_known_profile(year, currency))
    awaited = read_awaited(currency=currency) if with_awaited else {}
    for landing in forecast.landings:
        landing.expected = max(landing.expected, awaited.get(landing.buyer.distributor_id, 0.0))
    return forecast


def _known_profile(year: BusinessYear, currency: str) -> bool | None:
    """The switch is set once a year: the closed year it was learned from does not change any more."""
    made = LandingForecast.objects.filter(year=year, currency=currency, is_straight=False)
    return made.order_by("-made_on").values_list("uses_individual_profile", flat=True).first()
