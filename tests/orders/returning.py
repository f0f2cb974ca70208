"""The people and places of a return, for tests: a distributor with an agreement and a policy, and who decides and inspects."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import Distributor, User
from channel.models import Agreement
from inventory.models import Warehouse
from orders.ordering.models import OrderLine
from orders.returns.enums import Condition, Disposition, ReturnReason
from orders.returns.models import Return, ReturnPolicy
from orders.returns.selectors.room import ReturnRoom, return_room
from orders.returns.services.inspecting import InspectedPieces, inspect_return
from orders.returns.services.moving import receive_return, send_return
from orders.returns.services.requesting import AskedGoods, request_return
from tests.factories.accounts import (
    BuyerFactory,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    ResponsibilityFactory,
    WarehouseUserFactory,
)
from tests.factories.company import CompanyFactory
from tests.factories.inventory import WarehouseFactory
from tests.factories.planning import calendar_year
from tests.factories.returns import ReturnPolicyFactory, received_line, return_rate, returns_warehouse
from tests.orders.clock import NOW


@dataclass(kw_only=True)
class Returning:
    distributor: Distributor
    agreement: Agreement
    policy: ReturnPolicy
    buyer: User
    manager: User
    keeper: User
    returns: Warehouse
    shop: Warehouse
    lines: list[OrderLine] = field(default_factory=list)

    def line(self, **more: Any) -> OrderLine:
        made = received_line(distributor=self.distributor, **more)
        self.lines.append(made)
        return made

    def ask(self, *goods: AskedGoods, actor: User | None = None) -> Return:
        return request_return(distributor_id=self.distributor.pk, goods=goods, actor=actor or self.buyer, now=NOW)

    def ask_for(self, line: OrderLine, pieces: int, reason: str = ReturnReason.UNSOLD, **more: Any) -> Return:
        return self.ask(AskedGoods(order_line_id=line.pk, pieces=pieces, reason=reason, **more))

    def received(self, document: Return, pieces: dict[int, int] | None = None) -> Return:
        """Sent by the buyer and received by the keeper."""
        send_return(return_id=document.pk, actor=self.buyer, now=NOW)
        return receive_return(
            return_id=document.pk, warehouse_id=self.returns.pk, pieces=pieces, actor=self.keeper, now=NOW
        )

    def inspect(self, document: Return, *goods: InspectedPieces) -> Return:
        """As said; without goods all of it is accepted and restocked."""
        given: Sequence[InspectedPieces] = goods or [
            self.part(line.pk, line.arrived) for line in document.lines.order_by("position") if line.arrived
        ]
        return inspect_return(return_id=document.pk, goods=given, actor=self.keeper, now=NOW)

    def part(self, line_id: int, pieces: int, disposition: str = Disposition.RESTOCKED, **more: Any) -> InspectedPieces:
        place = self.shop.pk if disposition == Disposition.RESTOCKED else None
        accepted = disposition != Disposition.SENT_BACK
        return InspectedPieces(
            **{
                "line_id": line_id,
                "pieces": pieces,
                "disposition": disposition,
                "warehouse_id": place,
                "is_accepted": accepted,
                "condition": Condition.UNOPENED,
                **more,
            }
        )

    @property
    def room(self) -> ReturnRoom:
        found = return_room(seller_id=self.agreement.company_id, buyer_id=self.distributor.pk, day=NOW.date())
        assert found is not None
        return found


def returning(rate: str | None = "0.05", *, starts_on: date = date(2026, 1, 1), **policy: Any) -> Returning:
    CompanyFactory.create()
    calendar_year(NOW.year)
    distributor = DistributorFactory.create()
    manager = ManagerFactory.create()
    ResponsibilityFactory.create(distributor=distributor, duty=DutyFactory.create(position=0), user=manager)
    return Returning(
        distributor=distributor,
        agreement=return_rate(distributor, rate, starts_on=starts_on),
        policy=ReturnPolicyFactory.create(**policy),
        buyer=BuyerFactory.create(distributor=distributor),
        manager=manager,
        keeper=WarehouseUserFactory.create(),
        returns=returns_warehouse(),
        shop=WarehouseFactory.create(),
    )
