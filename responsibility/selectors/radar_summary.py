"""How many duties are in each state over all distributors that somebody sees, and which distributors have one in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import CellState
from accounts.expressions import accountable_sql, date_literal
from accounts.models import Distributor, Responsibility
from accounts.selectors.radar_cells import SOON
from core.actors import Actor
from core.enums import Colour
from core.errors import Message
from responsibility.selectors.radar_counts import day_counts


@dataclass(frozen=True, kw_only=True)
class SummaryFigure:
    label: Message
    number: int
    colour: Colour
    state: CellState

    @property
    def url(self) -> str:
        """The radar of the distributors where this is counted."""
        return reverse("responsibility:radar", query={"state": self.state.value})


@dataclass(frozen=True, kw_only=True)
class RadarSummary:
    """How many duties are in each state, over all distributors that the person sees."""

    distributors: int
    duties: int
    gaps: int
    inactive: int
    away: int
    leaving: int
    ending: int
    without_stand_in: int

    @property
    def figures(self) -> Sequence[SummaryFigure]:
        """The counts with the colour of what they count; none of it is good."""
        counted = (
            (_("Gaps"), self.gaps, CellState.GAP),
            (_("Person not active"), self.inactive, CellState.INACTIVE),
            (_("Person away"), self.away, CellState.AWAY),
            (_("Person leaves soon"), self.leaving, CellState.LEAVING),
            (_("End within 30 days"), self.ending, CellState.ENDING),
            (_("Without stand-in"), self.without_stand_in, CellState.NO_STAND_IN),
        )
        return [
            SummaryFigure(
                label=label, number=number, colour=state.colour if number else CellState.OK.colour, state=state
            )
            for label, number, state in counted
        ]


def radar_summary(actor: Actor, *, on: date) -> RadarSummary:
    """The counts over everything the person sees. One query for who sees the channel, two for others."""
    counts = day_counts(actor, on=on)
    by_state = counts.by_state
    return RadarSummary(
        distributors=counts.distributors,
        duties=counts.duties,
        gaps=by_state[CellState.GAP],
        inactive=by_state[CellState.INACTIVE],
        away=by_state[CellState.AWAY],
        leaving=by_state[CellState.LEAVING],
        ending=by_state[CellState.ENDING],
        without_stand_in=by_state[CellState.NO_STAND_IN],
    )


def _with_accountable(responsibilities: "QuerySet[Responsibility]", on: date) -> "QuerySet[Responsibility]":
    return responsibilities.annotate(
        nobody=_among("person_id IS NULL", on), away=_among("person_id <> responsible_id", on)
    )


def distributors_in_state(rows: "QuerySet[Any]", state: CellState, *, on: date) -> "QuerySet[Distributor]":
    """Those of `radar_distributors` with a duty in this state on the day; states as `state_of` tells them."""
    if state == CellState.GAP:
        return rows.filter(gaps__gt=0)
    soon = on + SOON
    worse_first = (
        (CellState.GAP, Q(nobody=True)),
        (CellState.INACTIVE, Q(user__is_active=False) | Q(user__leaves_on__lt=on)),
        (CellState.AWAY, Q(away=True)),
        (CellState.LEAVING, Q(user__leaves_on__lte=soon)),
        (CellState.ENDING, Q(ends_on__lte=soon)),
        (CellState.NO_STAND_IN, Q(stand_in=None) | Q(stand_in__is_active=False)),
    )
    wanted = Q()
    for worse, condition in worse_first:
        if worse == state:
            wanted &= condition
            break
        wanted &= ~condition
    found = _with_accountable(Responsibility.objects.on(on).filter(duty__is_active=True), on).filter(wanted)
    return rows.filter(pk__in=found.order_by().values("distributor"))


def _among(condition: str, on: date) -> Case:
    """Whether a responsibility is among those for which that is true of who acts; read once for all of them."""
    accountable = accountable_sql(date_literal(on))
    ids = RawSQL(f"SELECT responsibility_id FROM ({accountable}) AS accountable WHERE {condition}", [])  # noqa: S608, S611 - put together from constants only
    return Case(When(pk__in=ids, then=Value(True)), default=Value(False), output_field=BooleanField())
