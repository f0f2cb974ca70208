"""Signing in by e-mail and password or by a code to the mobile number. Administrators and owners let people in."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from distribution.settings.base import BEHIND_PROXY, EMBEDDED
from distribution.settings.environment import env, optional_secret
from distribution.settings.services import SMS_URL

AUTHENTICATION_BACKENDS = [
    "sign_in.backends.PasswordBackend",
    "sign_in.backends.EmailBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "sign_in.adapter.SignIn"
ACCOUNT_FORMS = {
    "change_password": "sign_in.forms.ChangePasswordForm",
    "reset_password": "sign_in.forms.ResetPasswordForm",
    "user_token": "sign_in.forms.ResetKeyForm",
    "login": "sign_in.forms.LoginForm",
    "request_login_code": "sign_in.forms.RequestCodeForm",
    "confirm_login_code": "sign_in.forms.ConfirmCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = bool(SMS_URL) or EMBEDDED
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 2
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # administrators vouch for the address they enter
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Tributary] "
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "request_login_code": "20/m/ip,1/30s/key,10/d/key",
}
# Tries of a password: of an account from one address (hard), of an account, from an address (both soft: not for who has
# signed in to the account from there before). "login_failed" above is for codes of the second factor, after a password.
SIGN_IN_LIMITS = {"pair": "5/5m", "address": "30/m", "account": "20/h"}
SOCIALACCOUNT_ADAPTER = "sign_in.sso.SsoAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # see sign_in.views: our pages let no form lead to another site
OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = optional_secret("OIDC_CLIENT_SECRET")
OIDC_NAME = env.str("OIDC_NAME", default="") or urlsplit(OIDC_ISSUER).hostname or ""
"""What the button on the sign-in page calls the provider."""
SSO_DOMAINS = frozenset(domain.strip().lower().lstrip("@") for domain in env.list("SSO_DOMAINS", default=[]))
"""Mail domains whose people sign in by the provider and in no other way."""
if OIDC_ISSUER and not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET):
    raise ImproperlyConfigured("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET (or OIDC_CLIENT_SECRET_FILE).")
if OIDC_ISSUER and not OIDC_ISSUER.startswith("https://") and not EMBEDDED:
    raise ImproperlyConfigured("OIDC_ISSUER must begin with https://: it says who signs in.")
if SSO_DOMAINS and not OIDC_ISSUER:
    raise ImproperlyConfigured("SSO_DOMAINS without OIDC_ISSUER would keep everybody of these domains out.")
TWO_STEP_ROLES = frozenset(role.strip() for role in env.list("TWO_STEP_ROLES", default=[]))
"""Roles that work here with two-step sign-in only."""
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Tributary"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # as above: the address is the administrator's word
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # else anyone can send their own X-Forwarded-For, and no limit holds
