"""Requests and pages: middleware, templates, static files, and the security headers."""

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy

from distribution.settings.base import BASE_DIR, BEHIND_PROXY, DEBUG, EMBEDDED
from distribution.settings.environment import env, optional_secret, web_workers

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "distribution.middleware.NoNullMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "distribution.middleware.PrivateMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "distribution.middleware.MembershipMiddleware",
    "distribution.middleware.LoggedRequestMiddleware",
    "distribution.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sign_in.two_step.TwoStepMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.ui.refusals.DomainErrorMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.ui.context.layout",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
DJANGO_TABLES2_TEMPLATE = "core/table.html"
DJANGO_TABLES2_TABLE_ATTRS = {"class": "table table-vcenter card-table"}

STORAGES = {
    # Where attached files lie: below MEDIA_ROOT, or a storage of another package (see docs/howto/deploy.md).
    "default": env.json("FILE_STORAGE", default={"BACKEND": "django.core.files.storage.FileSystemStorage"}),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "accelerometer": [],
    "camera": ["self"],  # scanning a barcode in the warehouse
    "geolocation": [],
    "gyroscope": [],
    "magnetometer": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

HTTPS = env.bool("HTTPS", default=not EMBEDDED)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# The domain is rarely ours alone: whoever is sure says so.
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and env.bool("HSTS_SUBDOMAINS", default=False)
SILENCED_SYSTEM_CHECKS = [
    "security.W005",
    "security.W021",
]  # of those two: the domain's owner decides on its subdomains
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_ENGINE = "sign_in.session_store"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True

# Files that people upload are read by fewer processes than there are workers: one is left for everybody else.
WEB_WORKERS = web_workers()
FILES_READ_AT_ONCE = min(2, max(1, WEB_WORKERS - 1))

# Papers are made likewise. Their font comes from npm, a folder a weight, and is read by path: no page loads it.
PAPERS_AT_ONCE = FILES_READ_AT_ONCE
PAPER_FONTS = tuple(
    BASE_DIR / "node_modules/@expo-google-fonts/noto-sans-sc" / name for name in ("400Regular", "700Bold")
)

METRICS_TOKEN = optional_secret("METRICS_TOKEN")
OUTBOX_LAG_SECONDS = env.int("OUTBOX_LAG_SECONDS", default=120)
BEAT_AGE_SECONDS = env.int("BEAT_AGE_SECONDS", default=120)

# Of a filter nobody has chosen anything in yet.
FILTERS_EMPTY_CHOICE_LABEL = gettext_lazy("All")
