"""Whose plan, and whose sales: one word for both, so that plan and actual are always of the same people."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from planning.enums import PlanLevel
from planning.models import SalesActual, SalesPlan

_AREA = """
WITH RECURSIVE area (id) AS (
    SELECT %s::bigint
    UNION
    SELECT below.id FROM accounts_territory AS below JOIN area ON below.parent_id = area.id
)
SELECT id FROM area
"""


@dataclass(frozen=True, kw_only=True)
class PlanOwner:
    """Who is to sell: the company, a territory with all below it, a manager, or a distributor."""

    level: PlanLevel
    territory_id: int | None = None
    manager_id: int | None = None
    distributor_id: int | None = None

    @classmethod
    def of(cls, plan: SalesPlan) -> "PlanOwner":
        return cls(
            level=PlanLevel(plan.level),
            territory_id=plan.territory_id,
            manager_id=plan.manager_id,
            distributor_id=plan.distributor_id,
        )

    @property
    def fields(self) -> dict[str, Any]:
        """The columns of a plan of this owner."""
        return {
            "level": self.level,
            "territory_id": self.territory_id,
            "manager_id": self.manager_id,
            "distributor_id": self.distributor_id,
        }


def in_territory(territory_id: int, *, path: str = "territory") -> Q:
    """Rows whose territory is this one or below it."""
    return Q(**{f"{path}__in": RawSQL(_AREA, [territory_id])})  # noqa: S611 - constant text, bound parameter


def actuals_of(owner: PlanOwner) -> QuerySet[SalesActual]:
    """The actual sales of an owner, unscoped: the caller has been asked whether it may be seen."""
    rows = SalesActual.objects.ordered_sales()
    if owner.level == PlanLevel.DISTRIBUTOR:
        return rows.filter(distributor_id=owner.distributor_id)
    if owner.level == PlanLevel.MANAGER:
        return rows.filter(manager_id=owner.manager_id)
    if owner.level == PlanLevel.TERRITORY and owner.territory_id:
        return rows.filter(in_territory(owner.territory_id, path="distributor__territory"))
    return rows
