"""Distributors, people, tokens and notifications. Where this breaks, somebody is locked out, or let in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import DistributorStatus, Role, TokenScope
from accounts.errors import Circle
from accounts.models import ApiToken, Distributor, User
from accounts.services.distributors import change_distributor, create_distributor
from accounts.services.people import change_role, change_user, create_user
from accounts.services.tokens import issue_token, revoke_token
from core.errors import Conflict, InvalidInput, NotAllowed, NotVisible
from core.models import Event
from core.pinyin import pinyin_initials
from tests.factories.accounts import (
    AdministratorFactory,
    ApiTokenFactory,
    BuyerFactory,
    DirectorFactory,
    DistributorFactory,
    ManagerFactory,
    OwnerFactory,
    RolelessFactory,
    TierFactory,
)
from tests.orders.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "initials"), [("北京华联", "bjhl"), ("Acme 上海", "acmesh"), ("", ""), ("重庆" * 40, ("zq" * 40)[:64])]
)
def test_chinese_names_are_found_by_their_initials(name: str, initials: str) -> None:
    found = pinyin_initials(name)
    assert found.replace("c", "z") == initials.replace("c", "z"), "重 is read chong or zhong"


def test_a_distributor_is_made_and_changed_with_what_was_before() -> None:
    director = DirectorFactory.create()
    made = create_distributor(
        actor=director, code="BJ1", name="Beijing", name_zh="北京华联", channel_kind="retail", currency="CNY"
    )
    assert (made.pinyin, made.status) == ("bjhl", DistributorStatus.ACTIVE)
    tier = TierFactory.create()
    change_distributor(actor=director, distributor_id=made.pk, name_zh="上海百联", tier_id=tier.pk, city="")
    made.refresh_from_db()
    assert (made.pinyin, made.tier) == ("shbl", tier)
    event = Event.objects.latest("pk")
    assert event.data == {"changes": {"name_zh": ["北京华联", "上海百联"], "tier_id": [None, tier.pk]}}
    change_distributor(actor=director, distributor_id=made.pk, city="")
    assert Event.objects.count() == 2, "nothing changed, nothing is recorded"


def test_a_code_is_given_once_and_in_words() -> None:
    DistributorFactory.create(code="BJ1")
    with refused(Conflict, match="BJ1"):
        create_distributor(actor=DirectorFactory.create(), code="BJ1", name="x", channel_kind="retail", currency="CNY")
    with refused(InvalidInput, match="three capital"):
        create_distributor(actor=DirectorFactory.create(), code="BJ2", name="x", channel_kind="retail", currency="rmb")


def test_nobody_stands_below_itself() -> None:
    """A circle in the sub-network would make every scoped query run for ever."""
    top = DistributorFactory.create()
    middle = DistributorFactory.create(parent=top)
    low = DistributorFactory.create(parent=middle)
    for parent in (top, middle, low):
        with refused(Circle):
            change_distributor(actor=DirectorFactory.create(), distributor_id=top.pk, parent_id=parent.pk)
    change_distributor(actor=DirectorFactory.create(), distributor_id=low.pk, parent_id=top.pk)
    assert Distributor.objects.get(pk=low.pk).parent == top


def test_only_leads_change_distributors() -> None:
    owner = OwnerFactory.create()
    with refused(NotAllowed):
        change_distributor(actor=owner, distributor_id=owner.distributor_id, city="Rome")
    with refused(NotVisible):
        change_distributor(actor=owner, distributor_id=DistributorFactory.create().pk, city="Rome")


def test_an_owner_makes_people_of_its_own_only() -> None:
    owner = OwnerFactory.create()
    made = create_user(actor=owner, email="New@Example.test", full_name="New One", role=Role.BUYER)
    assert (made.email, made.distributor, made.has_usable_password()) == ("new@example.test", owner.distributor, False)
    with refused(NotAllowed):
        create_user(actor=owner, email="b@example.test", full_name="B", role=Role.ADMINISTRATOR)
    with refused(NotVisible):
        stranger = DistributorFactory.create()
        create_user(actor=owner, email="b@example.test", full_name="B", role=Role.BUYER, distributor_id=stranger.pk)
    with refused(Conflict):
        create_user(actor=owner, email="new@example.test", full_name="B", role=Role.BUYER)
    with refused(NotAllowed):
        create_user(actor=BuyerFactory.create(), email="b@example.test", full_name="B", role=Role.BUYER)


def test_roles_are_changed_by_who_may_and_never_ones_own() -> None:
    administrator, owner = AdministratorFactory.create(), OwnerFactory.create()
    buyer = BuyerFactory.create(distributor=owner.distributor)
    change_role(actor=owner, user_id=buyer.pk, role=Role.KEEPER)
    buyer.refresh_from_db()
    assert (buyer.role, buyer.distributor) == (Role.KEEPER, owner.distributor)
    with refused(NotVisible):  # not taken and left out without a word
        change_role(actor=owner, user_id=buyer.pk, role=Role.BUYER, distributor_id=DistributorFactory.create().pk)
    for actor, person, role, error in (
        (owner, buyer, Role.ADMINISTRATOR, NotAllowed),
        (owner, BuyerFactory.create(), Role.KEEPER, NotVisible),
        (administrator, administrator, Role.DIRECTOR, NotAllowed),
        (DirectorFactory.create(), buyer, Role.BUYER, NotAllowed),
        (administrator, buyer, Role.BUYER, InvalidInput),
    ):
        with refused(error):
            change_role(actor=actor, user_id=person.pk, role=role)
    change_role(actor=administrator, user_id=buyer.pk, role=Role.MANAGER)
    assert User.objects.get(pk=buyer.pk).distributor is None


def test_a_closed_account_loses_its_keys() -> None:
    administrator, token = AdministratorFactory.create(), ApiTokenFactory.create(user=ManagerFactory.create())
    change_user(actor=administrator, user_id=token.user_id, is_active=False)
    assert not ApiToken.objects.exists()
    with refused(NotAllowed):
        change_user(actor=administrator, user_id=administrator.pk, is_active=False)


def test_nobody_is_the_own_supervisor() -> None:
    administrator, lead = AdministratorFactory.create(), ManagerFactory.create()
    member = ManagerFactory.create(supervisor=lead)
    with refused(Circle):
        change_user(actor=administrator, user_id=lead.pk, supervisor_id=member.pk)


def test_a_token_is_shown_once_and_revoked_by_its_owner_or_an_administrator() -> None:
    owner = OwnerFactory.create()
    token, text = issue_token(actor=owner, name="ERP", scope=TokenScope.ORDER)
    assert text.startswith("trib_")
    assert text not in str(ApiToken.objects.values()) + str(Event.objects.values())
    with refused(NotVisible):
        revoke_token(actor=OwnerFactory.create(), reference=token.reference)
    with refused(NotVisible):
        revoke_token(actor=owner, reference="")
    revoke_token(actor=owner, reference=token.reference)
    other, _text = issue_token(actor=owner, name="ERP", scope=TokenScope.READ)
    revoke_token(actor=AdministratorFactory.create(), reference=other.reference)
    assert not ApiToken.objects.exists()
    with refused(NotAllowed):
        issue_token(actor=RolelessFactory.create(), name="x", scope=TokenScope.READ)
    with refused(InvalidInput):
        issue_token(actor=owner, name="x", scope=TokenScope.READ, expires_at=timezone.now() - timedelta(days=1))
