"""When an order that has arrived was late, and stays late: said one time, for every statement that judges many."""

from orders.ordering.enums import Lateness, OrderStatus


def arrived_at_sql(order: str) -> str:
    """SQL: the moment at which goods came. Where only the shipping is known, as in imported history, that one."""
    return f"coalesce({order}.delivered_at, {order}.received_at, {order}.shipped_at)"


def lateness_sql(order: str, promised_on: str, open_lateness: str, zone: str) -> str:
    """SQL: how punctual an order is; one that is still open is what `open_lateness` says. `zone` is the company's."""
    return f"""CASE
        WHEN {order}.status IN ('{OrderStatus.DELIVERED}', '{OrderStatus.RECEIVED}') THEN
            CASE WHEN ({arrived_at_sql(order)} AT TIME ZONE {zone})::date > {promised_on} THEN '{Lateness.LATE}'
                 ELSE '{Lateness.ON_TIME}' END
        WHEN {order}.status IN ('{OrderStatus.DRAFT}', '{OrderStatus.CANCELLED}') THEN '{Lateness.ON_TIME}'
        ELSE {open_lateness} END"""
