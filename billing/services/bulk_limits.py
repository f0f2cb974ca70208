"""Credit limits of many accounts at once, as an import brings them: a fixed number of statements, whatever the number of rows."""

from collections.abc import Mapping
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models.exposure import COUNTERS
from billing.services.reservations import settle_distributors
from core.importing import Counts, Stage
from core.importing.staging import refuse, rows, run

_LOCKED: Final = "LOCK TABLE billing_creditlimit, billing_tradeaccount IN EXCLUSIVE MODE"
_COMPANY: Final = "(SELECT id FROM company_company WHERE is_default)"
_IMPORTED: Final = "import:"
"""What begins the name of a limit between two statements, until its account has it."""

_OPENED = f"""
INSERT INTO billing_tradeaccount (company_id, distributor_id, currency, opened_on, version)
SELECT {_COMPANY}, buyer.id, buyer.currency, %(today)s::date, 1
FROM {{stage}} AS s JOIN accounts_distributor AS buyer ON buyer.id = s.distributor_id
WHERE NOT EXISTS (
    SELECT FROM billing_tradeaccount AS account
    WHERE account.distributor_id = s.distributor_id AND account.company_id = {_COMPANY}
)
RETURNING distributor_id
"""

# A row a limit that is wanted: that of a group by its name, that of one account by the number of its distributor.
_WANTED = f"""
CREATE TEMPORARY TABLE import_limit ON COMMIT DROP AS
SELECT DISTINCT ON (name) name, currency, amount, temporary_amount, temporary_until FROM (
    SELECT s._n, CASE WHEN s.group_name = '' THEN '{_IMPORTED}' || s.distributor_id ELSE s.group_name END AS name,
           account.currency, s.amount, s.temporary_amount, s.temporary_until
    FROM {{stage}} AS s
    JOIN billing_tradeaccount AS account ON account.distributor_id = s.distributor_id AND account.company_id = {_COMPANY}
    WHERE s.amount IS NOT NULL OR s.group_name <> ''
) AS wanted ORDER BY name, _n
"""

_NAMED = f"""
UPDATE billing_creditlimit AS shared SET name = '{_IMPORTED}' || account.distributor_id
FROM billing_tradeaccount AS account JOIN {{stage}} AS s ON s.distributor_id = account.distributor_id
WHERE account.credit_limit_id = shared.id AND shared.name = '' AND account.company_id = {_COMPANY}
"""

_CHANGED = f"""
UPDATE billing_creditlimit AS shared
SET amount = wanted.amount, temporary_amount = wanted.temporary_amount, temporary_until = wanted.temporary_until
FROM import_limit AS wanted
WHERE shared.name = wanted.name AND shared.company_id = {_COMPANY} AND wanted.amount IS NOT NULL
  AND (shared.amount, shared.temporary_amount, shared.temporary_until)
      IS DISTINCT FROM (wanted.amount, wanted.temporary_amount, wanted.temporary_until)
RETURNING shared.name
"""

_ADDED = f"""
INSERT INTO billing_creditlimit (company_id, name, currency, amount, temporary_amount, temporary_until, version)
SELECT {_COMPANY}, wanted.name, wanted.currency, wanted.amount, wanted.temporary_amount, wanted.temporary_until, 1
FROM import_limit AS wanted
WHERE NOT EXISTS (
    SELECT FROM billing_creditlimit AS shared WHERE shared.name = wanted.name AND shared.company_id = {_COMPANY}
)
"""

_ASSIGNED = f"""
UPDATE billing_tradeaccount AS account
SET credit_limit_id = given.limit_id, sub_limit = given.sub_limit
FROM (
    SELECT s.distributor_id, s.sub_limit, (
        SELECT shared.id FROM billing_creditlimit AS shared
        WHERE shared.company_id = {_COMPANY} AND (s.amount IS NOT NULL OR s.group_name <> '')
          AND shared.name = CASE WHEN s.group_name = '' THEN '{_IMPORTED}' || s.distributor_id ELSE s.group_name END
    ) AS limit_id
    FROM {{stage}} AS s
) AS given
WHERE account.distributor_id = given.distributor_id AND account.company_id = {_COMPANY}
  AND (account.credit_limit_id, account.sub_limit) IS DISTINCT FROM (given.limit_id, given.sub_limit)
RETURNING account.distributor_id
"""

# Of the accounts that were there, those whose limit is another one now, or says something else.
_TOUCHED = f"""
SELECT count(*) FROM {{stage}} AS s
WHERE s.distributor_id <> ALL(%(opened)s::bigint[]) AND (
    s.distributor_id = ANY(%(assigned)s::bigint[])
    OR CASE WHEN s.group_name = '' THEN '{_IMPORTED}' || s.distributor_id ELSE s.group_name END = ANY(%(names)s::text[])
)
"""

_RECOUNTED = f"""
UPDATE billing_creditlimit AS shared SET {", ".join(f"{name} = COALESCE(summed.{name}, 0)" for name in COUNTERS)}
FROM billing_creditlimit AS same
LEFT JOIN (
    SELECT credit_limit_id, {", ".join(f"SUM({name}) AS {name}" for name in COUNTERS)}
    FROM billing_tradeaccount GROUP BY credit_limit_id
) AS summed ON summed.credit_limit_id = same.id
WHERE same.id = shared.id AND ({", ".join(f"shared.{name}" for name in COUNTERS)})
    IS DISTINCT FROM ({", ".join(f"COALESCE(summed.{name}, 0)" for name in COUNTERS)})
"""


def write_limits(stage: Stage) -> Mapping[str, Counts]:
    """Set the credit limits of the staged accounts, opening those that are not there; a group is made by its name.

    Nobody orders on credit meanwhile. What the accounts use goes with them to their new limits.
    """
    _refuse_unclear(stage)
    run(_LOCKED)
    today = timezone.localdate()
    opened = [pk for (pk,) in rows(_OPENED.format(stage=stage.relation), {"today": today})]
    settle_distributors(opened, on=today)
    run("DROP TABLE IF EXISTS import_limit")
    run(_NAMED.format(stage=stage.relation))
    run(_WANTED.format(stage=stage.relation))
    _refuse_unknown_groups(stage)
    names = [name for (name,) in rows(_CHANGED)]
    run(_ADDED)
    assigned = [pk for (pk,) in rows(_ASSIGNED.format(stage=stage.relation))]
    touched = {"opened": opened, "assigned": assigned, "names": names}
    ((changed,),) = rows(_TOUCHED.format(stage=stage.relation), touched)
    run(f"UPDATE billing_creditlimit SET name = '' WHERE name LIKE '{_IMPORTED}%%'", {})
    run(_RECOUNTED)
    counts = Counts(created=len(opened), changed=changed, unchanged=stage.rows - len(opened) - changed)
    return {"credit_limit": counts}


def _refuse_unclear(stage: Stage) -> None:
    refuse(
        rows(
            f"SELECT _n FROM {stage.relation} "
            "WHERE (temporary_amount IS NULL) <> (temporary_until IS NULL) OR temporary_amount IS NOT NULL AND amount IS NULL"
        ),
        "temporary_until",
        _("A temporary limit has an amount and a last day."),
    )


def _refuse_unknown_groups(stage: Stage) -> None:
    """A group that is not there yet needs an amount; its accounts have its currency."""
    refuse(
        rows(f"""
            SELECT s._n FROM {stage.relation} AS s
            JOIN import_limit AS wanted ON wanted.name = s.group_name
            WHERE wanted.amount IS NULL AND NOT EXISTS (
                SELECT FROM billing_creditlimit AS shared WHERE shared.name = wanted.name
            )
        """),
        "amount",
        _("Enter the credit limit of the group."),
    )
    refuse(
        rows(f"""
            SELECT s._n FROM {stage.relation} AS s
            JOIN accounts_distributor AS buyer ON buyer.id = s.distributor_id
            LEFT JOIN billing_creditlimit AS shared ON shared.name = s.group_name
            LEFT JOIN import_limit AS wanted ON wanted.name = s.group_name
            WHERE s.group_name <> '' AND COALESCE(shared.currency, wanted.currency) <> buyer.currency
        """),
        "group",
        _("Accounts that share a limit have one company and one currency."),
    )
