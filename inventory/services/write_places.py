"""Where products lie in warehouses, of a staging relation, as an import brings it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from core.importing import Counts, Stage
from core.importing.staging import refuse, rows, run


def write_places(stage: Stage) -> Mapping[str, Counts]:
    """Say where products lie, as an import brings it. Reads the fields of the entity `stock_place`; nothing moves.

    A field that the file does not have stays as it is. Refuses what never lay in one of the brand owner's warehouses.
    """
    never_there = rows(
        f"SELECT s._n FROM {stage.relation} AS s WHERE NOT EXISTS ("
        "SELECT FROM inventory_stock AS stock JOIN inventory_warehouse AS ours ON ours.id = stock.warehouse_id "
        "WHERE (stock.warehouse_id, stock.product_id) = (s.warehouse_id, s.product_id) AND ours.distributor_id IS NULL"
        ") ORDER BY 1"
    )
    refuse(never_there, "product", _("This warehouse never had the product."))
    given = [name for name in ("zone", "place") if stage.is_mapped(name)]
    if not given:
        return {"stock_place": Counts(unchanged=stage.rows)}
    changed = run(
        f"UPDATE inventory_stock AS stock SET {', '.join(f'{name} = s.{name}' for name in given)} "
        f"FROM {stage.relation} AS s WHERE stock.warehouse_id = s.warehouse_id AND stock.product_id = s.product_id "
        f"AND ({', '.join(f'stock.{name}' for name in given)}) IS DISTINCT FROM ({', '.join(f's.{name}' for name in given)})"
    )
    return {"stock_place": Counts(changed=changed, unchanged=stage.rows - changed)}
