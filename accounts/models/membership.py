from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.enums import DISTRIBUTOR_ROLES, Role
from accounts.querysets import MembershipQuerySet
from core.models import date_range, ends_after_start
from core.state import legal_values


def range_of_one(number: Any) -> Func:
    """A number as a range of one, so that an exclusion constraint needs no extension."""
    return Func(number, number, Value("[]"), function="int8range", output_field=BigIntegerRangeField())


def text_number(field: str) -> Func:
    """A text as a number, alike for like texts; PostgreSQL partitions by the same one."""
    return Func(F(field), Value(0), function="hashtextextended", output_field=models.BigIntegerField())


@pghistory.track()
class Membership(models.Model):
    """What a person is in an organisation, from when to when: the one place where roles are written.

    Without a distributor the organisation is the brand owner. A person may have several; one is in use at a time.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    distributor = models.ForeignKey(
        "accounts.Distributor",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("distributor"),
        help_text=_("Leave blank for people of the brand owner."),
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["person", "starts_on", "id"]
        constraints = [
            legal_values("role", Role, "membership_role_legal"),
            models.CheckConstraint(
                condition=Q(role__in=sorted(DISTRIBUTOR_ROLES), distributor__isnull=False)
                | (~Q(role__in=sorted(DISTRIBUTOR_ROLES)) & Q(distributor__isnull=True)),
                name="membership_distributor_with_role",
            ),
            ends_after_start("membership_dates"),
            ExclusionConstraint(
                name="membership_once",
                expressions=[
                    (range_of_one(F("person_id")), RangeOperators.OVERLAPS),
                    (range_of_one(Coalesce(F("distributor_id"), Value(0))), RangeOperators.OVERLAPS),
                    (range_of_one(text_number("role")), RangeOperators.OVERLAPS),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The person already has this role in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"

    def get_absolute_url(self) -> str:
        return self.person.get_absolute_url()

    @property
    def organisation(self) -> Any:
        """What it is in: a distributor, or the brand owner's company."""
        return self.distributor.display_name if self.distributor else _("Brand owner")
