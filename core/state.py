"""State tables: which action leads from which states to which, as data that feeds guards, buttons, API and tests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.errors import Conflict, Message, StaleVersion


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One legal move. `label` is what the button says; `dangerous` asks before it acts."""

    action: str
    sources: frozenset[str]
    target: str
    label: Message
    dangerous: bool = False


class StateTable:
    """All legal moves of one status field.

    An action may stand in the table more than once, as long as one (source, action) has one target.
    """

    def __init__(self, *, field: str, states: type[models.TextChoices], transitions: Iterable[Transition]) -> None:
        self.field = field
        self.states = states
        self.transitions = tuple(transitions)
        self._moves: Mapping[tuple[str, str], Transition] = {
            (source, move.action): move for move in self.transitions for source in move.sources
        }

    def actions_from(self, state: str) -> list[Transition]:
        """The moves open from `state`, in the order of the table."""
        return [move for move in self.transitions if state in move.sources]

    def target(self, state: str, action: str) -> str | None:
        move = self._moves.get((state, action))
        return move.target if move else None

    def advance(self, instance: models.Model, action: str) -> tuple[str, str]:
        """Set the status of a locked row to where `action` leads. Does not save.

        Returns (before, after). Raises Conflict where the table says no.
        """
        before = getattr(instance, self.field)
        after = self.target(before, action)
        if after is None:
            raise Conflict(
                _("This is “%(state)s” now, so that step is not possible any more.")
                % {"state": self.states(before).label},
                code="wrong_state",
            )
        setattr(instance, self.field, after)
        return before, after

    def constraint(self, name: str) -> models.CheckConstraint:
        """The legal values, for the database."""
        return models.CheckConstraint(condition=models.Q(**{f"{self.field}__in": self.states.values}), name=name)


def legal_values(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """A CheckConstraint that allows the values of an enum and nothing else."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)


def check_version(instance: Any, expected: int | None) -> None:
    """Raise StaleVersion when a caller saw another version than the locked row has."""
    if expected is not None and instance.version != expected:
        raise StaleVersion
