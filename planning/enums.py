from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour


class PlanLevel(models.TextChoices):
    COMPANY = "company", _("Company")
    TERRITORY = "territory", _("Territory")
    MANAGER = "manager", _("Channel manager")
    DISTRIBUTOR = "distributor", _("Distributor")


class PlanStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("Agreed")
    LOCKED = "locked", _("Locked")
    REPLACED = "replaced", _("Replaced")

    @property
    def colour(self) -> Colour:
        return {"draft": Colour.DRAFT, "agreed": Colour.WORK, "locked": Colour.DONE, "replaced": Colour.DRAFT}[
            self.value
        ]


class PlanningEvent(models.TextChoices):
    PLAN_SAVED = "plan.saved", _("Plan saved")
    PLAN_AGREED = "plan.agreed", _("Plan agreed")
    PLAN_LOCKED = "plan.locked", _("Plan locked")
    PLAN_REOPENED = "plan.reopened", _("New version of the plan")
    PLAN_SPLIT = "plan.split", _("Plan split down")
    PRICE_CHANGED = "price.changed", _("Price changed")


class PriceScope(models.TextChoices):
    """Whom the deciding price list is for, the most particular first."""

    DISTRIBUTOR = "distributor", _("for this distributor")
    TERRITORY = "territory", _("for the territory")
    TIER = "tier", _("for the tier")
    CHANNEL_KIND = "channel_kind", _("for the channel kind")
    ALL = "all", _("for all")
