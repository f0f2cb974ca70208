"""The guard between a predicate and a use case."""

from typing import Any

from core.errors import Message, NotAllowed


def require(condition: bool, message: Message = "") -> None:  # noqa: FBT001 - reads as a sentence
    """Raise NotAllowed (403) unless the predicate of a `rules` module said yes."""
    if not condition:
        raise NotAllowed(message)


def is_active_user(user: Any) -> bool:
    """Somebody signed in who may still work here: pages whose rows are scoped to the person need no more."""
    return bool(user.is_authenticated and user.is_active)
