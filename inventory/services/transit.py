"""The warehouse in which goods lie on their way."""

from inventory.enums import WarehouseKind
from inventory.models import Warehouse

TRANSIT = "IN-TRANSIT"
"""Its code, where there was none when goods were first sent."""


def transit_warehouse() -> Warehouse:
    """Where goods of the brand owner lie on their way: its first warehouse of that kind, made where there is none."""
    kind = WarehouseKind.TRANSIT
    found: Warehouse | None = (
        Warehouse.objects.of_brand_owner().filter(kind=kind, is_active=True).order_by("code").first()
    )
    if found is not None:
        return found
    made, _created = Warehouse.objects.get_or_create(
        code=TRANSIT, defaults={"name": "In transit", "name_zh": "在途", "kind": kind}
    )
    return made
