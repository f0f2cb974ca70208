import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Distributor
from catalogue.models import Brand
from core.models import COUNT_VERSIONS, Versioned, ends_after_start, no_overlap
from outlets.models.outlet import Outlet
from outlets.querysets import OutletLinkQuerySet


@pghistory.track(exclude=["version"])
class OutletLink(Versioned):
    """An outlet buys a brand, or all brands, from a distributor for some days. It ends and is never deleted.

    No two of one outlet and distributor say the same of one day: one for all brands overlaps with that of any brand.
    """

    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="links", verbose_name=_("outlet"))
    distributor = models.ForeignKey(
        Distributor, models.PROTECT, related_name="outlet_links", verbose_name=_("distributor")
    )
    brand = models.ForeignKey(Brand, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("brand"))
    starts_on = models.DateField(_("since"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = OutletLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of an outlet")
        verbose_name_plural = _("links of outlets")
        ordering = ["outlet", "distributor", "starts_on", "id"]
        indexes = [models.Index(fields=["distributor", "outlet"], name="outlet_link_of_distributor")]
        constraints = [
            ends_after_start("outlet_link_dates"),
            no_overlap(
                "outlet_link_once",
                same=["outlet_id", "distributor_id", "brand_id"],
                message=_("The outlet already buys this from this distributor on some of these days."),
                code="linked_already",
            ),
        ]
        triggers = [COUNT_VERSIONS]

    def __str__(self) -> str:
        return f"{self.outlet_id} – {self.distributor_id}"

    def get_absolute_url(self) -> str:
        return self.outlet.get_absolute_url()
