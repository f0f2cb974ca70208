"""Years with their periods, people, and complaints."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.periods import add_months, month_end
from distribution.imports.outcome import Counts
from distribution.imports.stage import NAME, Stage, refuse, rows, run
from distribution.imports.writers.upsert import upsert

_MONTHS = {"months": 1, "quarters": 3}


def write_years(stage: Stage) -> Mapping[str, Counts]:
    """Business years, and their periods where the profile wants them made."""
    written = {"business_year": upsert(stage)}
    found = rows(
        f"SELECT y.id, s.starts_on, s.ends_on, s.periods FROM {NAME} AS s JOIN core_businessyear AS y USING (code) "
        "WHERE s.periods IS NOT NULL"
    )
    if found:
        written["business_period"] = _write_periods(found)
    return written


def _write_periods(years: list[tuple[int, date, date, str]]) -> Counts:
    made = [
        (year, number, start, end)
        for year, starts_on, ends_on, kind in years
        for number, (start, end) in enumerate(_cut(starts_on, ends_on, _MONTHS[kind]), 1)
    ]
    columns = [list(column) for column in zip(*made, strict=True)]
    given = "unnest(%s::bigint[], %s::int[], %s::date[], %s::date[]) AS p (year_id, number, starts_on, ends_on)"
    changed = run(
        f"UPDATE core_businessperiod AS t SET starts_on = p.starts_on, ends_on = p.ends_on FROM {given} "
        "WHERE t.year_id = p.year_id AND t.number = p.number "
        "AND (t.starts_on, t.ends_on) IS DISTINCT FROM (p.starts_on, p.ends_on)",
        columns,
    )
    created = run(
        f"INSERT INTO core_businessperiod (year_id, number, starts_on, ends_on) SELECT * FROM {given} "
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


def write_users(stage: Stage) -> Mapping[str, Counts]:
    """People. Who has no e-mail gets a placeholder at a domain that cannot exist (RFC 2606).

    Of a code with other signs than letters, digits and hyphens, such as a name in Chinese, too little would be left to
    tell it from others.
    """
    run(
        f"UPDATE {NAME} SET email = concat_ws('-', "
        "nullif(trim('-' FROM regexp_replace(lower(external_code), '[^a-z0-9]+', '-', 'g')), ''), "
        "CASE WHEN external_code ~ '[^A-Za-z0-9-]' THEN left(md5(external_code), 8) END) "
        "|| '@imported.invalid' WHERE email IS NULL"
    )
    return {"user": upsert(stage)}


def write_complaints(stage: Stage) -> Mapping[str, Counts]:
    refuse(
        rows(f"SELECT _n FROM {NAME} WHERE closed_on < received_on"), "closed_on", _("It was closed before it came in.")
    )
    run(f"UPDATE {NAME} SET status = CASE WHEN closed_on IS NULL THEN 'open' ELSE 'closed' END WHERE status = ''")
    stage.expressions["status"] = "s.status"
    return {"complaint": upsert(stage)}
