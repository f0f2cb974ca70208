from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken, AuthTokenManager

from accounts.enums import BRAND_ROLES, Role, TokenScope
from accounts.models.distributor import Distributor
from accounts.models.grant import Grant
from accounts.models.membership import Membership
from accounts.permissions import ADMINISTER, SEE_CHANNEL
from accounts.querysets import REFERENCE_LENGTH, ApiTokenQuerySet, UserQuerySet
from core.codes import CodeField, unique_code
from core.errors import Message
from core.mail import NOWHERE
from core.models.base import localised
from core.permissions import GrantInForce, by_codename
from core.state import legal_values


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # made at run time
    def create_user(self, email: str, password: str | None = None, *, role: str = "", **fields: Any) -> "User":
        """A person who signs in by e-mail, with a membership from today where a role is given.

        Without a password nobody can sign in until it is reset.
        """
        distributor_id = fields.pop("distributor_id", None)
        distributor = fields.pop("distributor", None)
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        with transaction.atomic(using=self._db):
            user.save(using=self._db)
            if role:
                Membership.objects.create(
                    person=user,
                    role=role,
                    distributor_id=distributor.pk if distributor else distributor_id,
                    starts_on=timezone.localdate(),
                )
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{**fields, "role": Role.ADMINISTRATOR, "is_superuser": True})


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Their roles in organisations are their memberships; one is in use at a time."""

    email = models.EmailField(_("e-mail"), unique=True)
    phone = models.CharField(
        _("mobile number"),
        max_length=16,
        null=True,
        blank=True,
        unique=True,
        help_text=_("Receives codes to sign in with."),
    )
    full_name = models.CharField(_("full name"), max_length=150)
    full_name_zh = models.CharField(_("Chinese name"), max_length=150, blank=True)
    supervisor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("supervisor")
    )
    external_code = CodeField(_("external code"), max_length=64, null=True, blank=True)
    language = models.CharField(
        _("language"),
        max_length=16,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Empty: the language of the browser, until the person chooses one."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    leaves_on = models.DateField(_("last working day"), null=True, blank=True)
    session_epoch = models.PositiveIntegerField(_("count of ends of all sessions"), default=0, editable=False)
    date_joined = models.DateTimeField(_("joined at"), auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    current_memberships: list[Membership]
    _membership: Membership | None
    _grants: Mapping[str, GrantInForce]
    _work: frozenset[int]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [
            unique_code("user_external_code_once", field="external_code"),
            models.CheckConstraint(condition=Q(phone__regex=r"^\+[1-9][0-9]{5,14}$"), name="user_phone_e164"),
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        return reverse("accounts:person", args=[self.pk])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Changes with the password, as Django's, and with `session_epoch`."""
        salt = "accounts.models.User.get_session_auth_hash"
        return salted_hmac(salt, f"{self.password}{self.session_epoch}", secret=secret, algorithm="sha256").hexdigest()

    @property
    def reachable_email(self) -> str:
        """The e-mail address, empty for whoever has none: what stands there then leads nowhere."""
        return "" if self.email.endswith(NOWHERE) else self.email

    @property
    def login(self) -> str:
        """What the person signs in with: the e-mail address, or without one the mobile number."""
        return self.reachable_email or self.phone or ""

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        for name in ("current_memberships", "_membership", "_grants", "_work"):
            vars(self).pop(name, None)

    def use_membership(self, membership_id: int | None = None) -> None:
        """Act under this membership from now on, or under the first one in force.

        One that is not the person's, or not in force, leaves the person without a role.
        """
        rows = self.memberships_in_force()
        if membership_id is not None:
            rows = [row for row in rows if row.pk == membership_id]
        chosen = rows[0] if rows else None
        self.bind_membership(chosen, grants=vars(chosen).get("grant_rows") if chosen else None)

    def bind_membership(
        self, membership: Membership | None, *, grants: Sequence[Mapping[str, Any]] | None = None
    ) -> None:
        """Act under a membership that the caller knows to be the person's and in force; None is no role.

        `grants` are the rows of its role's and the person's grants in force, where the caller has read them.
        """
        self._membership = membership
        for name in ("_grants", "_work"):
            vars(self).pop(name, None)
        if grants is not None:
            self._grants = by_codename([_grant(row) for row in grants])

    def memberships_in_force(self) -> list[Membership]:
        """Those read with the person (see `with_memberships`), else those of today by a query of their own."""
        if "current_memberships" not in vars(self):
            today = timezone.localdate()
            rows = Membership.objects.on(today).filter(person=self.pk).select_related("distributor")
            self.current_memberships = list(rows) if self.pk else []
        return self.current_memberships

    @property
    def membership(self) -> Membership | None:
        """The membership in use."""
        if "_membership" not in vars(self):
            self.use_membership()
        return self._membership

    @property
    def membership_id(self) -> int | None:
        return self.membership.pk if self.membership else None

    @property
    def role(self) -> str:
        return self.membership.role if self.membership else ""

    @property
    def role_label(self) -> Message:
        return Role(self.role).label if self.role in Role.values else _("No role")

    @property
    def distributor_id(self) -> int | None:
        return self.membership.distributor_id if self.membership else None

    @property
    def distributor(self) -> Distributor | None:
        """The organisation of the membership in use; None for the brand owner's people."""
        return self.membership.distributor if self.membership else None

    @property
    def grants(self) -> Mapping[str, GrantInForce]:
        """What grants say today, by permission. Read with the membership, else by a query of their own."""
        if "_grants" not in vars(self):
            rows = Grant.objects.on(timezone.localdate()).holding_for(
                person_id=self.pk, role=self.role, distributor_id=self.distributor_id
            )
            self._grants = by_codename([_grant(row) for row in rows.as_rows()] if self.role else [])
        return self._grants

    def works_for(self, distributor_id: int) -> bool:
        """Whether the distributor is the person's work: a stand-in's only while the responsible person is away.

        One query for somebody of the brand who does not see the whole channel, none for others.
        """
        if SEE_CHANNEL.granted_to(self):
            return True
        if "_work" not in vars(self):
            self._work = frozenset(Distributor.objects.acted_for_by(self).values_list("pk", flat=True))
        return distributor_id in self._work

    @property
    def on_behalf_of_id(self) -> int | None:
        """Acting on behalf of others is not offered yet."""
        return None

    @property
    def is_staff(self) -> bool:
        """The admin is open to administrators only."""
        return ADMINISTER.granted_to(self)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's permissions are asked by the admin alone, which is open to administrators."""
        return (self.is_active and self.is_staff) or super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return (self.is_active and self.is_staff) or super().has_module_perms(app_label)

    @property
    def is_brand(self) -> bool:
        return self.role in BRAND_ROLES

    @property
    def display_name(self) -> str:
        """The name in the reader's script, where it is known."""
        return localised(self.full_name, self.full_name_zh) or self.login

    @property
    def language_of_mail(self) -> str:
        """Where no browser says it: the chosen language, that of the distributor, or the installation's."""
        return self.language or (self.distributor.language if self.distributor else "") or settings.LANGUAGE_CODE

    @property
    def initials(self) -> str:
        """Two letters, or the last two characters of a Chinese name, which tell people apart."""
        name = self.display_name
        if not name.isascii() and " " not in name:
            return name[-2:]
        return "".join(part[0] for part in name.split()[:2]).upper()


def _grant(row: Mapping[str, Any]) -> GrantInForce:
    limit = row["limit"]
    return GrantInForce(
        codename=row["permission"],
        is_allowed=row["is_allowed"],
        amount_limit=None if limit is None else Decimal(limit),
        rank=row["rank"],
    )


class ApiTokenManager(AuthTokenManager.from_queryset(ApiTokenQuerySet)):  # type: ignore[misc]  # made at run time
    """knox's way to make a token, with our way to read them."""


class ApiToken(AbstractAuthToken):  # type: ignore[misc]  # knox ships no types
    """A named key to the API. Only its hash is stored; it can do no more than its scope and its owner may."""

    name = models.CharField(_("name"), max_length=80)
    membership = models.ForeignKey(
        Membership,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="tokens",
        verbose_name=_("membership"),
        help_text=_("The membership this token uses. Leave blank for the person's first active one."),
    )
    scope = models.CharField(_("scope"), max_length=16, choices=TokenScope, default=TokenScope.READ)

    objects = ApiTokenManager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created"]
        constraints = [legal_values("scope", TokenScope, "api_token_scope_legal")]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """What the token is called in addresses: the beginning of its hash, of no use to anybody who wants in."""
        return str(self.digest)[:REFERENCE_LENGTH]
