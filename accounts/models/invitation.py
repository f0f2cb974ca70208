from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import DISTRIBUTOR_ROLES, Role
from accounts.querysets import InvitationQuerySet
from core.money import STORED_DIGITS
from core.state import legal_values


class Invitation(models.Model):
    """A role offered by a link. Of the link only a hash is stored; it serves once, until it expires or is withdrawn."""

    secret_hash = models.CharField(_("hash of the link"), max_length=64, unique=True)
    role = models.CharField(_("role"), max_length=16, choices=Role)
    distributor = models.ForeignKey(
        "accounts.Distributor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("distributor"),
    )
    full_name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    amount_limit = models.DecimalField(
        _("order limit"), max_digits=19, decimal_places=STORED_DIGITS, null=True, blank=True
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations_sent", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations_accepted",
        verbose_name=_("accepted by"),
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            legal_values("role", Role, "invitation_role_legal"),
            models.CheckConstraint(
                condition=Q(role__in=sorted(DISTRIBUTOR_ROLES), distributor__isnull=False)
                | (~Q(role__in=sorted(DISTRIBUTOR_ROLES)) & Q(distributor__isnull=True)),
                name="invitation_distributor_with_role",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False, withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(amount_limit__isnull=True) | Q(amount_limit__gte=0, role=Role.BUYER),
                name="invitation_limit_of_buyer",
                violation_error_message=_("Only a buyer has an order limit."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="invitation_expires_after_creation"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name
