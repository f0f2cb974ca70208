"""Which distributors somebody sees or acts for, read once within a page that asks for it many times."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from core.actors import Actor

_kept: ContextVar[dict[tuple[Any, str], list[int]] | None] = ContextVar("kept_distributors", default=None)


@contextmanager
def keeping_scopes() -> Iterator[None]:
    """Within it, which distributors somebody sees or acts for is read once: for pages that ask it often and change nothing."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def ids_of(actor: Actor, what: str, rows: Callable[[Actor], Any]) -> list[int]:
    """The numbers of the distributors that `rows` gives for `actor`; kept under `what` within a reading."""
    kept, key = _kept.get(), (actor.pk, what)
    if kept is not None and key in kept:
        return kept[key]
    ids = list(rows(actor).order_by("pk").values_list("pk", flat=True))
    if kept is not None:
        kept[key] = ids
    return ids
