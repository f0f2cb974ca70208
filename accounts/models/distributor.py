import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode

from accounts.enums import ChannelKind, DistributorStatus
from accounts.querysets import DistributorQuerySet, EveryoneQuerySet, TreeReferenceQuerySet
from company.iso_codes import check_country, check_currency
from core.codes import unique_code
from core.models import COUNT_VERSIONS, Bilingual, Versioned, search_text
from core.money import currency_check
from core.state import legal_values


class Tier(Bilingual):
    """A level with rights and duties (gold, silver). A lower rank is a higher level."""

    rank = models.PositiveSmallIntegerField(_("rank"), unique=True)

    objects = EveryoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        ordering = ["rank"]
        constraints = [unique_code("tier_code_once")]


@pghistory.track()
class Territory(Bilingual, TreeNode):  # type: ignore[misc]  # the package ships no types
    """An assigned area, in a tree."""

    objects = TreeReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering = ["code"]
        constraints = [
            unique_code("territory_code_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="territory_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.display_name


MERGE_ONCE = pgtrigger.Trigger(
    name="merge_once",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Q(new__merged_into__isnull=False),
    func="""
IF EXISTS (SELECT FROM accounts_distributor
           WHERE (id = NEW.merged_into_id AND merged_into_id IS NOT NULL) OR merged_into_id = NEW.id) THEN
    RAISE EXCEPTION 'distributor_merged_once' USING ERRCODE = '23514', CONSTRAINT = 'distributor_merged_once';
END IF;
RETURN NEW;
""",
)
"""One is merged into another that is not merged itself: no chains. The service locks both first."""


@pghistory.track(exclude=["search_text", "version"])
class Distributor(Versioned, Bilingual, TreeNode):  # type: ignore[misc]  # the package ships no types
    """A company that buys and resells in an assigned territory; below another one it is its sub-distributor."""

    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    channel_kind = models.CharField(_("channel kind"), max_length=20, choices=ChannelKind)
    status = models.CharField(_("status"), max_length=16, choices=DistributorStatus, default=DistributorStatus.ACTIVE)
    tier = models.ForeignKey(
        Tier, models.PROTECT, null=True, blank=True, related_name="distributors", verbose_name=_("tier")
    )
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="distributors", verbose_name=_("territory")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("merged into")
    )
    currency = models.CharField(_("currency"), max_length=3, validators=[check_currency])
    language = models.CharField(_("language"), max_length=16, choices=settings.LANGUAGES, default="en")
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[check_country])
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    started_on = models.DateField(_("distributor since"), null=True, blank=True)
    pinyin = models.CharField(_("pinyin initials"), max_length=64, blank=True, editable=False)
    search_text = search_text("code", "name", "name_zh", "pinyin", "city")

    objects = DistributorQuerySet.as_manager()

    class Meta:
        verbose_name = _("distributor")
        verbose_name_plural = _("distributors")
        ordering = ["code"]
        indexes = [models.Index(fields=["code"], name="distributor_in_order")]
        constraints = [
            unique_code("distributor_code_once"),
            legal_values("channel_kind", ChannelKind, "distributor_channel_kind_legal"),
            legal_values("status", DistributorStatus, "distributor_status_legal"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="distributor_not_its_own_parent"),
            currency_check("currency", "distributor_currency_iso"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | (~Q(merged_into=F("id")) & Q(status=DistributorStatus.TERMINATED)),
                name="distributor_merged_is_ended",
                violation_error_message=_("A distributor that was merged into another one stays terminated."),
            ),
        ]
        triggers = [COUNT_VERSIONS, MERGE_ONCE]

    def get_absolute_url(self) -> str:
        return reverse("accounts:distributor", args=[self.code])
