"""Who asks: the holder of an API token, found with its person in one query."""

from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication as KnoxAuthentication
from knox.crypto import hash_token
from knox.models import get_token_model
from rest_framework.exceptions import AuthenticationFailed

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


def _find(digest: str) -> Any:
    """The token with its person, by the hash it is kept under, or nothing."""
    token, person = get_token_model(), get_user_model()
    names = [[field.attname for field in model._meta.concrete_fields] for model in (token, person)]
    for row in _statement().rows({"digest": digest}):
        found = token.from_db(DEFAULT_DB_ALIAS, names[0], row[: len(names[0])])
        found.user = person.from_db(DEFAULT_DB_ALIAS, names[1], row[len(names[0]) :])
        return found
    return None


@cache
def _statement() -> PreparedStatement:
    """Every request by a token begins with it: planning it each time costs more than running it."""
    token, person = get_token_model()._meta, get_user_model()._meta
    columns = [f'token."{field.column}"' for field in token.concrete_fields]
    columns += [f'person."{field.column}"' for field in person.concrete_fields]
    return PreparedStatement(
        f'SELECT {", ".join(columns)} FROM "{token.db_table}" AS token '  # noqa: S608 - names from the models
        f'JOIN "{person.db_table}" AS person ON person.id = token.user_id WHERE token.digest = %(digest)s',
        {"digest": "varchar"},
    )


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the package is half typed
    target_class = "core.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002 - the form is given
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token trib_…`, made on the page of API tokens.",
        }
