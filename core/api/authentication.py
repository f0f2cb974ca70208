"""Who asks: the holder of an API token, found with its person in one query."""

from hmac import compare_digest
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication as KnoxAuthentication
from knox.crypto import hash_token
from knox.models import get_token_model
from knox.settings import CONSTANTS
from rest_framework.exceptions import AuthenticationFailed


class TokenAuthentication(KnoxAuthentication):  # type: ignore[misc]  # knox ships no types
    """`Authorization: Token trib_…`. Reads one row and writes none: an expired token is refused, not deleted."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        try:
            text = token.decode("ascii")
        except UnicodeDecodeError as error:
            raise AuthenticationFailed(_("Invalid token.")) from error
        digest, now = hash_token(text), timezone.now()
        candidates = (
            get_token_model().objects.filter(token_key=text[: CONSTANTS.TOKEN_KEY_LENGTH]).select_related("user")
        )
        for candidate in candidates:
            if compare_digest(digest, candidate.digest) and (candidate.expiry is None or candidate.expiry > now):
                return self.validate_user(candidate)  # type: ignore[no-any-return]  # as above
        raise AuthenticationFailed(_("Invalid token."))


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
