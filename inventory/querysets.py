from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.apps import apps
from django.db.models import (
    BigIntegerField,
    Case,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Distributor
from accounts.permissions import has_role, is_brand, sees_channel
from accounts.querysets import ByDistributorQuerySet, NarrowedQuerySet
from company.selectors import working_days_sql
from core.actors import Actor
from core.codes import NormalCode
from core.querysets import ScopedQuerySet
from inventory.enums import BlockStatus, Cover, ReceiptStatus, WarehouseKind
from inventory.permissions import can_see_distributor_stock
from inventory.rules import COVER_CONDITIONS, SELL_IN_DAYS


class WarehouseQuerySet(NarrowedQuerySet[Any]):
    def of_brand_owner(self) -> Self:
        """The brand owner's, from which orders are supplied."""
        return self.filter(distributor__isnull=True)

    def stocked(self) -> Self:
        """The brand owner's in which people work. Goods in transit come and go with their transfer only."""
        return self.of_brand_owner().exclude(kind=WarehouseKind.TRANSIT)

    def for_sale(self) -> Self:
        """The brand owner's from which orders can be supplied."""
        return self.of_brand_owner().filter(kind=WarehouseKind.SALE, is_active=True)

    def scope(self, actor: Actor) -> Self:
        """Whoever has a role knows the brand owner's; a distributor's is seen with the distributor."""
        if sees_channel(actor):
            return self
        if not has_role(actor):
            return self.none()
        return self.filter(Q(distributor__isnull=True) | Q(distributor__in=_distributors_of(actor)))


class SupplyRouteQuerySet(ByDistributorQuerySet):
    def on(self, day: date) -> Self:
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        )

    def first_of(self, distributor_id: int, day: date) -> Self:
        """The route by which the company supplies a distributor on a day, if any."""
        ours = self.on(day).filter(
            distributor_id=distributor_id, warehouse__is_active=True, warehouse__kind=WarehouseKind.SALE
        )
        return ours.filter(warehouse__distributor__isnull=True).order_by("priority")[:1]


def supply_routes_sql(distributor: str, day: str) -> str:
    """SQL: every route by which anybody supplies a distributor on a day; `seller_id` is null where the company does.

    `working_days` is its calendar as `company.working_days` reads it.
    """
    return f"""(
        SELECT route.warehouse_id, route.lead_days, route.priority, warehouse.distributor_id AS seller_id, route.cut_off,
               route.calendar_id, {working_days_sql("route.calendar_id", day)} AS working_days
        FROM inventory_supplyroute AS route
        JOIN inventory_warehouse AS warehouse ON warehouse.id = route.warehouse_id
        WHERE route.distributor_id = {distributor} AND warehouse.is_active AND warehouse.kind = '{WarehouseKind.SALE}'
          AND (route.starts_on IS NULL OR route.starts_on <= {day})
          AND (route.ends_on IS NULL OR route.ends_on >= {day})
    )"""  # noqa: S608 - put together from constants of the callers


def routes_as_json(relation: str) -> str:
    """SQL: the rows of a relation of `supply_routes_sql` as text for `routes_from`, by their priority."""
    return f"""(
        SELECT json_agg(json_build_array(
            route.warehouse_id, route.seller_id, route.lead_days, route.cut_off, route.calendar_id, route.working_days
        ) ORDER BY route.priority)::text FROM {relation} AS route
    )"""  # noqa: S608 - put together from constants of the callers


class OfBrandQuerySet(ScopedQuerySet[Any]):
    """What goes on in the brand owner's warehouses: for its own people, not for distributors."""

    def scope(self, actor: Actor) -> Self:
        return self if sees_channel(actor) or is_brand(actor) else self.none()


class StockBlockQuerySet(OfBrandQuerySet):
    def overdue(self, today: date) -> Self:
        """Blocked past their day: somebody has to decide."""
        return self.filter(status=BlockStatus.BLOCKED, until__lt=today)


class ExpectedReceiptQuerySet(OfBrandQuerySet):
    """Distributors see what is promised to them."""

    def of_document(self, source_type: str, source_id: int) -> Self:
        return self.filter(source_type=source_type, source_id=source_id)

    def overdue(self, today: date) -> Self:
        return self.filter(status=ReceiptStatus.OPEN, expected_on__lt=today)


class LotQuerySet(OfBrandQuerySet):
    """Lots are the brand owner's; what a distributor has got of them is on its shipments."""

    def named(self) -> Self:
        return self.exclude(code="")

    def with_stock(self) -> Self:
        """Adds `on_hand`, `bound` and `blocked`: the pieces in the company's warehouses, also those in transit."""
        stock = apps.get_model("inventory", "LotStock").objects.filter(
            lot=OuterRef("pk"), warehouse__distributor__isnull=True
        )
        by_lot = stock.order_by().values("lot")
        sums = {
            name: Coalesce(Subquery(by_lot.values(total=Sum(name)), output_field=BigIntegerField()), 0)
            for name in ("on_hand", "bound", "blocked")
        }
        return self.annotate(**sums)

    def by_code(self, code: str) -> Self:
        """Those of a code in any spelling."""
        return self.filter(normal=NormalCode(Value(code)))


READ_RECEIPTS = f"""
SELECT coming.warehouse_id, coming.product_id, coming.expected_on, SUM(coming.quantity - coming.received)::bigint AS pieces
FROM inventory_expectedreceipt AS coming
JOIN (
    SELECT DISTINCT warehouse_id, product_id
    FROM unnest(%(warehouses)s::bigint[], %(products)s::bigint[]) AS given (warehouse_id, product_id)
) AS place ON place.warehouse_id = coming.warehouse_id AND place.product_id = coming.product_id
WHERE coming.status = '{ReceiptStatus.OPEN}' AND coming.expected_on >= %(today)s
GROUP BY coming.warehouse_id, coming.product_id, coming.expected_on
"""  # noqa: S608 - put together from constants, values are bound


class StockQuerySet(ScopedQuerySet[Any]):
    """Stock, its moves and reservations: the brand owner's, and what lies at its distributors."""

    def of_brand_owner(self) -> Self:
        """In the brand owner's warehouses: what orders are promised and supplied from."""
        return self.filter(warehouse__distributor__isnull=True)

    def for_sale(self) -> Self:
        """In those of them from which orders can be supplied."""
        return self.of_brand_owner().filter(warehouse__kind=WarehouseKind.SALE)

    def supplying(self, distributor_id: int, day: date) -> Self:
        """In the warehouse that supplies a distributor on a day."""
        routes = apps.get_model("inventory", "SupplyRoute").objects.first_of(distributor_id, day)
        return self.filter(warehouse__in=routes.values("warehouse"))

    def of_distributors(self) -> Self:
        """In the distributors' warehouses: the channel inventory."""
        return self.filter(warehouse__distributor__isnull=False)

    def scope(self, actor: Actor) -> Self:
        """Brand roles see the brand owner's stock; a distributor's is seen with the distributor, by its people too."""
        if sees_channel(actor):
            return self
        theirs = Q(warehouse__distributor__in=_distributors_of(actor))
        if is_brand(actor):
            return self.filter(Q(warehouse__distributor__isnull=True) | theirs)
        return self.filter(theirs) if can_see_distributor_stock(actor) else self.none()

    def as_of(self, day: date) -> Self:
        """Adds `then`, what lay there at the end of a day: what lies there now without what moved since."""
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        moves = apps.get_model("inventory", "StockMove").objects.filter(
            warehouse=OuterRef("warehouse"), product=OuterRef("product"), at__gte=end
        )
        since = moves.order_by().values("warehouse").values(total=Sum("quantity"))
        return self.annotate(then=F("on_hand") - Coalesce(Subquery(since, output_field=BigIntegerField()), 0))

    def with_days(self) -> Self:
        """Adds `days`, the days of cover as `inventory.rules.days_of_cover` has them."""
        days = ExpressionWrapper(F("on_hand") * float(SELL_IN_DAYS) / F("sold_in"), output_field=FloatField())
        return self.annotate(days=Case(When(sold_in__gt=0, then=days), output_field=FloatField()))

    def in_cover(self, state: str) -> Self:
        """Those of one state of `inventory.rules.cover_of`."""
        return self.filter(COVER_CONDITIONS[Cover(state)])


class LotStockQuerySet(StockQuerySet):
    """What lies of lots: seen as the stock is."""


def _distributors_of(actor: Actor) -> Any:
    return Distributor.objects.visible_to(actor).values("pk")
