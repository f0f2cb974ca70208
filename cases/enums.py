from django.db import models
from django.utils.translation import gettext_lazy as _

from core.enums import Colour


class ComplaintStatus(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")

    @property
    def colour(self) -> Colour:
        return {"open": Colour.DANGER, "closed": Colour.DONE}[self.value]
