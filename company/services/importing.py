"""Many business years at once, and their periods."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from company.services.business_years import periods_moved_over_sales
from core.importing import Counts, ImportRefused, Stage
from core.importing.staging import rows, run
from core.importing.upsert import upsert
from core.periods import add_months, month_end
from core.sentences import listed

_MONTHS = {"months": 1, "quarters": 3}


def write_years(stage: Stage) -> Mapping[str, Counts]:
    """Business years, and their periods where the profile wants them made."""
    written = {"business_year": upsert(stage)}
    found = rows(
        f"SELECT y.id, s.starts_on, s.ends_on, s.periods FROM {stage.relation} AS s JOIN company_businessyear AS y USING (code) "
        "WHERE s.periods IS NOT NULL"
    )
    if found:
        written["business_period"] = _write_periods(found)
        _refuse_moved(stage)
    return written


def write_periods(stage: Stage) -> Mapping[str, Counts]:
    """Business periods with bounds of their own."""
    written = {"business_period": upsert(stage)}
    _refuse_moved(stage)
    return written


def _refuse_moved(stage: Stage) -> None:
    """Sales are posted under the periods of their days; the import of orders posts those that had none."""
    moved = periods_moved_over_sales()
    if moved:
        reason = _("Sales are posted under these periods, and their days would change: %(periods)s.")
        raise ImportRefused(f"{stage.entity.name}.starts_on", reason % {"periods": listed(moved)})


def _write_periods(years: list[tuple[int, date, date, str]]) -> Counts:
    made = [
        (year, number, start, end)
        for year, starts_on, ends_on, kind in years
        for number, (start, end) in enumerate(_cut(starts_on, ends_on, _MONTHS[kind]), 1)
    ]
    columns = [list(column) for column in zip(*made, strict=True)]
    given = "unnest(%s::bigint[], %s::int[], %s::date[], %s::date[]) AS p (year_id, number, starts_on, ends_on)"
    changed = run(
        f"UPDATE company_businessperiod AS t SET starts_on = p.starts_on, ends_on = p.ends_on FROM {given} "
        "WHERE t.year_id = p.year_id AND t.number = p.number "
        "AND (t.starts_on, t.ends_on) IS DISTINCT FROM (p.starts_on, p.ends_on)",
        columns,
    )
    created = run(
        f"INSERT INTO company_businessperiod (year_id, number, starts_on, ends_on) SELECT * FROM {given} "
        "ON CONFLICT (year_id, number) DO NOTHING",
        columns,
    )
    return Counts(created=created, changed=changed, unchanged=len(made) - created - changed)


def _cut(starts_on: date, ends_on: date, months: int) -> list[tuple[date, date]]:
    """Periods of so many months from the first day on; the last one ends with the year."""
    result = []
    start = starts_on
    while start <= ends_on:
        following = add_months(start, months)
        following = following.replace(day=min(starts_on.day, month_end(following).day))
        result.append((start, min(following - timedelta(days=1), ends_on)))
        start = following
    return result
