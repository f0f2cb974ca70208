"""What an agreement is about and where: as it was agreed, and spread over brands, leaves, kinds and days."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, GeneratedField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChannelKind
from accounts.models import Distributor, Territory
from catalogue.models import Brand, Category
from channel.enums import CarveOutEffect
from channel.models.agreement import Agreement
from channel.models.freezing import FREEZE_ROWS
from channel.querysets import ByAgreementQuerySet
from core.models import ends_after_start
from core.models.base import date_range, equal
from core.state import legal_values


class AgreementSubject(models.Model):
    """A brand, a category, or a category of one brand that an agreement is about."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="subjects", verbose_name=_("agreement"))
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brand"))
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    is_exclusive = models.BooleanField(_("exclusive"), default=False)

    objects = ByAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("subject of an agreement")
        verbose_name_plural = _("subjects of agreements")
        ordering = ["agreement", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(brand__isnull=False) | Q(category__isnull=False), name="agreement_subject_named"
            ),
            models.UniqueConstraint(
                fields=["agreement", "brand", "category"], nulls_distinct=False, name="agreement_subject_once"
            ),
        ]
        triggers = [FREEZE_ROWS]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.brand_id or ''}/{self.category_id or ''}"


class AgreementTerritory(models.Model):
    """A territory, with all below it, in which an agreement holds."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="territories", verbose_name=_("agreement"))
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+", verbose_name=_("territory"))

    objects = ByAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory of an agreement")
        verbose_name_plural = _("territories of agreements")
        ordering = ["agreement", "id"]
        constraints = [models.UniqueConstraint(fields=["agreement", "territory"], name="agreement_territory_once")]
        triggers = [FREEZE_ROWS]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.territory_id}"


class AgreementCarveOut(models.Model):
    """Where an agreement makes room for another distributor, or takes the room that another one makes for it.

    It stands on both agreements. Brand, territory and kind that are empty mean all of the agreement's.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="carve_outs", verbose_name=_("agreement"))
    other = models.ForeignKey(Distributor, models.PROTECT, related_name="+", verbose_name=_("other distributor"))
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brand"))
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("territory")
    )
    channel_kind = models.CharField(_("channel kind"), max_length=20, choices=ChannelKind, blank=True)
    effect = models.CharField(_("who sells here"), max_length=8, choices=CarveOutEffect)

    objects = ByAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("carve-out")
        verbose_name_plural = _("carve-outs")
        ordering = ["agreement", "id"]
        constraints = [
            legal_values("effect", CarveOutEffect, "agreement_carve_out_effect_legal"),
            models.CheckConstraint(
                condition=Q(channel_kind__in=["", *ChannelKind.values]), name="agreement_carve_out_kind_legal"
            ),
            models.UniqueConstraint(
                fields=["agreement", "other", "brand", "territory", "channel_kind"],
                nulls_distinct=False,
                name="agreement_carve_out_once",
            ),
        ]
        triggers = [FREEZE_ROWS]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.other_id}"


class PartiesField(models.Field):  # type: ignore[type-arg]  # nothing but text comes from it
    """A set of numbers (`int8multirange`), written by a statement and compared by the database only."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 - Django gives it by name
        return "int8multirange"


_KIND_NUMBER = Case(
    *(When(channel_kind=kind, then=Value(number)) for number, kind in enumerate(ChannelKind.values, 1)),
    default=Value(0),
    output_field=models.BigIntegerField(),
)


class AgreementCoverage(models.Model):
    """One brand, category leaf, territory leaf and channel kind that an agreement in force covers, for some days.

    A brand or category that is empty means every one. Written by `channel.services.coverage` alone; never edited, only
    shortened. `parties` is what keeps two agreements apart: sets that overlap refuse each other. That of a row that is
    not exclusive holds only itself, so such rows never collide; that of an exclusive row holds everybody. Where both
    agreements have a carve-out for each other, neither set holds the other any more.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="coverage", verbose_name=_("agreement"))
    distributor = models.ForeignKey(Distributor, models.PROTECT, related_name="+", verbose_name=_("distributor"))
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brand"))
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+", verbose_name=_("territory"))
    channel_kind = models.CharField(_("channel kind"), max_length=20, choices=ChannelKind)
    kind_number = GeneratedField(expression=_KIND_NUMBER, output_field=models.BigIntegerField(), db_persist=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    is_exclusive = models.BooleanField(_("exclusive"), default=False)
    parties = PartiesField(_("kept apart by"), editable=False)

    objects = ByAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("coverage of an agreement")
        verbose_name_plural = _("coverage of agreements")
        ordering = ["agreement", "id"]
        constraints = [
            legal_values("channel_kind", ChannelKind, "agreement_coverage_kind_legal"),
            ends_after_start("agreement_coverage_dates"),
            ExclusionConstraint(
                name="agreement_exclusivity",
                expressions=[
                    (equal("territory_id"), RangeOperators.OVERLAPS),
                    (equal("brand_id"), RangeOperators.OVERLAPS),
                    (equal("category_id"), RangeOperators.OVERLAPS),
                    (equal("kind_number"), RangeOperators.OVERLAPS),
                    ("parties", RangeOperators.OVERLAPS),
                    (date_range(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This agreement overlaps with an exclusive one."),
                violation_error_code="agreement_exclusivity",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.territory_id} {self.channel_kind}"
