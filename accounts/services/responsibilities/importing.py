"""Responsibilities out of a file: each row that cannot be is refused with its reason."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import BRAND_ROLES
from accounts.expressions import date_literal, in_force_sql
from core.importing import Counts, Stage
from core.importing.staging import refuse_where
from core.importing.upsert import upsert


def write_responsibilities(stage: Stage) -> Mapping[str, Counts]:
    """Stretches by distributor, duty and first day. Who answers today or later is of the brand owner, as by a page.

    Stretches of earlier years may be of anybody: they are history.
    """
    fields, today = stage.entity.by_name, date_literal(timezone.localdate())
    roles = [role.value for role in sorted(BRAND_ROLES)]
    ends_on = stage.sql_value(fields["ends_on"])
    reason = _("Choose an active person of the brand owner.")

    def stranger(name: str) -> str:
        person = stage.sql_value(fields[name])
        return f"""({ends_on} IS NULL OR {ends_on} >= {today}) AND {person} IS NOT NULL AND NOT EXISTS (
            SELECT FROM accounts_membership AS place
            WHERE place.person_id = {person} AND place.role = ANY(ARRAY{roles}) AND {in_force_sql("place", today)}
        )"""

    refuse_where(
        f"{stage.relation} AS s",
        *((stranger(name), name, reason) for name in ("user", "stand_in") if stage.is_mapped(name)),
    )
    return {"responsibility": upsert(stage)}
