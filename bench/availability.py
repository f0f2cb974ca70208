"""Price and availability of 500 products in one call, as a shop system asks for its whole range.

In process, through the whole request with a token. It should cost a few times a call for one product, not 500 times.
"""

import json
from collections.abc import Callable
from functools import partial

from django.test import Client
from django.urls import reverse

from accounts.enums import Role, TokenScope
from accounts.models import ApiToken, User
from bench.database import big
from bench.results import Result, alternate
from catalogue.models import Product
from demo.company import DOMAIN

ROUNDS, QUICK_ROUNDS = 15, 3
MOST = 500
ONE = "one product"
AIM = "at most 0.1 of as many calls"


def measure(*, quick: bool) -> list[Result]:
    with big(quick=quick):
        user = User.objects.get(email=f"{Role.OWNER}@{DOMAIN}")
        codes = list(Product.objects.order_by("pk").values_list("code", flat=True)[:MOST])
        ask = _api(user)
        many = f"{len(codes)} products"
        works: dict[str, Callable[[], object]] = {
            ONE: partial(ask, codes[:1], 1),
            many: partial(ask, codes, 1),
            f"{many}, all short": partial(ask, codes, 900_000),
        }
        taken = alternate(works, rounds=QUICK_ROUNDS if quick else ROUNDS)
    one = taken.pop(ONE)
    return [Result(name=ONE, figure=one, unit="ms")] + [
        Result(
            name=name,
            figure=figure,
            unit="ms",
            compared_with=f"{len(codes)} calls for one",
            its_figure=one * len(codes),
            aim=AIM,
        )
        for name, figure in taken.items()
    ]


def _api(user: User) -> Callable[[list[str], int], None]:
    _token, secret = ApiToken.objects.create(user=user, name="bench", scope=TokenScope.ORDER)
    client = Client(headers={"Authorization": f"Token {secret}"}, SERVER_NAME="localhost")
    address = reverse("api:orders-availability")

    def ask(codes: list[str], quantity: int) -> None:
        body = {"lines": [{"product": code, "quantity": quantity} for code in codes]}
        response = client.post(address, json.dumps(body), content_type="application/json")
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code} {response.content[:300]!r}")

    return ask
