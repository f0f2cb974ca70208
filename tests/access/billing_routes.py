"""Who may open what of trade accounts and credit limits."""

from decimal import Decimal
from typing import Any

from django.utils import timezone

from billing.enums import EntryKind
from billing.models import CreditReservation
from billing.services.entries import post_entry
from billing.services.limits import LimitTerms, open_account, save_group_limit, set_account_limit
from orders.ordering.services.placing import place_order
from tests.access.table import (
    ACCOUNTANT,
    ADMINISTRATOR,
    BUYER,
    DIRECTOR,
    FINANCE,
    IDLE,
    MANAGER,
    OWNER,
    ROLELESS,
    SIGNED_IN,
    STRANGER,
    Route,
)
from tests.access.world import World
from tests.factories.accounts import DistributorFactory
from tests.factories.orders import shop

BRAND_SEERS = frozenset({ADMINISTRATOR, DIRECTOR, MANAGER, FINANCE})
SEERS = BRAND_SEERS | {OWNER, ACCOUNTANT}
WITH_PERMISSION = SEERS | {IDLE, STRANGER}
SETTERS = frozenset({ADMINISTRATOR, FINANCE})
RELEASERS = frozenset({ADMINISTRATOR, DIRECTOR, FINANCE})
POSTERS = frozenset({FINANCE})
NOT_THEIRS = frozenset({IDLE, STRANGER})
HIDDEN = SIGNED_IN - SEERS


def build(world: World) -> None:
    """The account of `mine` with an entry and an order that is over its limit; one of a stranger, and a group."""
    things, now = world.things, timezone.now()
    finance = world.people[FINANCE]
    place = shop(distributor=world.mine)
    things.account = open_account(distributor_id=world.mine.pk, actor=finance, now=now)
    things.entry = post_entry(
        account_id=things.account.pk, kind=EntryKind.INVOICE, amount=Decimal(10), actor=finance, now=now
    )
    things.group_limit = save_group_limit(
        name="Group", terms=LimitTerms(amount=Decimal(5)), currency=things.account.currency, actor=finance, now=now
    )
    things.credit_order = place_order(
        distributor_id=world.mine.pk, actor=world.people[BUYER], lines=place.wishes(1), now=now
    )
    things.reservation = CreditReservation.objects.filter(account=things.account).order_by("pk").last()
    things.over_credit = _over_its_limit(world)
    things.without_account = DistributorFactory.create()


def _over_its_limit(world: World) -> Any:
    """An order of the branch, whose limit is nothing."""
    now, finance = timezone.now(), world.people[FINANCE]
    place = shop(distributor=world.child)
    account = open_account(distributor_id=world.child.pk, actor=finance, now=now)
    set_account_limit(account_id=account.pk, terms=LimitTerms(amount=Decimal(0)), actor=finance, now=now)
    return place_order(distributor_id=world.child.pk, actor=world.people[OWNER], lines=place.wishes(1), now=now)


def _account(world: World) -> dict[str, Any]:
    return {"pk": world.things.account.pk}


def _entry(world: World) -> dict[str, Any]:
    return {"pk": world.things.entry.pk}


def _limit(world: World) -> dict[str, Any]:
    return {"pk": world.things.group_limit.pk}


def _reservation(world: World) -> dict[str, Any]:
    return {"pk": world.things.reservation.pk}


def _order(world: World) -> dict[str, Any]:
    return {"number": world.things.over_credit.number}


def _reason(_world: World) -> dict[str, Any]:
    return {"reason": "Paid this morning"}


def _terms(_world: World) -> dict[str, Any]:
    return {"amount": "100000"}


def _open(world: World) -> dict[str, Any]:
    return {"distributor": world.things.without_account.pk}


def _open_api(world: World) -> dict[str, Any]:
    return {"distributor": world.things.without_account.code}


def _group(_world: World) -> dict[str, Any]:
    return {"name": "Other group", "amount": "7"}


def _changed(_world: World) -> dict[str, Any]:
    return {"name": "Group", "amount": "7"}


def _join(world: World) -> dict[str, Any]:
    return {"limit": world.things.group_limit.pk}


def _join_api(_world: World) -> dict[str, Any]:
    return {"group": "Group"}


def _posted(_world: World) -> dict[str, Any]:
    return {"kind": "payment", "sub_account": "goods", "amount": "-1"}


def _posted_api(world: World) -> dict[str, Any]:
    return {"distributor": world.mine.code, "kind": "payment", "amount": "-1"}


def _note(_world: World) -> dict[str, Any]:
    return {"note": "Wrong account"}


LISTS = ("trade-accounts", "account-entries", "credit-reservations")
ROUTES = [
    Route(name="orders:release-credit", allowed=RELEASERS, hidden={STRANGER}, args=_order),
    Route(
        name="orders:release-credit",
        method="POST",
        allowed=RELEASERS,
        hidden={STRANGER},
        ok=302,
        args=_order,
        body=_reason,
    ),
    Route(
        name="api:orders-release-credit",
        method="POST",
        allowed=RELEASERS,
        hidden={IDLE, STRANGER, ROLELESS},
        args=_order,
        body=_reason,
    ),
    Route(name="billing:accounts", allowed=WITH_PERMISSION),
    Route(name="billing:entries", allowed=WITH_PERMISSION),
    Route(name="billing:limits", allowed=BRAND_SEERS | {IDLE}),
    Route(name="billing:account", allowed=SEERS, hidden=NOT_THEIRS, args=_account),
    Route(name="billing:account-open", allowed=SETTERS),
    Route(name="billing:account-open", method="POST", allowed=SETTERS, ok=302, body=_open),
    Route(name="billing:account-limit", allowed=SETTERS, args=_account),
    Route(name="billing:account-limit", method="POST", allowed=SETTERS, ok=302, args=_account, body=_terms),
    Route(name="billing:account-group", allowed=SETTERS, args=_account),
    Route(name="billing:account-group", method="POST", allowed=SETTERS, ok=302, args=_account, body=_join),
    Route(name="billing:entry-new", allowed=POSTERS, args=_account),
    Route(name="billing:entry-new", method="POST", allowed=POSTERS, ok=302, args=_account, body=_posted),
    Route(name="billing:entry-reverse", allowed=POSTERS, args=_entry),
    Route(name="billing:entry-reverse", method="POST", allowed=POSTERS, ok=302, args=_entry, body=_note),
    Route(name="api:account-entries-list", method="POST", allowed=POSTERS, ok=201, body=_posted_api),
    Route(
        name="api:account-entries-reverse",
        method="POST",
        allowed=POSTERS,
        hidden=HIDDEN,
        ok=201,
        args=_entry,
        body=_note,
    ),
    Route(name="billing:limit-new", allowed=SETTERS),
    Route(name="billing:limit-new", method="POST", allowed=SETTERS, ok=302, body=_group),
    Route(name="billing:limit", allowed=SETTERS, args=_limit),
    Route(name="billing:limit", method="POST", allowed=SETTERS, ok=302, args=_limit, body=_changed),
    *(Route(name=f"api:{name}-list", allowed=SIGNED_IN) for name in (*LISTS, "credit-limits")),
    Route(name="api:trade-accounts-detail", allowed=SEERS, hidden=HIDDEN, args=_account),
    Route(name="api:account-entries-detail", allowed=SEERS, hidden=HIDDEN, args=_entry),
    Route(name="api:credit-reservations-detail", allowed=SEERS, hidden=HIDDEN, args=_reservation),
    Route(
        name="api:credit-limits-detail",
        allowed=BRAND_SEERS | {IDLE},
        hidden=SIGNED_IN - BRAND_SEERS - {IDLE},
        args=_limit,
    ),
    Route(name="api:trade-accounts-list", method="POST", allowed=SETTERS, ok=201, body=_open_api),
    Route(name="api:credit-limits-list", method="POST", allowed=SETTERS, ok=201, body=_group),
    Route(
        name="api:credit-limits-detail",
        method="PUT",
        allowed=SETTERS,
        hidden=SIGNED_IN - BRAND_SEERS - {IDLE},
        args=_limit,
        body=_changed,
    ),
    Route(name="api:trade-accounts-limit", method="POST", allowed=SETTERS, hidden=HIDDEN, args=_account, body=_terms),
    Route(
        name="api:trade-accounts-group", method="POST", allowed=SETTERS, hidden=HIDDEN, args=_account, body=_join_api
    ),
]
