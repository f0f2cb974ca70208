"""Triggers that hold the sums of plans, at the end of the transaction (invariant 5).

They read the rows again when they fire, so that whatever order a service writes in, only the result counts.
"""

import pgtrigger

_REFUSE = """
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{name}', MESSAGE = '{message}';
"""

_PERIODS = f"""
IF EXISTS (
    SELECT 1 FROM planning_salesplan AS plan
    WHERE plan.id IN ({{new}}, {{old}})
      AND plan.amount <> COALESCE(
          (SELECT SUM(part.amount) FROM planning_salesplanperiod AS part WHERE part.plan_id = plan.id), 0)
) THEN {_REFUSE.format(name="sales_plan_periods_add_up", message="the periods of a plan must add up to it")}
END IF;
"""  # noqa: S608 - put together from constants

# Checked once for all rows of a transaction: a mark says which plans were looked at since the last writing statement.
_PARTS = f"""
FOR above IN
    SELECT plan.id FROM planning_salesplan AS plan
    WHERE plan.id IN ({{plans}})
      AND plan.status IN ('agreed', 'locked')
      AND position('/' || plan.id || '/' IN COALESCE(current_setting('tributary.plans_checked', true), '')) = 0
      AND EXISTS (SELECT 1 FROM planning_salesplan AS part WHERE part.parent_id = plan.id AND part.is_current)
LOOP
    IF EXISTS (
        SELECT 1 FROM (
            SELECT period_id, amount FROM planning_salesplanperiod WHERE plan_id = above
            UNION ALL
            SELECT share.period_id, -share.amount
            FROM planning_salesplan AS below
            JOIN planning_salesplanperiod AS share ON share.plan_id = below.id
            WHERE below.parent_id = above AND below.is_current
        ) AS shares
        GROUP BY period_id HAVING SUM(amount) <> 0
    ) THEN {_REFUSE.format(name="sales_plan_children_add_up", message="the parts of an agreed plan must add up to it")}
    END IF;
    PERFORM set_config('tributary.plans_checked',
        COALESCE(current_setting('tributary.plans_checked', true), '') || '/' || above || '/', true);
END LOOP;
"""  # noqa: S608 - put together from constants

_MIX = f"""
IF EXISTS (
    SELECT 1 FROM planning_salesplanperiod AS part
    JOIN planning_salesplanmix AS mix ON mix.plan_period_id = part.id
    WHERE part.id IN ({{new}}, {{old}})
    GROUP BY part.id
    HAVING part.amount <> SUM(mix.amount)
) THEN {_REFUSE.format(name="sales_plan_mix_adds_up", message="the product mix must add up to its period")}
END IF;
"""  # noqa: S608 - put together from constants


def _at_the_end(name: str, body: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        declare=[("above", "BIGINT")],
        func=body + "\nRETURN NULL;",
    )


PLANS_CHANGED = pgtrigger.Trigger(
    name="plans_changed",
    when=pgtrigger.Before,
    level=pgtrigger.Statement,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="PERFORM set_config('tributary.plans_checked', '', true); RETURN NULL;",
)

PLAN_ADDS_UP = _at_the_end(
    "plan_adds_up",
    _PERIODS.format(new="NEW.id", old="OLD.id") + _PARTS.format(plans="NEW.id, NEW.parent_id, OLD.parent_id"),
)

PERIOD_ADDS_UP = _at_the_end(
    "period_adds_up",
    _PERIODS.format(new="NEW.plan_id", old="OLD.plan_id")
    + _MIX.format(new="NEW.id", old="OLD.id")
    + _PARTS.format(
        plans="""
        SELECT plan.id FROM planning_salesplan AS plan WHERE plan.id IN (NEW.plan_id, OLD.plan_id)
        UNION
        SELECT plan.parent_id FROM planning_salesplan AS plan WHERE plan.id IN (NEW.plan_id, OLD.plan_id)
        """
    ),
)

MIX_ADDS_UP = _at_the_end("mix_adds_up", _MIX.format(new="NEW.plan_period_id", old="OLD.plan_period_id"))
