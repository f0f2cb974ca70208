"""What `manage.py verify` asks of the database: a named query that returns the rows which break a promise."""

from dataclasses import dataclass

from core.errors import Message


@dataclass(frozen=True, kw_only=True)
class Check:
    """`statement` is constant SQL that returns offending rows; none means that the promise holds."""

    name: str
    promise: Message
    statement: str
