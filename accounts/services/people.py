"""The people who sign in: created, changed, deactivated; many at once by an import."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import BRAND_ROLES, DISTRIBUTOR_ROLES, AccountsEvent, Role
from accounts.errors import Circle
from accounts.expressions import date_literal, in_force_sql
from accounts.models import User
from accounts.permissions import can_administer, can_give_role, can_manage_people, can_manage_person
from accounts.services.memberships import replace_membership, require_fitting
from accounts.services.open_duties import refuse_while_responsible, require_nothing_to_answer_for, stays_of_the_brand
from core.actors import Actor
from core.constraints import explained
from core.errors import Conflict
from core.events import record_event
from core.importing import Counts, Stage
from core.importing.staging import refuse_where, run
from core.importing.upsert import upsert
from core.locks import lock_row
from core.permissions import require


def create_user(
    *,
    actor: Actor,
    email: str,
    full_name: str,
    full_name_zh: str = "",
    role: str,
    distributor_id: int | None = None,
    supervisor_id: int | None = None,
    language: str = "",
    phone: str = "",
) -> User:
    """Make the account of a person, who sets the password through "forgotten password". Records one event.

    An owner makes people of the own distributor only. Raises NotAllowed, NotVisible, InvalidInput, Conflict (taken).
    """
    if distributor_id is None and not can_administer(actor):
        distributor_id = actor.distributor_id
    with explained(), transaction.atomic():
        require(can_manage_people(actor) and can_give_role(actor, role))
        require_fitting(actor, role, distributor_id)
        if User.objects.filter(email=email.lower()).exists():
            raise Conflict(_("This email address is already in use."), code="email_taken", field="email")
        made: User = User.objects.create_user(
            email,
            None,
            full_name=full_name,
            full_name_zh=full_name_zh,
            role=role,
            distributor_id=distributor_id,
            supervisor_id=supervisor_id,
            language=language,
            phone=phone or None,
        )
        _record(AccountsEvent.USER_CREATED, made, actor, {"role": role, "distributor": distributor_id})
    return made


@transaction.atomic
def change_role(*, actor: Actor, user_id: int, role: str, distributor_id: int | None = None) -> User:
    """Give a person another role (with its distributor) instead of the one in use, from today. Records one event.

    Nobody changes their own role, so that the last administrator stays one. Raises NotVisible, NotAllowed, InvalidInput.
    """
    person = _managed(actor, user_id)
    require(person.pk != actor.pk, _("You cannot change your own role."))
    require(can_give_role(actor, role))
    if distributor_id is None and not can_administer(actor):
        distributor_id = actor.distributor_id
    require_fitting(actor, role, distributor_id)
    if role not in BRAND_ROLES and not stays_of_the_brand(person, but=person.membership_id):
        require_nothing_to_answer_for(person, since=timezone.localdate(), field="role")
    before = person.role
    replace_membership(person, role=role, distributor_id=distributor_id, on=timezone.localdate())
    person.is_superuser = role == Role.ADMINISTRATOR and person.is_superuser
    person.save(update_fields=["is_superuser"])
    person.refresh_from_db()
    _record(AccountsEvent.ROLE_CHANGED, person, actor, {"role": [before, role], "distributor": distributor_id})
    return person


@transaction.atomic
def change_user(
    *,
    actor: Actor,
    user_id: int,
    full_name: str | None = None,
    full_name_zh: str | None = None,
    language: str | None = None,
    supervisor_id: int | None = None,
    leaves_on: date | None = None,
    is_active: bool | None = None,
    phone: str | None = None,
) -> User:
    """Change what is known of a person; None leaves a value, except `supervisor_id` and `leaves_on`, which it clears.

    A closed account keeps its history; its tokens are gone. Records one event.
    Raises NotVisible, NotAllowed, Circle (a person below itself), StillResponsible (409) for closing the account of somebody
    who is responsible for a duty today or later.
    """
    person = _managed(actor, user_id)
    require(is_active is not False or person.pk != actor.pk, _("You cannot deactivate your own account."))
    if is_active is False and person.is_active:
        require_nothing_to_answer_for(person, since=timezone.localdate(), field="is_active")
    if supervisor_id is not None:
        _require_no_circle(person, supervisor_id)
    values: dict[str, Any] = {"supervisor_id": supervisor_id, "leaves_on": leaves_on}
    values |= {
        name: value
        for name, value in {
            "full_name": full_name,
            "full_name_zh": full_name_zh,
            "language": language,
            "is_active": is_active,
        }.items()
        if value is not None
    }
    if phone is not None:
        values["phone"] = phone or None
    changed = {name: value for name, value in values.items() if getattr(person, name) != value}
    for name, value in changed.items():
        setattr(person, name, value)
    if changed:
        with explained():
            person.save(update_fields=list(changed))
        _record(AccountsEvent.USER_CHANGED, person, actor, {name: str(value) for name, value in changed.items()})
    if is_active is False:
        person.auth_token_set.all().delete()
    return person


def set_language(*, actor: Actor, language: str) -> None:
    """The actor's own language, from the next page on."""
    User.objects.filter(pk=actor.pk).update(language=language)


def _managed(actor: Actor, user_id: int) -> User:
    person: User = lock_row(User.objects.visible_to(actor), user_id)
    require(can_manage_person(actor, person))
    return person


def _require_no_circle(person: User, supervisor_id: int) -> None:
    above: int | None = supervisor_id
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == person.pk:
            raise Circle(field="supervisor")
        seen.add(above)
        above = User.objects.filter(pk=above).values_list("supervisor_id", flat=True).first()


def _record(kind: AccountsEvent, person: User, actor: Actor, data: dict[str, Any]) -> None:
    record_event(
        kind=kind,
        subject_type="user",
        subject_id=person.pk,
        distributor_id=person.distributor_id,
        actor_id=actor.pk,
        data=data,
    )


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
    reason = _("Distributor roles need a distributor; other roles must not have one.")
    refuse_where(f"{stage.relation} AS s", (wrong, "distributor", reason))
    refuse_while_responsible(stage)
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
