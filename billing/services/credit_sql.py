"""The statements that reserve credit. Rows are locked in one order: credit limit, account, each by id; stock comes after.

Whoever changes what a document reserves has locked the document. A document that is made has no row to lock: it is written
by the statement that holds the credit, from `CREDIT_ASKED`.
"""

from billing.models import CreditReservation
from core.importing import insert_into

LIMIT_ON = "CASE WHEN shared.temporary_until >= %(on)s::date THEN shared.temporary_amount ELSE shared.amount END"

CREDIT_ASKED = f"""
credit_account AS MATERIALIZED (
    SELECT account.id, account.credit_limit_id
    FROM billing_tradeaccount AS account
    WHERE account.company_id = %(company)s::bigint AND account.distributor_id = %(distributor)s::bigint
      AND %(uses_credit)s::boolean AND %(seller)s::bigint IS NULL
), credit_limit AS MATERIALIZED (
    SELECT shared.id, shared.ordered_amount, shared.exposure_amount, {LIMIT_ON} AS amount
    FROM billing_creditlimit AS shared JOIN credit_account ON credit_account.credit_limit_id = shared.id
    FOR UPDATE OF shared
), credit AS MATERIALIZED (
    SELECT account.id, account.ordered_amount, credit_limit.id AS limit_id,
           credit_limit.ordered_amount AS limit_ordered_amount,
           account.credit_limit_id IS DISTINCT FROM credit_account.credit_limit_id AS is_moved,
           -- An amount in another currency than the account's is not known to fit.
           CASE WHEN account.currency <> %(currency)s::text THEN %(total)s::numeric ELSE GREATEST(
               credit_limit.exposure_amount + %(total)s::numeric - credit_limit.amount,
               account.exposure_amount + %(total)s::numeric - account.sub_limit, 0
           ) END AS over
    FROM credit_account
    LEFT JOIN credit_limit ON credit_limit.id = credit_account.credit_limit_id
    JOIN billing_tradeaccount AS account ON account.id = credit_account.id
    FOR UPDATE OF account
)
"""  # noqa: S608 - put together from constants, values are bound
"""The CTEs that lock the credit of %(distributor)s with %(company)s and say how much %(total)s is `over` it.

`credit` has no row where there is no account. For a statement that writes a document at once, with `credit_taken`; its
document has to wait for them, so that its stock is locked after.
"""

_NEW = """(
    SELECT credit.id AS account_id, %(source_type)s::text AS source_type, placed.id AS source_id,
           %(total)s::numeric AS ordered_amount, 0 AS shipped_amount, 0 AS invoiced_amount
    FROM credit, placed WHERE credit.over = 0
)"""

CREDIT_TAKEN = f"""
credit_limit_raised AS (
    UPDATE billing_creditlimit AS shared SET ordered_amount = credit.limit_ordered_amount + %(total)s::numeric
    FROM credit WHERE shared.id = credit.limit_id AND credit.over = 0
), credit_raised AS (
    UPDATE billing_tradeaccount AS account SET ordered_amount = credit.ordered_amount + %(total)s::numeric
    FROM credit WHERE account.id = credit.id AND credit.over = 0
), credit_reserved AS (
    {insert_into(CreditReservation, _NEW)}
)
"""  # noqa: S608 - put together from constants, values are bound
"""The CTEs that reserve %(total)s for the document `placed`, where it fits. They come after `CREDIT_ASKED`."""


def _lock(accounts: str) -> str:
    return f"""
WITH chosen AS MATERIALIZED ({accounts}), limits AS MATERIALIZED (
    SELECT shared.id FROM billing_creditlimit AS shared
    WHERE shared.id IN (
        SELECT account.credit_limit_id FROM billing_tradeaccount AS account JOIN chosen ON chosen.id = account.id
    )
    ORDER BY shared.id FOR UPDATE
)
SELECT account.id
FROM billing_tradeaccount AS account
WHERE account.id IN (SELECT id FROM chosen) AND (SELECT count(*) FROM limits) >= 0
ORDER BY account.id FOR UPDATE
"""  # noqa: S608 - put together from constants, values are bound


def lock_accounts_of(documents: str) -> str:
    """Lock the accounts of the documents of a relation, and before them their limits; returns the accounts.

    `documents` is the text of a relation with company_id and distributor_id.
    """
    return _lock(
        "SELECT account.id FROM billing_tradeaccount AS account "  # noqa: S608 - put together from constants
        f"JOIN {documents} AS given "
        "ON given.company_id = account.company_id AND given.distributor_id = account.distributor_id"
    )


LOCK_ACCOUNTS = _lock("SELECT unnest(%(accounts)s::bigint[]) AS id")

_ADDED = """(
    SELECT account_id, %(source_type)s::text AS source_type, source_id, ordered AS ordered_amount,
           shipped AS shipped_amount, invoiced AS invoiced_amount
    FROM settled WHERE is_new AND ordered + shipped > 0
)"""


def settle(documents: str) -> str:
    """Make what documents reserve what they need: more, less, or from ordered to shipped. Returns what is `over`.

    `documents` is the text of a relation: company_id, distributor_id, currency, source_id, ordered (not shipped), is_waiting
    (nothing more is reserved for it), shipped_on and shipped (NULL, or a row a day). With %(ask)s more is reserved only
    where it fits: then it holds one document. Before: `lock_accounts_of` them.
    """
    return f"""
WITH wanted AS MATERIALIZED (
    SELECT account.id AS account_id, account.credit_limit_id, given.source_id, reservation.id IS NULL AS is_new,
           COALESCE(reservation.ordered_amount, 0) AS had_ordered, COALESCE(reservation.shipped_amount, 0) AS had_shipped,
           COALESCE(reservation.invoiced_amount, 0) AS invoiced, MAX(given.ordered) AS ordered,
           bool_or(given.is_waiting) AND NOT %(ask)s::boolean AS is_waiting,
           GREATEST(
               COALESCE(SUM(given.shipped) FILTER (WHERE given.shipped_on >= account.opened_on), 0)
               - COALESCE(reservation.invoiced_amount, 0), 0
           ) AS shipped,
           account.exposure_amount - account.sub_limit AS above_sub_limit,
           shared.exposure_amount - {LIMIT_ON} AS above_limit
    FROM {documents} AS given
    JOIN billing_tradeaccount AS account
        ON account.company_id = given.company_id AND account.distributor_id = given.distributor_id
        AND account.currency = given.currency
    LEFT JOIN billing_creditlimit AS shared ON shared.id = account.credit_limit_id
    LEFT JOIN billing_creditreservation AS reservation
        ON reservation.source_type = %(source_type)s::text AND reservation.source_id = given.source_id
    GROUP BY account.id, shared.id, reservation.id, given.source_id
), asked AS (
    SELECT wanted.*, CASE WHEN %(ask)s::boolean AND ordered + shipped > had_ordered + had_shipped THEN GREATEST(
        above_limit + ordered + shipped - had_ordered - had_shipped,
        above_sub_limit + ordered + shipped - had_ordered - had_shipped, 0
    ) ELSE 0 END AS over
    FROM wanted
), settled AS MATERIALIZED (
    SELECT account_id, credit_limit_id, source_id, is_new, invoiced, over, had_ordered, had_shipped, shipped,
           CASE WHEN over > 0 OR is_waiting THEN LEAST(had_ordered, ordered) ELSE ordered END AS ordered
    FROM asked
), limits AS (
    UPDATE billing_creditlimit AS shared
    SET ordered_amount = shared.ordered_amount + changed.ordered, shipped_amount = shared.shipped_amount + changed.shipped
    FROM (
        SELECT credit_limit_id, SUM(ordered - had_ordered) AS ordered, SUM(shipped - had_shipped) AS shipped
        FROM settled GROUP BY credit_limit_id
    ) AS changed
    WHERE shared.id = changed.credit_limit_id AND (changed.ordered, changed.shipped) <> (0, 0)
), accounts AS (
    UPDATE billing_tradeaccount AS account
    SET ordered_amount = account.ordered_amount + changed.ordered, shipped_amount = account.shipped_amount + changed.shipped
    FROM (
        SELECT account_id, SUM(ordered - had_ordered) AS ordered, SUM(shipped - had_shipped) AS shipped
        FROM settled GROUP BY account_id
    ) AS changed
    WHERE account.id = changed.account_id AND (changed.ordered, changed.shipped) <> (0, 0)
), changed AS (
    UPDATE billing_creditreservation AS reservation
    SET ordered_amount = settled.ordered, shipped_amount = settled.shipped
    FROM settled
    WHERE reservation.source_type = %(source_type)s::text AND reservation.source_id = settled.source_id
      AND (reservation.ordered_amount, reservation.shipped_amount) <> (settled.ordered, settled.shipped)
), added AS (
    {insert_into(CreditReservation, _ADDED)}
)
SELECT source_id, over FROM settled WHERE over > 0
"""  # noqa: S608 - put together from constants, values are bound
