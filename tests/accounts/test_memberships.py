"""What people are in which organisation. Where this breaks, somebody acts in a company they have left."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.enums import Role, TokenScope
from accounts.models import Distributor, Membership, User
from accounts.services.memberships import SESSION_KEY, end_membership, grant_membership
from accounts.services.people import change_role
from accounts.services.tokens import issue_token
from core.actors import Actor
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.models import Event
from tests.factories.accounts import (
    AdministratorFactory,
    ApiTokenFactory,
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    ManagerFactory,
    MembershipFactory,
    OwnerFactory,
    RolelessFactory,
)
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db


def fresh(person: Any) -> User:
    found: User = User.objects.get(pk=person.pk)
    return found


def test_the_first_membership_in_force_is_the_one_in_use() -> None:
    """Somebody who left a company, or has yet to begin, would act in its name."""
    today = timezone.localdate()
    person = RolelessFactory.create()
    MembershipFactory.create(person=person, role=Role.FINANCE, ends_on=today - timedelta(days=1))
    MembershipFactory.create(person=person, role=Role.DIRECTOR, starts_on=today + timedelta(days=1))
    assert (fresh(person).role, fresh(person).membership_id) == ("", None)
    second = MembershipFactory.create(person=person, role=Role.KEEPER, distributor=DistributorFactory.create())
    first = MembershipFactory.create(person=person, role=Role.MANAGER, starts_on=second.starts_on - timedelta(days=1))
    assert isinstance(fresh(person), Actor)
    assert (fresh(person).role, fresh(person).distributor_id, fresh(person).is_brand) == (Role.MANAGER, None, True)
    chosen = fresh(person)
    chosen.use_membership(second.pk)
    assert (chosen.role, chosen.distributor) == (Role.KEEPER, second.distributor)
    chosen.use_membership(MembershipFactory.create().pk)
    assert (chosen.role, chosen.distributor) == ("", None), "another person's gives nothing"
    assert first.person == person


def test_scope_and_permissions_follow_the_membership_in_use() -> None:
    mine, other = DistributorFactory.create(), DistributorFactory.create()
    person = OwnerFactory.create(distributor=mine)
    second = MembershipFactory.create(person=person, role=Role.BUYER, distributor=other)
    person = fresh(person)
    assert list(Distributor.objects.visible_to(person)) == [mine]
    person.use_membership(second.pk)
    assert list(Distributor.objects.visible_to(person)) == [other]


def test_the_session_names_the_membership_in_use(client: Client) -> None:
    """Who works for two companies would always be taken for somebody of the first one."""
    person = BuyerFactory.create()
    second = MembershipFactory.create(person=person, role=Role.KEEPER, distributor=DistributorFactory.create())
    client.force_login(person)
    assert client.get(reverse("api:me")).json()["role"] == Role.BUYER
    session = client.session
    session[SESSION_KEY] = second.pk
    session.save()
    me = client.get(reverse("api:me")).json()
    assert (me["role"], me["distributor"]) == (Role.KEEPER, second.distributor.code)
    Membership.objects.filter(pk=second.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert client.get(reverse("api:me")).json()["role"] == Role.BUYER


def test_a_token_acts_under_its_own_membership() -> None:
    """A key given to the ERP of one company would open another one, or still work after the person has left."""
    person = OwnerFactory.create()
    second = MembershipFactory.create(person=person, role=Role.KEEPER, distributor=DistributorFactory.create())
    person = fresh(person)
    person.use_membership(second.pk)
    _token, secret = issue_token(actor=person, name="ERP", scope=TokenScope.READ)

    def me() -> dict[str, Any]:
        caller = APIClient()
        caller.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
        found: dict[str, Any] = caller.get(reverse("api:me")).json()
        return found

    assert (me()["role"], me()["distributor"]) == (Role.KEEPER, second.distributor.code)
    Membership.objects.filter(pk=second.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert (me()["role"], me()["distributor"]) == ("", None)


def test_who_asks_costs_one_query(client: Client) -> None:
    """Each request begins with it."""
    director = DirectorFactory.create()
    caller = APIClient()
    caller.credentials(HTTP_AUTHORIZATION=f"Token {ApiTokenFactory.create(user=director).secret}")
    with CaptureQueriesContext(connection) as queries:
        caller.get(reverse("api:me"))
    assert len(queries) == 1
    client.force_login(director)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("api:me"))
    assert len([one for one in queries if "accounts_" in one["sql"] or one["sql"].startswith("EXECUTE")]) == 1


def test_a_membership_is_granted_and_ended() -> None:
    today = timezone.localdate()
    administrator, person = AdministratorFactory.create(), ManagerFactory.create()
    granted = grant_membership(actor=administrator, person_id=person.pk, role=Role.FINANCE, starts_on=today)
    assert {row.role for row in fresh(person).memberships_in_force()} == {Role.MANAGER, Role.FINANCE}
    with refused(Conflict):
        grant_membership(actor=administrator, person_id=person.pk, role=Role.FINANCE, starts_on=today)
    end_membership(actor=administrator, membership_id=granted.pk, ends_on=today)
    with refused(Conflict):
        end_membership(actor=administrator, membership_id=granted.pk, ends_on=today + timedelta(days=1))
    with refused(InvalidInput):
        end_membership(actor=administrator, membership_id=granted.pk, ends_on=today - timedelta(days=1))
    later = today + timedelta(days=1)
    assert grant_membership(actor=administrator, person_id=person.pk, role=Role.FINANCE, starts_on=later)
    assert list(Event.objects.order_by("pk").values_list("kind", flat=True)) == [
        "membership.granted",
        "membership.ended",
        "membership.granted",
    ]


def test_nobody_grants_more_than_they_may() -> None:
    today = timezone.localdate()
    owner, buyer, stranger = OwnerFactory.create(), BuyerFactory.create(), BuyerFactory.create()
    Membership.objects.filter(person=buyer).update(distributor=owner.distributor)
    options = {"role": Role.KEEPER, "distributor_id": owner.distributor_id, "starts_on": today}
    assert grant_membership(actor=owner, person_id=buyer.pk, **options)
    with refused(NotAllowed):
        grant_membership(actor=owner, person_id=buyer.pk, role=Role.DIRECTOR, starts_on=today)
    with refused(NotAllowed):
        grant_membership(actor=owner, person_id=owner.pk, **options)
    with refused(NotVisible):
        grant_membership(actor=owner, person_id=stranger.pk, **options)
    with refused(NotVisible):
        grant_membership(actor=owner, person_id=buyer.pk, **{**options, "distributor_id": stranger.distributor_id})
    with refused(InvalidInput):
        grant_membership(actor=owner, person_id=buyer.pk, role=Role.BUYER, starts_on=today)
    with refused(NotVisible):
        end_membership(actor=owner, membership_id=stranger.membership_id or 0, ends_on=today)
    with refused(NotAllowed):
        end_membership(actor=owner, membership_id=owner.membership_id or 0, ends_on=today)


def test_another_role_replaces_the_one_in_use_and_keeps_its_days() -> None:
    """Who was what when would be lost with the next change."""
    today = timezone.localdate()
    administrator, person = AdministratorFactory.create(), ManagerFactory.create()
    change_role(actor=administrator, user_id=person.pk, role=Role.FINANCE)
    change_role(actor=administrator, user_id=person.pk, role=Role.WAREHOUSE)
    rows = list(
        Membership.objects.filter(person=person).order_by("starts_on").values_list("role", "starts_on", "ends_on")
    )
    assert [(role, ends) for role, _starts, ends in rows] == [
        (Role.MANAGER, today - timedelta(days=1)),
        (Role.WAREHOUSE, None),
    ]
    assert rows[1][1] == today


def test_lists_of_people_read_their_memberships_at_once() -> None:
    for _ in range(5):
        OwnerFactory.create()
    with CaptureQueriesContext(connection) as queries:
        rows = list(User.objects.with_memberships())
        assert all(person.distributor and person.distributor.code and person.role for person in rows)
    assert len(queries) == 2


def test_a_person_of_two_distributors_switches_in_the_head(client: Client) -> None:
    """Whoever buys for two companies would order in the name of the wrong one, or need two accounts."""
    ours, theirs = DistributorFactory.create(name="Ours"), DistributorFactory.create(name="Theirs")
    person = BuyerFactory.create(distributor=ours)
    second = MembershipFactory.create(
        person=person, role=Role.KEEPER, distributor=theirs, starts_on=timezone.localdate()
    )
    client.force_login(person)
    page = client.get(reverse("accounts:absences")).content.decode()
    assert "Work as" in page
    assert "Theirs · Distributor warehouse keeper" in page
    assert client.post(reverse("accounts:membership-use"), {"membership": second.pk}).url == reverse("home")
    assert client.get(reverse("accounts:distributor", args=[theirs.code])).status_code == 200
    assert client.get(reverse("accounts:distributor", args=[ours.code])).status_code == 404
    for foreign in (BuyerFactory.create().membership_id, 0, "x", ""):
        assert client.post(reverse("accounts:membership-use"), {"membership": foreign}).status_code == 404
    Membership.objects.filter(pk=second.pk).update(
        ends_on=timezone.localdate() - timedelta(days=1), starts_on="2020-01-01"
    )
    assert client.get(reverse("accounts:distributor", args=[ours.code])).status_code == 200, "the other one is left"


def test_an_owner_ends_the_role_of_a_person_of_two_but_does_not_close_the_account(client: Client) -> None:
    """One distributor could lock out another one's people."""
    ours, theirs = DistributorFactory.create(), DistributorFactory.create()
    owner, person = OwnerFactory.create(distributor=ours), BuyerFactory.create(distributor=ours)
    other = MembershipFactory.create(person=person, role=Role.KEEPER, distributor=theirs)
    client.force_login(owner)
    page = client.get(person.get_absolute_url()).content.decode()
    assert theirs.name not in page
    assert client.get(reverse("accounts:person-change", args=[person.pk])).status_code == 200
    answer = client.post(reverse("accounts:person-change", args=[person.pk]), {"full_name": "Gone", "language": "en"})
    assert answer.status_code == 403
    assert fresh(person).is_active
    assert client.get(reverse("accounts:membership-end", args=[other.pk])).status_code == 404
    end = reverse("accounts:membership-end", args=[person.memberships.get(distributor=ours).pk])
    assert end in page
    assert client.post(end, {"ends_on": timezone.localdate()}).status_code == 302
    assert person.memberships.get(distributor=ours).ends_on == timezone.localdate()
    assert person.memberships.get(distributor=theirs).ends_on is None
    mine = reverse("accounts:membership-end", args=[owner.membership_id])
    assert client.post(mine, {"ends_on": timezone.localdate()}).status_code == 403


def test_a_role_is_added_beside_the_others(client: Client) -> None:
    """A keeper who also buys would have to be one or the other."""
    owner = OwnerFactory.create()
    person = BuyerFactory.create(distributor=owner.distributor)
    client.force_login(owner)
    address = reverse("accounts:membership-new", args=[person.pk])
    day = timezone.localdate()
    assert client.post(address, {"role": Role.KEEPER, "starts_on": day}).status_code == 302
    assert set(person.memberships.values_list("role", flat=True)) == {Role.BUYER, Role.KEEPER}
    again = client.post(address, {"role": Role.KEEPER, "starts_on": day})
    assert again.status_code == 409
    assert "already has this role" in again.content.decode()
    assert client.post(address, {"role": Role.FINANCE, "starts_on": day}).status_code == 400
