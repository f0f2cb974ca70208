"""OpenID Connect: allauth's code flow with PKCE, and the checks of the ID token that allauth leaves out.

allauth sends no nonce, and does not check the signature of a token that it fetched itself. Here every token is checked:
signature (RS256, with a key that the provider publishes), issuer, audience, expiry and nonce.
"""

import hashlib
import hmac
from typing import Any, Final

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User

PROVIDER_ID: Final = "sso"
ALGORITHMS: Final = ("RS256",)
LEEWAY_SECONDS: Final = 60
"""How far the clocks of the two machines may be apart."""
ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def configured_app() -> SocialApp:
    """The one provider there is: that of the environment, never a row that somebody added."""
    return SocialApp(
        provider=OpenIDConnectProvider.id,
        provider_id=PROVIDER_ID,
        name=settings.OIDC_NAME,
        client_id=settings.OIDC_CLIENT_ID,
        secret=settings.OIDC_CLIENT_SECRET,
        settings={"server_url": settings.OIDC_ISSUER.rstrip("/"), "oauth_pkce_enabled": True},
    )


def link_key(issuer: str, subject: str) -> str:
    """One key for (issuer, subject), which together may be longer than allauth's column."""
    return hashlib.sha256(f"{issuer}\n{subject}".encode()).hexdigest()


def _nonce_of(code_verifier: str) -> str:
    """The nonce follows from the secret that the session keeps for PKCE, and does not give it away."""
    return hmac.new(code_verifier.encode(), b"nonce", hashlib.sha256).hexdigest()


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    """One sign-in: what is asked of the provider, and what its answer is worth."""

    _nonce = ""

    def __init__(self, request: HttpRequest, provider_id: str = PROVIDER_ID) -> None:
        super().__init__(request, provider_id)

    def get_provider(self) -> "Provider":
        return Provider(self.request, app=configured_app())

    def get_callback_url(self, _request: HttpRequest, _app: SocialApp) -> str:
        """Never by the Host header, which anybody writes."""
        return f"{settings.PUBLIC_URL}{reverse('sso_callback')}"

    @property
    def openid_config(self) -> dict[str, Any]:
        config: dict[str, Any] = super().openid_config
        if str(config.get("issuer")).rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
            raise OAuth2Error(f"The provider calls itself {config.get('issuer')}.")
        if missing := [name for name in ENDPOINTS if not config.get(name)]:
            raise OAuth2Error(f"The provider names no {missing}.")
        return config

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        if not pkce_code_verifier:
            raise OAuth2Error("This sign-in was not begun here.")
        self._nonce = _nonce_of(pkce_code_verifier)
        data: dict[str, Any] = super().get_access_token_data(request, app, client, pkce_code_verifier)
        return data

    def complete_login(self, _request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        claims = self._claims(str(kwargs["response"].get("id_token") or ""), app.client_id)
        if "email" not in claims:
            claims |= self._userinfo(token, subject=claims["sub"])
        kept = {name: claims.get(name) for name in ("iss", "sub", "email", "email_verified")}
        account = SocialAccount(provider=PROVIDER_ID, uid=link_key(claims["iss"], claims["sub"]), extra_data=kept)
        return SocialLogin(user=User(), account=account, provider=self.get_provider())

    def _claims(self, id_token: str, audience: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                self._signing_key(id_token),
                algorithms=list(ALGORITHMS),
                issuer=self.openid_config["issuer"],
                audience=audience,
                leeway=LEEWAY_SECONDS,
                options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(f"The ID token does not hold: {error}") from error
        if not hmac.compare_digest(str(claims["nonce"]).encode(), self._nonce.encode()):
            raise OAuth2Error("The ID token answers another sign-in.")
        others = claims["aud"] if isinstance(claims["aud"], list) else []
        if claims.get("azp", audience) != audience or (len(others) > 1 and "azp" not in claims):
            raise OAuth2Error("The ID token was made for another program.")
        return claims

    def _signing_key(self, id_token: str) -> Any:
        """The provider's RSA key that the token names; its only one, where the token names none."""
        named = jwt.get_unverified_header(id_token).get("kid")
        with get_adapter().get_requests_session() as session:
            reply = session.get(self.openid_config["jwks_uri"])
            reply.raise_for_status()
            published = jwt.PyJWKSet.from_dict(reply.json())
        keys = [key for key in published.keys if key.key_type == "RSA" and key.public_key_use in {None, "sig"}]
        fitting = [key for key in keys if key.key_id == named] if named else keys
        if len(fitting) != 1:
            raise OAuth2Error(f"The provider publishes no key {named}.")
        return fitting[0].key

    def _userinfo(self, token: SocialToken, *, subject: str) -> dict[str, Any]:
        """Name and address, from providers that leave them out of the token; only of the same person."""
        if not self.openid_config.get("userinfo_endpoint"):
            return {}
        told: dict[str, Any] = self._fetch_user_info(token.token)
        if told.get("sub") != subject:
            raise OAuth2Error("The provider answers about somebody else.")
        return {name: told[name] for name in ("email", "email_verified") if name in told}


class Provider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth ships no types
    oauth2_adapter_class = Adapter

    def get_pkce_params(self) -> dict[str, str]:
        params: dict[str, str] = super().get_pkce_params()
        return {**params, "nonce": _nonce_of(params["code_verifier"])}

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Where to go afterwards, and nothing else that an address may bring: no scope, no linking, no parameters."""
        kwargs = super().get_redirect_from_request_kwargs(request)
        return {**kwargs, "process": AuthProcess.LOGIN, "scope": self.get_default_scope(), "auth_params": {}}
