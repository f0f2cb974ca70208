"""Sales plans: one staged row is one period (and category) of one owner's plan."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from core.importing import Counts, Stage
from core.importing.staging import refuse, rows, run
from core.importing.upsert import insert_into, take_statistics
from core.money import split_amount
from planning.enums import PlanLevel
from planning.models import SalesPlan

_OWNER = " AND ".join(  # equal or both empty, and yet a condition by which rows can be hashed
    f"coalesce(t.{name}, 0) = coalesce(s.{name}, 0)" for name in ("territory_id", "manager_id", "distributor_id")
)
_SPLIT_DIGITS = 2


def write_plans(stage: Stage) -> Mapping[str, Counts]:
    """Make the plans that are not there, set their periods (and product mix), and add them up."""
    _find_periods(stage)
    _refuse_unclear(stage)
    take_statistics(stage, run(insert_into(SalesPlan, _new_plans(stage))))
    run(f"ALTER TABLE {stage.relation} ADD COLUMN plan_id bigint, ADD COLUMN part_id bigint")
    run(
        f"UPDATE {stage.relation} AS s SET plan_id = t.id FROM planning_salesplan AS t "
        f"WHERE t.is_current AND t.year_id = s.year AND {_OWNER}"
    )
    counts = _write_mixes(stage)
    return {"plan": counts}


def _new_plans(stage: Stage) -> str:
    """The owners and years of the staged rows for which there is no plan in force."""
    return f"""(
    SELECT CASE WHEN territory_id IS NOT NULL THEN '{PlanLevel.TERRITORY}' WHEN manager_id IS NOT NULL
               THEN '{PlanLevel.MANAGER}' WHEN distributor_id IS NOT NULL THEN '{PlanLevel.DISTRIBUTOR}'
               ELSE '{PlanLevel.COMPANY}' END AS level,
           year AS year_id, territory_id, manager_id, distributor_id, NULL::bigint AS parent_id, 1 AS revision,
           true AS is_current, min(status) AS status, min(currency) AS currency, 0::numeric AS amount, 1 AS version
    FROM {stage.relation} AS s
    WHERE NOT EXISTS (SELECT FROM planning_salesplan AS t WHERE t.is_current AND t.year_id = s.year AND {_OWNER})
    GROUP BY year, territory_id, manager_id, distributor_id
    )"""


def _find_periods(stage: Stage) -> None:
    """The period of each row: by day, by year and number, or all of a year."""
    run(f"ALTER TABLE {stage.relation} ADD COLUMN period_id bigint")
    run(
        f"UPDATE {stage.relation} AS s SET period_id = p.id, year = p.year_id FROM company_businessperiod AS p "
        "WHERE s.date IS NOT NULL AND s.date BETWEEN p.starts_on AND p.ends_on"
    )
    run(
        f"UPDATE {stage.relation} AS s SET period_id = p.id FROM company_businessperiod AS p "
        "WHERE s.date IS NULL AND p.year_id = s.year AND p.number = s.period"
    )
    _split_years(stage)
    refuse(
        rows(f"SELECT _n FROM {stage.relation} WHERE period_id IS NULL ORDER BY 1"),
        "date",
        _("No matching business period. Give a day of the period, or year and period."),
    )


def _split_years(stage: Stage) -> None:
    """A row for a whole year becomes one for each of its periods, in equal parts, exact to the last digit."""
    whole = rows(
        f"SELECT s._n, s.amount, array_agg(p.id ORDER BY p.starts_on) FROM {stage.relation} AS s "
        "JOIN company_businessperiod AS p ON p.year_id = s.year "
        "WHERE s.period_id IS NULL AND s.date IS NULL AND s.period IS NULL GROUP BY s._n, s.amount"
    )
    if not whole:
        return
    parts = [
        (place, period, share)
        for place, amount, periods in whole
        for period, share in zip(periods, _even(amount, len(periods)), strict=True)
    ]
    run(
        f"INSERT INTO {stage.relation} (_n, territory_id, manager_id, distributor_id, year, category, currency, status, "
        "period_id, amount) "
        "SELECT s._n, s.territory_id, s.manager_id, s.distributor_id, s.year, s.category, s.currency, s.status, "
        "p.period_id, "
        f"p.amount FROM {stage.relation} AS s JOIN unnest(%s::int[], %s::bigint[], %s::numeric[]) AS p (place, period_id, "
        "amount) "
        "ON p.place = s._n",
        [list(column) for column in zip(*parts, strict=True)],
    )
    run(f"DELETE FROM {stage.relation} WHERE period_id IS NULL AND _n = ANY(%s)", [[row[0] for row in whole]])


def _even(amount: Decimal, count: int) -> list[Decimal]:
    exponent = amount.normalize().as_tuple().exponent
    digits = max(_SPLIT_DIGITS, -exponent if isinstance(exponent, int) else 0)
    return split_amount(amount, [Decimal(1)] * count, digits=digits)


def _refuse_unclear(stage: Stage) -> None:
    refuse(
        rows(
            f"SELECT _n FROM {stage.relation} WHERE num_nonnulls(territory_id, manager_id, distributor_id) > 1 ORDER BY 1"
        ),
        "distributor",
        _("A plan has one owner: a territory, a manager or a distributor."),
    )
    refuse(
        rows(
            "SELECT _n FROM (SELECT _n, row_number() OVER (PARTITION BY territory_id, manager_id, distributor_id, "
            "period_id, "
            f"category ORDER BY _n) AS nth FROM {stage.relation}) AS numbered WHERE nth > 1 ORDER BY 1"
        ),
        "amount",
        _("This owner's plan for this period is already in an earlier row."),
    )
    refuse(
        rows(
            f"SELECT _n FROM (SELECT _n, category IS NULL AS plain, bool_or(category IS NULL) OVER w AS has_plain, "
            f"bool_and(category IS NULL) OVER w AS is_plain FROM {stage.relation} WINDOW w AS "
            "(PARTITION BY territory_id, manager_id, distributor_id, period_id)) AS mixed WHERE has_plain AND NOT "
            "is_plain ORDER BY 1"
        ),
        "category",
        _("This period has rows with and without a category."),
    )
    refuse(
        rows(
            "SELECT _n FROM (SELECT _n, currency <> min(currency) OVER (PARTITION BY territory_id, manager_id, "
            "distributor_id, "
            f"year) AS other FROM {stage.relation}) AS compared WHERE other ORDER BY 1"
        ),
        "currency",
        _("A plan has one currency."),
    )


def _write_mixes(stage: Stage) -> Counts:
    summed = (
        f"(SELECT plan_id, period_id, sum(amount) AS amount, min(_n) AS _n FROM {stage.relation} "
        "GROUP BY plan_id, period_id)"
    )
    refuse(
        rows(
            f"SELECT s._n FROM {summed} AS s JOIN planning_salesplan AS t ON t.id = s.plan_id "
            "LEFT JOIN planning_salesplanperiod AS p ON p.plan_id = s.plan_id AND p.period_id = s.period_id "
            "WHERE t.status = 'locked' AND t.amount > 0 AND p.amount IS DISTINCT FROM s.amount"
        ),
        "amount",
        _("This plan is locked. Create a new version of it first."),
    )
    changed = run(
        f"UPDATE planning_salesplanperiod AS t SET amount = s.amount FROM {summed} AS s "
        "WHERE t.plan_id = s.plan_id AND t.period_id = s.period_id AND t.amount <> s.amount"
    )
    created = run(
        "INSERT INTO planning_salesplanperiod (plan_id, period_id, amount) "
        f"SELECT plan_id, period_id, amount FROM {summed} AS s ORDER BY _n ON CONFLICT (plan_id, period_id) DO NOTHING"
    )
    changed += _write_mix(stage)
    _add_up(stage)
    return Counts(created=created, changed=changed, unchanged=max(stage.rows - created - changed, 0))


def _write_mix(stage: Stage) -> int:
    run(
        f"UPDATE {stage.relation} AS s SET part_id = t.id FROM planning_salesplanperiod AS t "
        "WHERE t.plan_id = s.plan_id AND t.period_id = s.period_id AND s.category IS NOT NULL"
    )
    run(
        f"DELETE FROM planning_salesplanmix AS t USING {stage.relation} AS s WHERE s.part_id = t.plan_period_id "
        f"AND NOT EXISTS (SELECT FROM {stage.relation} AS o WHERE o.part_id = t.plan_period_id AND o.category = t.category_id)"
    )
    changed = run(
        f"UPDATE planning_salesplanmix AS t SET amount = s.amount FROM {stage.relation} AS s "
        "WHERE t.plan_period_id = s.part_id AND t.category_id = s.category AND t.amount <> s.amount"
    )
    run(
        "INSERT INTO planning_salesplanmix (plan_period_id, category_id, amount) SELECT part_id, category, amount "
        f"FROM {stage.relation} "
        "WHERE part_id IS NOT NULL ON CONFLICT (plan_period_id, category_id) DO NOTHING"
    )
    return changed


def _add_up(stage: Stage) -> None:
    run(
        "UPDATE planning_salesplan AS t SET amount = s.amount "
        "FROM (SELECT plan_id, sum(amount) AS amount FROM planning_salesplanperiod WHERE plan_id IN (SELECT plan_id "
        f"FROM {stage.relation}) "
        "GROUP BY plan_id) AS s WHERE t.id = s.plan_id AND t.amount <> s.amount"
    )
