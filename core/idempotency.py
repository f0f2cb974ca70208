"""The same request twice does the work once, and answers the same both times."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from core.errors import KeyReused, RequestInFlight
from core.models import StoredReply
from core.prepared_statements import PreparedStatement

MAX_KEY_LENGTH = 255
KEPT = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Reply:
    status: int
    body: Any
    replayed: bool = False


_TAKE = PreparedStatement(
    """
    SELECT pg_try_advisory_xact_lock(%(lock)s) AS got, reply.body_hash, reply.status
    FROM (SELECT 1) AS one
    LEFT JOIN core_storedreply AS reply ON reply.actor_id = %(actor)s AND reply.key = %(key)s
    """,
    {"lock": "bigint", "actor": "bigint", "key": "text"},
)

_STORE = PreparedStatement(
    """
    INSERT INTO core_storedreply (actor_id, key, body_hash, status, body, created_at)
    VALUES (%(actor)s, %(key)s, %(hash)s, %(status)s, %(body)s, %(now)s)
    """,
    {"actor": "bigint", "key": "text", "hash": "text", "status": "smallint", "body": "jsonb", "now": "timestamptz"},
)


def lock_number(*parts: object) -> int:
    """A signed 64-bit number for an advisory lock, from a hash of all the parts."""
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def body_hash(*, method: str, path: str, body: bytes) -> str:
    return hashlib.sha256(b"\x1f".join([method.encode(), path.encode(), body])).hexdigest()


def run_idempotently(
    *, actor_id: int, key: str, hashed: str, work: Callable[[], Reply], encoder: type[json.JSONEncoder] | None = None
) -> Reply:
    """Do `work` once per (actor, key) and store its reply in the same transaction; later calls get the stored reply.

    `encoder` writes what of a body is no plain JSON.

    Raises RequestInFlight (409) while another transaction holds the key, KeyReused (422) when the key came with another
    body. An exception from `work` undoes everything, so the key is free again. The unique constraint stands behind the
    lock: should two get past it, the second fails and nothing of it is kept.
    """
    with transaction.atomic():
        [taken] = _TAKE.rows({"lock": lock_number("reply", actor_id, key), "actor": actor_id, "key": key})
        if taken.body_hash is not None:
            return _replay(actor_id, key, taken.body_hash, hashed, taken.status)
        if not taken.got:
            raise RequestInFlight
        reply = work()
        _STORE.rows(
            {
                "actor": actor_id, "key": key, "hash": hashed, "status": reply.status,
                "body": json.dumps(reply.body, ensure_ascii=False, cls=encoder), "now": timezone.now(),
            },
        )  # fmt: skip
        return reply


def forget_replies(*, now: datetime) -> int:
    """Delete replies older than a week, in one statement; returns how many. Their keys may be used anew."""
    deleted, _by_model = StoredReply.objects.filter(created_at__lt=now - KEPT).delete()
    return deleted


def _replay(actor_id: int, key: str, known_hash: str, hashed: str, status: int) -> Reply:
    if known_hash != hashed:
        raise KeyReused
    stored = StoredReply.objects.only("body").get(actor_id=actor_id, key=key)
    return Reply(status=status, body=stored.body, replayed=True)
