"""What is kept of a distributor, for its page and for documents."""

from datetime import date

from django.db.models import QuerySet

from accounts.selectors.distributors import address_sql
from channel.enums import AddressKind
from channel.models import Address


def delivery_address_sql(distributor: str, on: str, chosen: str) -> str:
    """The delivery address `chosen` of a distributor, or where that is null its default one, as a query of one row.

    It is in force on the day; there is no row where the chosen one is not, or is somebody else's.
    """
    return f"""(
        SELECT known.id, known.territory_id, known.name, {place_sql("known")} AS place FROM channel_address AS known
        WHERE known.distributor_id = {distributor} AND known.kind = '{AddressKind.DELIVERY}'
          AND (known.id = {chosen} OR ({chosen} IS NULL AND known.is_default))
          AND known.starts_on <= {on} AND (known.ends_on IS NULL OR known.ends_on >= {on})
    )"""  # noqa: S608 - put together from constants, values are bound


def place_sql(address: str) -> str:
    """Where an address is, in one text: what makes it another place if it changes."""
    return f"""concat_ws(', ', {address}.address, NULLIF({address}.postal_code, ''), NULLIF({address}.city, ''),
        NULLIF({address}.country, ''), {address}.territory_id)"""


def record_text_sql(distributor: str, address: str) -> str:
    """An address of a distributor as one JSON value with the keys of `address_sql`, and whom to ask for."""
    return f"""jsonb_build_object(
        'name', COALESCE(NULLIF({address}.recipient, ''), NULLIF({distributor}.legal_name, ''), {distributor}.name),
        'name_zh', CASE WHEN {address}.recipient = '' THEN {distributor}.name_zh ELSE '' END,
        'address', {address}.address, 'postal_code', {address}.postal_code, 'city', {address}.city,
        'country', {address}.country, 'phone', COALESCE(NULLIF({address}.phone, ''), {distributor}.phone),
        'email', {distributor}.email, 'contact', {address}.contact, 'label', {address}.name
    )"""


def ship_to_sql(buyer: str, delivery: str) -> str:
    """What a document copies of the delivery address with the id `delivery`, else of the distributor's own address."""
    return f"""COALESCE((
        SELECT {record_text_sql(buyer, "given")} FROM channel_address AS given WHERE given.id = {delivery}
    ), {address_sql(buyer)})"""  # noqa: S608 - put together from constants, values are bound


def bill_to_sql(buyer: str, on: str) -> str:
    """Likewise, of the default invoice address."""
    return f"""COALESCE((
        SELECT {record_text_sql(buyer, "billed")} FROM channel_address AS billed
        WHERE billed.distributor_id = {buyer}.id AND billed.kind = '{AddressKind.INVOICE}' AND billed.is_default
          AND billed.starts_on <= {on} AND (billed.ends_on IS NULL OR billed.ends_on >= {on})
    ), {address_sql(buyer)})"""  # noqa: S608 - put together from constants, values are bound


def delivery_addresses(distributor_id: int, *, on: date) -> "QuerySet[Address]":
    """Where the distributor can have an order delivered on a day, the default first. The caller has checked who asks."""
    rows: QuerySet[Address] = Address.objects.filter(distributor=distributor_id, kind=AddressKind.DELIVERY).on(on)
    return rows.order_by("-is_default", "name")
