from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models.membership import range_of_one, text_number
from accounts.querysets import GrantQuerySet
from core.models import date_range, ends_after_start


@pghistory.track()
class Grant(models.Model):
    """What a role or one person may do, otherwise than the permission's declaration says, from when to when."""

    role = models.CharField(_("role"), max_length=16, choices=Role, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="personal_grants",
        verbose_name=_("person"),
        help_text=_("Select either a role or a person."),
    )
    distributor = models.ForeignKey(
        "accounts.Distributor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("distributor"),
        help_text=_("Only while the person works for it. Leave blank for everywhere."),
    )
    permission = models.CharField(_("permission"), max_length=64)
    is_allowed = models.BooleanField(_("allowed"), default=True)
    amount_limit = models.DecimalField(
        _("up to an amount of"),
        max_digits=19,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("In the company's currency. Leave blank for any amount."),
    )
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        ordering = ["permission", "role", "person", "starts_on"]
        indexes = [models.Index(fields=["role"], name="grant_role", condition=~Q(role=""))]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=["", *Role.values]), name="grant_role_legal"),
            models.CheckConstraint(
                condition=Q(role="", person__isnull=False) | (~Q(role="") & Q(person__isnull=True)),
                name="grant_role_or_person",
            ),
            models.CheckConstraint(
                condition=Q(distributor__isnull=True) | Q(person__isnull=False), name="grant_distributor_of_person"
            ),
            models.CheckConstraint(
                condition=Q(amount_limit__isnull=True) | Q(amount_limit__gte=0, is_allowed=True), name="grant_limit"
            ),
            ends_after_start("grant_dates"),
            ExclusionConstraint(
                name="grant_once",
                expressions=[
                    (range_of_one(text_number("role")), RangeOperators.OVERLAPS),
                    (range_of_one(Coalesce(F("person_id"), Value(0))), RangeOperators.OVERLAPS),
                    (range_of_one(Coalesce(F("distributor_id"), Value(0))), RangeOperators.OVERLAPS),
                    (range_of_one(text_number("permission")), RangeOperators.OVERLAPS),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This permission is already granted or denied in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.permission}: {self.role or self.person_id}"

    @property
    def holder(self) -> Any:
        """Whom it is about: a role or a person."""
        where = f" ({self.distributor.display_name})" if self.distributor else ""
        return f"{self.person}{where}" if self.person else Role(self.role).label
