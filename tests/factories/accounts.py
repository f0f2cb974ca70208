"""People per role, distributors with their sub-network, duties and who answers for them.

`OwnerFactory.create(distributor=acme)`, `ManagerFactory.create(supervisor=lead)`, `DistributorFactory.create(parent=acme)`,
`ResponsibilityFactory.create(user=anna, distributor=acme)` (since 2020, open, so that `anna` sees `acme` today).
Everybody's password is PASSWORD.
"""

from datetime import date, timedelta
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.enums import ChannelKind, DistributorStatus, Role, TokenScope
from accounts.models import (
    Absence,
    ApiToken,
    Distributor,
    Duty,
    Grant,
    Invitation,
    KnownAddress,
    Membership,
    PendingHandOver,
    Responsibility,
    SecurityValue,
    Territory,
    Tier,
    User,
)

PASSWORD = "correct-horse-battery"
SINCE = date(2020, 1, 1)


class TierFactory(factory.django.DjangoModelFactory[Tier]):
    class Meta:
        model = Tier

    code = factory.Sequence(lambda number: f"T{number}")
    name = factory.Sequence(lambda number: f"Tier {number}")
    name_zh = factory.Sequence(lambda number: f"等级{number}")
    rank = factory.Sequence(lambda number: number % 30_000)


class TerritoryFactory(factory.django.DjangoModelFactory[Territory]):
    class Meta:
        model = Territory

    code = factory.Sequence(lambda number: f"AREA{number}")
    name = factory.Sequence(lambda number: f"Area {number}")
    name_zh = factory.Sequence(lambda number: f"区域{number}")


class DistributorFactory(factory.django.DjangoModelFactory[Distributor]):
    """An active distributor of its own; `parent=` puts it into a sub-network."""

    class Meta:
        model = Distributor

    code = factory.Sequence(lambda number: f"D{number:05d}")
    name = factory.Sequence(lambda number: f"Distributor {number}")
    name_zh = factory.Sequence(lambda number: f"经销商{number}")
    channel_kind = ChannelKind.WHOLESALE
    status = DistributorStatus.ACTIVE
    tier = factory.SubFactory(TierFactory)
    territory = factory.SubFactory(TerritoryFactory)
    currency = "USD"
    city = "Springfield"
    country = "US"
    started_on = SINCE


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A channel manager; the classes below are the other roles."""

    class Meta:
        model = User

    email = factory.Sequence(lambda number: f"person{number}@example.test")
    full_name = factory.Sequence(lambda number: f"Person N{number}")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))
    role: str = Role.MANAGER
    distributor: Any = None

    @classmethod
    def _build(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        """Not in the database: nobody yet, whatever the role."""
        del kwargs["role"], kwargs["distributor"]
        user: User = super()._build(model_class, *args, **kwargs)
        return user

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        """With a membership since 2020, which is the one in use, and without grants: as a request has read it."""
        role, distributor = kwargs.pop("role"), kwargs.pop("distributor")
        user: User = super()._create(model_class, *args, **kwargs)
        rows = (
            [Membership.objects.create(person=user, role=role, distributor=distributor, starts_on=SINCE)]
            if role
            else []
        )
        for row in rows:
            vars(row)["grant_rows"] = []
        user.current_memberships = rows
        return user


class SecurityValueFactory(factory.django.DjangoModelFactory[SecurityValue]):
    class Meta:
        model = SecurityValue

    key = factory.Sequence(lambda number: f"tries-{number}")
    value = 1
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(minutes=5))


class InvitationFactory(factory.django.DjangoModelFactory[Invitation]):
    class Meta:
        model = Invitation

    secret_hash = factory.Sequence(lambda number: f"{number:064d}")
    role = Role.FINANCE
    full_name = factory.Faker("name")
    created_by = factory.SubFactory("tests.factories.accounts.AdministratorFactory")
    created_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


class KnownAddressFactory(factory.django.DjangoModelFactory[KnownAddress]):
    class Meta:
        model = KnownAddress

    person = factory.SubFactory(UserFactory, role="")
    address = factory.Sequence(lambda number: f"10.0.{number // 250}.{number % 250}")
    signed_in_at = factory.LazyFunction(timezone.now)


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    person = factory.SubFactory(UserFactory, role="")
    role: str = Role.MANAGER
    starts_on = SINCE


class GrantFactory(factory.django.DjangoModelFactory[Grant]):
    class Meta:
        model = Grant

    role: str = Role.WAREHOUSE
    permission = "orders.decide"
    starts_on = SINCE


class RolelessFactory(UserFactory):
    """Somebody nobody gave a role yet: sees nothing."""

    role = ""


class AdministratorFactory(UserFactory):
    role = Role.ADMINISTRATOR
    is_superuser = True


class DirectorFactory(UserFactory):
    role = Role.DIRECTOR


class ManagerFactory(UserFactory):
    role = Role.MANAGER


class WarehouseUserFactory(UserFactory):
    role = Role.WAREHOUSE


class FinanceFactory(UserFactory):
    role = Role.FINANCE


class OwnerFactory(UserFactory):
    role = Role.OWNER
    distributor = factory.SubFactory(DistributorFactory)


class BuyerFactory(OwnerFactory):
    role = Role.BUYER


class KeeperFactory(OwnerFactory):
    role = Role.KEEPER


class AccountantFactory(OwnerFactory):
    role = Role.ACCOUNTANT


USER_FACTORIES: dict[str, type[UserFactory]] = {
    Role.ADMINISTRATOR: AdministratorFactory,
    Role.DIRECTOR: DirectorFactory,
    Role.MANAGER: ManagerFactory,
    Role.WAREHOUSE: WarehouseUserFactory,
    Role.FINANCE: FinanceFactory,
    Role.OWNER: OwnerFactory,
    Role.BUYER: BuyerFactory,
    Role.KEEPER: KeeperFactory,
    Role.ACCOUNTANT: AccountantFactory,
}


class DutyFactory(factory.django.DjangoModelFactory[Duty]):
    class Meta:
        model = Duty

    code = factory.Sequence(lambda number: f"duty{number}")
    name = factory.Sequence(lambda number: f"Duty {number}")
    name_zh = factory.Sequence(lambda number: f"职责{number}")
    covers = "Agrees the plan and answers the telephone."
    position = factory.Sequence(lambda number: number % 30_000)


class ResponsibilityFactory(factory.django.DjangoModelFactory[Responsibility]):
    class Meta:
        model = Responsibility

    distributor = factory.SubFactory(DistributorFactory)
    duty = factory.SubFactory(DutyFactory)
    user = factory.SubFactory(ManagerFactory)
    starts_on = SINCE


class AbsenceFactory(factory.django.DjangoModelFactory[Absence]):
    """Open, since 2020, so that the person is away on every day of a test."""

    class Meta:
        model = Absence

    person = factory.SubFactory(ManagerFactory)
    starts_on = SINCE


class PendingHandOverFactory(factory.django.DjangoModelFactory[PendingHandOver]):
    class Meta:
        model = PendingHandOver

    person = factory.SubFactory(ManagerFactory)
    decided_by = factory.SubFactory(ManagerFactory)
    on = SINCE
    shares = factory.LazyFunction(lambda: {"1": 1})


class ApiTokenFactory(factory.django.DjangoModelFactory[ApiToken]):
    """The stored key; the text that its owner sends is its attribute `secret`."""

    class Meta:
        model = ApiToken

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda number: f"Token {number}")
    scope = TokenScope.ALL

    @classmethod
    def _create(cls, model_class: type[ApiToken], *args: object, **kwargs: object) -> ApiToken:
        token: ApiToken
        token, secret = model_class.objects.create(*args, **kwargs)
        token.secret = secret
        return token
