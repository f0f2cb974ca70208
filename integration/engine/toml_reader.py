"""The tables of a profile, read key by key, so that unknown keys are refused."""

import difflib
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from core.sentences import listed
from integration.errors import ProfileError

T = TypeVar("T")


class Reader:
    """A TOML table whose keys are consumed one by one; what is left over is unknown."""

    def __init__(self, data: Mapping[str, object], place: str) -> None:
        self.data: dict[str, object] = dict(data)
        self.place = place
        self._known: list[str] = []

    def take(self, key: str, kind: type[T], default: Any) -> T:
        self._known.append(key)
        if key not in self.data:
            return default  # type: ignore[no-any-return]  # the default has the type that is asked for, or is None
        return typed(self.data.pop(key), kind, f"{self.place}.{key}".strip("."))

    def need(self, key: str, kind: type[T]) -> T:
        if key not in self.data:
            raise ProfileError(
                _("%(place)s: %(key)s is missing.") % {"place": self.place, "key": key}, field=self.place
            )
        return self.take(key, kind, None)

    def finish(self) -> None:
        for key in self.data:
            raise ProfileError(
                _("%(place)s: “%(key)s” is not understood.%(hint)s")
                % {"place": self.place or "profile", "key": key, "hint": did_you_mean(key, self._known)},
                field=self.place,
            )


def typed(value: object, kind: type[T], place: str) -> T:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ProfileError(
            _("%(place)s must be %(kind)s.") % {"place": place, "kind": KINDS.get(kind, kind.__name__)}, field=place
        )
    return value


def texts(value: object, place: str) -> tuple[str, ...]:
    entries: Sequence[object] = value if isinstance(value, (list, tuple)) else (value,)
    return tuple(typed(entry, str, place) for entry in entries)


def groups(names: Sequence[object], place: str) -> tuple[tuple[str, ...], ...]:
    """A list of names is one group of columns; a list of lists are several."""
    columns = names if any(isinstance(entry, list) for entry in names) else [names] if names else []
    return tuple(texts(group, place) for group in columns)


def did_you_mean(name: str, known: Collection[str]) -> str:
    """A hint to be put behind a message about an unknown name."""
    close = difflib.get_close_matches(name, list(known), n=1)
    if close:
        return " " + _("Did you mean “%(name)s”?") % {"name": close[0]}
    return " " + _("Available: %(names)s.") % {"names": listed(known)} if known else ""


KINDS = {str: "a text", bool: "true or false", int: "a whole number", dict: "a table", list: "a list"}
