"""What a shipment held and the books did not know: pieces found again in the warehouse, and pieces gone from it."""

from collections.abc import Mapping
from datetime import datetime

from inventory.enums import MoveKind
from inventory.selectors.availability import Place
from inventory.services.back_orders import lock_places, settle_back_orders
from inventory.services.displacing import displace, plan_displacing
from inventory.services.posting import Posting, post_moves


def post_differences(*, pieces: Mapping[Place, int], reference: str, actor_id: int | None, at: datetime) -> None:
    """Book pieces (signed, by warehouse and product) as differences, with one move a place.

    What came back goes to those who wait first. Of what is gone the newest reservations wait again; what the books do not
    have, or have blocked, stays for the next count. Before: inside a transaction that has locked no other stock. A fixed
    number of statements.
    """
    wanted = {place: number for place, number in pieces.items() if number}
    if not wanted:
        return
    stock = {(row[1], row[2]): row for row in lock_places(sorted(wanted, key=lambda place: (place[1], place[0])))}
    short = {
        place: row[4] - (row[3] + wanted[place]) for place, row in stock.items() if row[3] + wanted[place] < row[4]
    }
    plan = plan_displacing(short)
    for place, missing in short.items():
        given = sum(one.pieces for one in plan if (one.warehouse_id, one.product_id) == place)
        wanted[place] += missing - given
    waited_for = displace(plan, actor_id=actor_id, now=at)
    post_moves(
        moves=[
            Posting(warehouse_id=place[0], product_id=place[1], quantity=number, kind=MoveKind.DIFFERENCE)
            for place, number in wanted.items()
        ],
        reference=reference,
        actor_id=actor_id,
        at=at,
    )
    came_in = dict.fromkeys(waited_for, 0)
    came_in |= {stock[place][0]: max(number, 0) for place, number in wanted.items() if stock[place][5] > 0}
    if came_in:
        settle_back_orders(came_in=came_in, now=at)
