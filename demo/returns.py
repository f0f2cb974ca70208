"""Returns of the demo company: a policy, one return to be decided, one on its way, one received and one inspected."""

from collections.abc import Iterator

from django.utils import timezone

from accounts.enums import Role
from accounts.models import Distributor, User
from channel.models import Agreement
from demo.bulk import write_rows
from inventory.models import Stock, Warehouse
from orders.ordering.models import OrderLine
from orders.returns.enums import Condition, Disposition, ReturnReason
from orders.returns.models import Return
from orders.returns.selectors.returnable import returnable_lines
from orders.returns.services.inspecting import InspectedPieces, inspect_return
from orders.returns.services.moving import receive_return, send_return
from orders.returns.services.policies import create_return_policy
from orders.returns.services.requesting import AskedGoods, request_return

_PLACE = "WH-RT"
_PIECES = 3
_WINDOW_DAYS = 90


def build_returns() -> None:
    """Of distributors with an agreement; whose stock is kept here must have the goods."""
    write_rows("warehouse", [{"code": _PLACE, "name": "Returns warehouse", "name_zh": "退货仓", "kind": "returns"}])
    administrator, keeper = _person(Role.ADMINISTRATOR), _person(Role.WAREHOUSE)
    create_return_policy(
        actor=administrator,
        code="standard",
        name="Standard return policy",
        name_zh="标准退货政策",
        window_days=_WINDOW_DAYS,
        reasons=[one for one in ReturnReason.values if one != ReturnReason.OTHER],
        exempt_reasons=[ReturnReason.DEFECTIVE, ReturnReason.DAMAGED, ReturnReason.WRONG_GOODS, ReturnReason.RECALL],
        photo_reasons=[ReturnReason.DAMAGED],
        conditions=[Condition.UNOPENED, Condition.DAMAGED],
    )
    states = iter(("requested", "authorised", "sent", "received", "inspected"))
    state = next(states)
    for owner, lines in _returnable():
        reason = ReturnReason.OTHER if state == "requested" else ReturnReason.DEFECTIVE
        _build(owner, lines, reason, state, keeper)
        following = next(states, None)
        if following is None:
            return
        state = following


def _person(role: Role) -> User:
    found: User = User.objects.with_roles([role]).order_by("pk")[0]
    return found


def _returnable() -> "Iterator[tuple[User, list[OrderLine]]]":
    """The owner of each distributor with an agreement, with lines of two orders whose goods it has."""
    agreed = Agreement.objects.on(timezone.localdate()).filter(return_rate__isnull=False)
    for distributor in Distributor.objects.filter(pk__in=agreed.values("distributor")).order_by("code"):
        owner = User.objects.of_distributors([distributor.pk], {Role.OWNER}).order_by("pk").first()
        if owner is None:
            continue
        kept = Stock.objects.filter(warehouse__distributor=distributor, warehouse__is_default=True)
        free = {stock.product_id: stock.on_hand - stock.reserved for stock in kept}
        lines: dict[int, OrderLine] = {}
        for line in returnable_lines(owner, distributor_id=distributor.pk)[:30]:
            if line.returnable >= _PIECES and (not free or free.get(line.product_id, 0) >= _PIECES):
                lines.setdefault(line.order_id, line)
        chosen = list({line.product_id: line for line in lines.values()}.values())[:2]
        if chosen:
            yield owner, chosen


def _build(owner: User, lines: list[OrderLine], reason: str, state: str, keeper: User) -> None:
    now = timezone.now()
    made: Return = request_return(
        distributor_id=owner.distributor_id or 0,
        goods=[AskedGoods(order_line_id=line.pk, pieces=_PIECES, reason=reason) for line in lines],
        actor=owner,
        now=now,
    )
    if made.status != "authorised" or state in {"requested", "authorised"}:
        return
    send_return(return_id=made.pk, actor=owner, now=now, tracking_number="SF1234567890")
    if state == "sent":
        return
    place = Warehouse.objects.get(code=_PLACE, distributor=None)
    receive_return(return_id=made.pk, warehouse_id=place.pk, actor=keeper, now=now)
    if state == "received":
        return
    shop = Warehouse.objects.for_sale().of_brand_owner().order_by("pk")[0]
    goods = []
    for line in made.lines.order_by("position"):
        good = InspectedPieces(
            line_id=line.pk, pieces=_PIECES - 1, disposition=Disposition.RESTOCKED, warehouse_id=shop.pk
        )
        bad = InspectedPieces(line_id=line.pk, pieces=1, disposition=Disposition.SCRAPPED, condition=Condition.DAMAGED)
        goods += [good, bad]
    inspect_return(return_id=made.pk, goods=goods, actor=keeper, now=now)
