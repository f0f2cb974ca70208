"""State tables: which action leads from which states to which, and who may take it; buttons, API and tests read them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.enums import Colour
from core.errors import Conflict, Message, StaleVersion

Permission = Callable[[Any, Any], bool]


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One legal move.

    `label` is what the button says; `dangerous` asks before it acts. `permission` is asked with the actor and the row;
    a move without one is never offered, because it only ever follows from another step. `event` is the kind of the
    event that records the move, `notifies` who is told of it, and how urgently, in the words of the app.
    """

    action: str
    sources: frozenset[str]
    target: str
    label: Message
    permission: Permission | None = None
    dangerous: bool = False
    event: str = ""
    notifies: Mapping[str, str] = field(default_factory=dict)

    @property
    def colour(self) -> Colour:
        return Colour.DANGER if self.dangerous else Colour.WORK


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
                _("The status is now “%(state)s”, so this step is no longer possible.")
                % {"state": self.states(before).label},
                code="wrong_state",
            )
        setattr(instance, self.field, after)
        return before, after

    def constraint(self, name: str) -> models.CheckConstraint:
        """The legal values, for the database."""
        return models.CheckConstraint(condition=models.Q(**{f"{self.field}__in": self.states.values}), name=name)


def available_actions(table: StateTable, instance: Any, actor: Actor) -> list[Transition]:
    """The moves that are possible for this row now and allowed to `actor`, in the order of the table."""
    return [
        move
        for move in table.actions_from(getattr(instance, table.field) or "")
        if move.permission is not None and move.permission(actor, instance)
    ]


def legal_values(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """A CheckConstraint that allows the values of an enum and nothing else."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)


def check_version(instance: Any, expected: int | None) -> None:
    """Raise StaleVersion when a caller saw another version than the locked row has."""
    if expected is not None and instance.version != expected:
        raise StaleVersion
