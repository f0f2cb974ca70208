import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import ChannelKind
from accounts.models import Distributor
from catalogue.models import Category
from core.models import COUNT_VERSIONS, Versioned, ends_after_start, no_overlap
from core.state import legal_values
from outlets.enums import DirectionKind
from outlets.querysets import DirectionQuerySet

_AIMS = [DirectionKind.MARGIN, DirectionKind.VOLUME]


@pghistory.track(exclude=["version"])
class BusinessDirection(Versioned):
    """What was agreed with a distributor about the direction of its business, for some days. It ends and is never deleted.

    It is an expert of a category or of a channel; in a category it earns by margin or by volume, never by both at once.
    """

    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="directions", verbose_name=_("distributor")
    )
    kind = models.CharField(_("direction of business"), max_length=16, choices=DirectionKind)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    channel_kind = models.CharField(_("channel kind"), max_length=20, choices=ChannelKind, blank=True)
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DirectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("direction of business")
        verbose_name_plural = _("directions of business")
        ordering = ["distributor", "kind", "starts_on", "id"]
        constraints = [
            legal_values("kind", DirectionKind, "direction_kind_legal"),
            models.CheckConstraint(
                condition=Q(kind=DirectionKind.CHANNEL, channel_kind__in=ChannelKind.values, category__isnull=True)
                | (~Q(kind=DirectionKind.CHANNEL) & Q(channel_kind="", category__isnull=False)),
                name="direction_category_or_channel",
                violation_error_message=_("A channel expert has a channel kind, all else a category."),
            ),
            ends_after_start("direction_dates"),
            no_overlap(
                "direction_one_aim",
                same=["distributor_id", "category_id"],
                condition=Q(kind__in=_AIMS),
                message=_("Margin or volume is agreed for this category on some of these days."),
                code="agreed_already",
            ),
            no_overlap(
                "direction_product_once",
                same=["distributor_id", "category_id"],
                condition=Q(kind=DirectionKind.PRODUCT),
                message=_("This is agreed on some of these days already."),
                code="agreed_already",
            ),
            models.UniqueConstraint(
                fields=["distributor", "channel_kind"],
                condition=Q(kind=DirectionKind.CHANNEL, ends_on__isnull=True),
                name="direction_channel_once",
                violation_error_message=_("This is agreed on some of these days already."),
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def __str__(self) -> str:
        return f"{self.distributor_id}: {self.kind}"

    def get_absolute_url(self) -> str:
        return f"{self.distributor.get_absolute_url()}?tab=direction"
