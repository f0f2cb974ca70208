"""Goods that leave a distributor's stock because they are returned."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from catalogue.models import Product
from core.errors import Conflict, Problem
from inventory.enums import MoveKind
from inventory.models import Warehouse
from inventory.services.back_orders import lock_places
from inventory.services.posting import Posting, post_moves


def lock_default_warehouses(distributor_ids: Collection[int]) -> None:
    """Before goods leave or enter the stock of several distributors: in the order in which everybody locks these."""
    places = Warehouse.objects.filter(distributor__in=distributor_ids, is_default=True, is_active=True).order_by("pk")
    list(places.select_for_update(no_key=True).values_list("pk", flat=True))


def take_from_distributor(
    *,
    distributor_id: int,
    product_ids: Sequence[int],
    quantities: Sequence[int],
    reference: str,
    actor_id: int | None,
    at: datetime,
) -> None:
    """Take what a distributor sends back out of its default warehouse, one move a product.

    Before: inside the transaction of the document that sends them, itself locked. A distributor whose stock is not kept
    here has no warehouse: nothing happens. Raises Conflict with a problem a product (`lines`) where fewer pieces lie there.
    """
    places = Warehouse.objects.filter(distributor_id=distributor_id, is_default=True, is_active=True)
    warehouse_id = places.select_for_update(no_key=True).values_list("pk", flat=True).first()
    wanted: Counter[int] = Counter()
    for product, pieces in zip(product_ids, quantities, strict=True):
        wanted[product] += pieces
    wanted = +wanted
    if warehouse_id is None or not wanted:
        return
    free = {row[2]: row[3] - row[4] for row in lock_places([(warehouse_id, product) for product in sorted(wanted)])}
    short = {product: free[product] for product, pieces in wanted.items() if free[product] < pieces}
    if short:
        codes = dict(Product.objects.filter(pk__in=short).values_list("pk", "code"))
        message = _(
            "%(code)s: only %(free)d pieces lie in your warehouse, %(wanted)d are to be sent. Report your stock first."
        )
        raise Conflict(
            problems=[
                Problem(
                    message=message % {"code": codes[product], "free": left, "wanted": wanted[product]},
                    code="short",
                    field="lines",
                )
                for product, left in short.items()
            ]
        )
    post_moves(
        moves=[
            Posting(warehouse_id=warehouse_id, product_id=product, quantity=-pieces, kind=MoveKind.RETURN)
            for product, pieces in wanted.items()
        ],
        reference=reference,
        actor_id=actor_id,
        at=at,
    )
