from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken, AuthTokenManager

from accounts.enums import BRAND_ROLES, DISTRIBUTOR_ROLES, Role, TokenScope
from accounts.querysets import REFERENCE_LENGTH, ApiTokenQuerySet, UserQuerySet
from core.state import legal_values


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # made at run time
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who signs in by e-mail. Without a password nobody can sign in until it is reset."""
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{**fields, "role": Role.ADMINISTRATOR, "is_superuser": True})


class User(AbstractBaseUser, PermissionsMixin):
    """A person with exactly one role. A person of a distributor belongs to that distributor."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=16, choices=Role, blank=True)
    distributor = models.ForeignKey(
        "accounts.Distributor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("distributor"),
    )
    supervisor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("supervisor")
    )
    external_code = models.CharField(_("external code"), max_length=64, null=True, blank=True, unique=True)
    language = models.CharField(_("language"), max_length=16, choices=settings.LANGUAGES, default="en")
    is_active = models.BooleanField(_("active"), default=True)
    leaves_on = models.DateField(_("leaves on"), null=True, blank=True)
    date_joined = models.DateTimeField(_("joined at"), auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=["", *Role.values]), name="user_role_legal"),
            models.CheckConstraint(
                condition=Q(role__in=sorted(DISTRIBUTOR_ROLES), distributor__isnull=False)
                | (~Q(role__in=sorted(DISTRIBUTOR_ROLES)) & Q(distributor__isnull=True)),
                name="user_distributor_with_role",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_absolute_url(self) -> str:
        return reverse("accounts:person", args=[self.pk])

    @property
    def is_staff(self) -> bool:
        """The admin is open to administrators only."""
        return self.role == Role.ADMINISTRATOR

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's permissions are asked by the admin alone, which is open to administrators."""
        return (self.is_active and self.is_staff) or super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return (self.is_active and self.is_staff) or super().has_module_perms(app_label)

    @property
    def is_brand(self) -> bool:
        return self.role in BRAND_ROLES

    @property
    def initials(self) -> str:
        parts = self.full_name.split()
        return "".join(part[0] for part in parts[:2]).upper() or self.email[:2].upper()


class ApiTokenManager(AuthTokenManager.from_queryset(ApiTokenQuerySet)):  # type: ignore[misc]  # made at run time
    """knox's way to make a token, with our way to read them."""


class ApiToken(AbstractAuthToken):  # type: ignore[misc]  # knox ships no types
    """A named key to the API. Only its hash is stored; it can do no more than its scope and its owner may."""

    name = models.CharField(_("name"), max_length=80)
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
