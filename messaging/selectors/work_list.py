"""The work list of a person, most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from core.errors import Message
from messaging.enums import Work

LONGEST = 15


@dataclass(frozen=True, kw_only=True)
class WorkLine:
    """One thing: what, of whom, since when, what it costs, and the one button. `posts` presses it, else it opens."""

    work: Work
    what: str
    url: str
    who: str = ""
    who_url: str = ""
    since: date | datetime | None = None
    due: date | None = None
    amount: Decimal | None = None
    currency: str = ""
    button: Message = ""
    button_url: str = ""
    posts: bool = False
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class WorkGroup:
    """Lines of one kind that are shown, how many there are in all, and the list that holds all of them."""

    work: Work
    number: int
    lines: Sequence[WorkLine] = ()
    all_url: str = ""


@dataclass(kw_only=True)
class WorkList:
    groups: Sequence[WorkGroup] = ()
    longest: int = LONGEST

    @cached_property
    def lines(self) -> list[WorkLine]:
        """As many of the most pressing as fit the page, every kind with at least its first."""
        order = list(Work)
        groups = sorted((group for group in self.groups if group.lines), key=lambda group: order.index(group.work))
        room = max(self.longest - len(groups), 0)
        shown: list[WorkLine] = []
        for group in groups:
            taken = list(group.lines[: 1 + room])
            room -= len(taken) - 1
            shown += taken
        return shown

    @property
    def has_amounts(self) -> bool:
        """Those of a warehouse have none."""
        return any(line.amount is not None for line in self.lines)

    @property
    def late(self) -> int:
        return sum(group.number for group in self.groups if group.work == Work.LATE)

    @property
    def waiting(self) -> int:
        return sum(group.number for group in self.groups if group.work != Work.LATE)

    @property
    def more(self) -> list[WorkGroup]:
        """Kinds of which not every line is shown."""
        shown: dict[Work, int] = {}
        for line in self.lines:
            shown[line.work] = shown.get(line.work, 0) + 1
        return [group for group in self.groups if group.all_url and group.number > shown.get(group.work, 0)]
