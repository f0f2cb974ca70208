"""The promises about trade accounts and credit, recomputed over the whole database."""

from django.utils.translation import gettext_lazy as _

from billing.models.exposure import COUNTERS
from core.invariants import Invariant, violations_of

_SUMS = ", ".join(f"SUM(account.{name}) AS {name}" for name in COUNTERS)
_SHARED = ", ".join(f"shared.{name}" for name in COUNTERS)
_SUMMED = ", ".join(f"COALESCE(summed.{name}, 0)" for name in COUNTERS)

INVARIANTS: tuple[Invariant, ...] = (
    Invariant(
        name="billing.limits_are_the_sums_of_their_accounts",
        statement=_("What is used of a credit limit is the sum of the accounts that share it, counter by counter."),
        find=violations_of(f"""
            SELECT shared.id AS credit_limit_id, {_SHARED}
            FROM billing_creditlimit AS shared
            LEFT JOIN (
                SELECT account.credit_limit_id, {_SUMS} FROM billing_tradeaccount AS account GROUP BY 1
            ) AS summed ON summed.credit_limit_id = shared.id
            WHERE ({_SHARED}) IS DISTINCT FROM ({_SUMMED})
        """),  # noqa: S608 - put together from constants
    ),
    Invariant(
        name="billing.reserved_credit_is_the_sum_of_reservations",
        statement=_("What is ordered and what is shipped on an account is the sum of its credit reservations."),
        find=violations_of("""
            SELECT account.id AS account_id, account.ordered_amount, account.shipped_amount, reserved.ordered, reserved.shipped
            FROM billing_tradeaccount AS account
            LEFT JOIN (
                SELECT account_id, SUM(ordered_amount) AS ordered, SUM(shipped_amount) AS shipped
                FROM billing_creditreservation GROUP BY account_id
            ) AS reserved ON reserved.account_id = account.id
            WHERE (account.ordered_amount, account.shipped_amount)
                  IS DISTINCT FROM (COALESCE(reserved.ordered, 0), COALESCE(reserved.shipped, 0))
        """),
    ),
    Invariant(
        name="billing.balances_are_the_sums_of_entries",
        statement=_("The balances of an account for goods, deposits and rebates are the sums of its entries."),
        find=violations_of("""
            SELECT account.id AS account_id, account.deposit_amount, account.rebate_amount,
                   summed.goods, summed.deposit, summed.rebate
            FROM billing_tradeaccount AS account
            LEFT JOIN (
                SELECT account_id, SUM(amount) FILTER (WHERE sub_account = 'goods') AS goods,
                       SUM(amount) FILTER (WHERE sub_account = 'deposit') AS deposit,
                       SUM(amount) FILTER (WHERE sub_account = 'rebate') AS rebate
                FROM billing_accountentry GROUP BY account_id
            ) AS summed ON summed.account_id = account.id
            WHERE (
                account.open_invoice_amount - account.free_payment_amount - account.free_credit_amount,
                account.deposit_amount, account.rebate_amount
            ) IS DISTINCT FROM (COALESCE(summed.goods, 0), COALESCE(summed.deposit, 0), COALESCE(summed.rebate, 0))
        """),
    ),
    Invariant(
        name="billing.reversals_are_the_opposite",
        statement=_("A reversal has the opposite amount of the entry that it names, on the same sub-account."),
        find=violations_of("""
            SELECT back.id AS entry_id, back.reverses_id, back.amount, entry.amount AS reversed_amount
            FROM billing_accountentry AS back
            JOIN billing_accountentry AS entry ON entry.id = back.reverses_id
            WHERE back.amount <> -entry.amount OR back.sub_account <> entry.sub_account
               OR back.account_id <> entry.account_id OR back.currency <> entry.currency
        """),
    ),
)
