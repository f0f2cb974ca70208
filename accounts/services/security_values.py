"""Counts and marks on which security rests. They stand in PostgreSQL: without it nobody signs in anyhow."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from psycopg2.extras import Json

from accounts.models import SecurityValue

_SET = """
INSERT INTO accounts_securityvalue AS kept (key, value, expires_at) VALUES (%(key)s, %(value)s, %(until)s)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
"""
_COUNT = """
INSERT INTO accounts_securityvalue AS kept (key, value, expires_at) VALUES (%(key)s, %(value)s, %(until)s)
ON CONFLICT (key) DO UPDATE SET
    value = CASE WHEN kept.expires_at <= %(now)s THEN excluded.value ELSE to_jsonb(kept.value::integer + 1) END,
    expires_at = CASE WHEN kept.expires_at <= %(now)s THEN excluded.expires_at ELSE kept.expires_at END
RETURNING value
"""


def get_value(key: str, default: Any = None) -> Any:
    row = SecurityValue.objects.filter(key=key, expires_at__gt=timezone.now()).first()
    return default if row is None else row.value


def set_value(key: str, *, value: Any, seconds: float) -> None:
    _write(_SET, key, value, seconds)


def add_value(key: str, *, value: Any, seconds: float) -> bool:
    """Set it unless it is there; tell whether this call set it."""
    return _write(f"{_SET} WHERE kept.expires_at <= %(now)s", key, value, seconds) == 1


def count_value(key: str, *, seconds: float) -> int:
    """How often this was called for `key` within `seconds` of the first time."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, _values(key, 1, seconds))
        (count,) = cursor.fetchone()
    return int(count)


def delete_value(key: str) -> bool:
    return SecurityValue.objects.filter(key=key).delete()[0] == 1


def forget_expired_values(*, now: datetime) -> int:
    return int(SecurityValue.objects.filter(expires_at__lte=now).delete()[0])


def _write(statement: str, key: str, value: Any, seconds: float) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, _values(key, value, seconds))
        return int(cursor.rowcount)


def _values(key: str, value: Any, seconds: float) -> dict[str, Any]:
    now = timezone.now()
    return {"key": key, "value": Json(value), "now": now, "until": now + timedelta(seconds=seconds)}
