from typing import Any

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Territory
from company.iso_codes import check_country
from core.codes import unique_code
from core.models import COUNT_VERSIONS, Bilingual, Versioned, search_text
from core.state import legal_values
from outlets.enums import OutletKind, OutletStatus
from outlets.querysets import OutletQuerySet


@pghistory.track(exclude=["search_text", "pinyin", "version"])
class Outlet(Versioned, Bilingual):
    """A shop that sells to consumers. It may buy from several distributors (`OutletLink`), and be a site of a chain.

    A chain's head office is an outlet that is no site itself.
    """

    kind = models.CharField(_("kind"), max_length=16, choices=OutletKind)
    status = models.CharField(_("status"), max_length=16, choices=OutletStatus, default=OutletStatus.PLANNED)
    head_office: Any = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="sites", verbose_name=_("head office")
    )
    contact = models.CharField(_("contact person"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, validators=[check_country])
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("territory")
    )
    closed_on = models.DateField(pgettext_lazy("outlet", "closed on"), null=True, blank=True)
    close_reason = models.CharField(_("reason for closing"), max_length=300, blank=True)
    pinyin = models.CharField(_("pinyin initials"), max_length=64, blank=True, editable=False)
    search_text = search_text("code", "name", "name_zh", "pinyin", "city", "contact", "phone")

    objects = OutletQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["code"]
        indexes = [
            models.Index(fields=["code"], name="outlet_in_order"),
            models.Index(fields=["status", "code"], name="outlet_status"),
        ]
        constraints = [
            legal_values("kind", OutletKind, "outlet_kind_legal"),
            legal_values("status", OutletStatus, "outlet_status_legal"),
            unique_code("outlet_code_once"),
            models.CheckConstraint(
                condition=~Q(head_office=F("id")),
                name="outlet_not_its_own_head_office",
                violation_error_message=_("An outlet is not its own head office."),
            ),
            models.CheckConstraint(
                condition=(Q(status=OutletStatus.CLOSED, closed_on__isnull=False) & ~Q(close_reason=""))
                | (~Q(status=OutletStatus.CLOSED) & Q(closed_on__isnull=True, close_reason="")),
                name="outlet_closed_with_reason",
                violation_error_message=_("A closed outlet has its last day and the reason; no other one has them."),
            ),
        ]
        triggers = [COUNT_VERSIONS]

    @property
    def line(self) -> str:
        """Street, postal code, city and country, as far as they are known."""
        place = " ".join(part for part in (self.postal_code, self.city) if part)
        return ", ".join(part for part in (self.address, place, self.country) if part)

    def get_absolute_url(self) -> str:
        return reverse("outlets:outlet", args=[self.code])
