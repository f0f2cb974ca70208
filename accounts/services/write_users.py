"""Many people at once, as an import or the demo brings them."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import DISTRIBUTOR_ROLES
from accounts.querysets import date_literal, in_force_sql
from core.importing import Counts, Stage
from core.importing.staging import refuse_where, run
from core.importing.upsert import upsert


def write_users(stage: Stage) -> Mapping[str, Counts]:
    """People. Who has no e-mail gets a placeholder at a domain that cannot exist (RFC 2606).

    Of a code with other signs than letters, digits and hyphens, such as a name in Chinese, too little would be left to
    tell it from others.
    """
    run(
        f"UPDATE {stage.relation} SET email = concat_ws('-', "
        "nullif(trim('-' FROM regexp_replace(lower(external_code), '[^a-z0-9]+', '-', 'g')), ''), "
        "CASE WHEN external_code ~ '[^A-Za-z0-9-]' THEN left(md5(external_code), 8) END) "
        "|| '@imported.invalid' WHERE email IS NULL"
    )
    fields = stage.entity.by_name
    role, distributor = stage.sql_value(fields["role"]), stage.sql_value(fields["distributor"])
    wrong = f"({role} = ANY(ARRAY{[role.value for role in sorted(DISTRIBUTOR_ROLES)]})) <> ({distributor} IS NOT NULL)"
    reason = _("A role of a distributor needs the distributor, another role has none.")
    refuse_where(f"{stage.relation} AS s", (wrong, "distributor", reason))
    counts = upsert(stage)
    _write_memberships(stage)
    return {"user": counts}


_WANTED = """
SELECT s._n, person.id AS person_id, {role} AS role, {distributor} AS distributor_id
FROM {relation} AS s JOIN accounts_user AS person ON person.external_code = s.external_code
"""
_CURRENT = """
SELECT FROM accounts_membership AS current
WHERE current.person_id = wanted.person_id AND {in_force}
"""


def _write_memberships(stage: Stage) -> None:
    """Give people the role and distributor of the file, from today, instead of what they are.

    Where the file says nothing of either, only who is nothing yet is given the default. Two statements.
    """
    today = date_literal(timezone.localdate())
    fields = stage.entity.by_name
    wanted = _WANTED.format(
        relation=stage.relation,
        role=stage.sql_value(fields["role"]),
        distributor=stage.sql_value(fields["distributor"]),
    )
    current = _CURRENT.format(in_force=in_force_sql("current", today))
    same = "AND current.role = wanted.role AND current.distributor_id IS NOT DISTINCT FROM wanted.distributor_id"
    missing = f"NOT EXISTS ({current} {same})" if _says_roles(stage) else f"NOT EXISTS ({current})"
    if _says_roles(stage):
        others = f"FROM ({wanted}) AS wanted WHERE wanted.person_id = old.person_id AND {in_force_sql('old', today)}"
        differs = "AND (wanted.role, wanted.distributor_id) IS DISTINCT FROM (old.role, old.distributor_id)"
        run(f"DELETE FROM accounts_membership AS old USING {others[5:]} {differs} AND old.starts_on = {today}")
        run(f"UPDATE accounts_membership AS old SET ends_on = {today} - 1 {others} {differs}")
    run(
        "INSERT INTO accounts_membership (person_id, role, distributor_id, starts_on) "
        f"SELECT wanted.person_id, wanted.role, wanted.distributor_id, {today} FROM ({wanted}) AS wanted WHERE {missing}"
    )


def _says_roles(stage: Stage) -> bool:
    return stage.is_mapped("role") or stage.is_mapped("distributor")
