"""What the papers of an order have in common: the seller, the two sides, and the words around the rows."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Distributor
from catalogue.rules.loads import Load
from core.models.base import localised
from core.ui import numbers
from orders.ordering.models import Order
from papers.contents import Field, Sender, Words

Logos = dict[str, bytes]
RELATED = (
    "company", "seller_company", "seller_distributor", "distributor", "consignee_distributor", "warehouse", "type",
)  # fmt: skip


@contextmanager
def language_of(order: Order) -> Iterator[None]:
    """Write as the distributor of the order reads."""
    with translation.override(order.distributor.language):
        yield


def reader_of(order: Order) -> Distributor:
    """Whose language the papers speak that go with the goods: that of who gets them, of an outlet its distributor's."""
    return order.consignee_distributor or order.distributor


@contextmanager
def language_of_reader(order: Order) -> Iterator[None]:
    with translation.override(reader_of(order).language):
        yield


def sender_of(order: Order, logos: Logos) -> Sender:
    """The seller: the company with its logo, or the distributor that sells. `logos` keeps what was read."""
    if order.seller_company:
        return company_sender(order.seller_company, logos)
    seller: Any = order.seller_distributor
    return _sender(seller, [seller.address, seller.city], b"")


def company_sender(company: Any, logos: Logos) -> Sender:
    return _sender(company, [company.address], _logo(company.logo, logos))


def distributor_sender(distributor: Any) -> Sender:
    """Without its tax number: what it sends is no invoice."""
    return _sender(distributor, [distributor.address, distributor.city], b"")


def _sender(seller: Any, address: list[str], logo: bytes) -> Sender:
    tax_number = getattr(seller, "tax_number", "")
    return Sender(
        name=seller.display_name,
        details=(
            " ".join(filter(None, address)),
            _("Phone %(number)s") % {"number": seller.phone} if seller.phone else "",
            _("Tax number %(number)s") % {"number": tax_number} if tax_number else "",
        ),
        logo=logo,
    )


def _logo(file: Any, logos: Logos) -> bytes:
    """A file that is gone leaves the name alone."""
    if not file:
        return b""
    if file.name not in logos:
        try:
            with file.open("rb") as content:
                logos[file.name] = content.read()
        except OSError:
            logos[file.name] = b""
    return logos[file.name]


def buyer_field(order: Order) -> Field:
    to: Mapping[str, Any] = order.bill_to
    name = localised(to.get("name", ""), to.get("name_zh", "")) or order.distributor.display_name
    return Field(label=pgettext("paper", "Customer"), value=name)


def recipient_of(order: Order) -> str:
    to: Mapping[str, Any] = order.ship_to
    return localised(to.get("name", ""), to.get("name_zh", "")) or order.distributor.display_name


def contact_of(order: Order) -> str:
    to: Mapping[str, Any] = order.ship_to
    return " ".join(filter(None, (to.get("contact"), to.get("phone"))))


def address_of(order: Order) -> str:
    """In one line, in the order of the language."""
    to: Mapping[str, Any] = order.ship_to
    street, postal_code, city = (to.get(key) or "" for key in ("address", "postal_code", "city"))
    if (translation.get_language() or "").startswith("zh"):
        return " ".join(filter(None, ("" if street.startswith(city) else city, street, postal_code)))
    return ", ".join(filter(None, (street, f"{postal_code} {city}".strip())))


def delivery_fields(order: Order) -> tuple[Field, ...]:
    return (
        Field(label=pgettext("paper", "Contact"), value=contact_of(order)),
        Field(label=pgettext("paper", "Deliver to"), value=f"{recipient_of(order)} {address_of(order)}", is_wide=True),
    )


def drop_shipment_fields(order: Order) -> tuple[Field, ...]:
    """For whom the goods go where they go, where that is not who ordered them."""
    if not order.is_drop_shipment:
        return ()
    return (Field(label=pgettext("paper", "Drop shipment for"), value=order.distributor.display_name),)


def order_fields(order: Order) -> tuple[Field, ...]:
    return (
        buyer_field(order),
        Field(label=pgettext("paper", "Order"), value=order.reference),
        Field(label=pgettext("paper", "Customer's order"), value=order.purchase_order_number),
    )


def day_field(label: str, day: date | datetime | None) -> Field:
    return Field(label=label, value=numbers.day(day) if day else "")


def load_fields(load: Load) -> tuple[Field, ...]:
    """Weight and pallets, as far as they are known."""
    weight, packs = "", ""
    if load.has_weight:
        weight = _("%(weight)s kg") % {"weight": numbers.quantity(load.weight, 1)}
        if load.lines_without_weight:
            weight = _("at least %(weight)s") % {"weight": weight}
    if load.pallets:
        packs = numbers.quantity(load.pallets)
    return (
        Field(label=pgettext("paper", "Gross weight"), value=weight),
        Field(label=pgettext("paper", "Full pallets"), value=packs),
    )


def words(*, has_copies: bool = False) -> Words:
    return Words(
        page=_("Page {page} of {pages}"),
        page_sum=pgettext("paper", "This page"),
        carried=pgettext("paper", "Carried"),
        total=pgettext("paper", "Total"),
        copies=_("1 seller (white)   2 customer (red)   3 receipt (yellow)") if has_copies else "",
    )
