"""Who asks: the holder of an API token, found with the person and the membership in use in one query."""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication as KnoxAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed

from accounts.expressions import in_force_sql
from accounts.models import ApiToken, Membership, User
from core.prepared_statements import PreparedStatement


class TokenAuthentication(KnoxAuthentication):  # type: ignore[misc]  # knox ships no types
    """`Authorization: Token trib_…`. Reads one row and writes none: an expired token is refused, not deleted."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        try:
            text = token.decode("ascii")
        except UnicodeDecodeError as error:
            raise AuthenticationFailed(_("Invalid token.")) from error
        found = _find(hash_token(text))
        if found is None or (found.expiry is not None and found.expiry <= timezone.now()):
            raise AuthenticationFailed(_("Invalid token."))
        return self.validate_user(found)  # type: ignore[no-any-return]  # as above


def _find(digest: str) -> ApiToken | None:
    """The token with its person bound to its membership, by the hash it is kept under, or nothing."""
    for row in _statement().rows({"digest": digest, "today": timezone.localdate()}):
        values = iter(row)
        token: ApiToken
        token, person, membership = (_read(model, values) for model in (ApiToken, User, Membership))
        person.bind_membership(membership if membership.pk else None, grants=next(values) or ())
        token.user = person
        return token
    return None


def _read(model: Any, values: Iterator[Any]) -> Any:
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db(DEFAULT_DB_ALIAS, names, list(islice(values, len(names))))


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
)"""  # noqa: S608 - constants


@cache
def _statement() -> PreparedStatement:
    """Every request by a token begins with it: planning it each time costs more than running it.

    The membership is that of the token, else the person's first one; without one in force the person has no role.
    """
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


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the package is half typed
    target_class = "accounts.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002 - the form is given
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token trib_…`, made on the page of API tokens.",
        }
