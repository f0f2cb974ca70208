"""Outlets: who sees which, from whom they buy on which day, and how they open and close."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from channel.enums import ControlMode, ControlSubject
from channel.rules import ControlTerms
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible, StaleVersion
from core.models import Event
from outlets.enums import OutletKind, OutletStatus
from outlets.models import Outlet, OutletLink
from outlets.selectors.control import outlets_by_control
from outlets.services.links import end_link, link_outlet
from outlets.services.outlets import change_outlet, close_outlet, create_outlet, open_outlet, reopen_outlet
from tests.factories.accounts import (
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
    TerritoryFactory,
)
from tests.factories.channel import agreement_in_force, terms
from tests.factories.company import CompanyFactory
from tests.factories.inventory import BrandFactory
from tests.factories.outlets import OutletFactory, OutletLinkFactory

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def made(actor: Any, **values: Any) -> Outlet:
    return create_outlet(actor=actor, **{"name": "Shop", "kind": OutletKind.SHOP, **values})


def manager_of(*distributors: Any) -> Any:
    manager = ManagerFactory.create()
    for one in distributors:
        ResponsibilityFactory.create(user=manager, distributor=one)
    return manager


def test_an_outlet_gets_a_number_or_keeps_its_code_which_is_there_once_however_it_is_written() -> None:
    """One shop would be in the books twice."""
    CompanyFactory.create()
    director = DirectorFactory.create()
    assert made(director).code == "OU100001"
    made(director, code="ab 7")
    with pytest.raises(Conflict) as refusal:
        made(director, code="ＡＢ7")
    assert "“ab 7” exists already" in str(refusal.value.problems[0].message)
    page = client_of(director).post(reverse("outlets:outlet-new"), {"code": "AB7", "name": "x", "kind": "shop"})
    assert (page.status_code, "“ab 7” exists already" in str(page.context["form"].errors["code"])) == (409, True)


def test_an_outlet_of_two_distributors_is_seen_by_both_and_by_nobody_else() -> None:
    """A distributor would see the shops of another one, or whom else its own shop buys from."""
    first, second, stranger = (OwnerFactory.create() for _ in range(3))
    above = OwnerFactory.create()
    first.distributor.parent = above.distributor
    first.distributor.save()
    outlet = OutletFactory.create()
    for owner in (first, second):
        OutletLinkFactory.create(outlet=outlet, distributor=owner.distributor)
    seers = [owner for owner in (first, second, above, stranger) if outlet in Outlet.objects.visible_to(owner)]
    assert seers == [first, second, above]
    assert [link.distributor for link in OutletLink.objects.visible_to(first)] == [first.distributor]
    address = outlet.get_absolute_url()
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(stranger).get(f"/api/v1/outlets/{outlet.code}/").status_code == 404
    text = client_of(first).get(address).content.decode()
    assert first.distributor.name in text
    assert second.distributor.name not in text
    assert str(first.distributor.code) in str(client_of(first).get("/api/v1/outlet-links/").json())


def test_a_manager_sees_outlets_of_the_own_distributors_and_those_of_nobody() -> None:
    """An outlet that was just made would vanish for whoever made it."""
    link, other, free = OutletLinkFactory.create(), OutletLinkFactory.create(), OutletFactory.create()
    manager = manager_of(link.distributor)
    assert set(Outlet.objects.visible_to(manager)) == {link.outlet, free}
    with pytest.raises(NotVisible):
        link_outlet(
            outlet_id=free.pk, distributor_id=other.distributor_id, starts_on=timezone.localdate(), actor=manager
        )


def test_what_ended_is_no_longer_a_distributors_but_a_closed_outlet_stays_readable() -> None:
    """Contact data of a shop that went to a competitor would go on being read."""
    today = timezone.localdate()
    owner, director = OwnerFactory.create(), DirectorFactory.create()
    gone = OutletLinkFactory.create(distributor=owner.distributor, ends_on=today - timedelta(days=1))
    kept = OutletLinkFactory.create(distributor=owner.distributor)
    close_outlet(outlet_id=kept.outlet_id, closed_on=today, reason="Rebuilt", actor=director)
    with_past = close_outlet(
        outlet_id=OutletLinkFactory.create(distributor=owner.distributor).outlet_id,
        closed_on=today - timedelta(days=30),
        reason="Moved",
        actor=director,
    )
    assert set(Outlet.objects.visible_to(owner)) == {kept.outlet, with_past}
    assert gone.outlet not in Outlet.objects.visible_to(owner)


def test_one_link_says_a_thing_of_a_day_and_all_brands_overlaps_with_each() -> None:
    """Sales of one outlet would count twice."""
    director, brand = DirectorFactory.create(), BrandFactory.create()
    link = OutletLinkFactory.create(brand=brand, starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))

    def again(starts_on: date, brand_id: int | None) -> OutletLink:
        return link_outlet(
            outlet_id=link.outlet_id,
            distributor_id=link.distributor_id,
            starts_on=starts_on,
            brand_id=brand_id,
            actor=director,
        )

    for brand_id in (brand.pk, None):
        with pytest.raises(Conflict) as refusal:
            again(date(2026, 6, 30), brand_id)
        assert refusal.value.problems[0].code == "linked_already"
    assert again(date(2026, 6, 30), BrandFactory.create().pk).ends_on is None
    assert again(date(2026, 7, 1), brand.pk).ends_on is None
    OutletLinkFactory.create(outlet=link.outlet, brand=brand)  # another distributor's
    with pytest.raises(IntegrityError, match="outlet_link_once"), transaction.atomic():
        OutletLinkFactory.create(outlet=link.outlet, distributor=link.distributor, starts_on=date(2026, 8, 1))


def test_steps_of_an_outlet_and_what_they_leave_in_the_history() -> None:
    """Nobody could say later who closed a shop, when, and why."""
    today = timezone.localdate()
    director = DirectorFactory.create()
    outlet = made(director, code="A", distributor_id=DistributorFactory.create().pk)
    assert outlet.status == OutletStatus.PLANNED
    open_outlet(outlet_id=outlet.pk, actor=director)
    with pytest.raises(InvalidInput):
        close_outlet(outlet_id=outlet.pk, closed_on=today + timedelta(days=1), reason="x", actor=director)
    with pytest.raises(InvalidInput):
        close_outlet(outlet_id=outlet.pk, closed_on=today, reason=" ", actor=director)
    with pytest.raises(Conflict) as later:
        close_outlet(outlet_id=outlet.pk, closed_on=today - timedelta(days=1), reason="Gone", actor=director)
    assert later.value.problems[0].code == "link_later"
    closed = close_outlet(outlet_id=outlet.pk, closed_on=today, reason="Gone", actor=director)
    assert [link.ends_on for link in closed.links.all()] == [today]
    with pytest.raises(Conflict):
        link_outlet(
            outlet_id=outlet.pk,
            distributor_id=DistributorFactory.create().pk,
            starts_on=today,
            actor=director,
        )
    with pytest.raises(StaleVersion):
        reopen_outlet(outlet_id=outlet.pk, actor=director, expected_version=closed.version - 1)
    assert reopen_outlet(outlet_id=outlet.pk, actor=director).closed_on is None
    kinds = list(Event.objects.about([("outlet", outlet.pk)]).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["outlet.created", "outlet.linked", "outlet.opened", "outlet.closed", "outlet.reopened"]
    linked = Event.objects.get(kind="outlet.linked")
    assert linked.distributor_id
    assert Event.objects.about([("distributor", linked.distributor_id)]).filter(pk=linked.pk).exists()
    with pytest.raises(IntegrityError, match="outlet_closed_with_reason"), transaction.atomic():
        Outlet.objects.filter(pk=outlet.pk).update(status=OutletStatus.CLOSED)


def test_a_link_ends_after_it_began_and_never_later_again() -> None:
    """An end that was agreed could be talked away."""
    director, link = DirectorFactory.create(), OutletLinkFactory.create(starts_on=date(2026, 1, 1))
    with pytest.raises((InvalidInput, Conflict)):
        end_link(link_id=link.pk, ends_on=date(2025, 12, 31), actor=director)
    end_link(link_id=link.pk, ends_on=date(2026, 3, 31), actor=director)
    with pytest.raises(Conflict):
        end_link(link_id=link.pk, ends_on=date(2026, 4, 1), actor=director)


def test_a_distributor_proposes_and_keeps_its_own_outlets() -> None:
    """Every shop would have to go through the brand's people, or a distributor would rewrite another one's."""
    CompanyFactory.create()
    owner, buyer = OwnerFactory.create(), None
    buyer = BuyerFactory.create(distributor=owner.distributor)
    outlet = made(owner)
    assert (outlet.status, outlet.links.get().distributor) == (OutletStatus.PLANNED, owner.distributor)
    change_outlet(outlet_id=outlet.pk, actor=owner, contact="Ada")
    with pytest.raises(NotAllowed):
        open_outlet(outlet_id=outlet.pk, actor=owner)
    with pytest.raises(NotAllowed):
        made(buyer)
    with pytest.raises(NotVisible):
        made(owner, distributor_id=DistributorFactory.create().pk)
    OutletLinkFactory.create(outlet=outlet)
    with pytest.raises(NotAllowed):
        change_outlet(outlet_id=outlet.pk, actor=owner, contact="Eve")


def test_a_head_office_is_no_site_and_a_territory_is_a_leaf() -> None:
    """Chains of chains, and outlets in half a country."""
    director = DirectorFactory.create()
    head, leaf = OutletFactory.create(), TerritoryFactory.create(parent=TerritoryFactory.create())
    site = made(director, code="S", head_office_id=head.pk, territory_id=leaf.pk)
    for values, field in (
        ({"head_office_id": site.pk}, "head_office"),
        ({"territory_id": leaf.parent_id}, "territory"),
    ):
        with pytest.raises(InvalidInput) as refusal:
            made(director, code="T", **values)
        assert refusal.value.problems[0].field == field
    with pytest.raises(InvalidInput):
        change_outlet(outlet_id=head.pk, actor=director, head_office_id=OutletFactory.create().pk)
    with pytest.raises(IntegrityError, match="outlet_not_its_own_head_office"), transaction.atomic():
        Outlet.objects.filter(pk=head.pk).update(head_office=head.pk)


def test_the_distributors_page_counts_its_outlets_beside_what_was_agreed() -> None:
    """What the agreement asks for could be compared with nothing."""
    director, owner = DirectorFactory.create(), OwnerFactory.create()
    rule = ControlTerms(subject=ControlSubject.OUTLETS, mode=ControlMode.AGREED)
    agreement = agreement_in_force(
        owner.distributor,
        terms(brand=BrandFactory.create(), territory=TerritoryFactory.create(), ends_on=None, control_rules=[rule]),
    )
    for status in (OutletStatus.OPEN, OutletStatus.OPEN, OutletStatus.PLANNED):
        OutletLinkFactory.create(outlet__status=status, distributor=owner.distributor)
    address = f"{owner.distributor.get_absolute_url()}?tab=outlets"
    for person in (director, owner):
        page = client_of(person).get(address)
        assert page.context["counts"] == {"open": 2, "planned": 1}
        assert str(agreement) in page.content.decode()


def test_names_with_script_are_text_everywhere() -> None:
    """Whoever names a shop would run a program in everybody's browser."""
    director, owner = DirectorFactory.create(), OwnerFactory.create()
    outlet = made(
        director, code="X", distributor_id=owner.distributor_id, **dict.fromkeys(("name", "contact", "address"), SCRIPT)
    )
    pages = ["/outlets/", "/outlet-links/", outlet.get_absolute_url(), f"{outlet.get_absolute_url()}change/"]
    for address in [*pages, f"{owner.distributor.get_absolute_url()}?tab=outlets", "/search/?q=script"]:
        for person in (director, owner):
            text = client_of(person).get(address).content.decode()
            assert SCRIPT not in text, address


def test_filters_of_the_list_and_of_the_api_find_the_same() -> None:
    """A system would fetch other outlets than people see."""
    director, brand = DirectorFactory.create(), BrandFactory.create()
    area = TerritoryFactory.create()
    here = OutletFactory.create(kind="restaurant", territory=TerritoryFactory.create(parent=area), name="茶馆")
    link = OutletLinkFactory.create(outlet=here, brand=brand)
    OutletLinkFactory.create(brand=BrandFactory.create())
    free = OutletFactory.create(status="planned")
    client = client_of(director)
    for query, expected in (
        (f"distributor={link.distributor.code}", {here.code}),
        (f"brand={brand.code}", {here.code}),
        (f"territory={area.code}", {here.code}),
        ("kind=restaurant", {here.code}),
        ("q=茶馆", {here.code}),
        ("status=planned", {free.code}),
        ("unlinked=true", {free.code}),
    ):
        rows = client.get(f"/api/v1/outlets/?{query}").json()["results"]
        assert {row["code"] for row in rows} == expected, query
        page = client.get(f"/outlets/?{query}").content.decode()
        assert all(code in page for code in expected)


DISPLAY = ControlTerms(subject=ControlSubject.DISPLAY, mode=ControlMode.AGREED)


def test_open_outlets_are_counted_by_who_decides_their_number() -> None:
    """An agreement would say that the brand decides, and nobody would see about how many outlets."""
    decided, free, none = (DistributorFactory.create() for _ in range(3))
    today = timezone.localdate()
    for shop, mode in ((decided, ControlMode.ORDERED), (free, ControlMode.FREE)):
        rules = [ControlTerms(subject=ControlSubject.OUTLETS, mode=mode), DISPLAY]
        agreement = agreement_in_force(
            shop,
            terms(brand=BrandFactory.create(), territory=TerritoryFactory.create(), ends_on=None, control_rules=rules),
        )
    both, only_free, loose = (OutletFactory.create() for _ in range(3))
    closed = OutletFactory.create(status=OutletStatus.CLOSED, closed_on=today, close_reason="x")
    for outlet, shop in ((both, decided), (both, free), (only_free, free), (loose, none), (closed, decided)):
        OutletLinkFactory.create(outlet=outlet, distributor=shop)
    director = DirectorFactory.create()
    counted = {figure.mode: figure.number for figure in outlets_by_control(director)}
    assert counted == {"ordered": 1, "agreed": 0, "free": 1, "none": 1}
    assert [
        row["code"] for row in client_of(director).get("/api/v1/outlets/?control=ordered&status=open").json()["results"]
    ] == [both.code]
    page = client_of(director).get(reverse("outlets:outlets")).content.decode()
    assert "?status=open&amp;control=ordered" in page
    panel = client_of(director).get(agreement.get_absolute_url()).content.decode()
    assert f"?distributor={free.code}&amp;status=open" in panel, "beside the mode in the agreement"
    assert (
        list(outlets_by_control(OwnerFactory.create(distributor=free))),
        len(outlets_by_control(manager_of(none))),
    ) == ([], 4)
