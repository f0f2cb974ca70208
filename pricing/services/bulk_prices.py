"""Thousands of prices in one call, each with its own result."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalogue.models import Product
from catalogue.selectors import find_by_code, units_of_products
from core.actors import Actor
from core.codes import ids_by_code
from core.constraints import explained
from core.events import EventInput, ExtraSubject, record_events
from core.importing import Counts, Stage, entities
from core.importing.bulk import Batch, RowChange, RowOutcome, SentRow
from core.importing.staging import rows as found_rows
from core.importing.staging import run
from core.importing.upsert import upsert
from core.permissions import require
from pricing.enums import PricingEvent
from pricing.models import PriceList
from pricing.permissions import can_change_prices
from pricing.services.prices import by_unit

Key = tuple[Any, ...]
_KEY = ("price_list_id", "product_id", "unit_id", "from_quantity", "starts_on")
_SAME_STEP = """
t.price_list_id = s.price_list_id AND t.product_id = s.product_id AND t.unit_id IS NOT DISTINCT FROM s.unit_id
AND t.from_quantity = s.from_quantity
"""


def save_prices(*, rows: Sequence[SentRow], actor: Actor, all_or_nothing: bool = False) -> list[RowOutcome]:
    """Set many prices by list, product, unit, step and first day, with the rule of `set_price`: each ends the one before.

    A price without a last day holds until the next one of its step, of the request or known already. A row that names no
    unit is in the unit that its code stands for, else in pieces. Idempotent: the same rows again answer unchanged. Writes
    an event a price that was written. Raises NotAllowed, and InvalidInput for all wrong rows where all or nothing is wanted.
    """
    require(can_change_prices(actor))
    with explained(), transaction.atomic():
        batch = Batch(entity=by_unit(entities()["price"]), sent=rows, all_or_nothing=all_or_nothing)
        units = _resolve(batch, actor)
        before: dict[Key, Decimal] = {}
        written = batch.write(partial(_write, before=before))
        record_events([_event(change, before, units) for change in written], actor_id=actor.pk)
    return batch.outcomes()


def _resolve(batch: Batch, actor: Actor) -> dict[int | None, str]:
    """The lists under their lock, products and units in the place of their codes; answers with the units by their key."""
    lists = PriceList.objects.visible_to(actor).order_by("pk").select_for_update()
    batch.resolve("price_list", ids_by_code(lists, batch.asked("price_list")))
    meant = find_by_code(batch.asked("product"), distributor_id=None)
    products = Product.objects.visible_to(actor).filter(pk__in=[found.product_id for found in meant.values()])
    seen = set(products.values_list("pk", flat=True))
    batch.resolve("product", {code: found for code, found in meant.items() if found.product_id in seen})
    units = units_of_products(seen)
    for place, row in list(batch.values.items()):
        found = row["product"]
        row["product"] = found.product_id
        unit = row.get("unit", "").strip().lower() or found.unit
        if (found.product_id, unit) in units:
            row["unit"] = units[found.product_id, unit]
        else:
            batch.refuse(place, "unit", _("The product has no such unit."))
    return {None: ""} | {pk: code for (_product, code), pk in units.items() if pk is not None}


def _write(stage: Stage, *, before: dict[Key, Decimal]) -> dict[str, Counts]:
    """Prices as they are staged; those in force before end the day before, and each ends before the next one begins."""
    relation = stage.relation
    covering = f"{_SAME_STEP} AND t.starts_on <= s.starts_on AND (t.ends_on IS NULL OR t.ends_on >= s.starts_on)"
    key = ", ".join(f"s.{name}" for name in _KEY)
    found = found_rows(f"SELECT {key}, t.amount FROM {relation} AS s JOIN pricing_price AS t ON {covering}")
    before |= {tuple(of): amount for *of, amount in found}
    run(
        f"UPDATE {relation} AS s SET ends_on = ("
        f"SELECT min(t.starts_on) - 1 FROM (SELECT {', '.join(_KEY)} FROM {relation} "
        f"UNION ALL SELECT {', '.join(_KEY)} FROM pricing_price) AS t "
        f"WHERE {_SAME_STEP} AND t.starts_on > s.starts_on) WHERE s.ends_on IS NULL"
    )
    run(
        f"UPDATE pricing_price AS t SET ends_on = s.starts_on - 1 FROM ("
        f"SELECT price.id, min(asked.starts_on) AS starts_on FROM {relation} AS asked JOIN pricing_price AS price "
        "ON price.price_list_id = asked.price_list_id AND price.product_id = asked.product_id "
        "AND price.unit_id IS NOT DISTINCT FROM asked.unit_id AND price.from_quantity = asked.from_quantity "
        "AND price.starts_on < asked.starts_on GROUP BY price.id) AS s "
        "WHERE t.id = s.id AND (t.ends_on IS NULL OR t.ends_on >= s.starts_on)"
    )
    return {"price": upsert(stage)}


def _event(change: RowChange, before: Mapping[Key, Decimal], units: Mapping[int | None, str]) -> EventInput:
    after = change.after
    old = before.get(tuple(after[name] for name in _KEY))
    return EventInput(
        kind=PricingEvent.PRICE_CHANGED,
        subject_type="price_list",
        subject_id=after["price_list_id"],
        extra_subjects=[ExtraSubject("product", after["product_id"], "product")],
        data={
            "product_id": after["product_id"],
            "unit": units[after["unit_id"]],
            "from_quantity": after["from_quantity"],
            "before": None if old is None else str(old),
            "after": str(after["amount"]),
            "starts_on": after["starts_on"].isoformat(),
            "ends_on": after["ends_on"].isoformat() if after["ends_on"] else None,
        },
    )
