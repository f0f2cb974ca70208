"""Where a closed year would have been expected to land: the rule beside a straight line, and what a forecast takes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.utils import timezone

from bench.database import big, kept_database
from bench.importing import DATA
from bench.results import Result
from company.models import BusinessYear
from company.selectors import company_currency
from integration.engine.profile import load_profile
from integration.engine.run import import_folder
from integration.profiles import shipped_profiles
from planning.selectors.landing_forecast import forecast_year
from planning.selectors.landing_quality import Quality, landing_quality

NAME = "tributary_bench_landing"
HEAD = "  f     cut-off     distributors  p       G      error   bias    straight  covered  year before"


def measure(*, quick: bool) -> list[Result]:
    if (DATA / "adventureworks").is_dir():
        with _adventureworks():
            _show("AdventureWorks", BusinessYear.objects.get(code="2013"))
    else:
        print(f"The AdventureWorks files are missing: {DATA}. Set TRIBUTARY_REALDATA.", flush=True)
    with big(quick=quick):
        today = timezone.localdate()
        closed = BusinessYear.objects.filter(ends_on__lt=today).order_by("-starts_on").first()
        if closed is not None:
            _show("demo", closed)
        year = BusinessYear.objects.get(starts_on__lte=today, ends_on__gte=today)
        seconds, number = _timed(year, max(today, year.starts_on + timedelta(days=40)))
    return [Result(name=f"landing of {number:,} distributors", figure=seconds, unit="s", aim="at most 2 s")]


def _timed(year: BusinessYear, on: date) -> tuple[float, int]:
    taken, number = [], 0
    for _round in range(3):
        started = time.perf_counter()
        forecast = forecast_year(year, on=on, currency=company_currency())
        taken.append(time.perf_counter() - started)
        number = len(forecast.landings) if forecast else 0
    return min(taken), number


def _show(name: str, year: BusinessYear) -> None:
    print(f"\n{name}, {year.starts_on} to {year.ends_on}\n{HEAD}")
    for one in landing_quality(year, currency=company_currency()):
        print(_line(one), flush=True)


def _line(one: Quality) -> str:
    covered = f"{one.covered:.3f}" if one.covered is not None else "-"
    past = f"{one.past_error:.3f}" if one.past_error is not None else "-"
    return (
        f"  {one.share:.2f}  {one.cut}  {one.distributors:>12,}  {one.sold_share:.4f}  {one.growth:.3f}  {one.error:.3f}  "
        f"{one.bias:+.3f}  {one.straight_error:>8.3f}  {covered:>7}  {past:>11}"
    )


@contextmanager
def _adventureworks() -> Iterator[None]:
    with kept_database(NAME):
        if not BusinessYear.objects.exists():
            profile = load_profile(shipped_profiles()["adventureworks"])
            import_folder(profile=profile, folder=DATA / "adventureworks", actor_id=None)
        yield
