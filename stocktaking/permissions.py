"""Who may count, scrap, and approve what others counted and scrapped."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Role
from core.actors import Actor
from core.permissions import declare
from core.state import StateTable, Transition
from stocktaking.enums import CountStatus, ScrapStatus, StocktakingEvent

COUNT_STOCK = declare(
    "stocktaking.count_stock", _("Open stock counts and count"), roles=[Role.ADMINISTRATOR, Role.WAREHOUSE]
)
APPROVE_COUNTS = declare(
    "stocktaking.approve_counts",
    _("Approve differences of stock counts"),
    roles=[Role.ADMINISTRATOR, Role.DIRECTOR],
    has_limit=True,
)
SCRAP_STOCK = declare("stocktaking.scrap_stock", _("Scrap goods"), roles=[Role.ADMINISTRATOR, Role.WAREHOUSE])
APPROVE_SCRAP = declare(
    "stocktaking.approve_scrap", _("Approve scrap"), roles=[Role.ADMINISTRATOR, Role.DIRECTOR], has_limit=True
)


def can_count(actor: Actor, _row: object = None) -> bool:
    return COUNT_STOCK.granted_to(actor)


def can_approve_counts(actor: Actor, _row: object = None) -> bool:
    """Whoever counted a row cannot approve the count: the service asks that, too, and up to which amount."""
    return APPROVE_COUNTS.granted_to(actor)


def can_work_on_counts(actor: Actor, _row: object = None) -> bool:
    return can_count(actor) or can_approve_counts(actor)


def can_scrap(actor: Actor, _row: object = None) -> bool:
    return SCRAP_STOCK.granted_to(actor)


def can_approve_scrap(actor: Actor, row: Any = None) -> bool:
    """Never one's own: somebody else has to look at the goods."""
    return APPROVE_SCRAP.granted_to(actor) and (row is None or row.submitted_by_id != actor.pk)


def can_return_scrap(actor: Actor, _row: object = None) -> bool:
    return can_scrap(actor) or APPROVE_SCRAP.granted_to(actor)


_OPEN = frozenset({CountStatus.COUNTING, CountStatus.RECOUNTING})
_WAITING = frozenset({CountStatus.WAITING})
COUNT_STATES = StateTable(
    field="status",
    states=CountStatus,
    transitions=[
        Transition(
            action="submit",
            event=StocktakingEvent.COUNT_SUBMITTED,
            sources=_OPEN,
            target=CountStatus.WAITING,
            label=pgettext_lazy("count", "Finish counting"),
            permission=can_count,
        ),
        Transition(
            action="ask_again",
            event=StocktakingEvent.COUNT_ASKED_AGAIN,
            sources=_OPEN,
            target=CountStatus.RECOUNTING,
            label=pgettext_lazy("count", "Second count"),
        ),
        Transition(
            action="approve",
            event=StocktakingEvent.COUNT_POSTED,
            sources=_WAITING,
            target=CountStatus.POSTED,
            label=pgettext_lazy("count", "Approve differences"),
            permission=can_approve_counts,
        ),
        Transition(
            action="reopen",
            event=StocktakingEvent.COUNT_REOPENED,
            sources=_WAITING,
            target=CountStatus.COUNTING,
            label=pgettext_lazy("count", "Reopen"),
            permission=can_work_on_counts,
        ),
        Transition(
            action="cancel",
            event=StocktakingEvent.COUNT_CANCELLED,
            sources=_OPEN | _WAITING,
            target=CountStatus.CANCELLED,
            label=_("Cancel count"),
            permission=can_work_on_counts,
            dangerous=True,
        ),
    ],
)

_DRAFT = frozenset({ScrapStatus.DRAFT})
_SUBMITTED = frozenset({ScrapStatus.WAITING})
SCRAP_STATES = StateTable(
    field="status",
    states=ScrapStatus,
    transitions=[
        Transition(
            action="submit",
            event=StocktakingEvent.SCRAP_SUBMITTED,
            sources=_DRAFT,
            target=ScrapStatus.WAITING,
            label=pgettext_lazy("scrap", "Submit for approval"),
            permission=can_scrap,
        ),
        Transition(
            action="approve",
            event=StocktakingEvent.SCRAP_POSTED,
            sources=_SUBMITTED,
            target=ScrapStatus.POSTED,
            label=pgettext_lazy("scrap", "Approve scrap"),
            permission=can_approve_scrap,
        ),
        Transition(
            action="return",
            event=StocktakingEvent.SCRAP_RETURNED,
            sources=_SUBMITTED,
            target=ScrapStatus.DRAFT,
            label=pgettext_lazy("scrap", "Return"),
            permission=can_return_scrap,
        ),
        Transition(
            action="reverse",
            event=StocktakingEvent.SCRAP_REVERSED,
            sources=frozenset({ScrapStatus.POSTED}),
            target=ScrapStatus.REVERSED,
            label=pgettext_lazy("scrap", "Undo"),
            permission=can_approve_scrap,
            dangerous=True,
        ),
        Transition(
            action="cancel",
            event=StocktakingEvent.SCRAP_CANCELLED,
            sources=_DRAFT | _SUBMITTED,
            target=ScrapStatus.CANCELLED,
            label=_("Cancel scrap"),
            permission=can_scrap,
            dangerous=True,
        ),
    ],
)
