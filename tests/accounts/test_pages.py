"""The pages of distributors, duties and people, as those who open them all day see them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Absence, ApiToken, Distributor, Responsibility, User
from accounts.selectors.distributors import find_distributors
from core.ui import tabs
from core.ui.search import search
from tests.factories.accounts import (
    AdministratorFactory,
    DirectorFactory,
    DistributorFactory,
    DutyFactory,
    ManagerFactory,
    OwnerFactory,
    ResponsibilityFactory,
)

pytestmark = pytest.mark.django_db


def page_of(client: Client, person: User, address: str) -> str:
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("name", ["accounts:distributors", "responsibility:radar", "accounts:people"])
def test_a_page_costs_the_same_at_every_size(name: str, client: Client) -> None:
    """Thirty rows for the price of one: a statement a row is a page that dies of its own success."""
    director, duty, stand_in = DirectorFactory.create(), DutyFactory.create(), ManagerFactory.create()
    client.force_login(director)
    address, costs = reverse(name), []
    for size in (1, 29):
        for number in range(size):
            top = DistributorFactory.create()
            ResponsibilityFactory.create(distributor=top, duty=duty, stand_in=stand_in)
            if number % 5 == 0:  # fewer people than fit on a page
                OwnerFactory.create(distributor=top)
                ManagerFactory.create(supervisor=stand_in)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[1] <= 20


def test_the_radar_says_what_is_missing_and_leads_there(client: Client) -> None:
    duty, shop = DutyFactory.create(code="sales", name="Sales"), DistributorFactory.create(code="SHOP")
    text = page_of(client, DirectorFactory.create(), reverse("responsibility:radar"))
    assert "1 duty is unassigned." in text
    assert reverse("responsibility:duty-of", args=["SHOP", "sales"]) in text
    ResponsibilityFactory.create(distributor=shop, duty=duty, ends_on=timezone.localdate() + timedelta(days=10))
    client.force_login(DirectorFactory.create())
    later = client.get(reverse("responsibility:radar"), {"on": (timezone.localdate() + timedelta(days=11)).isoformat()})
    assert "1 duty is unassigned." in later.content.decode()
    assert "Every duty is assigned." in client.get(reverse("responsibility:radar")).content.decode()


def test_a_gap_is_filled_from_its_cell(client: Client) -> None:
    duty, shop, manager = DutyFactory.create(), DistributorFactory.create(), ManagerFactory.create()
    client.force_login(DirectorFactory.create())
    address = reverse("responsibility:duty-assign", args=[shop.code, duty.code])
    wrong = client.post(address, {"user": manager.pk, "starts_on": "2026-05-01", "ends_on": "2026-04-01"})
    assert (wrong.status_code, "before the start date" in wrong.content.decode()) == (400, True)
    assert client.post(address, {"user": manager.pk, "starts_on": "2026-05-01"}).status_code == 302
    taken = client.post(address, {"user": ManagerFactory.create().pk, "starts_on": "2026-06-01"})
    assert (taken.status_code, str(manager) in taken.content.decode()) == (409, True)
    assert Responsibility.objects.get().user == manager


def test_ticked_rows_are_filled_or_handed_over_in_one_step(client: Client) -> None:
    old, new, duty = ManagerFactory.create(), ManagerFactory.create(), DutyFactory.create()
    responsibility = ResponsibilityFactory.create(user=old, duty=duty)
    gap = DistributorFactory.create()
    client.force_login(DirectorFactory.create())
    ids = f"?ids={responsibility.distributor_id}&ids={gap.pk}"
    client.post(reverse("responsibility:assign") + ids, {"duties": duty.pk, "user": old.pk, "starts_on": "2026-05-01"})
    assert Responsibility.objects.filter(user=old).count() == 2, "the gap is filled, what was held is left alone"
    today = timezone.localdate()
    move = {"from_user": old.pk, "to_user": new.pk, "on": today.isoformat()}
    assert client.post(reverse("responsibility:hand-over") + ids, move).status_code == 302
    assert Responsibility.objects.on(today).filter(user=new).count() == 2
    again = client.post(reverse("responsibility:hand-over") + ids, move)
    assert (again.status_code, "has no duties" in again.content.decode()) == (400, True)


def test_a_manager_hands_over_to_a_colleague_and_appoints_the_supervisor(client: Client) -> None:
    """A manager who finds nobody but himself in the list cannot go on holiday."""
    lead = DirectorFactory.create(full_name="Lead")
    mine, colleague = ManagerFactory.create(supervisor=lead), ManagerFactory.create(supervisor=lead)
    junior, stranger = ManagerFactory.create(supervisor=mine), ManagerFactory.create()
    responsibility = ResponsibilityFactory.create(user=mine)
    address = reverse("responsibility:hand-over") + f"?ids={responsibility.distributor_id}"
    text = page_of(client, mine, address)
    form = client.get(address).context["form"]
    groups = dict(list(form.fields["to_user"].choices)[1:])
    offered = {label: {value.value for value, _name in people} for label, people in groups.items()}
    assert list(offered.items()) == [
        (Role.MANAGER.label, {mine.pk, colleague.pk, junior.pk}),
        (Role.DIRECTOR.label, {lead.pk}),
    ]
    assert form["from_user"].value() == mine.pk, "who holds all of it is filled in"
    assert f'value="{stranger.pk}"' not in text
    move = {"from_user": mine.pk, "to_user": colleague.pk, "on": timezone.localdate().isoformat()}
    assert client.post(address, move).status_code == 302
    today = Responsibility.objects.on(timezone.localdate()).get(distributor=responsibility.distributor)
    assert today.user == colleague


def test_who_has_nobody_to_hand_over_to_is_not_offered_it(client: Client) -> None:
    """A button whose form offers nobody is a dead end."""
    alone = ManagerFactory.create()
    cell = ResponsibilityFactory.create(user=alone)
    duty_page = reverse("responsibility:duty-of", args=[cell.distributor.code, cell.duty.code])
    for address in (reverse("responsibility:radar"), duty_page):
        assert "Hand over" not in page_of(client, alone, address)
    ManagerFactory.create(supervisor=alone)
    for address in (reverse("responsibility:radar"), duty_page):
        assert "Hand over" in page_of(client, alone, address)


def test_the_distributor_page_shows_faces_and_its_own_network(client: Client) -> None:
    top = DistributorFactory.create(name="Top")
    middle = DistributorFactory.create(name="Middle", parent=top)
    DistributorFactory.create(name="Low", parent=middle)
    DistributorFactory.create(name="Foreign")
    responsibility = ResponsibilityFactory.create(distributor=middle, user=ManagerFactory.create(full_name="Anna Berg"))
    text = page_of(
        client,
        OwnerFactory.create(distributor=middle),
        reverse("accounts:distributor", args=[middle.code]) + "?tab=network",
    )
    assert all(word in text for word in ("Anna Berg", responsibility.duty.name, "Middle", "Low"))
    assert "Top" not in text
    assert "Foreign" not in text
    assert "Top" in page_of(
        client, DirectorFactory.create(), reverse("accounts:distributor", args=[middle.code]) + "?tab=network"
    )


def test_a_tab_of_another_app_is_offered_to_who_may_open_it(client: Client) -> None:
    reader = DirectorFactory.create()
    tabs.register(
        tabs.ExtraTab(
            page="distributor",
            key="theirs",
            label="Plan of theirs",
            template="accounts/partials/network.html",
            context=lambda _user, _distributor: {"branch": [], "above": []},
            allowed=lambda user: user == reader,
        )
    )
    shop = DistributorFactory.create()
    address = reverse("accounts:distributor", args=[shop.code])
    assert "Plan of theirs" in page_of(client, reader, f"{address}?tab=theirs")
    assert "Plan of theirs" not in page_of(client, OwnerFactory.create(distributor=shop), f"{address}?tab=theirs")


def test_pages_speak_the_readers_language(client: Client) -> None:
    shop = DistributorFactory.create(name="Hualian", name_zh="北京华联")
    reader = DirectorFactory.create(language="zh-hans")
    assert "北京华联" in page_of(client, reader, reverse("accounts:distributor", args=[shop.code]))


def test_a_distributor_is_made_and_moved_by_code(client: Client) -> None:
    top = DistributorFactory.create(code="TOP")
    client.force_login(DirectorFactory.create())
    values = {
        "code": "NEW",
        "name": "New",
        "channel_kind": "retail",
        "status": "active",
        "currency": "EUR",
        "language": "en",
        "parent": "TOP",
    }
    assert client.post(reverse("accounts:distributor-new"), values).status_code == 302
    assert top.children.get().code == "NEW"
    twice = client.post(reverse("accounts:distributor-new"), values)
    assert (twice.status_code, "The code “NEW” exists already" in twice.content.decode()) == (409, True)
    circle = client.post(
        reverse("accounts:distributor-change", args=["TOP"]), {**values, "name": "Top", "parent": "NEW"}
    )
    assert (circle.status_code, "its own parent" in circle.content.decode()) == (400, True)


def test_a_token_is_shown_once(client: Client) -> None:
    person = OwnerFactory.create()
    client.force_login(person)
    made = client.post(reverse("accounts:tokens"), {"name": "ERP", "scope": "read", "expires_at": "2099-01-01"})
    text = made.context["new_text"]
    assert text in made.content.decode()
    assert made.headers["Cache-Control"] == "no-store"
    token = ApiToken.objects.get()
    assert token.expiry is not None
    assert token.expiry.date() >= date(2098, 12, 31)
    assert text not in client.get(reverse("accounts:tokens")).content.decode()
    client.post(reverse("accounts:token-revoke", args=[token.reference]))
    assert not ApiToken.objects.exists()


def test_who_was_slower_keeps_what_was_typed_and_is_told(client: Client) -> None:
    """Two people mend one distributor: the second would undo what the first did, and never know."""
    shop = DistributorFactory.create(code="SHOP", city="Rome")
    client.force_login(DirectorFactory.create())
    address = reverse("accounts:distributor-change", args=["SHOP"])
    form = client.get(address)
    sent = {name: value or "" for name, value in form.context["form"].initial.items()}
    sent |= {"version": form.context["version"], "city": "Oslo"}
    Distributor.objects.filter(pk=shop.pk).update(phone="1")

    wrong = client.post(address, {**sent, "currency": "x"})
    assert (wrong.status_code, wrong.context["version"]) == (400, sent["version"])
    late = client.post(address, sent)
    assert (late.status_code, late.context["form"]["city"].value()) == (412, "Oslo")
    assert Distributor.objects.get(pk=shop.pk).city == "Rome"
    assert client.post(address, {**sent, "version": late.context["version"]}).status_code == 302
    assert Distributor.objects.get(pk=shop.pk).city == "Oslo"


def test_a_token_that_would_have_ended_is_refused_beside_its_field(client: Client) -> None:
    """What was typed would be lost, on a page that does not say where it is wrong."""
    client.force_login(OwnerFactory.create())
    refused = client.post(reverse("accounts:tokens"), {"name": "ERP", "scope": "read", "expires_at": "2020-01-01"})
    assert refused.status_code == 400
    assert "expires_at" in refused.context["form"].errors
    assert refused.context["form"]["name"].value() == "ERP"
    assert not ApiToken.objects.exists()


def test_an_owner_makes_its_own_people(client: Client) -> None:
    owner = OwnerFactory.create()
    client.force_login(owner)
    form = client.get(reverse("accounts:person-new")).content.decode()
    assert 'value="buyer"' in form
    assert 'value="administrator"' not in form
    wish = {"full_name": "New One", "email": "n@example.test", "role": "buyer", "language": "en"}
    assert client.post(reverse("accounts:person-new"), wish).status_code == 302
    made = User.objects.get(email="n@example.test")
    assert made.distributor == owner.distributor
    client.post(reverse("accounts:person-role", args=[made.pk]), {"role": "keeper"})
    client.post(
        reverse("accounts:person-change", args=[made.pk]), {"full_name": "Closed", "language": "en", "is_active": ""}
    )
    made.refresh_from_db()
    assert (made.role, made.full_name, made.is_active) == ("keeper", "Closed", False)


def test_the_search_finds_only_what_one_sees() -> None:
    mine = DistributorFactory.create(code="D-MINE", name_zh="北京华联", pinyin="bjhl")
    DistributorFactory.create(code="D-OTHER", pinyin="bjhl")
    owner = OwnerFactory.create(distributor=mine, full_name="Olga Owner")
    hits = [hit.title for group in search(owner, "bjhl") for hit in group.hits]
    assert hits == [mine.name]
    everything = {hit.title for group in search(AdministratorFactory.create(), "D-") for hit in group.hits}
    assert len(everything) == 2
    assert [hit.title for group in search(owner, "olga") for hit in group.hits] == ["Olga Owner"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/distributors/%00/", 404),
        ("/responsibilities/%00/%00/", 404),
        ("/tokens/%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00/revoke/", 405),
        ("/responsibilities/?on=9999-12-31", 200),
        ("/responsibilities/?on=nonsense", 200),
        ("/responsibilities/?cursor=nonsense", 400),
        ("/responsibilities/assign/?ids=x&ids=99999999999999999999", 200),
        ("/people/99999999999999999/", 404),
    ],
)
def test_nonsense_in_an_address_is_no_defect(path: str, status: int, client: Client) -> None:
    client.force_login(DirectorFactory.create())
    assert client.get(path).status_code == status


def test_what_begins_with_the_code_typed_comes_first() -> None:
    """Somebody types the start of a code and takes the first line without reading on."""
    director = DirectorFactory.create()
    DistributorFactory.create(code="A-1", name="Shop 77")
    DistributorFactory.create(code="77-B", name="Elsewhere")
    assert [found.code for found in find_distributors(director, "77", 5)] == ["77-B", "A-1"]


def test_every_word_typed_must_be_found() -> None:
    """Two words narrow a search, in any order and case, across code, names, initials and city."""
    director = DirectorFactory.create()
    wanted = DistributorFactory.create(name="Hengtong Trading", name_zh="恒通商贸", city="Hangzhou")
    DistributorFactory.create(name="Hengtong Trading", name_zh="", city="Wuhan")
    for text in ("hangzhou HENG", "恒通 hang", wanted.code.lower() + " trading"):
        assert [found.pk for found in find_distributors(director, text, 5)] == [wanted.pk], text


def test_an_absence_is_recorded_changed_and_cancelled_on_its_pages(client: Client) -> None:
    """Whoever falls ill could not say so, and their orders would wait."""
    me, colleague = ManagerFactory.create(), ManagerFactory.create()
    client.force_login(me)
    form = {"starts_on": "2026-03-02", "ends_on": "2026-03-06", "stand_in": colleague.pk, "note": "Leave"}
    assert client.post(reverse("accounts:absence-new"), form).status_code == 302
    absence = Absence.objects.get()
    assert (absence.person, absence.stand_in) == (me, colleague)
    assert "Leave" in client.get(reverse("accounts:absences")).content.decode()
    page = absence.get_absolute_url()
    assert "Cancel absence" in client.get(page).content.decode()
    assert client.post(page, {**form, "ends_on": "2026-03-01"}).status_code == 400
    assert client.post(page, {**form, "ends_on": ""}).status_code == 302
    absence.refresh_from_db()
    assert absence.ends_on is None
    assert client.post(reverse("accounts:absence-cancel", args=[absence.pk])).status_code == 302
    assert not Absence.objects.exists()
