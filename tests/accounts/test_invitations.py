"""Invitations by a link. Where this breaks, a stranger works in a distributor's name, or nobody can be let in."""

import threading
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import DistributorStatus, Role
from accounts.models import Grant, Invitation, Membership, User
from accounts.services.grants import limit_orders
from accounts.services.invitations import MAX_TRIES, VALID_FOR, accept_invitation, invite_person, join, open_invitation
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.models import Event
from core.outbox import relay
from tests.factories.accounts import (
    PASSWORD,
    AdministratorFactory,
    BuyerFactory,
    DistributorFactory,
    KeeperFactory,
    OwnerFactory,
    RolelessFactory,
)

pytestmark = pytest.mark.django_db


def invited(owner: User, **values: Any) -> tuple[Invitation, str]:
    """An invitation of a buyer, and the secret of its link."""
    wish = {"role": Role.BUYER, "full_name": "Li Na", "now": timezone.now()} | values
    invitation, link = invite_person(actor=owner, **wish)
    return invitation, link.rstrip("/").rsplit("/", 1)[1]


def test_an_owner_lets_a_buyer_in_by_a_link(client: Client) -> None:
    """The way of most buyers: a link in a messenger, a password, and the catalogue."""
    owner = OwnerFactory.create(distributor=DistributorFactory.create(name="Ours"))
    client.force_login(owner)
    page = client.post(reverse("accounts:invite"), {"full_name": "Li Na", "role": Role.BUYER})
    link = page.context["link"]
    assert link in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert link not in client.get(reverse("accounts:invite")).content.decode(), "it is shown once"
    client.logout()
    path = link[link.index("/join/") :]
    shown = client.get(path).content.decode()
    assert "Ours" in shown
    assert "Distributor buyer" in shown
    weak = client.post(path, {"full_name": "Li Na", "email": "li@example.test", "password": "1234567890"})
    assert weak.status_code == 400
    assert "entirely numeric" in weak.content.decode()
    assert not User.objects.filter(email="li@example.test").exists()
    done = client.post(path, {"full_name": "Li Na", "email": "Li@Example.test", "password": PASSWORD})
    assert done.status_code == 302
    person = User.objects.get(email="li@example.test")
    assert (person.role, person.distributor) == (Role.BUYER, owner.distributor)
    assert person.check_password(PASSWORD)
    assert client.get(path).status_code == 404, "a link works once"
    assert {"invitation.accepted", "membership.granted", "user.created"} <= set(
        Event.objects.values_list("kind", flat=True)
    )


def test_whoever_has_an_account_takes_the_role_with_it(client: Client) -> None:
    """A person of two distributors would need two accounts, and two passwords."""
    owner, person = OwnerFactory.create(), BuyerFactory.create()
    _invitation, secret = invited(owner)
    path = reverse("accounts:join", args=[secret])
    taken = client.post(path, {"full_name": "X", "email": person.email, "password": PASSWORD})
    assert taken.status_code == 409
    assert "Sign in, then open" in taken.content.decode()
    client.force_login(person)
    assert client.post(path).url == reverse("home")
    assert set(person.memberships.values_list("distributor", flat=True)) == {
        person.distributor_id, owner.distributor_id,
    }  # fmt: skip
    assert client.get(reverse("accounts:distributor", args=[owner.distributor.code])).status_code == 200, "it is in use"


def test_the_invited_address_is_the_one_that_signs_in() -> None:
    owner = OwnerFactory.create()
    _invitation, secret = invited(owner, email="Li@Example.test")
    membership = join(secret=secret, full_name="Li", email="other@example.test", password=PASSWORD, now=timezone.now())
    assert membership.person.email == "li@example.test"
    relay()
    [letter] = mail.outbox
    assert letter.to == ["li@example.test"]
    assert secret in letter.body


@pytest.mark.parametrize("fate", ["expired", "withdrawn", "left", "demoted", "terminated", "tried", "wrong"])
def test_a_link_that_no_longer_holds_opens_nothing(fate: str, client: Client) -> None:
    """Somebody who left would go on letting people in; a guessed link would open a company."""
    owner = OwnerFactory.create()
    invitation, secret = invited(owner)
    match fate:
        case "expired":
            Invitation.objects.update(created_at=timezone.now() - VALID_FOR, expires_at=timezone.now())
        case "withdrawn":
            client.force_login(owner)
            address = reverse("accounts:invitation-withdraw", args=[invitation.pk])
            assert client.post(address).status_code == 302
            assert client.post(address).status_code == 409
        case "left":
            User.objects.filter(pk=owner.pk).update(is_active=False)
        case "demoted":
            owner.memberships.update(role=Role.BUYER)
        case "terminated":
            owner.distributor.status = DistributorStatus.TERMINATED
            owner.distributor.save()
        case "tried":
            Invitation.objects.update(tries=MAX_TRIES + 1)
        case "wrong":
            secret = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    client.logout()
    path = reverse("accounts:join", args=[secret])
    assert client.get(path).status_code == 404
    form = {"full_name": "X", "email": "x@example.test", "password": PASSWORD}
    assert client.post(path, form).status_code == 404
    with pytest.raises(NotVisible):
        accept_invitation(secret=secret, person_id=RolelessFactory.create().pk, now=timezone.now())
    assert not User.objects.filter(email="x@example.test").exists()


def test_a_link_finds_out_few_addresses() -> None:
    """With a link that could be tried for ever, anybody could ask which addresses have an account."""
    owner = OwnerFactory.create()
    _invitation, secret = invited(owner)
    for _try in range(MAX_TRIES):
        with pytest.raises(Conflict):
            join(secret=secret, full_name="X", email=owner.email, password=PASSWORD, now=timezone.now())
    with pytest.raises(NotVisible):
        join(secret=secret, full_name="X", email="free@example.test", password=PASSWORD, now=timezone.now())
    with pytest.raises(NotVisible):
        open_invitation(secret=secret, now=timezone.now())


def test_who_may_invite_whom() -> None:
    """An owner who invites an administrator would own the brand; a buyer would choose colleagues."""
    owner, other = OwnerFactory.create(), DistributorFactory.create()
    for role in (Role.ADMINISTRATOR, Role.FINANCE):
        with pytest.raises(NotAllowed):
            invited(owner, role=role)
    with pytest.raises(NotVisible):
        invited(owner, distributor_id=other.pk)
    with pytest.raises(NotAllowed):
        invited(BuyerFactory.create())
    administrator = AdministratorFactory.create()
    assert invited(administrator, role=Role.FINANCE)[0].distributor is None
    with pytest.raises(InvalidInput):
        invited(administrator, role=Role.BUYER)
    _invitation, secret = invited(owner, role=Role.KEEPER)
    with pytest.raises(NotAllowed):
        accept_invitation(secret=secret, person_id=owner.pk, now=timezone.now())
    keeper = KeeperFactory.create(distributor=owner.distributor)
    with pytest.raises(Conflict):
        accept_invitation(secret=secret, person_id=keeper.pk, now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_two_who_open_one_link_at_once() -> None:
    """A link that was forwarded lets one person in, not two."""
    owner = OwnerFactory.create()
    _invitation, secret = invited(owner)
    people = [RolelessFactory.create(), RolelessFactory.create()]
    start, outcomes = threading.Barrier(2), []

    def take(person: User) -> None:
        start.wait()
        try:
            accept_invitation(secret=secret, person_id=person.pk, now=timezone.now())
            outcomes.append("in")
        except NotVisible:
            outcomes.append("out")
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "out"]
    assert Membership.objects.filter(person__in=people).count() == 1


def test_the_log_holds_no_secret_of_a_link(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever reads the log would get in before the one who was invited."""
    _invitation, secret = invited(OwnerFactory.create())
    with caplog.at_level("INFO"):
        client.get(reverse("accounts:join", args=[secret]))
    assert "/join/" in caplog.text
    assert secret not in caplog.text


def test_a_buyer_is_invited_with_a_limit_in_one_step(client: Client) -> None:
    """Between the invitation and the limit the new buyer would order without one."""
    owner = OwnerFactory.create()
    client.force_login(owner)
    wrong = client.post(reverse("accounts:invite"), {"full_name": "Li Na", "role": Role.KEEPER, "amount_limit": "500"})
    assert wrong.context["form"].errors["amount_limit"] == ["Only a buyer has an order limit."]
    page = client.post(reverse("accounts:invite"), {"full_name": "Li Na", "role": Role.BUYER, "amount_limit": "500"})
    secret = page.context["link"].rstrip("/").rsplit("/", 1)[1]
    assert "500" in client.get(reverse("accounts:invite")).content.decode()
    membership = join(secret=secret, full_name="Li Na", email="li@example.test", password=PASSWORD, now=timezone.now())
    limit = Grant.objects.get()
    assert (limit.person, limit.distributor, limit.amount_limit) == (membership.person, owner.distributor, 500)
    person = User.objects.get(email="li@example.test")
    assert person.grants["orders.place"].amount_limit == 500


def test_whoever_comes_back_has_the_limit_of_the_invitation() -> None:
    """The limit of last year would stay beside the one that was offered."""
    owner = OwnerFactory.create()
    person = BuyerFactory.create(distributor=owner.distributor)
    limit_orders(actor=owner, person_id=person.pk, amount=Decimal(900), on=timezone.localdate())
    Membership.objects.filter(person=person).delete()
    _invitation, secret = invited(owner, amount_limit=Decimal(500))
    accept_invitation(secret=secret, person_id=person.pk, now=timezone.now())
    assert [grant.amount_limit for grant in Grant.objects.from_day(timezone.localdate())] == [500]


def test_the_api_answers_the_link_once_and_keeps_it_nowhere(client: Client) -> None:
    """The link is a key: whoever reads the kept replies would get in."""
    client.force_login(OwnerFactory.create())
    wish = {"full_name": "Li Na", "role": "buyer", "amount_limit": "500"}
    first, again = (
        client.post("/api/v1/invitations/", wish, content_type="application/json", headers={"Idempotency-Key": "one"})
        for _ in range(2)
    )
    assert (first.status_code, again.status_code) == (201, 201)
    assert "/join/" in first.json()["link"]
    assert "no-store" in first.headers["Cache-Control"]
    assert again.json() == {name: value for name, value in first.json().items() if name != "link"}
    (row,) = client.get("/api/v1/invitations/").json()["results"]
    assert (row["full_name"], row["amount_limit"], "link" in row) == ("Li Na", "500.0000", False)
    assert client.post(f"/api/v1/invitations/{row['id']}/withdraw/").status_code == 204
    assert client.get("/api/v1/invitations/").json()["results"] == []
