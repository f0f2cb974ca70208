"""Many orders at once; their lines are in `lines`. Totals, states and sales follow at the end: see `finish_orders`."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from channel.enums import AddressKind
from channel.selectors.addresses import ship_to_sql
from company.selectors import default_company, rate_sql
from core.importing import Counts, Stage
from core.importing.staging import refuse, rows, run
from core.importing.upsert import upsert
from orders.ordering.enums import OrderSource, OrderStatus
from orders.ordering.models.sums import BULK, SETTING
from orders.ordering.services.order_types import SWITCHES, default_order_type, ensure_order_types

TOUCHED = "import_touched"
SOLD_TO = "import_sold_to"
TOTALS = """sum(gross_amount) AS gross_amount, sum(discount_amount) AS discount_amount, sum(net_amount) AS net_amount,
    sum(cost_amount_company) AS cost_amount_company, count(*) AS line_count, sum(ordered) AS unit_count"""
"""What an order's amounts and counts are, over its lines, tax and rounding aside."""


def open_touched() -> None:
    """The orders of this import, and the distributors they belong or belonged to, until the transaction ends.

    Their sums are checked all at once by `finish_orders`, not one by one.
    """
    ensure_order_types()
    run("SELECT set_config(%s, %s, true)", [SETTING, BULK])
    run(f"DROP TABLE IF EXISTS {TOUCHED}, {SOLD_TO}")
    run(
        f"CREATE TEMPORARY TABLE {TOUCHED} (order_id bigint PRIMARY KEY, status_given boolean NOT NULL DEFAULT false) "
        "ON COMMIT DROP"
    )
    run(f"CREATE TEMPORARY TABLE {SOLD_TO} (distributor_id bigint PRIMARY KEY) ON COMMIT DROP")


def touch(stage: Stage) -> None:
    """Note the orders of the staged rows."""
    run(f"INSERT INTO {TOUCHED} (order_id) SELECT DISTINCT order_id FROM {stage.relation} ON CONFLICT DO NOTHING")


def write_orders(stage: Stage) -> Mapping[str, Counts]:
    """Heads by their number. Orders that were placed in this system are not overwritten. Reads the entity `order`."""
    refuse(
        rows(
            f"SELECT s._n FROM {stage.relation} AS s JOIN orders_order AS t USING (number) WHERE t.source <> %s ORDER BY 1",
            [OrderSource.IMPORT],
        ),
        "number",
        _("An order with this number was placed in this system."),
    )
    ordered_on = day_of_order()
    default = head_columns(stage)
    stage.extra = {"source": f"'{OrderSource.IMPORT}'", "ordered_on": ordered_on, **default}
    stage.expressions["type"] = (
        f"coalesce(s.type_id, (SELECT o.type_id FROM orders_order AS o WHERE o.number = s.number), {stage.extra.pop('type_id')})"
    )
    stage.expressions["status"] = (
        "coalesce(nullif(s.status, ''), (SELECT o.status FROM orders_order AS o WHERE o.number = s.number), "
        f"'{OrderStatus.APPROVED}')"
    )
    _find_places(stage)
    remember_distributors(f"{stage.relation} AS s JOIN orders_order AS o USING (number)")
    counts = upsert(stage)
    run(
        f"UPDATE orders_order AS t SET ordered_on = {ordered_on} FROM {stage.relation} AS s "
        f"WHERE t.number = s.number AND t.ordered_on <> {ordered_on}"
    )
    run(
        f"UPDATE orders_order AS t SET {', '.join(f'{name} = type.{name}' for name in SWITCHES)} "
        f"FROM {stage.relation} AS s, orders_ordertype AS type WHERE t.number = s.number AND type.id = t.type_id "
        f"AND ({', '.join(f't.{name}' for name in SWITCHES)}) <> ({', '.join(f'type.{name}' for name in SWITCHES)})"
    )
    run(
        f"INSERT INTO {TOUCHED} (order_id, status_given) SELECT t.id, s.status <> '' FROM {stage.relation} AS s "
        "JOIN orders_order AS t USING (number) ON CONFLICT (order_id) DO UPDATE SET status_given = "
        "excluded.status_given"
    )
    return {"order": counts}


def _find_places(stage: Stage) -> None:
    """The delivery address and the contact that the file names, among those of the distributor."""
    tables = {
        "delivery_address": f"channel_address AS known WHERE known.kind = '{AddressKind.DELIVERY}' AND",
        "contact": "channel_contact AS known WHERE",
    }
    for field, table in tables.items():
        if not stage.is_mapped(field):
            continue
        found = (
            f"(SELECT known.id FROM {table} known.distributor_id = s.distributor_id AND known.name = s.{field} LIMIT 1)"
        )
        refuse(
            rows(f"SELECT s._n FROM {stage.relation} AS s WHERE s.{field} <> '' AND {found} IS NULL ORDER BY 1"),
            field,
            _("The distributor has no record with this name."),
        )
        stage.extra[f"{field}_id"] = found
        if field == "delivery_address":
            stage.extra["ship_to"] = (
                f"(SELECT {ship_to_sql('buyer', found)} FROM accounts_distributor AS buyer WHERE buyer.id = s.distributor_id)"
            )


def day_of_order() -> str:
    """The day of a staged order in the zone of the company, whatever zone the connection has."""
    return f"(s.ordered_at AT TIME ZONE '{timezone.get_default_timezone_name()}')::date"


def head_columns(stage: Stage) -> dict[str, str]:
    """What a new order of many has beside its fields: whose it is, at which rate. Where it went nobody knows any more."""
    company = default_company()
    currency = stage.sql_value(stage.entity.by_name["currency"])
    return {
        "company_id": str(company.pk),
        "type_id": str(default_order_type().pk),
        "seller_company_id": str(company.pk),
        "exchange_rate": rate_sql(currency, f"'{company.currency}'", day_of_order()),
        "bill_to": "'{}'::jsonb",
        "ship_to": "'{}'::jsonb",
    }


def remember_distributors(source: str) -> None:
    """Note whose actual sales are to be posted again. `source` joins orders_order as `o`."""
    run(f"INSERT INTO {SOLD_TO} SELECT DISTINCT o.distributor_id FROM {source} ON CONFLICT DO NOTHING")


def refuse_entered_orders(stage: Stage) -> None:
    """Nothing is added to an order that was placed in this system."""
    refuse(
        rows(
            f"SELECT s._n FROM {stage.relation} AS s JOIN orders_order AS t ON t.id = s.order_id WHERE t.source <> %s ORDER BY 1",
            [OrderSource.IMPORT],
        ),
        "order",
        _("An order with this number was placed in this system."),
    )
