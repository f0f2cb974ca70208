"""PostgreSQL, Redis, mail and files: servers of one's own where a URL says so, else the embedded ones."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from redis.backoff import NoBackoff
from redis.retry import Retry

from distribution.launcher import postgres, redis
from distribution.launcher.folders import data_folder, private_folder
from distribution.settings.base import ALLOWED_HOSTS, BASE_DIR, EMBEDDED
from distribution.settings.environment import env, optional_secret

DATABASE_URL = optional_secret("DATABASE_URL")
EMBEDDED_DATABASE = not DATABASE_URL
DATABASES: dict[str, dict[str, Any]]
if EMBEDDED_DATABASE:
    DATABASES = {
        "default": {
            "ENGINE": "distribution.launcher.backend",
            "NAME": postgres.NAME,
            "USER": postgres.NAME,
            "HOST": str(postgres.address()),
        },
    }
else:
    DATABASES = {"default": env.db_url_config(DATABASE_URL) | {"ENGINE": "distribution.postgresql"}}
DATABASES["default"] |= {
    "ATOMIC_REQUESTS": False,
    "CONN_MAX_AGE": env.int("DATABASE_CONNECTION_SECONDS", default=600),
    "CONN_HEALTH_CHECKS": True,
}

REDIS_URL = optional_secret("REDIS_URL")
EMBEDDED_REDIS = not REDIS_URL
if EMBEDDED_REDIS:
    REDIS_URL = f"unix://{quote(str(redis.address()))}?db=0"
REDIS_PREFIX = env.str("REDIS_PREFIX", default="tributary")
REDIS_SECONDS = 0.2
"""How long a page waits for the cache, which answers in a thousandth of that."""
_CACHE = {
    "LOCATION": REDIS_URL,
    "KEY_PREFIX": f"{REDIS_PREFIX}:cache",
    "TIMEOUT": 300,
    "OPTIONS": {
        "socket_timeout": REDIS_SECONDS,
        "socket_connect_timeout": REDIS_SECONDS,
        "retry": Retry(NoBackoff(), 1),  # a connection that the server closed is no failure
        **({"pool_class": "distribution.launcher.redis.OnDemandConnectionPool"} if EMBEDDED_REDIS else {}),
    },
}
CACHES = {
    "default": {"BACKEND": "distribution.cache.OptionalRedisCache", **_CACHE},
    "watched": {"BACKEND": "django.core.cache.backends.redis.RedisCache", **_CACHE},
}

CARRIER_PRIVATE_ADDRESSES = env.bool("CARRIER_PRIVATE_ADDRESSES", default=False)
"""Whether a carrier's service may be a machine of a private network."""
WEBHOOK_PRIVATE_ADDRESSES = env.bool("WEBHOOK_PRIVATE_ADDRESSES", default=False)
"""Likewise for chat robots and for systems that subscribe to events."""
SENDING_LOG_DAYS = env.int("SENDING_LOG_DAYS", default=90)
"""How long it is kept what was sent to people by mail and chat, and to systems by webhooks."""

PUBLIC_URL = env.str("PUBLIC_URL", default="").rstrip("/") or (
    f"http://127.0.0.1:{env.int('PORT', default=8000)}" if EMBEDDED else f"https://{[*ALLOWED_HOSTS, 'localhost'][0]}"
)
"""Where people reach the program: links in mails begin with it, whatever a request says of the host."""
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Tributary <noreply@localhost>")
EMAIL_TIMEOUT = 20
if EMAIL_URL := optional_secret("EMAIL_URL"):
    vars().update(env.email_url_config(EMAIL_URL))
elif EMBEDDED:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = private_folder("mail")

SMS_URL = optional_secret("SMS_URL") or ""
SMS_HEADERS = env.json("SMS_HEADERS", default={})
SMS_BODY = env.str("SMS_BODY", default='{"to": "{to}", "text": "{text}"}')
PHONE_COUNTRY = env.str("PHONE_COUNTRY", default="CN")
"""Whose mobile numbers are written without a country code."""

if TMPDIR := env.str("TMPDIR", default=""):
    Path(TMPDIR).mkdir(mode=0o700, parents=True, exist_ok=True)

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "distribution.frontend.FrontendFinder",
]
MEDIA_URL = "media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(data_folder() / "media"))
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
