"""By what a company is known, and whether an answer shows one that the reader has nothing to do with."""

import re
from typing import Any

from orders.models import Order, Shipment
from tests.access.table import IDLE, MANAGER, OURS, OUTSIDERS, STRANGER, Route
from tests.access.world import World

# Everybody whose answers must not name somebody.
READERS = OUTSIDERS | OURS | {MANAGER}
# Whoever holds the link of an invitation reads who invites, and to which company.
BY_LINK = {"accounts:join", "onboarding:apply-form", "orders:delivery"}
# The brand owner's own books: whoever answers for a distributor of it reads them whole (see the querysets).
BOOKS = {"api:stock-moves-list", "inventory:moves", "api:price-lists-list", "pricing:price-lists"}


class Marks:
    """Codes, names, numbers and addresses of both companies of a world."""

    def __init__(self, world: World) -> None:
        self.mine = _marks(world, [world.mine, world.child], OURS)
        self.other = _marks(world, [world.other], {STRANGER})

    def shown_to(self, actor: str, row: Route, response: Any) -> list[str]:
        """What the answer to this person names of a company that is none of their business."""
        if actor not in READERS or row.name in BY_LINK or response.status_code != 200:
            return []
        known = self.mine if actor in OUTSIDERS else self.other
        if actor == IDLE:  # answers for nobody at all
            known = set() if row.name in BOOKS else self.mine | self.other
        return found_in(response, known - {row.query.partition("=")[2]})  # what was typed is shown again


def _marks(world: World, companies: list[Any], actors: Any) -> set[str]:
    numbers = [
        *(order.reference for order in Order.objects.filter(distributor__in=companies)),
        *Shipment.objects.filter(order__distributor__in=companies).values_list("number", flat=True),
    ]
    named = [text for company in companies for text in (company.code, company.name, company.name_zh)]
    return {*named, *numbers, *(world.people[actor].email for actor in actors)}


def found_in(response: Any, known: set[str]) -> list[str]:
    body = response.getvalue().decode(errors="replace")
    words = set(re.findall(r"[\w@.-]+", body))
    text = " ".join(body.split())
    return sorted(mark for mark in known if mark in words or (" " in mark and mark in text and _ends(mark, text)))


def _ends(mark: str, text: str) -> bool:
    return re.search(rf"{re.escape(mark)}(?!\w)", text) is not None
