"""Who lies below whom in the sub-network, for statements that read much else."""

from accounts.enums import ORDERING_STATUSES

_IN_BUSINESS = ", ".join(f"'{status}'" for status in sorted(ORDERING_STATUSES))


def sub_distributor_sql(distributor: str, upper: str) -> str:
    """An expression for the id `distributor` where it lies below `upper` and may do business, else NULL."""
    return f"""(
        SELECT below.id FROM accounts_distributor AS below
        WHERE below.id = {distributor} AND below.status IN ({_IN_BUSINESS}) AND {upper} IN (
            WITH RECURSIVE line (id) AS (
                SELECT below.parent_id
                UNION
                SELECT above.parent_id FROM line JOIN accounts_distributor AS above ON above.id = line.id
            )
            SELECT line.id FROM line WHERE line.id IS NOT NULL
        )
    )"""  # noqa: S608 - put together from constants, values are bound
