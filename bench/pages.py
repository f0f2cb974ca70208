"""The pages that people open all day, at 1,000,000 orders and 10,000 distributors: server time of the whole request.

In process, through the middleware, the scope and the rendering. The caches are warm, as they are all day.
"""

from collections.abc import Callable
from functools import partial

from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from bench.database import big
from bench.results import Result, alternate
from demo.company import DOMAIN

ROUNDS, QUICK_ROUNDS = 15, 3
AIM_MS = 100.0
PAGES = (
    (Role.DIRECTOR, "home"),
    (Role.DIRECTOR, "accounts:radar"),
    (Role.DIRECTOR, "orders:list"),
    (Role.MANAGER, "home"),
    (Role.MANAGER, "orders:list"),
    (Role.FINANCE, "home"),
    (Role.OWNER, "home"),
)


def measure(*, quick: bool) -> list[Result]:
    with big(quick=quick):
        works = {f"{route}, {role}": _page(role, route) for role, route in PAGES}
        for work in works.values():
            work()
        taken = alternate(works, rounds=QUICK_ROUNDS if quick else ROUNDS)
    return [
        Result(
            name=name,
            figure=figure,
            unit="ms",
            compared_with="the aim",
            its_figure=AIM_MS,
            aim="at most 1.0",
        )
        for name, figure in taken.items()
    ]


def _page(role: str, route: str) -> Callable[[], None]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=f"{role}@{DOMAIN}"), backend="sign_in.backends.PasswordBackend")
    return partial(_get, client, reverse(route))


def _get(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code} {response.content[:300]!r}")
