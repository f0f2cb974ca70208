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


def get_value(key: str, default: Any = None) -> Any:
    row = SecurityValue.objects.filter(key=key, expires_at__gt=timezone.now()).first()
    return default if row is None else row.value


def set_value(key: str, *, value: Any, seconds: float) -> None:
    _write(_SET, key, value, seconds)


def add_value(key: str, *, value: Any, seconds: float) -> bool:
    """Set it unless it is there; tell whether this call set it."""
    return _write(f"{_SET} WHERE kept.expires_at <= %(now)s", key, value, seconds) == 1


def delete_value(key: str) -> bool:
    return SecurityValue.objects.filter(key=key).delete()[0] == 1


def forget_expired_values(*, now: datetime) -> int:
    return int(SecurityValue.objects.filter(expires_at__lte=now).delete()[0])


def _write(statement: str, key: str, value: Any, seconds: float) -> int:
    now = timezone.now()
    values = {"key": key, "value": Json(value), "now": now, "until": now + timedelta(seconds=seconds)}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
