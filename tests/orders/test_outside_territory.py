"""An order to an address outside the territory of its agreement waits until somebody clears the address, once."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.enums import ChannelKind
from channel.enums import CarveOutEffect
from channel.models import AddressClearance
from channel.rules import CarveOutTerms
from channel.services.agreements import revise_agreement
from channel.services.steps import accept_agreement, put_in_force, send_agreement
from core.errors import Conflict, InvalidInput, NotAllowed
from orders.models import Order, OrderHold
from orders.ordering.enums import HoldKind, OrderStatus
from orders.ordering.services.approval import approve_order
from orders.ordering.services.holds import lift_holds
from orders.ordering.services.placing import place_order
from orders.pages.selectors.invariants import INVARIANTS
from tests.factories.accounts import (
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    OwnerFactory,
    TerritoryFactory,
)
from tests.factories.channel import AddressFactory, agreement_in_force, terms
from tests.factories.inventory import BrandFactory
from tests.factories.orders import Shop, shop

pytestmark = pytest.mark.django_db


class Scene:
    """A distributor whose only right comes from an agreement for one territory, with an address inside and one outside."""

    def __init__(self, *, carved_for: Any = None, own_brand: bool | None = None, channel_kind: str = "") -> None:
        self.shop: Shop = shop(products=1)
        brand = self.shop.products[0].brand
        self.distributor = self.shop.distributor
        self.buyer = BuyerFactory.create(distributor=self.distributor)
        self.director = DirectorFactory.create()
        self.territory = TerritoryFactory.create()
        below, _other = (TerritoryFactory.create(parent=self.territory) for _ in range(2))
        carved = []
        if carved_for:
            carved = [
                CarveOutTerms(
                    other_id=carved_for.pk,
                    effect=CarveOutEffect.OTHER,
                    brand_id={None: None, True: brand.pk, False: BrandFactory.create().pk}[own_brand],
                    territory_id=below.pk,
                    channel_kind=channel_kind,
                )
            ]
        self.inside = AddressFactory.create(distributor=self.distributor, territory=below, is_default=True)
        self.outside = AddressFactory.create(
            distributor=self.distributor, territory=TerritoryFactory.create(), name="Far away"
        )
        self.agreement = agreement_in_force(
            self.distributor, terms(brand=brand, territory=self.territory, carve_outs=carved)
        )

    def place(self, address: Any = None) -> Order:
        placed = place_order(
            distributor_id=self.distributor.pk,
            actor=self.buyer,
            lines=self.shop.wishes(1),
            now=timezone.now(),
            delivery_address_id=address.pk if address else None,
        )
        return Order.objects.get(pk=placed.id)

    def release(self, order: Order, reason: str = "A new store") -> Order:
        return lift_holds(order_id=order.pk, actor=self.director, now=timezone.now(), reason=reason)


def test_it_is_cleared_once_for_an_address_and_an_agreement() -> None:
    """A manager would clear the same store every week, or goods would go where another distributor has the sole right."""
    given = Scene()
    assert not given.place().is_on_hold
    assert not given.place(given.inside).is_on_hold
    held = given.place(given.outside)
    assert (held.status, held.is_on_hold) == (OrderStatus.SUBMITTED, True)
    hold = held.holds.get()
    assert (hold.kind, hold.reason) == (
        HoldKind.TERRITORY,
        f"The delivery address “Far away” lies outside the territory of agreement {given.agreement}.",
    )
    with translation.override("zh-hans"):
        assert "Far away" in hold.reason
    with pytest.raises(InvalidInput):
        given.release(held, reason=" ")
    with pytest.raises(Conflict):
        approve_order(order_id=held.pk, actor=given.director, now=timezone.now())
    with pytest.raises(NotAllowed):
        lift_holds(order_id=held.pk, actor=given.buyer, now=timezone.now(), reason="I want it")
    assert not given.release(held).is_on_hold
    mark = AddressClearance.objects.get()
    assert (mark.agreement, mark.address, mark.cleared_by, mark.reason) == (
        given.agreement,
        given.outside,
        given.director,
        "A new store",
    )
    assert not given.place(given.outside).is_on_hold
    other = AddressFactory.create(distributor=given.distributor, territory=TerritoryFactory.create())
    assert given.place(other).is_on_hold
    assert not [one.name for one in INVARIANTS if list(one.find(10))]


def test_another_place_and_another_revision_are_asked_for_again() -> None:
    """A cleared store would move across the country unseen."""
    given = Scene()
    given.release(given.place(given.outside))
    given.outside.contact = "Somebody else"
    given.outside.save(update_fields=["contact"])
    assert not given.place(given.outside).is_on_hold
    given.outside.territory = TerritoryFactory.create()
    given.outside.save(update_fields=["territory"])
    moved = given.place(given.outside)
    assert moved.is_on_hold
    given.release(moved)
    assert not given.place(given.outside).is_on_hold
    draft = revise_agreement(
        agreement_id=given.agreement.pk,
        starts_on=timezone.localdate(),
        actor=given.director,
        expected_version=None,
    )
    sent = send_agreement(agreement_id=draft.pk, actor=given.director, expected_version=None)
    owner = OwnerFactory.create(distributor=given.distributor)
    accept_agreement(agreement_id=sent.pk, name="Li Ming", actor=owner, expected_version=sent.version)
    put_in_force(agreement_id=sent.pk, actor=given.director, expected_version=None, signature_reference="E-SIGN 2")
    assert given.place(given.outside).is_on_hold
    assert [hold.params["agreement"] for hold in OrderHold.objects.open()] == [f"{draft.number} R2"]


def test_what_another_agreement_lets_go_there_is_not_held() -> None:
    """Two agreements for two provinces would stop every order to the second."""
    given = Scene()
    brand = given.shop.products[0].brand
    assert given.place(given.outside).is_on_hold
    agreement_in_force(given.distributor, terms(brand=brand, territory=given.outside.territory))
    assert not given.place(given.outside).is_on_hold


def test_a_place_that_is_carved_out_for_another_distributor_is_outside() -> None:
    """The province would be this distributor's by its name, and one of its cities somebody else's by the small print."""
    other = DistributorFactory.create()
    own_kind, other_kind = ChannelKind.WHOLESALE, ChannelKind.CHAIN
    for own_brand, kind, waits in (
        (None, "", True),
        (True, "", True),  # the brand that is ordered is the other's there
        (False, "", False),  # a brand that is not ordered
        (None, own_kind, True),  # the only channel kind that the agreement is for
        (True, other_kind, False),
    ):
        given = Scene(carved_for=other, own_brand=own_brand, channel_kind=kind)
        assert given.place(given.inside).is_on_hold is waits, (own_brand, kind)


def test_whom_it_is_told_and_the_reply_of_the_api(client: Client) -> None:
    """The order would wait, and nobody would know: neither the manager who clears it nor the system that placed it."""
    given = Scene()
    asked = {
        "delivery_address": given.outside.pk,
        "lines": [{"product": given.shop.products[0].code, "quantity": 1}],
    }
    client.force_login(given.buyer)
    quote = client.post("/api/v1/orders/quote/", asked, content_type="application/json")
    assert quote.status_code == 200, quote.content
    assert [warning["code"] for warning in quote.json()["warnings"]] == ["outside_territory"]
    placed = client.post(
        "/api/v1/orders/",
        {**asked, "submit": True},
        content_type="application/json",
        headers={"Idempotency-Key": "one"},
    )
    assert placed.status_code == 201, placed.content
    body = placed.json()
    assert (body["is_on_hold"], [one["code"] for one in body["warnings"]]) == (True, ["outside_territory"])
    client.force_login(given.director)
    address = reverse("orders:release", args=[body["number"]])
    shown = client.get(f"/api/v1/orders/{body['number']}/").json()
    assert [one["verb"] for one in shown["actions"] if one["verb"] in {"approve", "release"}] == ["release"]
    page = client.get(reverse("orders:order", args=[body["number"]])).content.decode()
    assert address in page
    assert "Release it first, with a reason." in page
    answer = client.post(address, {"reason": ""})
    assert (answer.status_code, AddressClearance.objects.count()) == (400, 0)
    answer = client.post(address, {"reason": "A new store"})
    assert (answer.status_code, AddressClearance.objects.count()) == (302, 1)
    assert "A new store" in client.get(given.agreement.get_absolute_url()).content.decode()


def test_placing_takes_as_many_statements() -> None:
    """Every order would pay for the few that are held."""
    given = Scene()
    given.place()
    counts = []
    for address in (None, given.inside, given.outside):
        with CaptureQueriesContext(connection) as queries:
            given.place(address)
        counts.append(len(queries))
    # One that is held has its stock reserved by a statement of its own.
    assert counts[0] == counts[1] == counts[2] - 1, counts
