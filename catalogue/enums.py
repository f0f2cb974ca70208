from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour


class ProductStatus(models.TextChoices):
    ACTIVE = "active", _("On sale")
    PAUSED = "paused", _("Paused")
    DISCONTINUED = "discontinued", _("Discontinued")

    @property
    def colour(self) -> Colour:
        return {"active": Colour.DONE, "paused": Colour.WARNING, "discontinued": Colour.DRAFT}[self.value]


class CatalogueEvent(models.TextChoices):
    PRODUCT_CHANGED = "product.changed", _("Product changed")
    RIGHTS_CHANGED = "buying_rights.changed", _("Buying rights changed")
