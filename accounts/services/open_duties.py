"""Whoever answers for a duty keeps what that needs, an open account of the brand owner's, until it is handed over."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import BRAND_ROLES, DISTRIBUTOR_ROLES
from accounts.errors import StillResponsible
from accounts.expressions import date_literal
from accounts.models import Membership, Responsibility, User
from core.importing import Stage
from core.importing.staging import refuse_where


def stays_of_the_brand(person: User, *, but: int | None, on: date | None = None) -> bool:
    """Whether the person is of the brand owner by another membership than `but`, for ever from the day after `on`."""
    day = (on or timezone.localdate()) + timedelta(days=1)
    others = Membership.objects.filter(person=person, role__in=sorted(BRAND_ROLES), starts_on__lte=day, ends_on=None)
    return bool(others.exclude(pk=but or 0).exists())


def require_nothing_to_answer_for(person: User, *, since: date, field: str) -> None:
    """Nobody would be told of what comes in for duties whose person is gone: they are handed over first.

    Before: the person is locked, so that nobody is given anything meanwhile. Raises StillResponsible.
    """
    rows = Responsibility.objects.from_day(since).filter(duty__is_active=True)
    count = rows.filter(user=person).count()
    if count:
        message = ngettext(
            "%(person)s is still responsible for %(count)d duty. Hand it over first.",
            "%(person)s is still responsible for %(count)d duties. Hand them over first.",
            count,
        )
        raise StillResponsible(message % {"person": person, "count": count}, field=field)
    if rows.filter(stand_in=person).exists():
        message = _("%(person)s still stands in for others. Hand that over first.")
        raise StillResponsible(message % {"person": person}, field=field)


def refuse_while_responsible(stage: Stage) -> None:
    """The same for a file of people: rows that close an account or make its person a distributor's."""
    fields = stage.entity.by_name
    closes, role = stage.sql_value(fields["is_active"]), stage.sql_value(fields["role"])
    answers = f"""EXISTS (
        SELECT FROM accounts_responsibility AS held
        JOIN accounts_duty AS duty ON duty.id = held.duty_id AND duty.is_active
        JOIN accounts_user AS person ON person.id IN (held.user_id, held.stand_in_id)
        WHERE person.external_code = s.external_code
          AND (held.ends_on IS NULL OR held.ends_on >= {date_literal(timezone.localdate())})
    )"""
    reason = _("This person is still responsible for duties or stands in for others. Hand them over first.")
    conditions = []
    if stage.is_mapped("is_active"):
        conditions.append((f"NOT ({closes}) AND {answers}", "is_active", reason))
    if stage.is_mapped("role"):
        roles = [role.value for role in sorted(DISTRIBUTOR_ROLES)]
        conditions.append((f"({role} = ANY(ARRAY{roles})) AND {answers}", "role", reason))
    if conditions:
        refuse_where(f"{stage.relation} AS s", *conditions)
