"""The pages that people open all day, at 1,000,000 orders and 10,000 distributors: server time of the whole request.

In process, through the middleware, the scope and the rendering. The caches are warm, as they are all day. The
buyers' catalogue and the order page say how many statements they take, too, beside a page with a row or two:
more rows make no more of them, only what is not there at all (families, shipments) costs none.
"""

from collections.abc import Callable
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from bench.database import big
from bench.results import Result, alternate
from catalogue.models import Product
from demo.company import DOMAIN
from orders.models import Order

ROUNDS, QUICK_ROUNDS = 15, 3
AIM_MS = 100.0
PAGES = (
    (Role.DIRECTOR, "home"),
    (Role.DIRECTOR, "responsibility:radar"),
    (Role.DIRECTOR, "orders:list"),
    (Role.MANAGER, "home"),
    (Role.MANAGER, "orders:list"),
    (Role.FINANCE, "home"),
    (Role.OWNER, "home"),
    (Role.OWNER, "orders:entry-catalogue"),
)
SAME = "at most 1.25, whatever the number of rows"


def measure(*, quick: bool) -> list[Result]:
    with big(quick=quick):
        works = {f"{route}, {role}": _page(role, reverse(route)) for role, route in PAGES}
        short, long = _order_addresses()
        works |= {f"orders:order, {role}": _page(role, long) for role in (Role.OWNER, Role.MANAGER)}
        for work in works.values():
            work()
        taken = alternate(works, rounds=QUICK_ROUNDS if quick else ROUNDS)
        catalogue = reverse("orders:entry-catalogue")
        counts = [
            _statements("orders:entry-catalogue", full=catalogue, narrow=f"{catalogue}?q={_one_code()}"),
            _statements("orders:order", full=long, narrow=short),
        ]
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
    ] + counts


def _statements(name: str, *, full: str, narrow: str) -> Result:
    """How many statements a full page takes, beside those of one with a row or two."""
    many, few = (_count(Role.OWNER, address) for address in (full, narrow))
    return Result(
        name=f"statements of {name}", figure=many, unit="", compared_with="a short one", its_figure=few, aim=SAME
    )


def _count(role: str, address: str) -> int:
    work = _page(role, address)
    work()
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def _order_addresses() -> tuple[str, str]:
    """The placed orders of the owner's company with the fewest and the most lines."""
    owner = User.objects.get(email=f"{Role.OWNER}@{DOMAIN}")
    orders = Order.objects.filter(distributor=owner.distributor_id, number__isnull=False, status="received")
    few, many = orders.order_by("line_count", "pk").first(), orders.order_by("line_count", "pk").last()
    if few is None or many is None:
        raise RuntimeError("The owner of the demo company has no orders.")
    return few.get_absolute_url(), many.get_absolute_url()


def _one_code() -> str:
    owner = User.objects.get(email=f"{Role.OWNER}@{DOMAIN}")
    code: str = Product.objects.buyable_by(owner.distributor_id).order_by("code").values_list("code", flat=True)[0]
    return code


def _page(role: str, address: str) -> Callable[[], None]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=f"{role}@{DOMAIN}"), backend="sign_in.backends.PasswordBackend")
    return partial(_get, client, address)


def _get(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code} {response.content[:300]!r}")
