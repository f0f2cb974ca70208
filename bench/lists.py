"""The orders list at 1,000,000 orders: any page and any filter should cost what the first page costs.

In process, through the whole request (session or token, middleware, scope, filter, rendering), on data of its own.
"""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.enums import Role, TokenScope
from accounts.models import ApiToken, User
from bench.database import big
from bench.results import Result, alternate
from core.keyset import take_slice
from demo.company import DOMAIN
from orders.models import Order

ROUNDS, QUICK_ROUNDS = 15, 3
AIM = "at most 1.5"
FIRST = "first page"

_MIDDLE = """
SELECT id FROM orders_order
WHERE ordered_at < (SELECT min(ordered_at) + (max(ordered_at) - min(ordered_at)) / 2 FROM orders_order)
ORDER BY ordered_at DESC, id DESC LIMIT 1
"""

_KEYSET = """
SELECT o.id, o.number, d.name, o.status, o.ordered_at, o.net_amount
FROM orders_order AS o JOIN accounts_distributor AS d ON d.id = o.distributor_id
WHERE o.status <> 'draft' ORDER BY o.ordered_at DESC, o.id DESC LIMIT 51
"""


def measure(*, quick: bool) -> list[Result]:
    results = []
    with big(quick=quick):
        rounds = QUICK_ROUNDS if quick else ROUNDS
        for role in (Role.DIRECTOR, Role.MANAGER, Role.OWNER):
            user = User.objects.get(email=f"{role}@{DOMAIN}")
            results += _compare(f"API, {role}", _api(user), user, rounds)
            results += _compare(f"page, {role}", _page(user), user, rounds)
        taken = alternate({"raw": _raw}, rounds=rounds)
        results.append(Result(name="raw keyset SQL, first page", figure=taken["raw"], unit="ms"))
    return results


def _compare(who: str, get: Callable[[dict[str, str]], None], user: User, rounds: int) -> list[Result]:
    works = {FIRST: partial(get, {})} | {name: partial(get, query) for name, query in _queries(user).items()}
    taken = alternate(works, rounds=rounds)
    first = taken.pop(FIRST)
    return [Result(name=f"{who}: {FIRST}", figure=first, unit="ms")] + [
        Result(name=f"{who}: {name}", figure=figure, unit="ms", compared_with=FIRST, its_figure=first, aim=AIM)
        for name, figure in taken.items()
    ]


def _queries(user: User) -> dict[str, dict[str, str]]:
    """Every filter that is offered, alone and together, and a page in the middle."""
    seen = Order.objects.visible_to(user)
    some = seen.select_related("distributor").order_by("-ordered_at")[20]
    days = {"ordered_on_after": "2025-06-01", "ordered_on_before": "2025-08-31"}
    return {
        "page in the middle": {"cursor": _middle(user)},
        "status common": {"status": "received"},
        "status rare": {"is_on_hold": "true"},
        "late": {"lateness": "late"},
        "distributor": {"distributor": some.distributor.code},
        "three months": days,
        "number": {"q": some.number},
        "name": {"q": some.distributor.name[:8]},
        "status, distributor and days": {"status": "received", "distributor": some.distributor.code, **days},
        "finds nothing": {"status": "cancelled", "lateness": "late"},
    }


def _middle(user: User) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_MIDDLE)
        (middle,) = cursor.fetchone()
    moment = Order.objects.values_list("ordered_at", flat=True).get(pk=middle)
    seen = Order.objects.visible_to(user).filter(ordered_at__lte=moment)
    return take_slice(seen, order=("-ordered_at", "-id"), limit=1).following


def _api(user: User) -> Callable[[dict[str, str]], None]:
    _token, secret = ApiToken.objects.create(user=user, name="bench", scope=TokenScope.READ)
    client = Client(headers={"Authorization": f"Token {secret}"}, SERVER_NAME="localhost")
    return partial(_get, client, reverse("api:orders-list"))


def _page(user: User) -> Callable[[dict[str, str]], None]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return partial(_get, client, reverse("orders:list"))


def _get(client: Client, address: str, query: dict[str, str]) -> None:
    response = client.get(f"{address}?{urlencode(query)}")
    if response.status_code != 200:
        raise RuntimeError(f"{address} {query}: {response.status_code} {response.content[:300]!r}")
    list(response) if response.streaming else response.content


def _raw() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_KEYSET)
        cursor.fetchall()
