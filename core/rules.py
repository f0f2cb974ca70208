"""The guard between a predicate and a use case."""

from core.errors import Message, NotAllowed


def require(condition: bool, message: Message = "") -> None:  # noqa: FBT001 - reads as a sentence
    """Raise NotAllowed (403) unless the predicate of a `rules` module said yes."""
    if not condition:
        raise NotAllowed(message)
