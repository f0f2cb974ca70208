"""The promises about plans, recomputed over the whole database (invariant 5)."""

from django.utils.translation import gettext_lazy as _

from core.invariants import Invariant, violations_of

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="planning.periods_add_up_to_the_plan",
        statement=_("The periods of a plan add up to it."),
        find=violations_of("""
            SELECT plan.id AS plan_id, plan.amount, COALESCE(SUM(part.amount), 0) AS periods
            FROM planning_salesplan AS plan
            LEFT JOIN planning_salesplanperiod AS part ON part.plan_id = plan.id
            GROUP BY plan.id
            HAVING plan.amount <> COALESCE(SUM(part.amount), 0)
        """),
    ),
    Invariant(
        name="planning.mix_adds_up_to_the_period",
        statement=_("Where a period of a plan has a product mix, it adds up to the period."),
        find=violations_of("""
            SELECT part.plan_id, part.period_id, part.amount, SUM(mix.amount) AS mix
            FROM planning_salesplanperiod AS part
            JOIN planning_salesplanmix AS mix ON mix.plan_period_id = part.id
            GROUP BY part.id
            HAVING part.amount <> SUM(mix.amount)
        """),
    ),
    Invariant(
        name="planning.parts_add_up_to_the_agreed_plan",
        statement=_("The parts of a confirmed plan add up to it in every period."),
        find=violations_of("""
            SELECT above.id AS plan_id, shares.period_id, SUM(shares.amount) AS difference
            FROM planning_salesplan AS above
            CROSS JOIN LATERAL (
                SELECT period_id, amount FROM planning_salesplanperiod WHERE plan_id = above.id
                UNION ALL
                SELECT share.period_id, -share.amount
                FROM planning_salesplan AS below
                JOIN planning_salesplanperiod AS share ON share.plan_id = below.id
                WHERE below.parent_id = above.id AND below.is_current
            ) AS shares
            WHERE above.status IN ('agreed', 'locked') AND above.is_current
              AND EXISTS (SELECT 1 FROM planning_salesplan AS part WHERE part.parent_id = above.id AND part.is_current)
            GROUP BY above.id, shares.period_id
            HAVING SUM(shares.amount) <> 0
        """),
    ),
)
