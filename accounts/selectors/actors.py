"""Who acts: a person with the memberships and grants in force, read by the statement that each request begins with.

Planned once a connection: to compose and plan it anew costs more than to run it.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from accounts.expressions import in_force_sql
from accounts.models import ApiToken, Membership, User
from core.prepared_statements import PreparedStatement

_GRANTS = f"""(
    SELECT json_agg(json_build_object(
        'permission', held.permission, 'is_allowed', held.is_allowed, 'limit', held.amount_limit::text,
        'rank', CASE WHEN held.distributor_id IS NOT NULL THEN 2 WHEN held.person_id IS NOT NULL THEN 1 ELSE 0 END
    ))
    FROM accounts_grant AS held
    WHERE (
        held.person_id = person.id AND (held.distributor_id IS NULL OR held.distributor_id = membership.distributor_id)
        OR held.role = membership.role
    ) AND {in_force_sql("held", "%(today)s")}
)"""  # noqa: S608 - put together from constants only


def person_with_memberships(person_id: Any) -> User | None:
    """The person with all memberships in force and the grants of each, the one that began first first; or nothing."""
    found: User | None = None
    for row in _of_person().rows({"person": person_id, "today": timezone.localdate()}):
        values = iter(row)
        person, membership = (_read(model, values) for model in (User, Membership))
        if found is None:
            found = person
            found.current_memberships = []
        if membership.pk:
            vars(membership)["grant_rows"] = next(values) or []
            found.current_memberships.append(membership)
    return found


def token_with_membership(digest: str) -> ApiToken | None:
    """The token with its person bound to its membership, by the hash it is kept under, or nothing.

    The membership is that of the token, else the person's first one; without one in force the person has no role.
    """
    for row in _of_token().rows({"digest": digest, "today": timezone.localdate()}):
        values = iter(row)
        token: ApiToken
        token, person, membership = (_read(model, values) for model in (ApiToken, User, Membership))
        person.bind_membership(membership if membership.pk else None, grants=next(values) or ())
        token.user = person
        return token
    return None


@cache
def _of_person() -> PreparedStatement:
    person, membership = (_columns(model) for model in (User, Membership))
    return PreparedStatement(
        f"""
        SELECT {person.format("person")}, {membership.format("membership")}, {_GRANTS}
        FROM accounts_user AS person
        LEFT JOIN accounts_membership AS membership
            ON membership.person_id = person.id AND {in_force_sql("membership", "%(today)s")}
        WHERE person.id = %(person)s
        ORDER BY membership.starts_on, membership.id
        """,  # noqa: S608 - names from the models
        {"person": "bigint", "today": "date"},
    )


@cache
def _of_token() -> PreparedStatement:
    token, person, membership = (_columns(model) for model in (ApiToken, User, Membership))
    return PreparedStatement(
        f"""
        SELECT {token.format("token")}, {person.format("person")}, {membership.format("membership")}, {_GRANTS}
        FROM accounts_apitoken AS token
        JOIN accounts_user AS person ON person.id = token.user_id
        LEFT JOIN LATERAL (
            SELECT * FROM accounts_membership AS candidate
            WHERE candidate.person_id = person.id
              AND (token.membership_id IS NULL OR candidate.id = token.membership_id)
              AND {in_force_sql("candidate", "%(today)s")}
            ORDER BY candidate.starts_on, candidate.id LIMIT 1
        ) AS membership ON TRUE
        WHERE token.digest = %(digest)s
        """,  # noqa: S608 - names from the models
        {"digest": "varchar", "today": "date"},
    )


def _columns(model: Any) -> str:
    """Its columns, with a place for the alias of the table."""
    return ", ".join(f'{{0}}."{field.column}"' for field in model._meta.concrete_fields)


def _read(model: Any, values: Iterator[Any]) -> Any:
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(DEFAULT_DB_ALIAS, names, list(islice(values, len(names))))
