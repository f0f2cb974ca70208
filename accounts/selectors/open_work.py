"""Open work that is a person's own, said by the apps that keep it: counted, and moved when the person hands over.

What follows from being accountable today (who decides an order, who is notified) moves by itself with the duties.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from core.errors import Message
from core.registry import Slot


@dataclass(frozen=True, kw_only=True)
class OpenWork:
    """One kind of work. `count(person_id)` says how many pieces somebody has, `count_of(person_ids)` of many in one query.

    `move(person_id, successors)` gives those of each distributor to its successor and returns how many it moved: a fixed
    number of statements, inside the handover's transaction.
    """

    key: str
    label: Message
    count: Callable[[int], int]
    count_of: Callable[[Collection[int]], Mapping[int, int]]
    move: Callable[[int, Mapping[int, int]], int]


OPEN_WORK: Slot[str, OpenWork] = Slot("open work")


def register_open_work(*works: OpenWork) -> None:
    """Add to what is handed over. Called from AppConfig.ready."""
    for work in works:
        OPEN_WORK.add(work.key, work)


def open_work_by_person(person_ids: Collection[int]) -> Mapping[int, int]:
    """How many pieces of all kinds each of these people has. One query a kind, whatever their number."""
    found: Counter[int] = Counter()
    for work in OPEN_WORK:
        found.update(work.count_of(person_ids))
    return found


def open_work_of(person_id: int) -> Mapping[str, int]:
    """By key, how many pieces of each kind a person has; kinds without any are left out."""
    counted = {work.key: work.count(person_id) for work in OPEN_WORK}
    return {key: number for key, number in counted.items() if number}
